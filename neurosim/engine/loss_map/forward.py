"""The forward pass over rows and grid at once, each value worked out no more often than it differs.

Two parameters take many values, all others one. What neither of them reaches is worked out once for each row; what
one of them reaches, once for each row and each value of that one; only what both reach, for the whole grid. So every
value is an array (rows, ny, nx) in which an axis that does not matter has the length 1, and numpy's broadcasting does
the rest: z = sum of weight * a_below + bias, a = f(z), where weights and biases that vary are arrays as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.activations.base import Activation
from neurosim.engine.compiled import as_float
from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.network import InputNode, Network, bias_id

ROWS, ALONG_X, ALONG_Y = 1, 2, 4
"""What a value depends on, as bits."""

Values = dict[str, FloatArray]


@dataclass(frozen=True)
class _Part:
    """One summand of a neuron's z: ``source`` (``None``: 1) times ``weight`` (a number, or the axis of a parameter)."""

    parameter: str
    source: str | None
    weight: float
    axis: int
    kind: int


@dataclass(frozen=True)
class _Sum:
    """A neuron: its summands, those first that depend on least, and what the sum depends on after each of them."""

    node: str
    activation: Activation
    parts: tuple[_Part, ...]
    kinds: tuple[int, ...]


class Forward:
    """The nodes that lead to *wanted*, in order of calculation.

    Attributes:
        inputs: the input nodes among them, in drawing order.
        kind: for each node what its value depends on: the sum of ``ROWS``, ``ALONG_X`` and ``ALONG_Y``.
        parameters: the held parameters that are read, with the values that they have.
    """

    def __init__(self, network: Network, grid: Grid, wanted: Iterable[str]) -> None:
        """Read the network; every node that leads to *wanted* can be computed, and its activation is known."""
        self._grid = grid
        needed = _leading_to(network, wanted)
        self.inputs = tuple(node for node in network.inputs if node.id in needed)
        self.kind: dict[str, int] = {node.id: ROWS for node in self.inputs}
        self.parameters: dict[str, float] = {}
        self._sums: list[_Sum] = []
        axes = {grid.x: ALONG_X, grid.y: ALONG_Y}
        for name in network.order:
            node = network.node_by_id[name]
            if name not in needed or isinstance(node, InputNode):
                continue
            parts = []
            for edge in network.incoming[name]:
                if not edge.muted:
                    axis = axes.get(edge.id, 0)
                    parts.append(
                        _Part(edge.id, edge.source, as_float(edge.weight), axis, self.kind[edge.source] | axis)
                    )
            if node.bias is not None and not node.muted:
                axis = axes.get(bias_id(name), 0)
                parts.append(_Part(bias_id(name), None, as_float(node.bias), axis, axis))
            # few values before many; with equal kinds the drawing order: the rounding is always the same
            parts.sort(key=lambda part: (part.kind.bit_count(), part.kind))
            kinds, kind = [], 0
            for part in parts:
                kind |= part.kind
                kinds.append(kind)
                if not part.axis:
                    self.parameters[part.parameter] = part.weight
            self.kind[name] = kind
            self._sums.append(_Sum(name, ACTIVATIONS[node.activation], tuple(parts), tuple(kinds)))
        self._read = {part.source for one in self._sums for part in one.parts}

    @property
    def work(self) -> float:
        """About how many nanoseconds one row takes for one point of the grid."""
        both = ALONG_X | ALONG_Y
        found = 0.0
        for one in self._sums:
            if self.kind[one.node] & both == both:
                found += 0.8 * sum(part.kind & both == both for part in one.parts) + 0.5
                found += 0.0 if one.activation.is_identity else 6.0
        return found

    def widest(self) -> int:
        """What the values depend on, taken together."""
        found = 0
        for kind in self.kind.values():
            found |= kind
        return found

    def run(self, block: FloatArray, ys: slice, last: Mapping[str, bool]) -> tuple[Values, Values]:
        """z and a of the nodes.

        Args:
            block: the values of ``inputs``, (n_inputs, n_rows).
            ys: the part of the grid's second axis.
            last: the nodes whose z is wanted, and whether their a is wanted as well.

        Returns:
            z of the nodes in *last*, and a of all others and of those that want it; arrays that broadcast to
            (n_rows, number of ys, nx).
        """
        axes = self._axes(ys)
        a = self._inputs(block)
        z: Values = {name: a[name] for name in last if name in a}
        for one in self._sums:
            total = _added(one, a, axes)
            if one.node in last:
                z[one.node] = total
                if not last[one.node] and one.node not in self._read:
                    continue
            a[one.node] = _activated(one, total)
        return z, a

    def splits(self) -> bool:
        """Whether z of the last node is a value along x plus a value along y."""
        both = ALONG_X | ALONG_Y
        return bool(self._sums) and all(part.kind & both != both for part in self._sums[-1].parts)

    def two_sides(self, block: FloatArray, ys: slice) -> tuple[FloatArray, FloatArray]:
        """The two values whose sum is z of the last node: (n_rows, nx) and (n_rows, number of ys); see ``splits``."""
        axes = self._axes(ys)
        a = self._inputs(block)
        for one in self._sums[:-1]:
            a[one.node] = _activated(one, _added(one, a, axes))
        n_rows = block.shape[1]
        left, right = np.zeros((n_rows, 1, axes[ALONG_X].size)), np.zeros((n_rows, axes[ALONG_Y].size, 1))
        for part in self._sums[-1].parts:
            side = right if part.kind & ALONG_Y else left
            side += _term(part, a, axes)
        return left[:, 0, :], right[:, :, 0]

    def _inputs(self, block: FloatArray) -> Values:
        return {node.id: block[i].reshape(-1, 1, 1) for i, node in enumerate(self.inputs)}

    def _axes(self, ys: slice) -> dict[int, FloatArray]:
        return {ALONG_X: self._grid.xs.reshape(1, 1, -1), ALONG_Y: self._grid.ys[ys].reshape(1, -1, 1)}


def _activated(one: _Sum, total: FloatArray) -> FloatArray:
    if one.activation.is_identity:
        return total
    found = np.empty_like(total)
    one.activation.value(total, found)
    return found


def _added(one: _Sum, a: Values, axes: Mapping[int, FloatArray]) -> FloatArray:
    """The sum of the parts, always in the same order; as few arrays as possible are made."""
    total: FloatArray | None = None
    own = False  # whether total is an array that nobody else reads
    for i, part in enumerate(one.parts):
        term = _term(part, a, axes)
        if total is None:
            total, own = term, part.source is not None
        elif own and one.kinds[i - 1] == one.kinds[i]:
            np.add(total, term, total)
        else:
            total, own = total + term, True
    return np.zeros((1, 1, 1)) if total is None else total


def _term(part: _Part, a: Values, axes: Mapping[int, FloatArray]) -> FloatArray:
    weight = axes[part.axis] if part.axis else np.array(part.weight).reshape(1, 1, 1)
    return weight if part.source is None else weight * a[part.source]


def _leading_to(network: Network, wanted: Iterable[str]) -> frozenset[str]:
    """*wanted* and all nodes from which unmuted edges lead there."""
    found = set(wanted)
    for name in reversed(network.order):
        if any(edge.target in found and not edge.muted for edge in network.outgoing[name]):
            found.add(name)
    return frozenset(found)
