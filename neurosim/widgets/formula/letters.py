"""Boxes of symbols: letters, numbers, signs and words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout

from neurosim.markup.tree import Style
from neurosim.numbers.format import HAIR_SPACE, MINUS
from neurosim.widgets.fonts import FALLBACK_FAMILY, load_fonts
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, ShapedBox, Source
from neurosim.widgets.formula.faces import GROWING, Glyph, glyph, glyph_of
from neurosim.widgets.formula.figures import is_varied
from neurosim.widgets.formula.parameters import AXIS, MEDIUM, RAISED, SCALES, X_HEIGHT
from neurosim.widgets.formula.spacing import BINARY, COMMA, FUNCTION, OPENING, RELATION, WORDS
from neurosim.widgets.text_width import ZEROS

_ACCENTS = {
    "\u0300": "ˋ", "\u0301": "ˊ", "\u0302": "^", "\u0303": "˜", "\u0304": "ˉ", "\u0306": "˘", "\u0307": "˙",
    "\u0308": "¨", "\u030a": "˚", "\u030b": "˝", "\u030c": "ˇ",
}  # fmt: skip
PRIME = "′"
_DOTLESS = {"i": "ı", "j": "ȷ"}
_NOT = "\ue020"
"""The stroke through a relation."""
_EXPONENT = re.compile(r"(.*\d)e([−-]?\d+)$")
_LETTERS_OF_FUNCTIONS = frozenset("fghFGH")
_ABOUT_GAP = 0.04
"""Em between "~" and the number that it is said of."""
_ABOUT_SCALE = 0.8
"""Smaller than the relation, but not as small as the tilde of text, which looks like a minus."""


@lru_cache(maxsize=8192)
def symbol_box(text: str, style: Style, px: float) -> Box:
    """The box of a symbol at *px* pixels per em, with what it is to its neighbours."""
    box = _box(text, style, px)
    if style == "operator":
        box.first = box.last = BINARY
    elif style == "relation":
        box.first = box.last = RELATION
    elif style == "words":
        box.first = box.last = COMMA if text[:1] in ",;" else WORDS
    elif style == "upright" and len(text) > 1:
        box.first = box.last = FUNCTION
    elif style == "number" and text == MINUS:
        box.first = box.last = OPENING
    return box


def _box(text: str, style: Style, px: float) -> Box:
    if style == "number":
        return _number(text, px)
    if text == PRIME and style == "upright":
        return _prime(px)
    if text == "≠":
        return _negated("=", px)
    # A function with a letter for a name is slanted; d, e and σ with the style of a function are not.
    return _run(text, "italic" if style == "upright" and text in _LETTERS_OF_FUNCTIONS else style, px)


def _run(text: str, style: Style, px: float) -> Box:
    """One glyph after another, accents over their letters; words that our faces lack are shaped by Qt."""
    letters = _letters(text)
    if letters is None:
        return _shaped(text, style, px)
    found: list[tuple[Glyph, Glyph | None]] = []
    for base, accent in letters:
        letter = glyph_of(_DOTLESS.get(base, base) if accent else base, style)
        above = glyph("main", _ACCENTS[accent]) if accent else None
        if letter is None or letter.face == "fallback" or (accent and above is None):
            return _shaped(text, style, px)
        found.append((letter, above))
    x = height = depth = 0.0
    box = GlyphBox(0.0, 0.0, 0.0, px)
    for letter, above in found:
        box.glyphs.append((letter.face, letter.index, x * px, 0.0))
        height = max(height, letter.height)
        depth = max(depth, letter.depth)
        if above is not None:
            rise = max(0.0, letter.height - X_HEIGHT)
            left = x + letter.width / 2 + letter.skew - above.width / 2
            box.glyphs.append((above.face, above.index, left * px, -rise * px))
            height = max(height, above.height + rise)
        x += letter.width
        if style == "italic" and len(found) > 1:
            x += letter.italic
    if len(found) == 1:
        box.italic, box.skew, box.solid = found[0][0].italic * px, found[0][0].skew * px, True
    box.width, box.height, box.depth = x * px, height * px, depth * px
    return box


def _letters(text: str) -> list[tuple[str, str]] | None:
    """Each letter with the accent over it; ``None`` where there are others than can be set over a letter."""
    if text.isascii():
        return [(sign, "") for sign in text]
    found: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(sign):
            found.append((sign, ""))
        elif sign in _ACCENTS and found and not found[-1][1]:
            found[-1] = found[-1][0], sign
        else:
            return None
    return found


def _number(text: str, px: float) -> Box:
    """Digits upright; "~" with a gap after it, and an exponent raised: ``~1.5e−7`` is set as ~1.5·10⁻⁷."""
    about, digits = text.startswith("~"), text.removeprefix("~").lstrip(HAIR_SPACE)
    power = _EXPONENT.fullmatch(digits)
    before = len(text) - len(digits)
    varied = is_varied(text.translate(ZEROS))

    def part(start: int, end: int, px: float) -> Box:
        box = _run(text[start:end], "number", px)
        if varied and isinstance(box, GlyphBox):
            box.source = Source(start, end, start > before)
        return box

    if not about and power is None:
        return part(before, len(text), px)
    group = Group(0.0, 0.0, 0.0)
    if about:
        sign = _run("~", "number", _ABOUT_SCALE * px)
        _append(group, sign, _ABOUT_GAP * px if digits else 0.0, AXIS * (1 - _ABOUT_SCALE) * px)
    if power is None:
        _append(group, part(before, len(text), px), 0.0)
        return group
    _append(group, part(before, before + power.end(1), px), MEDIUM / 2 * px)
    _append(group, _run("·", "number", px), MEDIUM / 2 * px)
    _append(group, _run("10", "number", px), 0.0)
    _append(group, part(before + power.start(2), len(text), SCALES[1] * px), 0.0, RAISED[0] * px)
    return group


def _append(group: Group, box: Box, after: float, raised: float = 0.0) -> None:
    group.put(box, group.width, -raised)
    group.width += box.width + after
    group.height = max(group.height, box.height + raised)
    group.depth = max(group.depth, box.depth - raised)


def _prime(px: float) -> Box:
    """A prime that stands in a row: raised as an exponent is."""
    inner = _run(PRIME, "number", SCALES[1] * px)
    box = Group(inner.width, inner.height + RAISED[0] * px, 0.0)
    box.put(inner, 0.0, -RAISED[0] * px)
    return box


def _negated(sign: str, px: float) -> Box:
    box = _run(sign, "relation", px)
    stroke = glyph("main", _NOT)
    if isinstance(box, GlyphBox) and stroke is not None:
        box.glyphs.append((stroke.face, stroke.index, (box.width - stroke.width * px) / 2, 0.0))
        box.height, box.depth = max(box.height, stroke.height * px), max(box.depth, stroke.depth * px)
    return box


def hat_glyph(width: float) -> Glyph:
    """The widest hat that is not wider than *width* em, for one letter the plain one."""
    plain = glyph("main", "^")
    assert plain is not None  # noqa: S101 - the face comes with the program
    best = plain
    for face in GROWING[1:]:
        wide = glyph(face, "ˆ")
        if wide is not None and wide.width <= width * 0.9:
            best = wide
    return best


def _shaped(text: str, style: Style, px: float) -> Box:
    """Letters that the faces of mathematics lack, all from one font, laid out by Qt."""
    load_fonts()
    font = QFont()
    font.setFamilies([FALLBACK_FAMILY])
    font.setPixelSize(max(1, round(0.9 * px)))  # its letters are taller than those of the faces
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setItalic(style == "italic")
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    line.setPosition(QPointF(0.0, -line.ascent()))
    ink = QFontMetricsF(font).tightBoundingRect(text)
    width = line.naturalTextWidth()
    if text[-1:].isspace():
        width = line.horizontalAdvance()
    return ShapedBox(width, max(0.0, -ink.top()), max(0.0, ink.bottom()), tuple(layout.glyphRuns()))
