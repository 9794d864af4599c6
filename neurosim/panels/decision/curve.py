"""A neuron along one input: its curve, and the stretches on which it is above or below the threshold."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network, Neuron
from neurosim.engine.response_map import ResponseMap
from neurosim.panels._contours import Line
from neurosim.panels._frame import Frame
from neurosim.panels._plot_frame import pixels
from neurosim.panels.decision.levels import crossing, is_rising
from neurosim.panels.decision.plane import grid_of
from neurosim.panels.decision.subject import Subject
from neurosim.records import dataclass


@dataclass(frozen=True)
class Stretch:
    """From *first* to *last* on the input's axis the neuron is above the threshold, or not."""

    first: float
    last: float
    above: bool


class CurveModel:
    """Owns the curve. Pixels are those of the frame given to ``update``.

    Attributes:
        curve: the curve in pixels, (2, n), with NaN where it jumps; ``None`` when it cannot be computed.
        values: the neuron's values along it.
        stretches: one after another from the left edge to the right.
        crossings: where on the input's axis it passes the threshold, rising.
    """

    def __init__(self) -> None:
        self.curve: Line | None = None
        self.values: FloatArray = np.empty(0)
        self.stretches: list[Stretch] = []
        self.crossings: list[float] = []
        self._map = ResponseMap()
        self._x: FloatArray = np.empty(0)

    def clear(self) -> None:
        """Show nothing."""
        self.curve, self.values, self.stretches, self.crossings = None, np.empty(0), [], []

    def update(self, network: Network, subject: Subject, frame: Frame, threshold: float) -> None:
        """Work out the curve of *subject* in *network* and where it passes *threshold*."""
        self.clear()
        node = network.node_by_id.get(subject.node)
        grid = grid_of(subject, frame, fine=True)
        self._map.evaluate(network, grid)
        a, z = self._map.activation(subject.node), self._map.pre_activation(subject.node)
        if a is None or z is None or not isinstance(node, Neuron):
            return
        self._x, self.values = grid.across_values, a[0].copy()
        self.curve = np.stack(pixels(frame, self._x, self.values))
        if node.activation in {"step", "step_both", "sign"}:
            self._open_jumps()
        level = crossing(node.activation, threshold) if is_rising(node.activation) else None
        # As on the plane: where z passes a level is known better than where a jumps over it.
        over = z[0] - level if level is not None else self.values - threshold
        self._cut(over, frame)

    def _open_jumps(self) -> None:
        """No upright line pretends that the neuron passes through the values between."""
        if self.curve is None:
            return
        jumps = np.flatnonzero(np.diff(self.values) != 0) + 1
        self.curve = np.insert(self.curve, jumps, np.nan, axis=1)

    def _cut(self, over: FloatArray, frame: Frame) -> None:
        above = over >= 0
        ends = np.flatnonzero(above[1:] != above[:-1])
        part = over[ends] / (over[ends] - over[ends + 1])
        self.crossings = (self._x[ends] + part * (self._x[ends + 1] - self._x[ends])).tolist()
        edges = [frame.x[0], *self.crossings, frame.x[1]]
        side = bool(above[0])
        for first, last in pairwise(edges):
            self.stretches.append(Stretch(first, last, side))
            side = not side

    def value_at(self, x: float) -> float | None:
        """The neuron's value at an input."""
        return float(np.interp(x, self._x, self.values)) if self.values.size else None
