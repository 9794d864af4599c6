"""A formula that is set: its size, its painting, and what lies where in it."""

from __future__ import annotations

from functools import lru_cache

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
        self._sheet = Sheet(box, size)

    def paint(self, painter: QPainter, x: float, baseline: float, ink: Ink) -> None:
        """Paint it with the left end of its baseline at (*x*, *baseline*)."""
        paint_sheet(self._sheet, painter, x, baseline, ink)

    def refs_at(self, x: float, y: float) -> frozenset[str]:
        """What the innermost marked part at a point stands for; empty where there is none."""
        return self._sheet.refs_at(x, y)

    def rects_of(self, refs: frozenset[str]) -> list[QRectF]:
        """Where the parts lie that stand for any of *refs*."""
        return self._sheet.lit_rects(refs)


@lru_cache(maxsize=_KEPT)
def set_formula(markup: Markup, size: float) -> Formula:
    """The formula at *size* pixels per em; the same formula is set only once."""
    return Formula(markup, size)
