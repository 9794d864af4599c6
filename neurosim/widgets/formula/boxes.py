"""Boxes: what a formula is made of once the sizes are known; pixels, y grows downwards, the baseline is y = 0."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QGlyphRun, QPainterPath

from neurosim.markup.tree import Mark, Role
from neurosim.widgets.formula.faces import Face
from neurosim.widgets.formula.spacing import ORDINARY


class Box:
    """A rectangle with a baseline.

    Attributes:
        width, height, depth: pixels; ``height`` above the baseline, ``depth`` below it.
        italic: how far its last letter leans out of ``width``.
        skew: how far right of its middle an accent stands.
        tail: how much of ``width`` is an index alone, over which an exponent may stand.
        tail_height: the height of that index above the baseline.
        solid: a single letter, whose scripts stand at the same height whatever the letter.
        tall: more than one line, such as a fraction.
        first, last: what it is to the neighbour before and after it, see ``spacing``.
    """

    __slots__ = ("depth", "first", "height", "italic", "last", "skew", "solid", "tail", "tail_height", "tall", "width")

    def __init__(self, width: float, height: float, depth: float) -> None:
        self.width = width
        self.height = height
        self.depth = depth
        self.italic = 0.0
        self.skew = 0.0
        self.tail = 0.0
        self.tail_height = 0.0
        self.solid = False
        self.tall = False
        self.first = ORDINARY
        self.last = ORDINARY


class Source(NamedTuple):
    """Which part of a number's text the glyphs of a box show; ``further`` when another box shows what is before it."""

    start: int
    end: int
    further: bool


class GlyphBox(Box):
    """Glyphs of our own faces: (face, index, x, y) each, all of one size.

    Attributes:
        source: where they come from when they are a number that is varied; ``None`` for what is always the same.
    """

    __slots__ = ("glyphs", "px", "source")

    def __init__(self, width: float, height: float, depth: float, px: float) -> None:
        super().__init__(width, height, depth)
        self.px = px
        self.glyphs: list[tuple[Face, int, float, float]] = []
        self.source: Source | None = None


class ShapedBox(Box):
    """Words in a script that our faces lack, as Qt has laid them out."""

    __slots__ = ("runs",)

    def __init__(self, width: float, height: float, depth: float, runs: tuple[QGlyphRun, ...]) -> None:
        super().__init__(width, height, depth)
        self.runs = runs


class PathBox(Box):
    """A drawn sign: a bracket or a root that is taller than any glyph."""

    __slots__ = ("path",)

    def __init__(self, width: float, height: float, depth: float, path: QPainterPath) -> None:
        super().__init__(width, height, depth)
        self.path = path


class Span:
    """The part of a group that one mark covers; ``x`` to ``end``, and what it reaches above and below."""

    __slots__ = ("depth", "end", "height", "mark", "px", "x")

    def __init__(self, mark: Mark, x: float, px: float) -> None:
        self.mark = mark
        self.x = x
        self.end = x
        self.height = 0.0
        self.depth = 0.0
        self.px = px


class Group(Box):
    """Boxes at their places, with bars between them and spans of marks over them.

    Attributes:
        parts: (box, x, y, role) each; ``None`` is the role of what is around.
        rules: (left, top, width, height) each.
        spans: each before those inside it.
    """

    __slots__ = ("parts", "rules", "spans")

    def __init__(self, width: float, height: float, depth: float) -> None:
        super().__init__(width, height, depth)
        self.parts: list[tuple[Box, float, float, Role | None]] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.spans: list[Span] = []

    def put(self, box: Box, x: float, y: float, role: Role | None = None) -> None:
        """Place a box with its left end at *x* and its baseline at *y*."""
        self.parts.append((box, x, y, role))
