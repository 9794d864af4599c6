"""A set formula, flattened: which glyphs, bars and outlines lie where; what the painter and the pointer ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGlyphRun, QPainterPath, QRawFont

from neurosim.markup.tree import Emphasis, Role
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, PathBox, ShapedBox, Span
from neurosim.widgets.formula.faces import Face, raw_font
from neurosim.widgets.formula.figures import glyphs_of_number

_STRUT_HEIGHT = 0.7
_STRUT_DEPTH = 0.2
"""Em that a marked part reaches at least above and below its baseline: a dot is pointed at as easily as a letter."""

Run = tuple[QGlyphRun, float, float, Role | None]
"""Glyphs, where their origin lies, and what colours them."""


Sides = tuple[float, float, float, float]


class Area:
    """Where a marked part lies: (left, top, right, bottom), with its references and how it stands out.

    ``size`` is that of the formula it is in, ``px`` its own, which is less in an index; both in pixels per em.
    """

    __slots__ = ("emphasis", "frame", "px", "rect", "refs", "role", "size")

    refs: frozenset[str]
    emphasis: Emphasis | None
    role: Role | None
    px: float
    size: float
    frame: Sides
    rect: Sides

    @staticmethod
    def of(span: Span, x: float, y: float, role: Role | None, size: float) -> Area:
        """That of a span in a group at (*x*, *y*)."""
        area = Area()
        area.refs, area.emphasis = span.mark.refs, span.mark.emphasis
        area.role, area.px, area.size = role, span.px, size
        left, right = x + span.x, x + span.end
        area.frame = (left, y - span.height, right, y + span.depth)
        height, depth = max(span.height, _STRUT_HEIGHT * span.px), max(span.depth, _STRUT_DEPTH * span.px)
        area.rect = (left, y - height, right, y + depth)
        return area

    def moved(self, x: float) -> Area:
        """The same *x* further to the right."""
        area = Area()
        area.refs, area.emphasis = self.refs, self.emphasis
        area.role, area.px, area.size = self.role, self.px, self.size
        left, top, right, bottom = self.frame
        area.frame = (x + left, top, x + right, bottom)
        left, top, right, bottom = self.rect
        area.rect = (x + left, top, x + right, bottom)
        return area

    def contains(self, x: float, y: float) -> bool:
        """Whether the part, or the line that it stands on, is at that point."""
        left, top, right, bottom = self.rect
        return left <= x <= right and top <= y <= bottom

    def holds(self, other: Area) -> bool:
        """Whether *other* lies inside."""
        left, top, right, bottom = self.rect
        return left <= other.rect[0] and top <= other.rect[1] and right >= other.rect[2] and bottom >= other.rect[3]


class _Glyphs:
    """The glyphs of one face, size and role; where they show numbers, each formula of the form has others."""

    __slots__ = ("figures", "indexes", "places", "run")

    def __init__(self) -> None:
        self.indexes: list[int] = []
        self.places: list[tuple[float, float]] = []
        self.figures: list[tuple[int, int, int, int]] = []  # which number, from where to where in it, the first glyph
        self.run: QGlyphRun | None = None

    def set(self, font: QRawFont) -> QGlyphRun:
        """Hand the glyphs to Qt, as they are in one of the formulas of the form."""
        self.run = QGlyphRun()
        self.run.setRawFont(font)
        self.run.setGlyphIndexes(self.indexes)
        self.run.setPositions([QPointF(x, y) for x, y in self.places])
        return self.run

    def numbered(self, run: QGlyphRun, numbers: Sequence[str]) -> QGlyphRun:
        """The glyphs with these numbers among them."""
        indexes = self.indexes.copy()
        for number, start, end, first in self.figures:
            indexes[first : first + end - start] = glyphs_of_number(numbers[number][start:end])
        run = QGlyphRun(run)
        run.setGlyphIndexes(indexes)
        return run


class Sheet:
    """Owns everything that there is to paint, relative to the left end of the baseline.

    Attributes:
        areas: the marked parts, each before those inside it.
        emphases: those of them that stand out.
        rules: (left, top, width, height, role) of bars.
        paths: (path, x, y, role) of signs that are drawn.
    """

    def __init__(self) -> None:
        self.areas: list[Area] = []
        self.emphases: list[Area] = []
        self.rules: list[tuple[float, float, float, float, Role | None]] = []
        self.paths: list[tuple[QPainterPath, float, float, Role | None]] = []
        self._shaped: list[Run] = []
        self._glyphs: dict[tuple[Face, float, Role | None], _Glyphs] = {}
        self._ordered: list[tuple[tuple[Face, float, Role | None], _Glyphs]] | None = None
        self._numbers = 0

    @staticmethod
    def of(box: Box, size: float) -> Sheet:
        """That of a formula of *size* pixels per em."""
        sheet = Sheet()
        sheet._place(box, 0.0, 0.0, None, size)
        sheet.emphases = [area for area in sheet.areas if area.emphasis is not None]
        return sheet

    @staticmethod
    def side_by_side(sheets: Iterable[tuple[Sheet, float]]) -> Sheet:
        """Sheets on one baseline as a single one; each with the place of its left end."""
        together = Sheet()
        for sheet, x in sheets:
            together._put(sheet, x)
        return together

    def runs(self, numbers: Sequence[str]) -> list[Run]:
        """The glyphs of the formula with these *numbers* as few runs: one for each face, size and role."""
        found = self._shaped.copy()
        if self._ordered is None:
            # Those of one colour one after another: the pen changes as seldom as can be.
            self._ordered = sorted(self._glyphs.items(), key=_by_role)
        for (face, px, role), glyphs in self._ordered:
            run = glyphs.run or glyphs.set(raw_font(face, px))
            found.append((glyphs.numbered(run, numbers) if glyphs.figures else run, 0.0, 0.0, role))
        return found

    def lit_areas(self, refs: frozenset[str]) -> list[Area]:
        """The parts that stand for any of *refs*, those inside another such part left out."""
        found: list[Area] = []
        for area in self.areas:
            if not refs.isdisjoint(area.refs) and not any(other.holds(area) for other in found):
                found.append(area)
        return found

    def lit_rects(self, refs: frozenset[str]) -> list[QRectF]:
        """Where these parts lie."""
        rects = [area.rect for area in self.lit_areas(refs)]
        return [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in rects]

    def refs_at(self, x: float, y: float) -> frozenset[str]:
        """What the innermost marked part at a point stands for."""
        for area in reversed(self.areas):
            if area.refs and area.contains(x, y):
                return area.refs
        return frozenset()

    def _place(self, box: Box, x: float, y: float, role: Role | None, size: float) -> None:
        if isinstance(box, GlyphBox):
            self._place_glyphs(box, x, y, role)
        elif isinstance(box, Group):
            for span in box.spans:
                self.areas.append(Area.of(span, x, y, span.mark.role or role, size))
            for left, top, width, height in box.rules:
                self.rules.append((x + left, y + top, width, height, role))
            for part, dx, dy, own in box.parts:
                self._place(part, x + dx, y + dy, own or role, size)
        elif isinstance(box, PathBox):
            self.paths.append((box.path, x, y, role))
        elif isinstance(box, ShapedBox):
            self._shaped += [(run, x, y, role) for run in box.runs]

    def _place_glyphs(self, box: GlyphBox, x: float, y: float, role: Role | None) -> None:
        source = box.source
        if source is not None and not source.further:
            self._numbers += 1
        for place, (face, index, dx, dy) in enumerate(box.glyphs):
            key = (face, box.px, role)
            glyphs = self._glyphs.get(key) or self._glyphs.setdefault(key, _Glyphs())
            if source is not None and place == 0:  # all of a number that is varied is of one face
                glyphs.figures.append((self._numbers - 1, source.start, source.end, len(glyphs.indexes)))
            glyphs.indexes.append(index)
            glyphs.places.append((x + dx, y + dy))

    def _put(self, other: Sheet, x: float) -> None:
        """Append what is on another sheet, *x* further to the right."""
        numbers = self._numbers
        self._numbers += other._numbers
        for key, more in other._glyphs.items():
            glyphs = self._glyphs.get(key) or self._glyphs.setdefault(key, _Glyphs())
            first = len(glyphs.indexes)
            for number, start, end, place in more.figures:
                glyphs.figures.append((numbers + number, start, end, first + place))
            glyphs.indexes += more.indexes
            glyphs.places += [(x + left, top) for left, top in more.places]
        if other.areas:
            self.areas += [area.moved(x) for area in other.areas]
        if other.emphases:
            self.emphases += [area.moved(x) for area in other.emphases]
        if other.rules:
            self.rules += [(x + left, top, width, height, role) for left, top, width, height, role in other.rules]
        if other.paths:
            self.paths += [(path, x + left, top, role) for path, left, top, role in other.paths]
        if other._shaped:
            self._shaped += [(run, x + left, top, role) for run, left, top, role in other._shaped]


def _by_role(one: tuple[tuple[Face, float, Role | None], _Glyphs]) -> str:
    return one[0][2] or ""
