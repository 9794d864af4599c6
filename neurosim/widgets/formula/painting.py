"""Painting a sheet: soft backgrounds, then glyphs, bars and signs, then outlines; lines on whole device pixels."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.formula.sheet import Area, Sheet
from neurosim.widgets.theme import with_alpha

_LIT = 0.18
"""How much of the accent lies behind what is lit."""
_LIT_PAD = 0.07
_CORNER = 0.14


def paint_sheet(sheet: Sheet, painter: QPainter, x: float, baseline: float, ink: Ink) -> None:
    """Paint *sheet* with the left end of its baseline at (*x*, *baseline*)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, baseline)
    grid = _Grid(painter.deviceTransform())
    # Letters stand on whole device pixels; so must what is measured from their baseline.
    painter.translate(0.0, grid.y(0.0))
    if ink.lit:
        _paint_lit(sheet, painter, ink)
    _paint_glyphs(sheet, painter, ink)
    if sheet.rules:
        _paint_rules(sheet, painter, ink, _Grid(painter.deviceTransform()))
    for area in sheet.areas:
        if area.emphasis is not None:
            _paint_emphasis(area, painter, ink, _Grid(painter.deviceTransform()))
    painter.restore()


class _Grid:
    """The device's pixels as the painter sees them; without one while it is turned."""

    def __init__(self, transform: QTransform) -> None:
        self._flat = not (transform.m12() or transform.m21() or transform.m13() or transform.m23())
        self._scale_x, self._scale_y = transform.m11(), transform.m22()
        self._dx, self._dy = transform.dx(), transform.dy()
        if not self._scale_x or not self._scale_y:
            self._flat = False

    def x(self, x: float) -> float:
        """The edge between two columns that is next to *x*."""
        return (round_half_up(x * self._scale_x + self._dx) - self._dx) / self._scale_x if self._flat else x

    def y(self, y: float) -> float:
        """The edge between two lines that is next to *y*."""
        return (round_half_up(y * self._scale_y + self._dy) - self._dy) / self._scale_y if self._flat else y

    def thick(self, length: float) -> float:
        """A whole number of pixels, at least one, for a line *length* thick."""
        return max(1, round_half_up(length * self._scale_y)) / self._scale_y if self._flat else length


def round_half_up(value: float) -> int:
    """The nearest whole number, the upper one in the middle: a formula looks the same wherever it stands."""
    return floor(value + 0.5)


def _paint_lit(sheet: Sheet, painter: QPainter, ink: Ink) -> None:
    areas = sheet.lit_rects(ink.lit)
    if not areas:
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # where two meet, the colour is not doubled
    pad, corner = _LIT_PAD * sheet.px, _CORNER * sheet.px
    for rect in areas:
        path.addRoundedRect(rect.adjusted(-pad, -pad / 2, pad, pad / 2), corner, corner)
    painter.fillPath(path, with_alpha(ink.tokens.accent, _LIT))


def _paint_glyphs(sheet: Sheet, painter: QPainter, ink: Ink) -> None:
    for run, x, y, role in sheet.runs:
        painter.setPen(ink.colour(role))
        painter.drawGlyphRun(QPointF(x, y), run)
    for path, x, y, role in sheet.paths:
        painter.fillPath(path.translated(x, y), ink.colour(role))


def _paint_rules(sheet: Sheet, painter: QPainter, ink: Ink, grid: _Grid) -> None:
    for left, top, width, height, role in sheet.rules:
        colour = ink.colour(role)
        if width >= height:
            thick = grid.thick(height)
            y = grid.y(top + (height - thick) / 2)
            painter.fillRect(QRectF(left, y, width, thick), colour)
        else:
            thick = grid.thick(width)
            x = grid.x(left + (width - thick) / 2)
            painter.fillRect(QRectF(x, top, thick, height), colour)


def _paint_emphasis(area: Area, painter: QPainter, ink: Ink, grid: _Grid) -> None:
    tokens = ink.tokens
    left, top, right, bottom = area.frame
    if area.emphasis == "cancelled":
        colour = ink.colour(area.role)
        beside, above = 0.06 * area.px, 0.03 * area.px
        pen = QPen(colour, max(tokens.stroke(1.0), 0.045 * area.px))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(left - beside, bottom + above, right + beside, top - above))
        return
    painter.setPen(_outline_pen(area, ink, grid))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = painter.pen().widthF() / 2
    x, y, end, foot = grid.x(left), grid.y(top), grid.x(right), grid.y(bottom)
    corner = _CORNER * area.px
    painter.drawRoundedRect(QRectF(x + half, y + half, end - x - 2 * half, foot - y - 2 * half), corner, corner)


def _outline_pen(area: Area, ink: Ink, grid: _Grid) -> QPen:
    tokens = ink.tokens
    colours: dict[str, QColor] = {"boxed": tokens.accent, "changed": tokens.border, "pending": tokens.next}
    colour = tokens.text_muted if ink.muted else colours[str(area.emphasis)]
    pen = QPen(colour, grid.thick(tokens.stroke(1.0)))
    if area.emphasis == "pending":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.0, 2.0])
    return pen
