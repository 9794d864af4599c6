"""The model over two inputs seen from above: its output as colour, its boundary, and where a step would move it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from PySide6.QtGui import QImage

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network, Neuron
from neurosim.engine.representation import constants_of
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._contours import Contours, along, length
from neurosim.panels._frame import Frame, nice_levels
from neurosim.panels.data_plot.arrows import arrow_power, too_short
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.probe import Places, Probe
from neurosim.widgets.theme import Theme

CELL = 4.0
"""The side of a cell of the grid on which the output is evaluated, in pixels."""
STRENGTH = 0.34
"""How much of the canvas the strongest colour covers."""
THRESHOLD_AT_ZERO = frozenset({"sigmoid", "step", "hard_sigmoid"})
"""Activations whose output is 1/2, or jumps over it, where z is 0; z is smooth there and gives a clean contour."""

Classes = tuple[Number, ...] | None


class PlaneModel:
    """Owns the field, its contours and the boundary's way. Pixels are those of the frame given.

    Attributes:
        image: the output's colour over the plane; ``None`` when the output cannot be computed.
        boundary: lines (2, n) in pixels where the output is half way between the classes, or at ``level``.
        ghost: the same after the next training step.
        contours: for numeric targets further (value, line) pairs.
        arrows: ((x, y) of the tail, (x, y) of the head), at ``10 ** power`` times their true length.
        level: the output's value on the boundary.
        flat: the output's value when it is the same everywhere, else ``None``.
    """

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.boundary: list[FloatArray] = []
        self.ghost: list[FloatArray] = []
        self.contours: list[tuple[float, FloatArray]] = []
        self.arrows: list[tuple[tuple[float, float], tuple[float, float]]] = []
        self.level = 0.5
        self.power = 0
        self.flat: float | None = None
        self._by_z = False
        self._now, self._next = Probe(), Probe()
        self._grid = Places()
        self._tails: list[_Tail] = []
        self._key: tuple[object, ...] = ()
        self._network: Network | None = None
        self._field: FloatArray | None = None

    def update(
        self,
        axes: Axes,
        snapshot: Snapshot,
        frame: Frame,
        *,
        classes: Classes,
        targets: FloatArray | None,
        theme: Theme,
        later: Network | None,
    ) -> bool:
        """Follow *snapshot*; returns whether the field is another one (so that its picture must be drawn anew).

        *later* is the network after the next step; ``None`` when none can be taken.
        """
        low, high = self._ends(classes, targets)
        key = (axes, frame, classes, low, high, theme, constants_of(snapshot.dataset))
        changed = self._network is not snapshot.network or key != self._key
        if changed:
            self._network, self._key = snapshot.network, key
            self._draw_field(axes, snapshot, frame, classes=classes, ends=(low, high), theme=theme)
        self._draw_next(axes, snapshot, frame, later)
        return changed

    def _ends(self, classes: Classes, targets: FloatArray | None) -> tuple[float, float]:
        if classes is not None:
            return float(classes[0]), float(classes[1])
        if targets is None or not targets.size:
            return 0.0, 1.0
        # The colours of a numeric target are fixed by its extremes, which a drag in the plane does not change.
        low, high = float(targets.min()), float(targets.max())
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    def _draw_field(
        self, axes: Axes, snapshot: Snapshot, frame: Frame, *, classes: Classes, ends: tuple[float, float], theme: Theme
    ) -> None:
        self.image, self.boundary, self.contours, self._field, self.flat = None, [], [], None, None
        self._tails = []
        found = self._values(self._now, snapshot, snapshot.network, axes, frame)
        if found is None:
            return
        z, a = found
        low, high = ends
        self.image = _coloured(np.clip((a - low) / (high - low), 0.0, 1.0), theme)
        self.level = (low + high) / 2
        node = snapshot.network.node_by_id[axes.output or ""]
        self._by_z = (
            classes is not None
            and isinstance(node, Neuron)
            and node.activation in THRESHOLD_AT_ZERO
            and self.level == 0.5
        )
        if classes is None:
            levels = nice_levels(low, high, 6)
            self.level = min(levels, key=lambda v: abs(v - self.level), default=self.level)
            lines = Contours(a, frame).lines
            self.contours = [(value, line) for value in levels if value != self.level for line in lines(value)]
        self._field = (z if self._by_z else a) - (0.0 if self._by_z else self.level)
        if float(np.ptp(self._field)) <= 1e-12 * max(1.0, float(np.abs(self._field).max())):
            self.flat = float(a[0, 0])
        else:
            self.boundary = Contours(self._field, frame).lines(0.0)
            self._tails = _tails_on(self.boundary, self._field, frame) if self.boundary else []

    def _draw_next(self, axes: Axes, snapshot: Snapshot, frame: Frame, later: Network | None) -> None:
        self.ghost, self.arrows = [], []
        if later is None or self._field is None:
            return
        found = self._values(self._next, snapshot, later, axes, frame)
        if found is None:
            return
        field = found[0] if self._by_z else found[1] - self.level
        self.ghost = Contours(field, frame).lines(0.0)
        self._set_arrows(field - self._field, frame)

    def _values(
        self, probe: Probe, snapshot: Snapshot, network: Network, axes: Axes, frame: Frame
    ) -> tuple[FloatArray, FloatArray] | None:
        if axes.output is None or axes.up_column is None:
            return None
        columns, rows = _grid_size(frame)

        def grid() -> Mapping[str, FloatArray]:
            x = np.linspace(frame.x[0], frame.x[1], columns)
            y = np.linspace(frame.y[1], frame.y[0], rows)
            across, down = np.meshgrid(x, y)
            inputs = {axes.across_column: across.ravel(), axes.up_column or "": down.ravel()}
            return inputs | {name: np.full(across.size, float(value)) for name, value in axes.fixed.items()}

        places = self._grid.on(snapshot.dataset, (axes, frame), grid)
        found = probe.output(network, places, snapshot.settings, axes.output)
        if found is None or not (np.isfinite(found[0]).all() and np.isfinite(found[1]).all()):
            return None
        return found[0].reshape(rows, columns), found[1].reshape(rows, columns)

    def _set_arrows(self, change: FloatArray, frame: Frame) -> None:
        """A level line moves along the slope by -change / |slope|, to first order."""
        found: list[tuple[float, float, float, float]] = []
        longest = 0.0
        for x, y, cell, across, down in self._tails:
            by = -float(change[cell])
            found.append((x, y, by * across, by * down))
            longest = max(longest, math.hypot(by * across, by * down))
        self.power = arrow_power(longest, min(frame.width, frame.height) * 0.6, self.power)
        if not math.isfinite(longest) or too_short(longest, self.power):
            return
        factor = 10.0**self.power
        self.arrows = [((x, y), (x + dx * factor, y + dy * factor)) for x, y, dx, dy in found]


_Tail = tuple[float, float, tuple[int, int], float, float]
"""Where an arrow begins, in pixels; the cell of the field there; and how far the boundary moves when the field there
falls by 1: across and down, in pixels."""


def _tails_on(boundary: list[FloatArray], field: FloatArray, frame: Frame) -> list[_Tail]:
    """Where arrows stand on the longest line of *boundary*, the level 0 of *field*."""
    rows, columns = field.shape
    cell_x, cell_y = frame.width / (columns - 1), frame.height / (rows - 1)
    slope_y = np.asarray(np.gradient(field, cell_y, axis=0))
    slope_x = np.asarray(np.gradient(field, cell_x, axis=1))
    longest_line = max(boundary, key=length)
    found: list[_Tail] = []
    parts = np.array((0.2, 0.5, 0.8) if length(longest_line) > 120 else (0.5,))
    for x, y in np.transpose(along(longest_line, parts)[:2]).tolist():
        row = min(max(round(y / cell_y), 0), rows - 1)
        column = min(max(round(x / cell_x), 0), columns - 1)
        sx, sy = float(slope_x[row, column]), float(slope_y[row, column])
        steep = sx * sx + sy * sy
        if steep > 0:
            found.append((x, y, (row, column), sx / steep, sy / steep))
    return found


def _grid_size(frame: Frame) -> tuple[int, int]:
    return max(8, round(frame.width / CELL)), max(8, round(frame.height / CELL))


def _coloured(values: FloatArray, theme: Theme) -> QImage:
    """*values* (0 to 1) as a see-through picture: the first class's colour, nothing at 1/2, the second's."""
    strength = np.abs(values - 0.5) * 2 * STRENGTH
    pixels = np.empty((*values.shape, 4), dtype=np.uint8)
    ends = [(c.blue(), c.green(), c.red()) for c in (theme.negative, theme.positive)]
    for channel in range(3):
        colour = np.where(values > 0.5, ends[1][channel], ends[0][channel])
        pixels[..., channel] = colour * strength
    pixels[..., 3] = 255 * strength
    height, width = values.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()
