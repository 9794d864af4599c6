"""What l1 and l2 add to the loss at each point of a grid: a part along each axis, and one that is the same all over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from neurosim.engine.compiled import as_float, incomputable_nodes
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.records import dataclass, field


def penalised(network: Network, dataset: Dataset) -> frozenset[str]:
    """The weights that the penalty counts: those of edges that are not muted, into nodes that can be computed."""
    lost = incomputable_nodes(network, dataset)
    return frozenset(edge.id for edge in network.edges if not edge.muted and edge.target not in lost)


@dataclass(frozen=True)
class GridPenalty:
    """l2 / 2 * sum of w^2 + l1 * sum of |w|, with two of the parameters varied. Equal ones add the same everywhere.

    Attributes:
        l1, l2: the factors.
        held: the other weights that count; empty where there is no penalty.
        axes: those of the two parameters that count.
    """

    l1: float = 0.0
    l2: float = 0.0
    held: Mapping[str, float] = field(default_factory=dict)
    axes: frozenset[str] = frozenset()

    @staticmethod
    def of(network: Network, dataset: Dataset, settings: TrainingSettings, grid: Grid) -> GridPenalty:
        """Read weights and settings."""
        l1, l2 = float(settings.l1), float(settings.l2)
        if not (l1 or l2):
            return GridPenalty()
        counted = penalised(network, dataset)
        axes = counted & {grid.x, grid.y}
        return GridPenalty(l1, l2, {name: as_float(network.parameters[name]) for name in counted - axes}, axes)

    def add_to(self, losses: FloatArray, grid: Grid) -> None:
        """Add the penalty to *losses* (ny, nx) over *grid*, which may be finer or coarser, in place."""
        if not (self.held or self.axes):
            return
        along_y = np.full(len(grid.ys), self._of_all(self.held.values()))
        if grid.y in self.axes:
            along_y += self._of(grid.ys)
        losses += along_y[:, None]
        if grid.x in self.axes:
            losses += self._of(grid.xs)

    def at(self, values: Mapping[str, float]) -> float:
        """The penalty with some parameters, those of the grid's axes among them, set to *values*."""
        held = [values.get(name, value) for name, value in self.held.items()]
        return self._of_all([*held, *(values[name] for name in self.axes)])

    def _of_all(self, values: Iterable[float]) -> float:
        return float(self._of(np.array(sorted(values))).sum())

    def _of(self, values: FloatArray) -> FloatArray:
        return self.l2 / 2 * values**2 + self.l1 * np.abs(values)
