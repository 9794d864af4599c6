"""A set formula, flattened: which glyphs, bars and outlines lie where; what the painter and the pointer ask."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGlyphRun, QPainterPath

from neurosim.markup.tree import Emphasis, Role
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, PathBox, ShapedBox, Span
from neurosim.widgets.formula.faces import Face, raw_font

_STRUT_HEIGHT = 0.7
_STRUT_DEPTH = 0.2
"""Em that a marked part reaches at least above and below its baseline: a dot is pointed at as easily as a letter."""


class Area:
    """Where a marked part lies: (left, top, right, bottom), with its references and how it stands out."""

    __slots__ = ("emphasis", "frame", "px", "rect", "refs", "role")

    def __init__(self, span: Span, x: float, y: float, role: Role | None) -> None:
        self.refs = span.mark.refs
        self.emphasis: Emphasis | None = span.mark.emphasis
        self.role = role
        self.px = span.px
        left, right = x + span.x, x + span.end
        self.frame = (left, y - span.height, right, y + span.depth)
        height, depth = max(span.height, _STRUT_HEIGHT * span.px), max(span.depth, _STRUT_DEPTH * span.px)
        self.rect = (left, y - height, right, y + depth)

    def contains(self, x: float, y: float) -> bool:
        """Whether the part, or the line that it stands on, is at that point."""
        left, top, right, bottom = self.rect
        return left <= x <= right and top <= y <= bottom


class Sheet:
    """Owns everything that there is to paint, relative to the left end of the baseline.

    Attributes:
        px: pixels per em.
        areas: the marked parts, each before those inside it.
        rules: (left, top, width, height, role) of bars.
        paths: (path, x, y, role) of signs that are drawn.
    """

    def __init__(self, box: Box, px: float) -> None:
        self.px = px
        self.areas: list[Area] = []
        self.rules: list[tuple[float, float, float, float, Role | None]] = []
        self.paths: list[tuple[QPainterPath, float, float, Role | None]] = []
        self._glyphs: dict[tuple[Face, float, Role | None], tuple[list[int], list[QPointF]]] = {}
        self._shaped: list[tuple[QGlyphRun, float, float, Role | None]] = []
        self._runs: list[tuple[QGlyphRun, float, float, Role | None]] | None = None
        self._place(box, 0.0, 0.0, None)

    @property
    def runs(self) -> list[tuple[QGlyphRun, float, float, Role | None]]:
        """The glyphs as few runs: one for each face, size and role."""
        if self._runs is None:
            self._runs = list(self._shaped)
            for (face, px, role), (indexes, places) in self._glyphs.items():
                run = QGlyphRun()
                run.setRawFont(raw_font(face, px))
                run.setGlyphIndexes(indexes)
                run.setPositions(places)
                self._runs.append((run, 0.0, 0.0, role))
            self._glyphs = {}
        return self._runs

    def lit_rects(self, refs: frozenset[str]) -> list[QRectF]:
        """Where the parts lie that stand for any of *refs*, those inside another such part left out."""
        found: list[tuple[float, float, float, float]] = []
        for area in self.areas:
            if refs.isdisjoint(area.refs):
                continue
            left, top, right, bottom = area.rect
            inside = any(a <= left and b <= top and c >= right and d >= bottom for a, b, c, d in found)
            if not inside:
                found.append(area.rect)
        return [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in found]

    def refs_at(self, x: float, y: float) -> frozenset[str]:
        """What the innermost marked part at a point stands for."""
        for area in reversed(self.areas):
            if area.refs and area.contains(x, y):
                return area.refs
        return frozenset()

    def _place(self, box: Box, x: float, y: float, role: Role | None) -> None:
        if isinstance(box, GlyphBox):
            for face, index, dx, dy in box.glyphs:
                key = (face, box.px, role)
                run = self._glyphs.get(key)
                if run is None:
                    run = self._glyphs[key] = ([], [])
                run[0].append(index)
                run[1].append(QPointF(x + dx, y + dy))
        elif isinstance(box, Group):
            for span in box.spans:
                self.areas.append(Area(span, x, y, span.mark.role or role))
            for left, top, width, height in box.rules:
                self.rules.append((x + left, y + top, width, height, role))
            for part, dx, dy, own in box.parts:
                self._place(part, x + dx, y + dy, own or role)
        elif isinstance(box, PathBox):
            self.paths.append((box.path, x, y, role))
        elif isinstance(box, ShapedBox):
            self._shaped += [(run, x, y, role) for run in box.runs]
