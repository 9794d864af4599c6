"""Breaks running text into lines: words and formulas stand on one baseline, and a formula breaks at its relations."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from neurosim.markup.tree import Markup
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Formula, set_formula
from neurosim.widgets.lesson.runs import Inline, Runs, breakable, flat, smaller
from neurosim.widgets.theme import theme

UNBROKEN = 0.5
"""A formula in running text that takes no more than this part of the line is kept in one piece."""


@dataclass(frozen=True)
class Style:
    """How a text is set.

    Attributes:
        px: height of the letters at 100 %.
        formula: pixels per em of the formulas at 100 %.
        leading: distance of the lines as a part of the letters' height.
        weight: of plain words.
        inline: whether its formulas stand in running text: fractions of numbers lie flat, and only what is wide breaks.
        indent: how far lines that continue a formula are moved in, in pixels at 100 %.
    """

    px: float = 15.0
    formula: float = 18.0
    leading: float = 1.45
    weight: int = 400
    indent: float = 0.0
    inline: bool = True


BODY = Style()
DISPLAY = Style(formula=21.0, indent=24.0, inline=False)
CAPTION = Style(px=13.0, formula=15.0)
EMPHASIS = Style(weight=500)


@dataclass(frozen=True, eq=False)
class Piece:
    """A word or a formula at its place; ``x`` from the left, in pixels. One of ``text`` and ``formula`` is given."""

    x: float
    width: float
    text: str = ""
    font: QFont | None = None
    formula: Formula | None = None
    markup: Markup | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """One line: ``top`` and ``baseline`` from the top of the text, in pixels."""

    top: float
    baseline: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, eq=False)
class Flow:
    """Text that was broken into lines."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(eq=False)
class _Item:
    width: float
    ascent: float
    descent: float
    space: float  # room before it, when it does not begin a line
    text: str = ""
    font: QFont | None = None
    formula: Formula | None = None
    markup: Markup | None = None
    glued: bool = False  # stays with what is before it
    continues: bool = False  # goes on a formula


@lru_cache(maxsize=64)
def _font(px: float, weight: int, italic: bool, zoom: float) -> QFont:  # noqa: ARG001 - the zoom is in the font
    font = ui_font(px, 600 if weight >= 600 else 500 if weight >= 500 else 400)
    font.setItalic(italic)
    return font


def broken(runs: Runs, width: float, style: Style = BODY) -> Flow:
    """*runs* in lines of at most *width* pixels (a word or a piece of formula that is wider stands alone)."""
    zoom = theme().zoom
    rows = _rows(_items(runs, style, width), width, style.indent * zoom)
    lines: list[Line] = []
    top = 0.0
    leading = style.leading * style.px * zoom
    for row in rows:
        ascent = max(item.ascent for item in row)
        descent = max(item.descent for item in row)
        height = max(leading, ascent + descent + 3 * zoom)
        baseline = top + (height - ascent - descent) / 2 + ascent
        x = style.indent * zoom if row[0].continues and lines else 0.0
        pieces = []
        for place, item in enumerate(row):
            x += item.space if place else 0.0
            pieces.append(Piece(x, item.width, item.text, item.font, item.formula, item.markup))
            x += item.width
        lines.append(Line(top, baseline, height, tuple(pieces)))
        top += height
    widest = max((line.pieces[-1].x + line.pieces[-1].width for line in lines), default=0.0)
    return Flow(widest, top, tuple(lines))


def _items(runs: Runs, style: Style, width: float) -> list[_Item]:
    zoom = theme().zoom
    found: list[_Item] = []
    gap = False  # whether the text before ended with a space
    for run in runs:
        if isinstance(run, Inline):
            found += _formula(run.markup, style.formula * zoom, width, gap or not found, style)
            gap = False
            continue
        font = _font(style.px, 600 if run.bold else style.weight, run.italic, zoom)
        metrics = QFontMetricsF(font)
        space = metrics.horizontalAdvance(" ")
        words = run.text.split(" ")
        for place, word in enumerate(words):
            if place:
                gap = True
            if not word:
                continue
            found.append(
                _Item(
                    metrics.horizontalAdvance(word), metrics.ascent(), metrics.descent(), space if gap else 0.0,
                    word, font, glued=not gap and bool(found),
                )
            )  # fmt: skip
            gap = False
    return found


def _formula(markup: Markup, size: float, width: float, gap: bool, style: Style) -> list[_Item]:
    if style.inline:
        markup = flat(markup)
    pieces: list[Markup] = []
    whole = style.inline and set_formula(markup, size).width <= width * UNBROKEN
    for piece in (markup,) if whole else breakable(markup):
        wide = set_formula(piece, size).width > width - style.indent * theme().zoom
        pieces += smaller(piece) if wide else (piece,)
    space = QFontMetricsF(_font(style.px, style.weight, False, theme().zoom)).horizontalAdvance(" ")
    found = []
    for place, piece in enumerate(pieces):
        formula = set_formula(piece, size)
        between = size * 5 / 18  # what mathematics puts before a relation
        found.append(
            _Item(
                formula.width, formula.ascent, formula.descent, between if place else (space if gap else 0.0),
                formula=formula, markup=piece, glued=not place and not gap, continues=place > 0,
            )
        )  # fmt: skip
    return found


def _rows(items: list[_Item], width: float, indent: float) -> list[list[_Item]]:
    """The items by lines; what is glued goes with what is before it."""
    groups: list[list[_Item]] = []
    for item in items:
        if item.glued and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    rows: list[list[_Item]] = []
    used = 0.0
    for group in groups:
        size = sum(item.width + item.space for item in group)
        if rows and used + size <= width:
            rows[-1] += group
            used += size
        else:
            rows.append(list(group))
            used = size - group[0].space + (indent if group[0].continues and len(rows) > 1 else 0.0)
    return rows
