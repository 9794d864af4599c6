"""Strokes, cards and tags, painted the same on every plot."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from neurosim.widgets.fonts import ui_font
from neurosim.widgets.text_width import line_height, text_width
from neurosim.widgets.theme import Theme, with_alpha

_OPAQUE = 0xFF000000
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

ChipLines = list[tuple[str, QColor]]
"""The lines of a card of text with their colours."""


def line_pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    """A pen *width* pixels wide for curves; dashed as ghosts are.

    Curves have a corner every pixel or two: round joins could not be seen, and would take most of the time.
    """
    rgba = colour.rgba()
    return QPen(_opaque_pen(rgba, width, dashed)) if rgba >= _OPAQUE else _pen(colour, width, dashed)


@lru_cache(maxsize=256)
def _opaque_pen(rgba: int, width: float, dashed: bool) -> QPen:
    """Made once: to copy a pen takes a fifth of the time. (See-through colours are finer than their rgba says.)"""
    return _pen(QColor.fromRgba(rgba), width, dashed)


def _pen(colour: QColor, width: float, dashed: bool) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    if dashed:
        pen.setDashPattern([4.0, 3.0])
    return pen


def chip_size(lines: ChipLines) -> QSizeF:
    """How large a card with *lines* is."""
    width = max(text_width(text, 12, 500) for text, _ in lines) + 16
    return QSizeF(width, len(lines) * line_height(12, 500).height + 8)


def chip_box(area: QRectF, near: QPointF, lines: ChipLines) -> QRectF:
    """Where a small card of text beside *near* stands, inside *area*."""
    size = chip_size(lines)
    card = QRectF(QPointF(near.x() + 14, near.y() - size.height() - 10), size)
    inner = area.adjusted(2, 2, -2, -2)
    if card.right() > inner.right():
        card.moveRight(near.x() - 14)
    if card.top() < inner.top():
        card.moveTop(near.y() + 14)
    _push_inside(card, inner)
    return card


def _push_inside(card: QRectF, area: QRectF) -> None:
    """Move *card* into *area*; where it is too large, its upper left corner is inside."""
    card.moveLeft(max(min(card.left(), area.right() - card.width()), area.left()))
    card.moveTop(max(min(card.top(), area.bottom() - card.height()), area.top()))


def draw_chip(
    painter: QPainter, theme: Theme, area: QRectF, near: QPointF, lines: ChipLines, card: QRectF | None = None
) -> QRectF:
    """A small card of text beside *near*, inside *area*, or in *card*; returns where it stands. No lines, no card."""
    if not lines:
        return QRectF()
    high = line_height(12, 500).height
    card = card if card is not None else chip_box(area, near, lines)
    width = card.width()
    painter.setPen(QPen(theme.border, 1.0))
    painter.setBrush(with_alpha(theme.raised, 0.96))
    painter.drawRoundedRect(card, 6, 6)
    painter.setFont(ui_font(12, 500))
    top = card.top() + 4
    for text, colour in lines:
        painter.setPen(colour)
        painter.drawText(
            QRectF(card.left() + 8, top, width, high),
            _LEFT,
            text,
        )
        top += high
    return card


def draw_tag(painter: QPainter, theme: Theme, place: QPointF, text: str, colour: QColor, *, right: bool) -> None:
    """A short label on the canvas itself, its baseline's end at *place*, cleared of what is under it."""
    high, width, foot = line_height(11), text_width(text, 11), place.y()
    left = place.x() - width if right else place.x()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.veil)
    painter.drawRoundedRect(QRectF(left - 3, foot - high.ascent - 1, width + 6, high.height + 2), 3, 3)
    painter.setFont(ui_font(11))
    painter.setPen(colour)
    painter.drawText(QPointF(left, foot), text)
