"""The map itself: kept up by the engine as data and parameters move, and turned into colours and lines."""

from __future__ import annotations

import math
import time

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.directions import Directions, Guide
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.loss_map.loss_map import LossMap, Picture
from neurosim.engine.loss_map.squares import is_sum_of_squares
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Frame, Range
from neurosim.panels.loss_map.scale import Scale, scale_for
from neurosim.panels.loss_map.subject import Subject
from neurosim.records import dataclass, field
from neurosim.widgets.colour_maps import indexed, sequence_table
from neurosim.widgets.level_lines import LevelLines
from neurosim.widgets.theme import mix, theme

CELL = 4.0
"""About so many pixels lie between two points at which the loss is worked out."""
FEWEST, MOST = 40, 128
"""Points along an axis, at least and at most."""
FINER = 2
"""A bowl costs so little that it is worked out so many times finer; the points between are seen when it is still."""
IN_FRAME = 0.004
"""Seconds of a frame in which the map may be worked on."""
QUICK = 0.008
"""A map that is made within so many seconds is made anew in every frame in which the view moves."""
EXACT_WORK = 20_000
"""Up to so many products the loss at a place is worked out for itself, else read from the map."""

Line = FloatArray
"""Points of a line in units of the parameters, (2, n)."""


@dataclass
class Relief:
    """What is seen of a map: its ranges, colours and lines.

    Attributes:
        picture: the losses.
        scale: ``None`` where the loss is the same everywhere.
        contours: the lines of each level of the scale, in units of the parameters.
        image: the colours, first row at the top; each pixel is a point of the map, in its middle.
    """

    picture: Picture
    scale: Scale | None
    image: QImage
    contours: list[tuple[float, list[Line]]] = field(default_factory=list)

    @property
    def x(self) -> Range:
        """The range across."""
        return float(self.picture.xs[0]), float(self.picture.xs[-1])

    @property
    def y(self) -> Range:
        """The range up."""
        return float(self.picture.ys[0]), float(self.picture.ys[-1])

    def area_in(self, frame: Frame) -> QRectF:
        """Where the image lies in *frame*: half a point further than the ranges, on all sides."""
        rows, columns = self.picture.values.shape
        left, right = frame.across(self.x[0]), frame.across(self.x[1])
        top, bottom = frame.down(self.y[1]), frame.down(self.y[0])
        dx, dy = (right - left) / (columns - 1) / 2, (bottom - top) / (rows - 1) / 2
        return QRectF(left - dx, top - dy, right - left + 2 * dx, bottom - top + 2 * dy)

    def at(self, x: float, y: float) -> float | None:
        """The loss at a place, between the points of the map evenly; ``None`` outside, or where it is too large."""
        found = self.picture
        if not (self.x[0] <= x <= self.x[1] and self.y[0] <= y <= self.y[1]):
            return None
        rows, columns = found.values.shape
        across = (x - self.x[0]) / (self.x[1] - self.x[0]) * (columns - 1)
        up = (y - self.y[0]) / (self.y[1] - self.y[0]) * (rows - 1)
        column, row = min(int(across), columns - 2), min(int(up), rows - 2)
        u, v = across - column, up - row
        cell = found.values[row : row + 2, column : column + 2]
        if found.too_large[row : row + 2, column : column + 2].any():
            return None
        return float(np.array([1 - v, v]) @ cell @ np.array([1 - u, u]))


class Landscape:
    """Owns the map of what is in view, and what points the way on it.

    Attributes:
        relief: what is to be seen; of another part of the plane, or of a moment ago, until there is a newer one.
        version: goes up with each new ``relief``.
    """

    def __init__(self) -> None:
        self.relief: Relief | None = None
        self.version = 0
        self._map: LossMap | None = None
        self._guide: Guide | None = None
        self._snapshot: Snapshot | None = None
        self._followed: Snapshot | None = None
        self._wanted: tuple[Subject, Frame] | None = None
        self._made_for: tuple[Subject, Range, Range] | None = None
        self._quick = True
        self._bowl = False
        self._drawn: tuple[object, ...] = ()
        self._scale: Scale | None = None

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def problem(self) -> str | None:
        """Why there is no map, as a sentence."""
        return self._map.problem if self._map is not None else None

    @property
    def is_bowl(self) -> bool:
        """Whether the loss is a quadratic function of both parameters."""
        return self._map is not None and self._map.is_bowl

    @property
    def is_quick(self) -> bool:
        """Whether a map of other ranges would be there at once."""
        return self._quick or not self._is_elsewhere()

    @property
    def up_to_date(self) -> bool:
        """Whether ``relief`` is of the instant shown last and of all that is in view, coarse or not."""
        current = self._map is not None and self._map.current and self._followed is self._snapshot
        return current and not self._is_elsewhere()

    @property
    def pending(self) -> bool:
        """Whether ``work`` has something to do."""
        unfinished = self._map is not None and (self._map.pending or self._followed is not self._snapshot)
        return unfinished or self._is_elsewhere()

    def directions(self, *, curvature: bool = False) -> Directions | None:
        """What points the way at the instant shown last; *curvature* may cost four passes over the rows."""
        if self._guide is None or self._snapshot is None:
            return None
        return self._guide.at(self._snapshot, curvature=curvature)

    def loss_at(self, x: Number, y: Number) -> Number | None:
        """The loss at a place, in fractions where possible; with many rows read from the map."""
        snapshot = self._snapshot
        if self._map is None or snapshot is None:
            return None
        if snapshot.dataset.n_rows * len(snapshot.network.parameters) <= EXACT_WORK and self._followed is snapshot:
            return self._map.exact_at(x, y)
        return self.relief.at(float(x), float(y)) if self.relief is not None else None

    # -- following -------------------------------------------------------------------------------------------------

    def show(self, snapshot: Snapshot, subject: Subject, frame: Frame) -> None:
        """Follow *snapshot*, on the part of the plane that *frame* shows; what takes long is left to ``work``."""
        self._snapshot = snapshot
        if self._wanted is not None and self._wanted[0] != subject:
            self.forget()
            self._snapshot = snapshot
        self._wanted = (subject, frame)
        if self._map is None or (self._is_elsewhere() and self._quick):
            self._make()
        else:
            self._follow()
        self._draw()

    def work(self, seconds: float) -> bool:
        """Go on for about *seconds*; whether there is more to do."""
        if self._map is not None:
            if self._is_elsewhere():
                self._make()
            elif self._map.pending:
                self._map.advance(seconds)
            if self._followed is not self._snapshot:
                self._follow()
            self._draw()
        return self.pending

    def refine(self) -> None:
        """Nothing moves: draw all points that there are."""
        self._draw(fine=True)

    def choose_scale(self) -> None:
        """Choose colours and levels anew for what is in view."""
        self._scale, self._drawn = None, ()

    def forget(self) -> None:
        """There is nothing to show."""
        self.relief, self._map, self._guide = None, None, None
        self._snapshot = self._followed = self._wanted = self._made_for = None
        self._quick = True
        self.choose_scale()

    def _is_elsewhere(self) -> bool:
        """Whether the map is of other ranges than those in view."""
        if self._wanted is None:
            return False
        subject, frame = self._wanted
        return self._made_for != (subject, frame.x, frame.y)

    def _make(self) -> None:
        """Begin the map anew, for what is in view."""
        snapshot = self._snapshot
        if snapshot is None or self._wanted is None:
            return
        subject, frame = self._wanted
        self._made_for = (subject, frame.x, frame.y)
        if not (frame.x[0] < frame.x[1] and frame.y[0] < frame.y[1]):
            return
        began = time.perf_counter()
        network, names = snapshot.network, (subject.across, subject.up)
        self._bowl = is_sum_of_squares(network, snapshot.settings.loss, Grid.spanning(*names, frame.x, frame.y, (2, 2)))
        finer = FINER if self._bowl else 1
        shape = finer * _cells(frame.height) + 1, finer * _cells(frame.width) + 1
        self._map = LossMap(network, snapshot.dataset, snapshot.settings, *names, frame.x, frame.y, shape)
        self._guide = Guide(self._map)
        self._followed = snapshot
        if self._map.pending:
            self._map.advance(IN_FRAME)
        self._quick = self._map.current and time.perf_counter() - began <= QUICK

    def _follow(self) -> None:
        found, snapshot = self._map, self._snapshot
        if found is None or snapshot is None:
            return
        # A map that has not even been seen coarsely is finished first: else it never would be while things move.
        if (not found.pending or found.current) and self._followed is not snapshot:
            found.follow(snapshot.network, snapshot.dataset, snapshot.settings)
            self._followed = snapshot
        if found.pending:
            found.advance(IN_FRAME)

    # -- looks -----------------------------------------------------------------------------------------------------

    def _draw(self, *, fine: bool = False) -> None:
        """Make the relief of the picture that there is now."""
        whole = self._map.picture if self._map is not None else None
        if whole is None:
            return
        stride = FINER if self._bowl and self._map is not None and whole.values.shape == self._map.grid.shape else 1
        known = (whole, theme(), self._scale)
        if self.relief is not None and self._drawn[:3] == known and (self._drawn[3] == 1 or not fine):
            return
        if fine:
            stride = 1
        picture = whole
        if stride > 1:
            some = slice(None, None, stride)
            picture = Picture(whole.xs[some], whole.ys[some], whole.values[some, some], whole.too_large[some, some])
        seen = picture.values[~picture.too_large]
        self._scale = scale_for(seen, self._scale)
        self.relief = _relief(picture, self._scale)
        self._drawn = (whole, theme(), self._scale, stride)
        self.version += 1


def _cells(pixels: float) -> int:
    return int(min(max(round(pixels / CELL), FEWEST), MOST))


def _relief(picture: Picture, scale: Scale | None) -> Relief:
    colours = theme()
    table = sequence_table(colours.name)
    values, last = picture.values[::-1], len(table) - 1
    parts = scale.parts(values) if scale is not None else np.zeros(values.shape)
    index = (np.clip(parts, 0.0, 1.0) * last + 0.5).astype(np.intp)
    if picture.too_large.any():
        # Where the loss is too large to calculate with there is no colour of a loss.
        grey = mix(colours.canvas, colours.text_muted, 0.35).rgb()
        table, index = np.append(table, np.uint32(grey)), np.where(picture.too_large[::-1], last + 1, index)
    found = Relief(picture, scale, indexed(index, table))
    if scale is not None:
        found.contours = _contours(picture, scale)
    return found


def _contours(picture: Picture, scale: Scale) -> list[tuple[float, list[Line]]]:
    values = picture.values
    # The root of a bowl rises evenly, so that its lines are smooth on a coarse grid as well.
    rooted = bool(values.min() >= 0.0)
    on_it = LevelLines(np.sqrt(values) if rooted else values)
    xs, ys = picture.xs, picture.ys
    start = np.array([[xs[0]], [ys[0]]])
    step = np.array([[(xs[-1] - xs[0]) / (len(xs) - 1)], [(ys[-1] - ys[0]) / (len(ys) - 1)]])
    found = []
    for level in scale.levels:
        if level <= 0.0 and rooted:
            continue
        lines = on_it.at(math.sqrt(level) if rooted else level)
        kept = [start + line.T * step for line in lines if len(line) > 1]
        if kept:
            found.append((level, kept))
    return found
