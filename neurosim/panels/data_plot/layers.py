"""The layers of the data plot from back to front; what does not change while a point is dragged is a cached pixmap."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import CachedLayer, is_vector
from neurosim.panels._marks import diameter, draw_mark, mark_pixmap
from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels._stamps import draw_stamps
from neurosim.panels.data_plot.picture import Looks, Picture
from neurosim.panels.data_plot.plane_model import PlaneModel
from neurosim.panels.data_plot.style import look_at_size, shade
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.theme import theme, with_alpha

EXACT_POINTS = 60
"""Up to this many points are painted one by one in the exact place; more are stamped, to the nearest pixel."""

SHADES = 31
"""Of stamps that show a number by their colour there are so many and one more."""

VECTOR_POINTS = 2_000
"""The same for a picture that can be enlarged at will."""

JOINED = 1_000
"""More residuals than these are painted as one stroke for each column of pixels."""
STRIP = 4.0
"""No stroke of a residual reaches farther to a side than so many pixels."""
FEW = 24
"""Up to so many rows that look different are painted anew by themselves."""

GRIPS = 12
"""Up to so many points carry a faint grip all the time."""
GRIP_RADIUS = 10.5


class Ground(CachedLayer):
    """The field of a plane with its numbered contours, the grid, and the residuals of all rows that are not held."""

    def __init__(
        self,
        picture: Picture,
        plane: PlaneModel,
        ticks: Callable[[], tuple[list[float], list[float]]],
        number: Callable[[float], str],
        parent: QGraphicsItem,
    ) -> None:
        super().__init__(0, parent)
        self._picture = picture
        self._plane = plane
        self._ticks = ticks
        self._number = number

    def follow(self, before: Looks) -> None:
        """The rows looked like *before* until now: where the residuals of a few differ, paint anew around those."""
        later = self._picture.looks()
        rows = before.differing(later, FEW, residuals=True)
        if rows is None:
            self.changed()
        elif rows.size:
            high = self.area.height()
            places = [at.px[row] for at in (before, later) for row in rows.tolist()]
            self.changed_at([QRectF(x - STRIP, 0, 2 * STRIP, high).toAlignedRect() for x in places])

    def draw(self, painter: QPainter) -> None:
        """Back to front."""
        colours, frame = theme(), self._picture.frame
        axes = self._picture.axes
        if axes is None:
            return
        if axes.kind == "plane" and self._plane.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.area, self._plane.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for values, horizontal in zip(self._ticks(), (False, True), strict=True):
            for value in values:
                painter.setPen(QPen(colours.hairline, 1.0))
                place = round(frame.down(value) if horizontal else frame.across(value))
                if horizontal:
                    painter.drawLine(QPointF(0, place), QPointF(frame.width, place))
                else:
                    painter.drawLine(QPointF(place, 0), QPointF(place, frame.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if axes.kind == "plane":
            self._draw_contours(painter)
        elif self._picture.prediction is not None:
            self._draw_threshold(painter)
            self._draw_residuals(painter, self._picture.prediction)

    def _draw_contours(self, painter: QPainter) -> None:
        colours = theme()
        for _value, line in self._plane.contours:
            painter.setPen(line_pen(with_alpha(colours.text_muted, 0.8), colours.stroke(1.0)))
            painter.drawPath(pyqtgraph.arrayToQPath(line[0], line[1]))
        numbered = [*self._plane.contours, *((self._plane.level, line) for line in self._plane.boundary)]
        points = self._picture.points
        if points is None or points.classes is not None:
            return
        for value, line in numbered:
            x, y = line[:, int(np.argmin(line[1]))]
            place = QPointF(min(x + 3, self.area.width() - 40), max(y, 0.0) + 14)
            draw_tag(painter, colours, place, self._number(value), colours.text_muted, right=False)

    def _draw_threshold(self, painter: QPainter) -> None:
        points, frame = self._picture.points, self._picture.frame
        if points is None or points.classes is None:
            return
        half = frame.down((float(points.classes[0]) + float(points.classes[1])) / 2)
        painter.setPen(QPen(theme().border, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(0, half), QPointF(frame.width, half))

    def _draw_residuals(self, painter: QPainter, prediction: FloatArray) -> None:
        shown = np.ones(prediction.size, dtype=bool)
        points, held = self._picture.points, self._picture.hand.held
        if points is not None and points.kept_out is not None:
            shown &= ~points.kept_out
        if held is not None and held < shown.size:
            shown[held] = False
        colours = theme()
        joined = bool(np.count_nonzero(shown) > JOINED)
        if self.parts is not None:
            near = np.zeros(shown.size, dtype=bool)
            for part in self.parts:
                near |= np.abs(self._picture.px - part.center().x()) < part.width() / 2 + STRIP
            shown &= near
        # A crowd's residuals would be one solid band.
        colour = colours.loss if shown.size <= JOINED else with_alpha(colours.loss, 0.35)
        painter.setPen(line_pen(colour, colours.stroke(1.25)))
        x, tops = self._picture.px[shown], self._picture.py[shown]
        draw_residuals(painter, x, tops, self._picture.frame.down(prediction[shown]), self.area, joined=joined)


def draw_grips(painter: QPainter, picture: Picture) -> None:
    """A faint disc around each of a few points, which says that they can be taken hold of."""
    if picture.px.size > GRIPS:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(with_alpha(theme().text, 0.10))
    for row, (x, y) in enumerate(zip(picture.px.tolist(), picture.py.tolist(), strict=True)):
        if row != picture.hand.held:
            painter.drawEllipse(QPointF(x, y), GRIP_RADIUS, GRIP_RADIUS)


def _reach(n_points: int) -> float:
    """So far in pixels nothing that is painted for one of *n_points* reaches from its place, its smooth edge included.

    The corners of the largest shape are 1.3 radii away, which a rim makes 0.75 larger; stamps are half a pixel off.
    """
    return max(0.75 * diameter(n_points) + 2.5, GRIP_RADIUS + 1.5 if n_points <= GRIPS else 0.0)


class PointsLayer(CachedLayer):
    """All rows as points, except the one that is held."""

    def __init__(self, picture: Picture, parent: QGraphicsItem) -> None:
        super().__init__(2, parent)
        self._picture = picture

    def follow(self, before: Looks) -> None:
        """The rows looked like *before* until now: where only a few differ, paint anew around those alone."""
        later = self._picture.looks()
        rows = before.differing(later, FEW)
        if rows is None:
            self.changed()
        elif rows.size:
            reach = _reach(later.px.size)
            places = [(at.px[row], at.py[row]) for at in (before, later) for row in rows.tolist()]
            self.changed_at([QRectF(x - reach, y - reach, 2 * reach, 2 * reach).toAlignedRect() for x, y in places])

    def draw(self, painter: QPainter) -> None:
        """Points in the order of the rows, so that later rows lie above."""
        if self._picture.points is None:
            return
        x, y = self._picture.px, self._picture.py
        size = diameter(x.size)
        draw_grips(painter, self._picture)
        margin = size + 2
        shown = self._within(self.area, margin)
        if self._picture.hand.held is not None and self._picture.hand.held < shown.size:
            shown[self._picture.hand.held] = False
        one_by_one = np.count_nonzero(shown) <= (VECTOR_POINTS if is_vector(painter) else EXACT_POINTS)
        if self.parts is not None:
            near = np.zeros(shown.size, dtype=bool)
            for part in self.parts:
                near |= self._within(QRectF(part), _reach(x.size))
            shown &= near
        rows = shown.nonzero()[0]
        if one_by_one:
            for row in rows.tolist():
                draw_row(painter, self._picture, row, QPointF(x[row], y[row]), size)
        elif rows.size:
            self._stamp(painter, rows, size)

    def _within(self, area: QRectF, margin: float) -> NDArray[np.bool_]:
        """(n_rows,): which rows lie in *area*, or so near that a part of their points does."""
        x, y = self._picture.px, self._picture.py
        found: NDArray[np.bool_] = (x > area.left() - margin) & (x < area.right() + margin)
        return found & (y > area.top() - margin) & (y < area.bottom() + margin)

    def _stamp(self, painter: QPainter, rows: NDArray[np.intp], size: float) -> None:
        """Rows of the same look that fall on the same pixel give the same stamp: it is set once."""
        points = self._picture.points
        if points is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        look = np.zeros(rows.size, dtype=np.int64)
        if points.code is not None:
            look = points.code[rows].astype(np.int64)
        elif points.part is not None:
            look = np.rint(points.part[rows] * SHADES).astype(np.int64)
        if points.kept_out is not None:
            look = look + (SHADES + 1) * points.kept_out[rows]
        column = np.rint(self._picture.px[rows]).astype(np.int64)
        line = np.rint(self._picture.py[rows]).astype(np.int64)
        used = np.bincount(look) > 0
        number = (np.cumsum(used) - 1)[look]
        example = np.empty(used.size, dtype=np.intp)
        example[look] = rows
        stamps = [self._mark(row, size, ratio) for row in example[used].tolist()]
        seen = _topmost(number, column, line)
        half = stamps[0].width() / ratio / 2
        x = np.rint(column[seen] - half).astype(np.int64)
        y = np.rint(line[seen] - half).astype(np.int64)
        draw_stamps(painter, stamps, number[seen], x, y)

    def _mark(self, row: int, size: float, ratio: float) -> QPixmap:
        """What all rows that look like *row* are stamped with."""
        colour, shape, hollow = row_look(self._picture, row, steps=SHADES)
        colour, rim = look_at_size(size, colour, theme().canvas, hollow=hollow)
        around = None if rim is None else rim.rgba()
        return mark_pixmap(size, colour.rgba(), rim=around, shape=shape, hollow=hollow, ratio=ratio)


def _topmost(number: NDArray[np.intp], column: NDArray[np.int64], line: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which rows are seen: of those with the stamp of one *number* on one pixel the last."""
    if number.size <= FEW:
        places = zip(number.tolist(), column.tolist(), line.tolist(), strict=True)
        return np.array(sorted({place: row for row, place in enumerate(places)}.values()), dtype=np.intp)
    left, top = int(column.min()), int(line.min())
    wide, high = int(column.max()) - left + 1, int(line.max()) - top + 1
    # Of the rows that share a place in this table the last one stays in it. What else it holds does not matter.
    place, row = (number * high + line - top) * wide + column - left, np.arange(number.size)
    table = np.empty((int(number.max()) + 1) * wide * high, dtype=np.intp)
    table[place] = row
    return np.flatnonzero(table[place] == row)


def row_look(picture: Picture, row: int, steps: int | None = None) -> tuple[QColor, int, bool]:
    """A row's colour, its shape (0: a triangle, 1: a circle), and whether it is hollow."""
    points, colours = picture.points, theme()
    if points is None:
        return colours.text, 1, False
    hollow = points.kept_out is not None and bool(points.kept_out[row])
    if points.code is not None:
        code = int(points.code[row])
        return class_colour(colours, code), code, hollow
    if points.part is not None:
        part = float(points.part[row])
        return shade(colours, round(part * steps) / steps if steps else part), 1, hollow
    return colours.text, 1, hollow


def draw_row(painter: QPainter, picture: Picture, row: int, place: QPointF, size: float) -> None:
    """One row's point at *place*."""
    colour, shape, hollow = row_look(picture, row)
    colour, rim = look_at_size(size, colour, theme().canvas, hollow=hollow)
    draw_mark(painter, place, size, colour, rim=rim, shape=shape, hollow=hollow)


def draw_residuals(
    painter: QPainter, x: FloatArray, start: FloatArray, end: FloatArray, area: QRectF, *, joined: bool
) -> None:
    """Vertical segments from *start* to *end* at *x*, all in pixels.

    *joined*: many of them (more than ``JOINED``) are joined where they lie in one pixel column: they overlap at the
    model's line, so that the picture is the same with as many strokes as there are columns.
    """
    high = np.clip(np.minimum(start, end), -50.0, area.height() + 50)
    low = np.clip(np.maximum(start, end), -50.0, area.height() + 50)
    seen = (x >= -2) & (x <= area.width() + 2)
    x, high, low = x[seen], high[seen], low[seen]
    if joined:
        column = np.rint(x).astype(np.int64) + 2
        width = int(area.width()) + 6
        top, bottom = np.full(width, np.inf), np.full(width, -np.inf)
        np.minimum.at(top, column, high)
        np.maximum.at(bottom, column, low)
        filled = np.flatnonzero(np.isfinite(top))
        x, high, low = filled.astype(np.float64) - 2.0, top[filled], bottom[filled]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines = [QLineF(a, b, a, c) for a, b, c in zip(x.tolist(), high.tolist(), low.tolist(), strict=True)]
    painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
