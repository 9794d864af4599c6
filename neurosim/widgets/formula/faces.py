"""The glyphs of formulas: which face has a sign, and how large it is, in em; asked of the fonts only once."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtGui import QRawFont

from neurosim.markup.tree import Style
from neurosim.widgets.fonts import FALLBACK_FAMILY, MATH_FAMILY, MATH_ITALIC_FAMILY, raw_face

Face = Literal["main", "italic", "size1", "size2", "size3", "size4", "ams", "fallback"]
FAMILIES: dict[Face, str] = {
    "main": MATH_FAMILY,
    "italic": MATH_ITALIC_FAMILY,
    "size1": "KaTeX_Size1",
    "size2": "KaTeX_Size2",
    "size3": "KaTeX_Size3",
    "size4": "KaTeX_Size4",
    "ams": "KaTeX_AMS",
    "fallback": FALLBACK_FAMILY,
}
FIGURES = "0123456789"
GROWING: tuple[Face, ...] = ("main", "size1", "size2", "size3", "size4")
"""The faces in which brackets and roots are drawn, from small to large."""

_MEASURED = 1000.0
"""Pixels at which glyphs are measured: bounds come in whole pixels."""

_ITALIC_CORRECTION = {
    "B": 0.05, "C": 0.072, "D": 0.028, "E": 0.058, "F": 0.139, "H": 0.081, "I": 0.078, "J": 0.096, "K": 0.072,
    "M": 0.109, "N": 0.109, "O": 0.028, "P": 0.139, "R": 0.008, "S": 0.058, "T": 0.139, "U": 0.109, "V": 0.222,
    "W": 0.139, "X": 0.078, "Y": 0.222, "Z": 0.072, "f": 0.108, "g": 0.036, "j": 0.057, "k": 0.031, "l": 0.02,
    "q": 0.036, "r": 0.028, "v": 0.036, "w": 0.027, "y": 0.036, "z": 0.044, "Γ": 0.139, "Θ": 0.028, "Ξ": 0.076,
    "Π": 0.081, "Σ": 0.058, "Υ": 0.139, "Ψ": 0.11, "Ω": 0.05, "α": 0.004, "β": 0.053, "γ": 0.056, "δ": 0.038,
    "ζ": 0.074, "η": 0.036, "θ": 0.028, "ν": 0.064, "ξ": 0.046, "π": 0.036, "ς": 0.08, "σ": 0.036, "τ": 0.113,
    "υ": 0.036, "ψ": 0.036, "ω": 0.036,
}  # fmt: skip
"""How far a slanted letter leans out of its width (cmmi10): an exponent keeps clear of it, an index does not."""

_SKEW = {
    "A": 0.139, "B": 0.083, "C": 0.083, "D": 0.056, "E": 0.083, "F": 0.083, "G": 0.083, "H": 0.056, "I": 0.111,
    "J": 0.167, "K": 0.056, "L": 0.028, "M": 0.083, "N": 0.083, "O": 0.083, "P": 0.083, "Q": 0.083, "R": 0.083,
    "S": 0.083, "T": 0.083, "U": 0.028, "X": 0.083, "Z": 0.083, "c": 0.056, "d": 0.167, "e": 0.056, "f": 0.167,
    "g": 0.028, "l": 0.083, "o": 0.056, "p": 0.083, "q": 0.083, "r": 0.056, "s": 0.056, "t": 0.083, "u": 0.028,
    "v": 0.028, "w": 0.083, "x": 0.028, "y": 0.056, "z": 0.056, "ı": 0.028, "ȷ": 0.083, "Γ": 0.083, "Δ": 0.167,
    "Θ": 0.083, "Λ": 0.167, "Ξ": 0.083, "Π": 0.056, "Σ": 0.083, "Υ": 0.056, "Φ": 0.083, "Ψ": 0.056, "Ω": 0.083,
    "α": 0.028, "β": 0.083, "δ": 0.056, "ε": 0.083, "ζ": 0.083, "η": 0.056, "θ": 0.083, "μ": 0.028, "ν": 0.028,
    "ξ": 0.111, "ρ": 0.083, "ς": 0.083, "τ": 0.028, "υ": 0.028, "φ": 0.083, "χ": 0.056, "ψ": 0.111,
}  # fmt: skip
"""How far right of a slanted letter's middle an accent stands (cmmi10)."""

_DRAWN_AS = {"·": "⋅", "-": "−", "*": "∗", "~": "∼"}
"""Signs of formulas that the faces hold under another number."""

_TALLEST, _DEEPEST = "4", "0"
"""Figures take as much room as the tallest and the deepest of them: a line stands still while its numbers change."""


class Glyph:
    """One glyph of one face, in em: ``width`` to the next one; its ink from ``left`` to ``right``, above and below."""

    __slots__ = ("depth", "face", "height", "index", "italic", "left", "right", "skew", "width")

    def __init__(self, face: Face, index: int, italic: float, skew: float) -> None:
        font = _measured(face)
        ink = font.boundingRect(index)
        self.face = face
        self.index = index
        self.width: float = font.advancesForGlyphIndexes([index])[0].x() / _MEASURED
        self.left: float = ink.left() / _MEASURED
        self.right: float = ink.right() / _MEASURED
        self.height: float = -ink.top() / _MEASURED
        self.depth: float = ink.bottom() / _MEASURED
        self.italic = italic
        self.skew = skew


@lru_cache(maxsize=256)
def raw_font(face: Face, px: float) -> QRawFont:
    """The face at *px* pixels; formulas of one size share it."""
    return raw_face(FAMILIES[face], px)


@lru_cache(maxsize=4096)
def glyph(face: Face, sign: str) -> Glyph | None:
    """The glyph of *sign* in this very face; ``None`` when it has none."""
    font = _measured(face)
    if len(sign) != 1 or not font.supportsCharacter(ord(sign)):
        return None
    slanted = face == "italic"
    italic = _ITALIC_CORRECTION.get(sign, 0.0) if slanted else 0.0
    found = Glyph(face, font.glyphIndexesForString(sign)[0], italic, _SKEW.get(sign, 0.0) if slanted else 0.0)
    if sign in FIGURES and face == "main":
        found.height = -font.boundingRect(font.glyphIndexesForString(_TALLEST)[0]).top() / _MEASURED
        found.depth = font.boundingRect(font.glyphIndexesForString(_DEEPEST)[0]).bottom() / _MEASURED
    return found


@lru_cache(maxsize=4096)
def glyph_of(sign: str, style: Style) -> Glyph | None:
    """The glyph of *sign* as it is set in *style*; ``None`` when no font that comes with the program has one."""
    if style != "words":
        sign = _DRAWN_AS.get(sign, sign)
    for face in _faces(sign, style):
        found = glyph(face, sign)
        if found is not None:
            return found
    return None


def _faces(sign: str, style: Style) -> tuple[Face, ...]:
    if style == "italic" and not sign.isdigit():  # the italic face has old-style figures
        return "italic", "main", "ams", "fallback"
    return "main", "italic", "ams", "fallback"


@lru_cache(maxsize=16)
def _measured(face: Face) -> QRawFont:
    return raw_face(FAMILIES[face], _MEASURED)
