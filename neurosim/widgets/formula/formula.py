"""A formula that is set: its size, its painting, and what lies where in it."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from neurosim.markup.tree import Markup
from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.formula.painting import paint_sheet
from neurosim.widgets.formula.setting import Setter
from neurosim.widgets.formula.sheet import Sheet

_KEPT = 1024
"""Formulas that are remembered; a screen shows some dozens."""


class Formula:
    """Owns the layout of one formula in pixels, relative to the left end of its baseline.

    Attributes:
        width: from the left end to the right.
        ascent: above the baseline, positive.
        descent: below the baseline, positive.
        height: both together.
    """

    __slots__ = ("_sheet", "ascent", "descent", "height", "width")

    def __init__(self, markup: Markup, size: float) -> None:
        box = Setter(size).box(markup)
        self.width: float = box.width + box.italic
        self.ascent: float = box.height
        self.descent: float = box.depth
        self.height: float = box.height + box.depth
        self._sheet = Sheet(box)

    def paint(self, painter: QPainter, x: float, baseline: float, ink: Ink) -> None:
        """Paint it with the left end of its baseline at (*x*, *baseline*)."""
        paint_sheet(self._sheet, painter, x, baseline, ink)

    def refs_at(self, x: float, y: float) -> frozenset[str]:
        """What the innermost marked part at a point stands for; empty where there is none."""
        return self._sheet.refs_at(x, y)

    def rects_of(self, refs: frozenset[str]) -> list[QRectF]:
        """Where the parts lie that stand for any of *refs*."""
        return self._sheet.lit_rects(refs)


_known: OrderedDict[tuple[int, float], tuple[Markup, Formula]] = OrderedDict()


def set_formula(markup: Markup, size: float) -> Formula:
    """The formula at *size* pixels per em; the same tree is set only once.

    A tree is known again by its identity: comparing two of them would cost as much as setting a small one.
    """
    key = (id(markup), size)
    found = _known.get(key)
    if found is not None:
        _known.move_to_end(key)
        return found[1]
    formula = Formula(markup, size)
    _known[key] = (markup, formula)  # keeps the tree alive, so that its identity stays its own
    if len(_known) > _KEPT:
        _known.popitem(last=False)
    return formula
