"""A line's formula as it is set: smaller where it is a little too wide, broken where it is much too wide."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from neurosim.markup.tree import Markup
from neurosim.panels.calculus.breaking import break_points, split
from neurosim.panels.calculus.links import NO_REFS
from neurosim.widgets.formula import Formula, Ink, set_formula

SMALLEST = 0.8
"""A line that is a little too wide is set smaller, down to this part of the size; a wider one is broken."""
INDENT, GAP, BRACKET, ROW_GAP = 1.2, 0.28, 0.4, 0.3
"""Em: how far the further rows of a broken line are moved in, room between its pieces, the width of a bracket, and
room between its rows."""
BOXES = 0.9
"""Em kept at the sides for boxes, so that nothing moves when a line gets one."""


class Setting:
    """An entry's formula in one row or in several, relative to the left end of its first baseline."""

    def __init__(self, plain: Markup, shown: Markup, em: float, room: float) -> None:
        self.kept = (plain, shown)  # their identities are the key under which this is remembered
        boxes = BOXES * em
        whole = set_formula(plain, em)
        points: tuple[int, ...] = ()
        if SMALLEST * whole.width > room - boxes:
            narrow = room - boxes - INDENT * em
            points = break_points(plain, narrow, lambda part: set_formula(part, em).width, GAP * em, BRACKET * em)
        plain_rows = [_fitted(part, em, room - boxes) for part in split(plain, points)]
        shown_rows = [set_formula(part, size) for part, (_, size) in zip(split(shown, points), plain_rows, strict=True)]
        self.ascent = plain_rows[0][0].ascent
        self.rows: list[tuple[Formula, QPointF]] = []
        y, bottom = 0.0, 0.0
        for number, ((formula, _), painted) in enumerate(zip(plain_rows, shown_rows, strict=True)):
            if number:
                y = bottom + ROW_GAP * em + formula.ascent
            bottom = y + formula.descent
            self.rows.append((painted, QPointF(INDENT * em if number else 0.0, y)))
        self.descent = bottom
        self.width = boxes + max(
            place.x() + formula.width for (formula, _), (_, place) in zip(plain_rows, self.rows, strict=True)
        )

    def paint(self, painter: QPainter, origin: QPointF, ink: Ink) -> None:
        """Paint all rows."""
        for formula, place in self.rows:
            formula.paint(painter, origin.x() + place.x(), origin.y() + place.y(), ink)

    def refs_at(self, place: QPointF) -> frozenset[str]:
        """What the part at a place stands for."""
        for formula, start in self.rows:
            refs = formula.refs_at(place.x() - start.x(), place.y() - start.y())
            if refs:
                return refs
        return NO_REFS

    def places_of(self, ref: str) -> list[QPointF]:
        """The middles of what stands for *ref*."""
        return [start + rect.center() for formula, start in self.rows for rect in formula.rects_of(frozenset({ref}))]


def _fitted(markup: Markup, em: float, room: float) -> tuple[Formula, float]:
    """A row, and the size at which it fits, or the smallest."""
    found = set_formula(markup, em)
    if found.width <= room:
        return found, em
    size = max(SMALLEST * em, float(int(em * room / found.width)))
    return set_formula(markup, size), size
