"""Painting a sheet: soft backgrounds, then glyphs, bars and signs, then outlines; lines on whole device pixels."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.formula.sheet import Area, Run, Sheet
from neurosim.widgets.theme import with_alpha

_LIT = 0.18
"""How much of the accent lies behind what is lit."""
_LIT_PAD = 0.07
_CORNER = 0.14


def paint_sheet(
    sheet: Sheet, runs: Sequence[Run], painter: QPainter, x: float, baseline: float, ink: Ink, grid: Grid
) -> None:
    """Paint *sheet* with the left end of its baseline at (*x*, *baseline*); *runs* are its glyphs."""
    if ink.lit:
        _paint_lit(sheet, painter, x, baseline, ink)
    colours, pen = ink.colours, None
    for run, left, top, role in runs:
        colour = colours[role]
        if colour is not pen:
            pen = colour
            painter.setPen(colour)
        painter.drawGlyphRun(QPointF(x + left, baseline + top), run)
    for path, left, top, role in sheet.paths:
        painter.fillPath(path.translated(x + left, baseline + top), colours[role])
    for left, top, width, height, role in sheet.rules:
        painter.fillRect(grid.line(x + left, baseline + top, width, height), colours[role])
    for area in sheet.emphases:
        _paint_emphasis(area, painter, x, baseline, ink, grid)


class Grid:
    """The device's pixels as the painter sees them; without one while it is turned."""

    def __init__(self, transform: QTransform) -> None:
        self._scale_x, self._scale_y = transform.m11(), transform.m22()
        self._dx, self._dy = transform.dx(), transform.dy()
        self._flat = bool(self._scale_x and self._scale_y) and not transform.isRotating()

    def x(self, x: float) -> float:
        """The edge between two columns that is next to *x*."""
        return (round_half_up(x * self._scale_x + self._dx) - self._dx) / self._scale_x if self._flat else x

    def y(self, y: float) -> float:
        """The edge between two lines that is next to *y*."""
        return (round_half_up(y * self._scale_y + self._dy) - self._dy) / self._scale_y if self._flat else y

    def thick(self, length: float) -> float:
        """A whole number of pixels, at least one, for a line *length* thick."""
        return max(1, round_half_up(length * self._scale_y)) / self._scale_y if self._flat else length

    def line(self, left: float, top: float, width: float, height: float) -> QRectF:
        """A bar that is a whole number of pixels thick, its middle as near to that of the given one as can be."""
        if width >= height:
            thick = self.thick(height)
            return QRectF(left, self.y(top + (height - thick) / 2), width, thick)
        thick = self.thick(width)
        return QRectF(self.x(left + (width - thick) / 2), top, thick, height)


def round_half_up(value: float) -> int:
    """The nearest whole number, the upper one in the middle: a formula looks the same wherever it stands."""
    return floor(value + 0.5)


def _paint_lit(sheet: Sheet, painter: QPainter, x: float, baseline: float, ink: Ink) -> None:
    areas = sheet.lit_areas(ink.lit)
    if not areas:
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # where two meet, the colour is not doubled
    for area in areas:
        left, top, right, bottom = area.rect
        pad, corner = _LIT_PAD * area.size, _CORNER * area.size
        rect = QRectF(x + left - pad, baseline + top - pad / 2, right - left + 2 * pad, bottom - top + pad)
        path.addRoundedRect(rect, corner, corner)
    painter.fillPath(path, with_alpha(ink.tokens.accent, _LIT))


def _paint_emphasis(area: Area, painter: QPainter, x: float, baseline: float, ink: Ink, grid: Grid) -> None:
    tokens = ink.tokens
    left, top, right, bottom = area.frame
    left, top, right, bottom = x + left, baseline + top, x + right, baseline + bottom
    if area.emphasis == "cancelled":
        colour = ink.colours[area.role]
        beside, above = 0.06 * area.px, 0.03 * area.px
        pen = QPen(colour, max(tokens.stroke(1.0), 0.045 * area.px))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(left - beside, bottom + above, right + beside, top - above))
        return
    painter.setPen(_outline_pen(area, ink, grid))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = painter.pen().widthF() / 2
    left, top, right, bottom = grid.x(left), grid.y(top), grid.x(right), grid.y(bottom)
    corner = _CORNER * area.px
    painter.drawRoundedRect(
        QRectF(left + half, top + half, right - left - 2 * half, bottom - top - 2 * half), corner, corner
    )


def _outline_pen(area: Area, ink: Ink, grid: Grid) -> QPen:
    tokens = ink.tokens
    colours: dict[str, QColor] = {"boxed": tokens.accent, "changed": tokens.border, "pending": tokens.next}
    colour = tokens.text_muted if ink.muted else colours[str(area.emphasis)]
    pen = QPen(colour, grid.thick(tokens.stroke(1.0)))
    if area.emphasis == "pending":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.0, 2.0])
    return pen
