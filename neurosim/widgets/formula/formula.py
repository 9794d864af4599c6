"""A formula that is set: its size, its painting, and what lies where in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from neurosim.markup.tree import Markup
from neurosim.records import dataclass
from neurosim.widgets.formula.form import Form, form_of
from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.formula.kept import Kept
from neurosim.widgets.formula.painting import Grid, paint_sheet
from neurosim.widgets.formula.setting import Setter
from neurosim.widgets.formula.sheet import Run, Sheet

_KEPT = 1024
"""Formulas, and forms of formulas, that are remembered; a screen shows some dozens."""


class Pattern:
    """Owns the layout that formulas of one form have in common, relative to the left end of the baseline.

    Attributes:
        width, ascent, descent: its size in pixels.
        pieces: patterns that were put side by side to make this one, each with the place of its left end.
    """

    def __init__(
        self,
        width: float,
        ascent: float,
        descent: float,
        make: Callable[[], Sheet],
        pieces: tuple[tuple[Pattern, float], ...] = (),
    ) -> None:
        self.width, self.ascent, self.descent, self.pieces = width, ascent, descent, pieces
        self._make = make

    @classmethod
    def of(cls, markup: Markup, size: float) -> Pattern:
        """That of a formula at *size* pixels per em, laid out now."""
        box = Setter(size).box(markup)
        return cls(box.width + box.italic, box.height, box.depth, lambda: Sheet.of(box, size))

    @classmethod
    def side_by_side(cls, pieces: tuple[tuple[Pattern, float], ...]) -> Pattern:
        """Patterns on one baseline as a single one; each with the place of its left end."""
        width = ascent = descent = 0.0
        for pattern, x in pieces:
            width = max(width, x + pattern.width)
            ascent = max(ascent, pattern.ascent)
            descent = max(descent, pattern.descent)
        return cls(width, ascent, descent, lambda: Sheet.side_by_side([(one.sheet, x) for one, x in pieces]), pieces)

    @cached_property
    def sheet(self) -> Sheet:
        """What there is to paint, made when it is painted first: many a formula is only measured."""
        return self._make()


class Formula:
    """A formula in pixels, relative to the left end of its baseline: a pattern with numbers.

    Attributes:
        pattern: what it has in common with formulas of other numbers.
        numbers: as they are written, in the order in which they are set.
        width: from the left end to the right.
        ascent: above the baseline, positive.
        descent: below the baseline, positive.
    """

    __slots__ = ("_runs", "ascent", "descent", "numbers", "pattern", "width")

    def __init__(self, pattern: Pattern, numbers: tuple[str, ...]) -> None:
        self.pattern = pattern
        self.numbers = numbers
        self.width, self.ascent, self.descent = pattern.width, pattern.ascent, pattern.descent
        self._runs: list[Run] | None = None

    @property
    def height(self) -> float:
        """From above to below."""
        return self.ascent + self.descent

    @property
    def runs(self) -> list[Run]:
        """Its glyphs."""
        if self._runs is None:
            self._runs = self.pattern.sheet.runs(self.numbers)
        return self._runs

    def with_numbers(self, numbers: tuple[str, ...]) -> Formula:
        """The formula of the same form with other numbers, as many as it has; itself if they are the same."""
        return self if numbers == self.numbers else Formula(self.pattern, numbers)

    def paint(self, painter: QPainter, x: float, baseline: float, ink: Ink) -> None:
        """Paint it with the left end of its baseline at (*x*, *baseline*)."""
        paint_formulas(painter, (Placed(self, x, baseline),), ink)

    def refs_at(self, x: float, y: float) -> frozenset[str]:
        """What the innermost marked part at a point stands for; empty where there is none."""
        return self.pattern.sheet.refs_at(x, y)

    def rects_of(self, refs: frozenset[str]) -> list[QRectF]:
        """Where the parts lie that stand for any of *refs*."""
        return self.pattern.sheet.lit_rects(refs)


@dataclass(frozen=True, eq=False, slots=True)
class Placed:
    """A formula with the place of its left end on the baseline."""

    formula: Formula
    x: float
    baseline: float


def paint_formulas(painter: QPainter, placed: Iterable[Placed], ink: Ink) -> None:
    """Paint formulas in their places."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    grid = Grid(painter.deviceTransform())
    for one in placed:
        # Letters stand on whole device pixels; so must what is measured from their baseline.
        paint_sheet(one.formula.pattern.sheet, one.formula.runs, painter, one.x, grid.y(one.baseline), ink, grid)
    painter.restore()


_PATTERNS: Kept[tuple[Form, float], Pattern] = Kept(_KEPT)


def set_formula(markup: Markup, size: float) -> Formula:
    """The formula at *size* pixels per em; the same formula is set only once, and so are all of one form."""
    return set_form(markup, *form_of(markup), size)


def set_form(markup: Markup, form: Form, numbers: tuple[str, ...], size: float) -> Formula:
    """The same for whoever knows the form and the numbers of *markup* already."""
    pattern = _PATTERNS.get((form, size))
    if pattern is None:
        pattern = _PATTERNS.put((form, size), Pattern.of(markup, size))
    return _formula(pattern, numbers)


def side_by_side(formulas: Sequence[tuple[Formula, float]]) -> Formula:
    """Formulas on one baseline as a single one; each with the place of its left end."""
    pieces = tuple([(formula.pattern, x) for formula, x in formulas])
    numbers: tuple[str, ...] = ()
    for formula, _ in formulas:
        numbers += formula.numbers
    return Formula(_together(pieces), numbers)


@lru_cache(maxsize=256)
def _together(pieces: tuple[tuple[Pattern, float], ...]) -> Pattern:
    """Rows of a block come back in the same places more often than the whole block does."""
    return Pattern.side_by_side(pieces)


@lru_cache(maxsize=_KEPT)
def _formula(pattern: Pattern, numbers: tuple[str, ...]) -> Formula:
    return Formula(pattern, numbers)
