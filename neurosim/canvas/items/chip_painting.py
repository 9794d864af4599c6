"""How chips are drawn: values with their handles, gradients, products, factors, and values that are about to be."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from neurosim.canvas import style
from neurosim.canvas.items.chip import FORMULA, LOCK, TO, Chip
from neurosim.records import dataclass
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import Theme, mix, with_alpha

DIMMED = 0.55
"""How much is left of a chip that the current line does not concern."""
DIMMED_FOR_A_CLASS = 0.8
"""The last row has to read it still."""
CLOSE = 4.0
"""A gradient not farther than so many pixels below its value belongs to it at sight."""
TINT = 0.2
"""How much of the accent is in a chip that the current line concerns."""


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How a chip stands out: under the keyboard, under the pointer or selected, by the current line, or changed.

    *Dimmed*: the current line is about others.
    """

    focused: bool = False
    active: bool = False
    current: bool = False
    changed: bool = False
    dimmed: bool = False


def draw_chip(painter: QPainter, of: Theme, chip: Chip, look: ChipLook) -> None:
    """Draw one chip at its place."""
    rect = chip.rect()
    if chip.kind == "weight":
        _draw_value(painter, of, chip, rect, look)
    elif chip.kind == "pending":
        _draw_pending(painter, of, chip, rect)
    elif chip.kind == "product":
        _frame(painter, rect, 4, mix(of.canvas, of.accent, TINT) if look.current else of.canvas, None)
        strong = look.current or look.active
        style.write(painter, chip.text, style.CAPTION, of.text if strong else of.text_muted, rect.center())
    else:
        edge = style.pen(of.gradient, 1.5, of) if look.current or look.active else None
        _frame(painter, rect, 6, mix(of.canvas, of.gradient, 0.24 if look.current else 0.12), edge)
        if chip.formula is None:
            style.write(painter, chip.text, style.GRADIENT, of.gradient, rect.center())
        else:
            formula = set_formula(chip.formula, style.tall(FORMULA))
            formula.paint(painter, rect.left() + 7, rect.top() + 4 + formula.ascent, Ink(of.gradient, theme=of))
    if look.dimmed:  # a veil rather than opacity: the edge behind a number must not show through
        left = DIMMED if style.lettering() == 1.0 else DIMMED_FOR_A_CLASS
        _frame(painter, rect, 6, with_alpha(of.canvas, 1.0 - left), None)


def clear_between(painter: QPainter, of: Theme, value: QRectF, gradient: QRectF) -> None:
    """Leave no sliver of the line between a value and the gradient that stands right under it."""
    gap = gradient.top() - value.bottom()
    if 0.0 <= gap <= CLOSE:
        left, right = min(value.left(), gradient.left()), max(value.right(), gradient.right())
        under = QRectF(left, value.bottom() - style.tall(4), right - left, gap + style.tall(14))
        _frame(painter, under, 6, of.canvas, None)


def sign_colour(of: Theme, sign: int) -> QColor:
    """The text colour of a positive, negative or zero number."""
    return of.positive_text if sign > 0 else of.negative_text if sign < 0 else of.text


def _draw_value(painter: QPainter, of: Theme, chip: Chip, rect: QRectF, look: ChipLook) -> None:
    colour = of.text_muted if chip.muted else sign_colour(of, chip.sign)
    edge = None if not look.active else style.pen(of.accent if look.focused else of.border, 1.5, of)
    if look.changed and not look.focused:
        edge = style.pen(of.text, 1.5, of)
    _frame(painter, rect, 6, mix(of.canvas, of.accent, TINT) if look.current else of.canvas, edge)
    x = rect.left() + 7
    y = rect.center().y()
    if chip.frozen:
        draw_lock(painter, of, QPointF(x + LOCK / 2, y))
        x += LOCK + 4
    begin = x
    if chip.name:
        x += style.write(
            painter, chip.name, style.name_face(chip.name), of.text, QPointF(x, y - 0.5), align="left"
        ).width()
    style.write(painter, chip.text, style.CHIP, colour, QPointF(x, y), align="left")
    x += style.width(chip.text, style.CHIP)
    if chip.muted:
        painter.setPen(style.pen(of.text_muted, 1.5, of))
        painter.drawLine(QPointF(begin - 2, y), QPointF(x + 2, y))
    else:  # the dotted line that says: this number can be dragged and typed
        painter.setPen(style.pen(of.text_muted, 1.0, of, (1.0, 2.5)))
        painter.drawLine(QPointF(begin, rect.bottom() - style.tall(3)), QPointF(x, rect.bottom() - style.tall(3)))


def _draw_pending(painter: QPainter, of: Theme, chip: Chip, rect: QRectF) -> None:
    """A dashed outline: worked out, but nothing has moved yet."""
    _frame(painter, rect, 6, of.canvas, style.pen(of.next, 1.5, of, (4.0, 3.0)))
    y, x = rect.center().y(), rect.left() + 8
    x += style.write(painter, TO, style.CHIP, of.next, QPointF(x, y), align="left").width() + 4
    style.write(painter, chip.text, style.CHIP, sign_colour(of, chip.sign), QPointF(x, y), align="left")


def _frame(painter: QPainter, rect: QRectF, corner: float, fill: QColor, edge: QPen | None) -> None:
    painter.setPen(Qt.PenStyle.NoPen if edge is None else edge)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, corner, corner)


def draw_lock(painter: QPainter, of: Theme, centre: QPointF) -> None:
    """A padlock, 11 px high."""
    x, y = centre.x(), centre.y()
    painter.setPen(style.pen(of.text, 1.5, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x - 2.8, y - 6, 5.6, 7), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(of.text)
    painter.drawRoundedRect(QRectF(x - 4.5, y - 1.5, 9, 7), 1.5, 1.5)
