"""A set formula, flattened: which glyphs, bars and outlines lie where; what the painter and the pointer ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGlyphRun, QPainterPath

from neurosim.markup.tree import Emphasis, Role
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, PathBox, ShapedBox, Span
from neurosim.widgets.formula.faces import Face, raw_font
from neurosim.widgets.formula.figures import glyphs_of_number

_STRUT_HEIGHT = 0.7
_STRUT_DEPTH = 0.2
"""Em that a marked part reaches at least above and below its baseline: a dot is pointed at as easily as a letter."""

Run = tuple[QGlyphRun, float, float, Role | None]
"""Glyphs, where their origin lies, and what colours them."""


class Area:
    """Where a marked part lies: (left, top, right, bottom), with its references and how it stands out.

    ``size`` is that of the formula it is in, ``px`` its own, which is less in an index; both in pixels per em.
    """

    __slots__ = ("emphasis", "frame", "px", "rect", "refs", "role", "size")

    def __init__(self, span: Span, x: float, y: float, role: Role | None, size: float) -> None:
        self.refs = span.mark.refs
        self.emphasis: Emphasis | None = span.mark.emphasis
        self.role = role
        self.px = span.px
        self.size = size
        left, right = x + span.x, x + span.end
        self.frame = (left, y - span.height, right, y + span.depth)
        height, depth = max(span.height, _STRUT_HEIGHT * span.px), max(span.depth, _STRUT_DEPTH * span.px)
        self.rect = (left, y - height, right, y + depth)

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
        self.places: list[QPointF] = []
        self.figures: list[tuple[int, int, int, int]] = []  # which number, from where to where in it, the first glyph
        self.run = QGlyphRun()

    def run_with(self, numbers: Sequence[str]) -> QGlyphRun:
        """The glyphs with these numbers among them."""
        if not self.figures:
            return self.run
        indexes = self.indexes.copy()
        for number, start, end, first in self.figures:
            indexes[first : first + end - start] = glyphs_of_number(numbers[number][start:end])
        run = QGlyphRun(self.run)
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

    def __init__(self, pieces: Iterable[tuple[Box, float, float]]) -> None:
        """Lay out the *pieces*: each a box, the place of its left end, and its size in pixels per em."""
        self.areas: list[Area] = []
        self.rules: list[tuple[float, float, float, float, Role | None]] = []
        self.paths: list[tuple[QPainterPath, float, float, Role | None]] = []
        self._shaped: list[Run] = []
        self._glyphs: dict[tuple[Face, float, Role | None], _Glyphs] = {}
        self._numbers = 0
        for box, x, size in pieces:
            self._place(box, x, 0.0, None, size)
        self.emphases = [area for area in self.areas if area.emphasis is not None]
        # Those of one colour one after another: the pen changes as seldom as can be.
        self._runs = sorted(self._glyphs.items(), key=lambda one: one[0][2] or "")
        for (face, px, _), glyphs in self._runs:
            glyphs.run.setRawFont(raw_font(face, px))
            glyphs.run.setGlyphIndexes(glyphs.indexes)
            glyphs.run.setPositions(glyphs.places)

    def runs(self, numbers: Sequence[str]) -> list[Run]:
        """The glyphs of the formula with these *numbers* as few runs: one for each face, size and role."""
        runs = [(glyphs.run_with(numbers), 0.0, 0.0, key[2]) for key, glyphs in self._runs]
        return runs + self._shaped if self._shaped else runs

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
                self.areas.append(Area(span, x, y, span.mark.role or role, size))
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
            glyphs = self._glyphs.get(key)
            if glyphs is None:
                glyphs = self._glyphs[key] = _Glyphs()
            if source is not None and place == 0:  # all of a number that is varied is of one face
                glyphs.figures.append((self._numbers - 1, source.start, source.end, len(glyphs.indexes)))
            glyphs.indexes.append(index)
            glyphs.places.append(QPointF(x + dx, y + dy))
