"""A neuron over two inputs, seen from above: its value as colour and numbered lines, and the boundary between sides."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from PySide6.QtGui import QImage

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Network, Neuron
from neurosim.engine.response_map import Grid, ResponseMap, colour_reach, value_range
from neurosim.panels._contours import Line, length
from neurosim.panels._frame import Frame, nice_levels
from neurosim.panels.decision.contours import Field, distance_to
from neurosim.panels.decision.levels import crossing, is_rising
from neurosim.panels.decision.subject import Subject
from neurosim.widgets.colour_maps import response_image
from neurosim.widgets.theme import Theme

MOVING = 64
"""The grid has so many values across and up while anything moves."""
CELL = 4.0
"""When still, a cell of the grid is at most so many pixels wide."""
FINEST = 256
CROWDED = 12.0
"""A numbered line nearer to the boundary than so many pixels is left out: it would only blur it."""


class PlaneModel:
    """Owns the field. Pixels are those of the frame given to ``update``.

    Attributes:
        image: the colours, first row at the top; ``None`` when the neuron cannot be computed.
        boundary: the lines on which the value is the threshold.
        contours: further lines, with their values.
        flat: the value when it is the same everywhere.
        out_of_reach: the threshold is beyond what the activation ever gives.
    """

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.boundary: list[Line] = []
        self.contours: list[tuple[float, list[Line]]] = []
        self.flat: float | None = None
        self.out_of_reach = False
        self.field: Field | None = None
        self._map = ResponseMap()
        self._activation = "identity"
        self._by_z = False

    def clear(self) -> None:
        """Show nothing."""
        self.image, self.boundary, self.contours, self.flat, self.field = None, [], [], None, None

    def update(
        self, network: Network, subject: Subject, frame: Frame, threshold: float, theme: Theme, *, fine: bool
    ) -> None:
        """Work out everything for *subject* of *network*; *fine*: nothing moves, so that there is time."""
        self.clear()
        node = network.node_by_id.get(subject.node)
        self._map.evaluate(network, grid_of(subject, frame, fine=fine))
        a = self._map.activation(subject.node)
        if a is None or not isinstance(node, Neuron):
            return
        self._activation = node.activation
        low, high = colour_reach(node.activation, a, threshold)
        self.image = response_image(a, theme, middle=threshold, low=low, high=high)
        z = self._map.pre_activation(subject.node)
        # z is smooth where a jumps or saturates, so that its contours are right on any grid.
        self._by_z = z is not None and is_rising(node.activation)
        self.field = Field((z if self._by_z and z is not None else a).copy(), frame)
        lowest, highest = value_range(node.activation)
        self.out_of_reach = not lowest <= threshold <= highest
        if self.field.is_flat() or float(np.ptp(a)) == 0.0:
            self.flat = float(a[0, 0])
            if self.field.is_flat():
                return
        self._draw_lines(a, threshold)

    def _draw_lines(self, a: np.ndarray, threshold: float) -> None:
        field = self.field
        level = self._level(threshold)
        if field is None:
            return
        if level is not None:
            self.boundary = field.lines(level)
        blurring = self._blurring()
        low, high = value_range(self._activation)
        if not (np.isfinite(low) and np.isfinite(high)):
            low, high = float(a.min()), float(a.max())
        for value in nice_levels(low, high, 6):
            if abs(value - threshold) < 1e-9 * max(1.0, high - low):
                continue
            at = self._level(value)
            if at is None or at == level:
                continue
            if level is None or abs(at - level) >= blurring:
                lines = field.lines(at)
                if lines:
                    self.contours.append((value, lines))

    def _level(self, value: float) -> float | None:
        return crossing(self._activation, value) if self._by_z else value

    def _blurring(self) -> float:
        """So near to the boundary's level a line would run right beside it and only blur it."""
        line = self.longest()
        if self.field is None or line is None:
            return 0.0
        some = line[:, :: max(1, line.shape[1] // 24)]
        return CROWDED * float(np.median(self.field.steepness(some[0], some[1])))

    def value_at(self, x: float, y: float) -> float | None:
        """The neuron's value at a pixel."""
        if self.field is None:
            return None
        found = self.field.at(np.array([x]), np.array([y]))
        return float(ACTIVATIONS[self._activation].curve(found)[0]) if self._by_z else float(found[0])

    def is_on_boundary(self, x: float, y: float, reach: float) -> bool:
        """Whether a pixel is as near as *reach* to the boundary."""
        return any(distance_to(line, x, y) <= reach for line in self.boundary)

    def longest(self) -> Line | None:
        """The longest piece of the boundary."""
        return max(self.boundary, key=length, default=None)


def grid_of(subject: Subject, frame: Frame, *, fine: bool) -> Grid:
    """The grid over what is visible: 64 x 64, or as fine as the eye can tell."""

    def count(pixels: float) -> int:
        return min(max(MOVING, round(pixels / CELL)), FINEST) if fine else MOVING

    fixed = MappingProxyType({name: float(value) for name, value in subject.fixed.items()} | dict(subject.features))
    constants = subject.constants
    if subject.up is None:
        # Along one input there is time for a value every other pixel.
        return Grid(
            subject.across,
            frame.x,
            min(max(MOVING, round(frame.width / 2)) + 1, 1_025),
            fixed=fixed,
            constants=constants,
        )
    return Grid(subject.across, frame.x, count(frame.width), subject.up, frame.y, count(frame.height), fixed, constants)
