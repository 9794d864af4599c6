"""The forward pass over rows and grid at once, each value worked out no more often than it differs.

Two parameters take many values, all others one. What neither of them reaches is worked out once for each row; what
one of them reaches, once for each row and each value of that one; only what both reach, for the whole grid. So every
value is an array (rows, ny, nx) in which an axis that does not matter has the length 1, and numpy's broadcasting does
the rest: z = sum of weight * a_below + bias, a = f(z), where weights and biases that vary are arrays as well.

The sums are taken in the same order whatever rows are worked out together, so that a row's values are always the same
to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.activations.base import Activation
from neurosim.engine.compiled import as_float
from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.loss_map.rows import IntArray
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.records import dataclass

ALONG_X, ALONG_Y = 1, 2
"""Which of the map's parameters a value depends on, as bits."""

BOTH = ALONG_X | ALONG_Y

Values = dict[str, FloatArray]


@dataclass(frozen=True)
class _Part:
    """One summand of a neuron's z: ``source`` (``None``: 1) times ``weight`` (a number, or the axis of a parameter)."""

    parameter: str
    source: str | None
    weight: float
    axis: int
    kind: int


@dataclass(frozen=True, eq=False)
class _Plain:
    """A sum over values that neither parameter reaches: rows of ``Fixed.a`` times weights."""

    rows: IntArray
    weights: FloatArray

    def of(self, a: FloatArray) -> FloatArray:
        """The sum, (n,): row after row, for two columns or more (numpy adds up a single one in another order)."""
        found: FloatArray = np.add.reduce(a[self.rows] * self.weights, axis=0)
        return found


@dataclass(frozen=True)
class _Neuron:
    """A neuron, what its z depends on, its plain summands together, and the others, small arrays first."""

    node: str
    activation: Activation
    kind: int
    plain: _Plain
    parts: tuple[_Part, ...]


@dataclass(frozen=True, eq=False)
class Fixed:
    """What neither parameter reaches, for some rows.

    Attributes:
        z, a: of the nodes that are not reached at all, one row each, (n_fixed, n).
        before: for each neuron that is reached the sum of its plain parts, (n_reached, n).
    """

    z: FloatArray
    a: FloatArray
    before: FloatArray

    @property
    def n(self) -> int:
        """How many rows of data."""
        return int(self.a.shape[1])

    def part(self, start: int, stop: int) -> Fixed:
        """The rows of data from *start* to *stop*."""
        return Fixed(self.z[:, start:stop], self.a[:, start:stop], self.before[:, start:stop])


class Forward:
    """The nodes that lead to *wanted*, in order of calculation.

    Attributes:
        inputs: the inputs and features among them, in drawing order.
        kind: for each node what its value depends on besides the row: the sum of ``ALONG_X`` and ``ALONG_Y``.
        parameters: the held parameters that are read, with the values that they have.
    """

    def __init__(self, network: Network, grid: Grid, wanted: Iterable[str]) -> None:
        """Read the network; every node that leads to *wanted* can be computed, and its activation is known."""
        self._grid = grid
        needed = _leading_to(network, wanted)
        self.inputs = tuple(node for node in network.sources if node.id in needed)
        self.kind: dict[str, int] = {node.id: 0 for node in self.inputs}
        self.parameters: dict[str, float] = {}
        # rows of Fixed.a: the inputs, the neurons that are not reached, and at last a row of ones
        self._row: dict[str, int] = {node.id: i for i, node in enumerate(self.inputs)}
        self._still: list[_Neuron] = []
        self._moving: list[_Neuron] = []
        for name in network.order:
            node = network.node_by_id[name]
            if name in needed and isinstance(node, Neuron):
                parts = self._parts(network, node)
                kind = 0
                for part in parts:
                    kind |= part.kind
                self.kind[name] = kind
                moving = tuple(part for part in parts if part.kind)
                plain = self._plain([part for part in parts if not part.kind])
                neuron = _Neuron(name, ACTIVATIONS[node.activation], kind, plain, moving)
                (self._moving if kind else self._still).append(neuron)
                if not kind:
                    self._row[name] = len(self._row)
        self._read = {part.source for one in self._moving for part in one.parts}

    def _parts(self, network: Network, node: Neuron) -> list[_Part]:
        """The summands of z, those first that depend on least; else in drawing order."""
        axes = {self._grid.x: ALONG_X, self._grid.y: ALONG_Y}
        parts = []
        for edge in network.incoming[node.id]:
            if not edge.muted:
                axis = axes.get(edge.id, 0)
                parts.append(_Part(edge.id, edge.source, as_float(edge.weight), axis, self.kind[edge.source] | axis))
        if node.bias is not None and not node.muted:
            axis = axes.get(bias_id(node.id), 0)
            parts.append(_Part(bias_id(node.id), None, as_float(node.bias), axis, axis))
        self.parameters.update({part.parameter: part.weight for part in parts if not part.axis})
        return sorted(parts, key=lambda part: (part.kind.bit_count(), part.kind))

    def _plain(self, parts: Sequence[_Part]) -> _Plain:
        # the row of ones is the last, whatever its number will be
        rows = [-1 if part.source is None else self._row[part.source] for part in parts]
        return _Plain(np.array(rows, dtype=np.intp), np.array([[part.weight] for part in parts]).reshape(-1, 1))

    @property
    def work(self) -> float:
        """About how many nanoseconds one row takes for one point of the grid."""
        found = 0.0
        for one in self._moving:
            if one.kind == BOTH:
                found += 0.8 * sum(part.kind == BOTH for part in one.parts) + 0.5
                found += 0.0 if one.activation.is_identity else 6.0
        return found

    @property
    def count(self) -> int:
        """How many values ``Fixed`` holds of each row, at least 1."""
        return 2 * len(self._row) + len(self._moving) + 1

    def widest(self) -> int:
        """What the values depend on, taken together."""
        found = 0
        for kind in self.kind.values():
            found |= kind
        return found

    # -- running ---------------------------------------------------------------------------------------------------

    def fixed(self, block: FloatArray) -> Fixed:
        """What neither parameter reaches, for the values of ``inputs`` in some rows, (n_inputs, n)."""
        n = block.shape[1]
        wide = max(n, 2)
        a = np.ones((len(self._row) + 1, wide))
        a[: len(block), :n] = block
        z = a[:-1].copy()
        for one in self._still:
            row = self._row[one.node]
            z[row] = one.plain.of(a)
            if one.activation.is_identity:
                a[row] = z[row]
            else:
                one.activation.value(z[row], a[row])
        before = np.array([one.plain.of(a) for one in self._moving]).reshape(-1, wide)
        return Fixed(z, a, before).part(0, n)

    def still(self, node: str, fixed: Fixed) -> FloatArray:
        """a of a node that neither parameter reaches, (n,)."""
        found: FloatArray = fixed.a[self._row[node]]
        return found

    def run(self, fixed: Fixed, ys: slice, last: Mapping[str, bool]) -> tuple[Values, Values]:
        """z and a of some nodes.

        Args:
            fixed: what neither parameter reaches.
            ys: the part of the grid's second axis.
            last: the nodes that are wanted, and whether their a is wanted besides their z.

        Returns:
            z, and a, as arrays that broadcast to (n, number of ys, nx).
        """
        axes = self._axes(ys)
        z: Values = {}
        a: Values = {name: _column(fixed.a[row]) for name, row in self._row.items() if name in self._read}
        for name in last:
            if name in self._row:
                z[name], a[name] = _column(fixed.z[self._row[name]]), _column(fixed.a[self._row[name]])
        for one, before in zip(self._moving, fixed.before, strict=True):
            total = _added(one, before, a, axes)
            if one.node in last:
                z[one.node] = total
            if one.node in self._read or last.get(one.node, False):
                a[one.node] = _activated(one, total)
        return z, a

    def splits(self) -> bool:
        """Whether z of the last node is a value along x plus a value along y, each row for itself."""
        return bool(self._moving) and all(part.kind != BOTH for part in self._moving[-1].parts)

    def two_sides(self, fixed: Fixed, ys: slice) -> tuple[FloatArray, FloatArray]:
        """The two values whose sum is z of the last node: (n, nx) and (n, number of ys); see ``splits``."""
        axes = self._axes(ys)
        a: Values = {name: _column(fixed.a[row]) for name, row in self._row.items() if name in self._read}
        for one, before in zip(self._moving[:-1], fixed.before, strict=False):
            a[one.node] = _activated(one, _added(one, before, a, axes))
        left, right = np.zeros((fixed.n, 1, axes[ALONG_X].size)), np.zeros((fixed.n, axes[ALONG_Y].size, 1))
        left += _column(fixed.before[-1])
        for part in self._moving[-1].parts:
            side = right if part.kind == ALONG_Y else left
            side += _term(part, a, axes)
        return left[:, 0, :], right[:, :, 0]

    def _axes(self, ys: slice) -> dict[int, FloatArray]:
        return {ALONG_X: self._grid.xs.reshape(1, 1, -1), ALONG_Y: self._grid.ys[ys].reshape(1, -1, 1)}


def _column(values: FloatArray) -> FloatArray:
    return values.reshape(-1, 1, 1)


def _activated(one: _Neuron, total: FloatArray) -> FloatArray:
    if one.activation.is_identity:
        return total
    found = np.empty_like(total)
    one.activation.value(total, found)
    return found


def _added(one: _Neuron, before: FloatArray, a: Values, axes: Mapping[int, FloatArray]) -> FloatArray:
    """The sum of the parts, always in the same order; as few arrays as possible are made."""
    total, kind = _column(before), 0
    own = False  # whether total is an array that nobody else reads
    for part in one.parts:
        term = _term(part, a, axes)
        if own and kind | part.kind == kind:
            np.add(total, term, total)
        else:
            total, own = total + term, True
        kind |= part.kind
    return total


def _term(part: _Part, a: Values, axes: Mapping[int, FloatArray]) -> FloatArray:
    if part.source is None:
        return axes[part.axis]
    source = a[part.source]
    return axes[part.axis] * source if part.axis else part.weight * source


def _leading_to(network: Network, wanted: Iterable[str]) -> frozenset[str]:
    """*wanted* and all nodes from which unmuted edges lead there."""
    found = set(wanted)
    for name in reversed(network.order):
        if any(edge.target in found and not edge.muted for edge in network.outgoing[name]):
            found.add(name)
    return frozenset(found)
