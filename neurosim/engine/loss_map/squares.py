"""The loss map of linear outputs with squared error: one bowl for each output, the same cost for any number of rows.

It serves a linear neuron with any two of its parameters, and any network as long as both parameters are weights or
biases of linear outputs: what flows into those outputs depends on the rows alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import numpy as np

from neurosim.engine.compiled import as_float
from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.bowl import Bowl
from neurosim.engine.loss_map.following import Following, Work
from neurosim.engine.loss_map.forward import Forward
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.loss_map.rows import IntArray, TrainRows
from neurosim.engine.loss_map.terms import Plane
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.records import dataclass

ONE = None
"""The source of a bias: the constant 1."""


@dataclass(frozen=True)
class _Linear:
    """A linear output: its parameters (those of the map first), what each is multiplied by, and the target's column."""

    names: tuple[str, ...]
    sources: tuple[str | None, ...]
    target: str


def is_sum_of_squares(network: Network, loss: str, grid: Grid) -> bool:
    """Whether every output is linear and the map's parameters enter outputs alone, with squared error."""
    if loss != "squared_error":
        return False
    outputs = {output.node for output in network.outputs}
    for name in outputs:
        node = network.node_by_id[name]
        if isinstance(node, Neuron) and node.activation != "identity":
            return False
    sources = {edge.source for name in outputs for edge in network.incoming[name] if not edge.muted}
    return not Forward(network, grid, sources).widest()


class Squares(Following):
    """The sums of squares over the grid."""

    def __init__(self, network: Network, grid: Grid, rows: TrainRows) -> None:
        """Begin with nothing; *rows* are to be added up; see ``is_sum_of_squares``."""
        super().__init__(rows)
        self._grid = grid
        self._linear = [_linear(network, grid, output.node, output.target or "") for output in network.outputs]
        sources = {name for one in self._linear for name in one.sources if name is not ONE}
        self._forward = Forward(network, grid, sources)
        self._input_columns = tuple(node.column for node in self._forward.inputs)
        self._bowls = [Bowl(partial(self._table, one)) for one in self._linear]
        self._weights: Mapping[str, float] = {}
        self.takes(network)

    def takes(self, network: Network) -> bool:
        """Go on with *network*, equal but for its parameters; whether the outputs are still fed the same."""
        parameters = network.parameters
        if any(as_float(parameters[name]) != value for name, value in self._forward.parameters.items()):
            return False
        self._weights = {
            name: as_float(parameters[name]) if name in parameters else 1.0
            for one in self._linear
            for name in one.names
        }
        self.version += 1
        return True

    # -- following -------------------------------------------------------------------------------------------------

    def _catch_up(self, aim: TrainRows) -> Work[None]:
        for bowl in self._bowls:
            yield from bowl.catch_up(aim)

    def _table(self, one: _Linear, rows: TrainRows, which: slice | IntArray) -> FloatArray:
        """What the output's parameters are multiplied by, and its target, (n, k + 1)."""
        target = rows.values(one.target, which)
        found = np.ones((len(target), len(one.names) + 1))
        fixed = self._forward.fixed(rows.block(self._input_columns, which))
        for i, source in enumerate(one.sources):
            if source is not ONE:
                found[:, i] = self._forward.still(source, fixed)
        found[:, -1] = target
        return found

    # -- reading ---------------------------------------------------------------------------------------------------

    def plane(self) -> Plane:
        """The sums."""
        xs, ys = self._grid.xs, self._grid.ys
        along_x, along_y = np.zeros(len(xs)), np.zeros(len(ys))
        inside = None
        for one, bowl in zip(self._linear, self._bowls, strict=True):
            factor = bowl.factor
            axes = [name for name in one.names if name in (self._grid.x, self._grid.y)]
            rest = factor @ np.array([*(0.0 if n in axes else self._weights[n] for n in one.names), -1.0])
            if len(axes) == 2:
                # the first row of R depends on both, the second on y
                both = np.add((factor[0, 1] * ys)[:, None], factor[0, 0] * xs + rest[0])
                np.multiply(both, both, both)
                inside = both if inside is None else inside + both
                along_y += (factor[1, 1] * ys + rest[1]) ** 2
            elif axes:
                values, side = (xs, along_x) if axes[0] == self._grid.x else (ys, along_y)
                side += (factor[0, 0] * values + rest[0]) ** 2
            along_y += rest[len(axes) :] @ rest[len(axes) :]
        sums = along_y[:, None] + along_x if inside is None else inside
        if inside is not None:
            sums += along_y[:, None]
            if along_x.any():
                sums += along_x
        return Plane(sums)

    def sum_at(self, values: Mapping[str, float]) -> float:
        """The sum with some of the outputs' parameters set to *values*."""
        total = 0.0
        for one, bowl in zip(self._linear, self._bowls, strict=True):
            residuals = bowl.factor @ np.array([*(values.get(n, self._weights[n]) for n in one.names), -1.0])
            total += float(residuals @ residuals)
        return total

    def hessian(self, names: Sequence[str], factor: float, l2: float, weights: Collection[str]) -> FloatArray:
        """The second derivatives of the loss by *names*, parameters of outputs.

        Args:
            names: the parameters.
            factor: what the sum of squares is multiplied by.
            l2: the factor of the penalty.
            weights: those parameters that the penalty counts.
        """
        found = np.diag([l2 if name in weights else 0.0 for name in names])
        for one, bowl in zip(self._linear, self._bowls, strict=True):
            here = [i for i, name in enumerate(names) if name in one.names]
            columns = bowl.factor[:, [one.names.index(name) for i, name in enumerate(names) if i in here]]
            found[np.ix_(here, here)] += 2.0 * factor * (columns.T @ columns)
        return found

    def bottom(
        self, free: Collection[str], factor: float, l2: float, weights: Collection[str]
    ) -> dict[str, float] | None:
        """Where the loss is least while the parameters other than *free* keep their values; else as ``hessian``.

        ``None`` where that is not one point, or where a parameter in *free* is none of an output.
        """
        found: dict[str, float] = {}
        for one, bowl in zip(self._linear, self._bowls, strict=True):
            here = [i for i, name in enumerate(one.names) if name in free]
            held = np.array([*(0.0 if i in here else self._weights[n] for i, n in enumerate(one.names)), -1.0])
            tall, target = bowl.factor[:, here], -(bowl.factor @ held)
            if l2:
                decay = [np.sqrt(l2 / (2.0 * factor)) if one.names[i] in weights else 0.0 for i in here]
                tall, target = np.vstack([tall, np.diag(decay)]), np.append(target, np.zeros(len(here)))
            solution = _least_squares(tall, target)
            if solution is None:
                return None
            found.update(zip((one.names[i] for i in here), solution.tolist(), strict=True))
        return found if len(found) == len(set(free)) else None


def _least_squares(tall: FloatArray, target: FloatArray) -> FloatArray | None:
    """The w with the least |tall w - target|; ``None`` where it is not one, or not finite."""
    if not tall.shape[1]:
        return np.zeros(0)
    lengths = np.sqrt((tall * tall).sum(axis=0))
    if not np.isfinite(lengths).all() or not lengths.all():
        return None
    solution, _, rank, _ = np.linalg.lstsq(tall / lengths, target, rcond=None)
    if rank < tall.shape[1] or not np.isfinite(solution).all():
        return None
    solved: FloatArray = solution / lengths
    return solved


def _linear(network: Network, grid: Grid, name: str, target: str) -> _Linear:
    node = network.node_by_id[name]
    if not isinstance(node, Neuron):
        return _Linear(("",), (name,), target)  # an input that is an output: times 1, which is no parameter
    pairs: list[tuple[str, str | None]] = [(edge.id, edge.source) for edge in network.incoming[name] if not edge.muted]
    if node.bias is not None and not node.muted:
        pairs.append((bias_id(name), ONE))
    rank = {grid.x: 0, grid.y: 1}
    pairs.sort(key=lambda pair: rank.get(pair[0], 2))
    return _Linear(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), target)
