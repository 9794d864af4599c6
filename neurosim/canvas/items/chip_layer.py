"""The numbers on edges and at the feet of neurons: one item draws every chip over everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from neurosim.canvas import style
from neurosim.widgets.theme import Theme, mix, theme

HEIGHT = 24.0
GRADIENT_HEIGHT = 20.0
LOCK = 11.0
WORLD = QRectF(-50_000, -50_000, 100_000, 100_000)
READABLE = 0.5
"""Below this zoom chips cannot be read and are left out."""

Kind = Literal["weight", "gradient", "product"]


@dataclass(slots=True)
class Chip:
    """One number on the canvas.

    Attributes:
        parameter: the weight or bias that it belongs to.
        kind: the value (editable), its gradient, or the product that arrives at the sum.
        name: the symbol in italics before the number, or empty.
        text: the number with its sign.
        sign: -1, 0 or 1.
    """

    parameter: str
    kind: Kind
    name: str = ""
    text: str = ""
    sign: int = 0
    centre: QPointF = field(default_factory=QPointF)
    muted: bool = False
    frozen: bool = False
    small: bool = False
    wanted: bool = True

    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        if self.kind == "weight":
            wide = style.width(self.text, style.CHIP) + (
                style.width(self.name, style.name_face(self.name)) if self.name else 0
            )
            return wide + 14 + (LOCK + 4 if self.frozen else 0), HEIGHT
        if self.kind == "gradient":
            return style.width(self.text, style.GRADIENT) + 14, GRADIENT_HEIGHT
        return style.width(self.text, style.CAPTION) + 8, 18.0

    def rect(self) -> QRectF:
        """What the chip covers."""
        wide, high = self.size()
        return QRectF(self.centre.x() - wide / 2, self.centre.y() - high / 2, wide, high)


class ChipLayer(QGraphicsItem):
    """Owns the chips by (parameter, kind).

    In a crowd only those ``emphasised`` are shown, at every zoom, and those ``around`` a selected node.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(20)
        self.chips: dict[tuple[str, Kind], Chip] = {}
        self.crowded = False
        self.emphasised: frozenset[str] = frozenset()
        self.around: frozenset[str] = frozenset()
        self.hovered: str | None = None
        self.focused: str | None = None
        self.hidden: frozenset[str] = frozenset()

    def boundingRect(self) -> QRectF:
        """Everywhere."""
        return WORLD

    def shown(self, chip: Chip, detail: float) -> bool:
        """Whether a chip is drawn (and can be hit) at a zoom of *detail*."""
        if not chip.wanted or not chip.text or chip.parameter in self.hidden:
            return False
        if self.singled_out(chip):
            return True
        return detail >= READABLE and (not self.crowded or chip.parameter in self.around)

    def singled_out(self, chip: Chip) -> bool:
        """Whether a chip is under the pointer or the keyboard, selected or lit: shown at every zoom, and readable."""
        return chip.parameter in self.emphasised or chip.parameter in {self.hovered, self.focused}

    @property
    def all_singled_out(self) -> frozenset[str]:
        """The parameters whose chips are shown in a crowd."""
        return self.emphasised | self.around | {name for name in (self.hovered, self.focused) if name}

    def chip_at(self, point: QPointF, detail: float) -> Chip | None:
        """The topmost value chip whose target (at least 24 px high) holds *point*."""
        for chip in reversed(self.chips.values()):
            if chip.kind == "weight" and self.shown(chip, detail):
                grow = max(0.0, (24.0 / max(detail, 0.1) - HEIGHT) / 2)
                if chip.rect().adjusted(0, -grow, 0, grow).contains(point):
                    return chip
        return None

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the chips that are to be shown."""
        del widget
        self.draw(painter, option.levelOfDetailFromTransform(painter.worldTransform()))

    def draw(self, painter: QPainter, detail: float, only: frozenset[str] | None = None) -> None:
        """Draw the chips at a zoom of *detail*; *only* these parameters' chips, when given."""
        of = theme()
        for chip in self.chips.values():
            if (only is None or chip.parameter in only) and self.shown(chip, detail):
                enlarge = 0.8 * of.zoom / detail
                if enlarge > 1.0 and self.singled_out(chip):
                    self._draw_enlarged(painter, of, chip, enlarge)
                else:
                    self._draw_chip(painter, of, chip)

    def _draw_enlarged(self, painter: QPainter, of: Theme, chip: Chip, enlarge: float) -> None:
        value = self.chips[chip.parameter, "weight"].centre
        painter.save()
        painter.translate(value)
        painter.scale(enlarge, enlarge)
        painter.translate(-value)
        self._draw_chip(painter, of, chip)
        painter.restore()

    def _draw_chip(self, painter: QPainter, of: Theme, chip: Chip) -> None:
        rect = chip.rect()
        if chip.kind == "weight":
            self._draw_value(painter, of, chip, rect)
        elif chip.kind == "gradient":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(of.canvas, of.gradient, 0.12))
            painter.drawRoundedRect(rect, 6, 6)
            style.write(painter, chip.text, style.GRADIENT, of.gradient, rect.center())
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(of.canvas)
            painter.drawRoundedRect(rect, 4, 4)
            style.write(painter, chip.text, style.CAPTION, of.text_muted, rect.center())

    def _draw_value(self, painter: QPainter, of: Theme, chip: Chip, rect: QRectF) -> None:
        colour = of.text_muted if chip.muted else sign_colour(of, chip.sign)
        active = chip.parameter in {self.hovered, self.focused} or chip.parameter in self.emphasised
        painter.setPen(
            style.pen(of.accent if chip.parameter == self.focused else of.border, 1.5, of)
            if active
            else Qt.PenStyle.NoPen
        )
        painter.setBrush(of.canvas)
        painter.drawRoundedRect(rect, 6, 6)
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
            painter.drawLine(QPointF(begin, rect.bottom() - 3), QPointF(x, rect.bottom() - 3))


def sign_colour(of: Theme, sign: int) -> QColor:
    """The text colour of a positive, negative or zero number."""
    return of.positive_text if sign > 0 else of.negative_text if sign < 0 else of.text


def draw_lock(painter: QPainter, of: Theme, centre: QPointF) -> None:
    """A padlock, 11 px high."""
    x, y = centre.x(), centre.y()
    painter.setPen(style.pen(of.text, 1.5, of))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x - 2.8, y - 6, 5.6, 7), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(of.text)
    painter.drawRoundedRect(QRectF(x - 4.5, y - 1.5, 9, 7), 1.5, 1.5)
