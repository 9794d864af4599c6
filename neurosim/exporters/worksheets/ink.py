"""How things are written on paper: black, thin lines, and formulas without the colours of the screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script
from neurosim.widgets.fonts import FALLBACK_FAMILY, UI_FAMILY, load_fonts
from neurosim.widgets.formula import Formula, Ink, set_formula

BLACK = QColor("#000000")
GREY = QColor("#555555")
RULE = QColor("#999999")
FAINT = QColor("#bbbbbb")
SQUARES = QColor("#d9dee3")
FINE = 16
"""Pixels of a font to the point."""

HAIR = 0.5
"""Points that a thin line is thick."""

FORMULA = 12.0
SMALLEST_FORMULA = 7.0


def bare(markup: Markup) -> Markup:
    """The formula without what its parts stand for on the screen: no colours, no outlines."""
    match markup:
        case Mark(inside):
            return bare(inside)
        case Row(parts):
            return Row(tuple(map(bare, parts)))
        case Over(above, below):
            return Over(bare(above), bare(below))
        case Script(base, above, below, big):
            return Script(
                bare(base), None if above is None else bare(above), None if below is None else bare(below), big
            )
        case Root(inside):
            return Root(bare(inside))
        case Bracket(inside, left, right):
            return Bracket(bare(inside), left, right)
        case Hat(base):
            return Hat(bare(base))
        case _:
            return markup


def formula(markup: Markup, room: float | None = None, size: float = FORMULA) -> Formula:
    """The formula set in points; smaller where it would be wider than *room*."""
    found = set_formula(bare(markup), size)
    while room is not None and found.width > room and size > SMALLEST_FORMULA:
        size -= 0.5
        found = set_formula(bare(markup), size)
    return found


def black() -> Ink:
    """The ink of formulas on paper."""
    return Ink(BLACK)


@cache
def font(points: int, bold: bool = False) -> QFont:
    """The font of text, ``FINE`` times as large: letters are placed in whole pixels, and a point is too coarse."""
    load_fonts()
    found = QFont()
    found.setFamilies([UI_FAMILY, FALLBACK_FAMILY])
    found.setPixelSize(points * FINE)
    found.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Digits of equal width, which the interface's own font asks for and which a font without a word on them takes over,
    # and another shape of a bracket beside digits would be copied out of the PDF as unknown signs.
    for feature in ("calt", "tnum"):
        found.setFeature(QFont.Tag(feature), 0)
    return found


@cache
def _metrics(points: int, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(font(points, bold))


def text_width(text: str, points: int, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return _metrics(points, bold).horizontalAdvance(text) / FINE


def line_height(points: int, bold: bool = False) -> float:
    """From one line to the next, in points."""
    return _metrics(points, bold).lineSpacing() / FINE


def ascent(points: int, bold: bool = False) -> float:
    """From the top of a line to its baseline, in points."""
    return _metrics(points, bold).ascent() / FINE


def write(
    painter: QPainter, x: float, baseline: float, text: str, points: int, *, bold: bool = False, colour: QColor = BLACK
) -> None:
    """Write *text* with the left end of its baseline at (*x*, *baseline*)."""
    painter.save()
    painter.translate(x, baseline)
    painter.scale(1 / FINE, 1 / FINE)
    painter.setFont(font(points, bold))
    painter.setPen(colour)
    painter.drawText(QPointF(0.0, 0.0), text)
    painter.restore()
