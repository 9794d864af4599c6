"""What l1 and l2 add to the loss at each point of a grid: a part along each axis, and one that is the same all over."""

from __future__ import annotations

import numpy as np

from neurosim.engine.compiled import as_float, incomputable_nodes
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings


def penalised(network: Network, dataset: Dataset) -> frozenset[str]:
    """The weights that the penalty counts: those of edges that are not muted, into nodes that can be computed."""
    lost = incomputable_nodes(network, dataset)
    return frozenset(edge.id for edge in network.edges if not edge.muted and edge.target not in lost)


class GridPenalty:
    """l2 / 2 * sum of w^2 + l1 * sum of |w|, with two of the parameters varied."""

    def __init__(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Read weights and settings."""
        self._l1, self._l2 = float(settings.l1), float(settings.l2)
        self.active = bool(self._l1 or self._l2)
        self._weights = {}
        if self.active:
            self._weights = {name: as_float(network.parameters[name]) for name in penalised(network, dataset)}

    def add_to(self, losses: FloatArray, grid: Grid) -> None:
        """Add the penalty to *losses* (ny, nx) over *grid*, in place."""
        if not self.active:
            return
        held = np.array([value for name, value in self._weights.items() if name not in (grid.x, grid.y)])
        along_y = np.full(len(grid.ys), float(self._of(held).sum()))
        if grid.y in self._weights:
            along_y += self._of(grid.ys)
        losses += along_y[:, None]
        if grid.x in self._weights:
            losses += self._of(grid.xs)

    def here(self) -> float:
        """The penalty at the network's own parameters."""
        return float(self._of(np.array(list(self._weights.values()))).sum())

    def _of(self, values: FloatArray) -> FloatArray:
        return self._l2 / 2 * values**2 + self._l1 * np.abs(values)
