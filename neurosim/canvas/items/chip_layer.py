"""The numbers on edges and at the feet of neurons, drawn over everything else, and what ties them to their values."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.items.chip import BESIDE, HEIGHT, Chip, ChipKey, Kind
from neurosim.canvas.items.chip_painting import PLAIN, ChipLook, clear_between, draw_chip
from neurosim.widgets.theme import Theme, theme

READABLE = 0.5
"""Below this zoom chips cannot be read and are left out."""
SPARED: frozenset[Kind] = frozenset({"gradient", "product"})
FEW = 3
"""Where all chips are shown, those that are singled out are enlarged only if they belong to so few parameters: more
would lie over one another."""
LEADER = 30.0
"""A chip whose nearest side is farther from its value than this is tied to it by a dotted line."""


class ChipLayer:
    """Owns the chips by (parameter, kind).

    In a crowd only those of parameters that stand out are shown.

    Attributes:
        readable: the zoom below which chips are left out, but those that stand out.
        emphasised: the parameters that are selected or lit up: shown at every zoom, and readable.
        around: those at a selected node.
        concerned: those that the current line is about, when they are few.
        lit: the chips that are lit up themselves.
        current: the chips that the current line is about.
        others_dimmed: whether all others step back for them.
        changed: the parameters that the step just taken has changed.
        sparse: whether gradients and products are only shown where the current line, or a lesson, speaks of them.
        without_product: the edges whose products make room for the arrow of what flows back.
    """

    def __init__(self) -> None:
        self.chips: dict[ChipKey, Chip] = {}
        self.crowded = False
        self.readable = READABLE
        self.emphasised: frozenset[str] = frozenset()
        self.around: frozenset[str] = frozenset()
        self.concerned: frozenset[str] = frozenset()
        self.hovered: str | None = None
        self.focused: str | None = None
        self.hidden: frozenset[str] = frozenset()
        self.lit: frozenset[ChipKey] = frozenset()
        self.current: frozenset[ChipKey] = frozenset()
        self.sparse = False
        self.others_dimmed = False
        self.changed: frozenset[str] = frozenset()
        self.without_product: frozenset[str] = frozenset()

    def shown(self, chip: Chip, detail: float) -> bool:
        """Whether a chip is drawn (and can be hit) at a zoom of *detail*."""
        return self._shown(chip, self._legible(detail))

    def _shown(self, chip: Chip, legible: bool) -> bool:
        name = chip.parameter
        if not chip.wanted or not chip.text or name in self.hidden:
            return False
        if chip.kind == "product" and name in self.without_product:
            return False
        if self.sparse and self.spares(chip):
            return False
        if legible and (not self.crowded or name in self.around or name in self.concerned):
            return True
        return self.singled_out(chip)

    def _legible(self, detail: float) -> bool:
        return detail * style.lettering() >= self.readable

    def spares(self, chip: Chip) -> bool:
        """Whether a chip is left out because nobody speaks of it."""
        return self.sparse and chip.kind in SPARED and (chip.parameter, chip.kind) not in self.current | self.lit

    def singled_out(self, chip: Chip) -> bool:
        """Whether a chip is under the pointer or the keyboard, selected or lit: shown at every zoom, and readable."""
        return chip.parameter in self.emphasised or chip.parameter in (self.hovered, self.focused)

    @property
    def rests(self) -> bool:
        """Whether every chip is in its own place and size: none is pointed at, the walk puts none beside a value."""
        return not (self.crowded or self.others_dimmed or self.emphasised or self.hovered or self.focused)

    @property
    def all_singled_out(self) -> frozenset[str]:
        """The parameters whose chips are shown in a crowd."""
        pointed = {name for name in (self.hovered, self.focused) if name}
        return self.emphasised | self.around | self.concerned | pointed

    def chip_at(self, point: QPointF, detail: float) -> Chip | None:
        """The topmost value chip whose target (at least 24 px high) holds *point*."""
        for chip in reversed(self.chips.values()):
            if chip.kind == "weight" and self.shown(chip, detail):
                grow = max(0.0, (24.0 / max(detail, 0.1) - style.tall(HEIGHT)) / 2)
                if chip.rect().adjusted(0, -grow, 0, grow).contains(point):
                    return chip
        return None

    def badge_at(self, point: QPointF, detail: float) -> Chip | None:
        """The topmost chip beside a value (gradient, product, factor, pending) that holds *point*."""
        for chip in reversed(self.chips.values()):
            if chip.kind != "weight" and self.shown(chip, detail) and chip.rect().contains(point):
                return chip
        return None

    def draw(self, painter: QPainter, detail: float, only: frozenset[str] | None = None) -> None:
        """Draw the chips at a zoom of *detail*; *only* these parameters' chips, when given."""
        of, large, legible = theme(), detail * style.lettering(), self._legible(detail)
        enlarge = 0.8 * of.zoom / large
        if self.crowded or large < READABLE:
            # Of thousands a handful at most is shown.
            singled_out = self.all_singled_out
            only = singled_out if only is None else only & singled_out
            if not only:
                return
        shown = {
            key: (chip, chip.box())
            for key, chip in self.chips.items()
            if (only is None or key[0] in only) and self._shown(chip, legible)
        }
        for (parameter, kind), (_, box) in shown.items():
            value = shown.get((parameter, "weight")) if kind == "gradient" else None
            if value is not None:
                clear_between(painter, of, value[1], box)
        pointed = self.emphasised or self.hovered or self.focused
        if not pointed or (legible and not self.crowded and len(self.emphasised) > FEW):
            enlarge = 1.0
        for key, (chip, box) in shown.items():
            if enlarge > 1.0 and self.singled_out(chip):
                self._draw_enlarged(painter, of, chip, self._look(key), enlarge)
            else:
                draw_chip(painter, of, chip, box, self._look(key))

    def draw_leaders(self, painter: QPainter, detail: float, only: frozenset[str] | None = None) -> None:
        """Draw what ties chips to their values that had to go far from them, to be painted below the nodes."""
        if not self.others_dimmed:
            return  # without a line under way there are no such chips
        of = theme()
        for chip in self.chips.values():
            if chip.kind in BESIDE and (only is None or chip.parameter in only) and self.shown(chip, detail):
                self._draw_leader(painter, of, chip)

    def _look(self, key: ChipKey) -> ChipLook:
        parameter, kind = key
        if kind == "weight":
            active = parameter in self.emphasised or parameter in (self.hovered, self.focused)
            changed = parameter in self.changed
        else:
            active, changed = key in self.lit, False
        current = kind == "pending" or key in self.current
        if not (active or changed or current or self.others_dimmed):
            return PLAIN
        dimmed = self.others_dimmed and not (current or active or changed)
        return ChipLook(parameter == self.focused, active, current, changed, dimmed)

    def _draw_enlarged(self, painter: QPainter, of: Theme, chip: Chip, look: ChipLook, enlarge: float) -> None:
        value = self.chips[chip.parameter, "weight"].centre
        painter.save()
        painter.translate(value)
        painter.scale(enlarge, enlarge)
        painter.translate(-value)
        draw_chip(painter, of, chip, chip.box(), look)
        painter.restore()

    def _draw_leader(self, painter: QPainter, of: Theme, chip: Chip) -> None:
        value = self.chips[chip.parameter, "weight"].centre
        rect = chip.rect()
        near = QPointF(min(max(value.x(), rect.left()), rect.right()), min(max(value.y(), rect.top()), rect.bottom()))
        if QLineF(near, value).length() > LEADER:
            colour = of.next if chip.kind == "pending" else of.gradient
            painter.setPen(style.pen(colour, 1.25, of, (2.0, 3.0)))
            painter.drawLine(near, value)
