"""How chips are drawn: values with their handles, gradients, products, factors, and values that are about to be."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from neurosim.canvas import style
from neurosim.canvas.items.chip import FORMULA, LOCK, TO, Box, Chip
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import Theme, with_alpha

DIMMED = 0.55
"""How much is left of a chip that the current line does not concern."""
DIMMED_FOR_A_CLASS = 0.8
"""The last row has to read it still."""
CLOSE = 4.0
"""A gradient not farther than so many pixels below its value belongs to it at sight."""
TINT = 0.2
"""How much of the accent is in a chip that the current line concerns."""
NO_PEN = QPen(Qt.PenStyle.NoPen)


class ChipLook(NamedTuple):
    """How a chip stands out: under the keyboard, under the pointer or selected, by the current line, or changed.

    *Dimmed*: the current line is about others.
    """

    focused: bool = False
    active: bool = False
    current: bool = False
    changed: bool = False
    dimmed: bool = False


PLAIN = ChipLook()
"""As most chips look."""


def draw_chip(painter: QPainter, of: Theme, chip: Chip, box: Box, look: ChipLook) -> None:
    """Draw one chip in its *box*."""
    left, top, _, _ = box
    if chip.kind == "weight":
        _draw_value(painter, of, chip, box, look)
    elif chip.kind == "pending":
        _draw_pending(painter, of, chip, box)
    elif chip.kind == "product":
        _frame(painter, box, 4, style.tint(of, of.accent, TINT) if look.current else of.canvas, None)
        strong = look.current or look.active
        _write_inside(painter, chip.text, style.CAPTION, of.text if strong else of.text_muted, box)
    else:
        edge = style.pen(of.gradient, 1.5, of) if look.current or look.active else None
        _frame(painter, box, 6, style.tint(of, of.gradient, 0.24 if look.current else 0.12), edge)
        if chip.formula is None:
            _write_inside(painter, chip.text, style.GRADIENT, of.gradient, box)
        else:
            formula = set_formula(chip.formula, style.tall(FORMULA))
            formula.paint(painter, left + 7, top + 4 + formula.ascent, Ink(of.gradient, theme=of))
    if look.dimmed:  # a veil rather than opacity: the edge behind a number must not show through
        share = DIMMED if style.lettering() == 1.0 else DIMMED_FOR_A_CLASS
        _frame(painter, box, 6, with_alpha(of.canvas, 1.0 - share), None)


def clear_between(painter: QPainter, of: Theme, value: Box, gradient: Box) -> None:
    """Leave no sliver of the line between a value and the gradient that stands right under it."""
    bottom = value[1] + value[3]
    gap = gradient[1] - bottom
    if 0.0 <= gap <= CLOSE:
        left, right = min(value[0], gradient[0]), max(value[0] + value[2], gradient[0] + gradient[2])
        under = left, bottom - style.tall(4), right - left, gap + style.tall(14)
        _frame(painter, under, 6, of.canvas, None)


def sign_colour(of: Theme, sign: int) -> QColor:
    """The text colour of a positive, negative or zero number."""
    return of.positive_text if sign > 0 else of.negative_text if sign < 0 else of.text


def _draw_value(painter: QPainter, of: Theme, chip: Chip, box: Box, look: ChipLook) -> None:
    left, top, _, high = box
    colour = of.text_muted if chip.muted else sign_colour(of, chip.sign)
    edge = None if not look.active else style.pen(of.accent if look.focused else of.border, 1.5, of)
    if look.changed and not look.focused:
        edge = style.pen(of.text, 1.5, of)
    _frame(painter, box, 6, style.tint(of, of.accent, TINT) if look.current else of.canvas, edge)
    x, y = left + 7, top + high / 2
    if chip.frozen:
        draw_lock(painter, of, QPointF(x + LOCK / 2, y))
        x += LOCK + 4
    begin = x
    if chip.name:
        name = style.word(chip.name, style.name_face(chip.name))
        style.put(painter, name, of.text, x, y - 0.5)
        x += name.wide
    number = style.word(chip.text, style.CHIP)
    style.put(painter, number, colour, x, y)
    x += number.wide
    if chip.muted:
        painter.setPen(style.pen(of.text_muted, 1.5, of))
        painter.drawLine(QPointF(begin - 2, y), QPointF(x + 2, y))
    else:  # the dotted line that says: this number can be dragged and typed
        foot = top + high - style.tall(3)
        painter.setPen(style.pen(of.text_muted, 1.0, of, (1.0, 2.5)))
        painter.drawLine(QPointF(begin, foot), QPointF(x, foot))


def _draw_pending(painter: QPainter, of: Theme, chip: Chip, box: Box) -> None:
    """A dashed outline: worked out, but nothing has moved yet."""
    left, top, _, high = box
    _frame(painter, box, 6, of.canvas, style.pen(of.next, 1.5, of, (4.0, 3.0)))
    x, y, to = left + 8, top + high / 2, style.word(TO, style.CHIP)
    style.put(painter, to, of.next, x, y)
    style.put(painter, style.word(chip.text, style.CHIP), sign_colour(of, chip.sign), x + to.wide + 4, y)


def _write_inside(painter: QPainter, text: str, face: style.Face, colour: QColor, box: Box) -> None:
    left, top, wide, high = box
    found = style.word(text, face)
    style.put(painter, found, colour, left + (wide - found.wide) / 2, top + high / 2)


def _frame(painter: QPainter, box: Box, corner: float, fill: QColor, edge: QPen | None) -> None:
    painter.setPen(NO_PEN if edge is None else edge)
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(*box), corner, corner)


def draw_lock(painter: QPainter, of: Theme, centre: QPointF) -> None:
    """A padlock, 11 px high."""
    x, y = centre.x(), centre.y()
    painter.setPen(style.pen(of.text, 1.5, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x - 2.8, y - 6, 5.6, 7), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(of.text)
    painter.drawRoundedRect(QRectF(x - 4.5, y - 1.5, 9, 7), 1.5, 1.5)
