"""The fonts that come with the program, so that pictures are the same on every machine."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from neurosim.paths import resources

UI_FAMILY = "Inter"
FALLBACK_FAMILY = "DejaVu Sans"
MATH_FAMILY = "KaTeX_Main"
MATH_ITALIC_FAMILY = "KaTeX_Math"


class _Zoom:
    """The factor of all interface fonts, kept in step with the theme's zoom."""

    factor = 1.0


def font_zoom() -> float:
    """The factor of all interface fonts."""
    return _Zoom.factor


def set_font_zoom(factor: float) -> None:
    """Make fonts asked for from now on *factor* times as large."""
    _Zoom.factor = factor


@cache
def load_fonts() -> tuple[str, ...]:
    """Load every font in ``resources/fonts`` once, before any widget is made; returns the families.

    Raises:
        RuntimeError: a font file cannot be read, so that some text would be boxes.
    """
    families: list[str] = []
    for path in sorted((resources() / "fonts").iterdir()):
        if path.suffix not in {".otf", ".ttf"}:
            continue
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise RuntimeError(f"The font {path} cannot be loaded: install neurosim again.")
        families += QFontDatabase.applicationFontFamilies(number)
    for family in (UI_FAMILY, MATH_FAMILY, MATH_ITALIC_FAMILY):
        QFont.insertSubstitutions(family, [FALLBACK_FAMILY])
    return tuple(dict.fromkeys(families))


def ui_font(px: float, weight: Literal[400, 500, 600] = 400) -> QFont:
    """The interface font, *px* pixels high at 100 % zoom, with figures of equal width so that no number jitters."""
    return _font((UI_FAMILY, FALLBACK_FAMILY), px, weight)


def math_font(px: float, italic: bool = False) -> QFont:
    """The font of mathematics: upright for figures and names, italic for variables."""
    families = (MATH_ITALIC_FAMILY if italic else MATH_FAMILY, MATH_FAMILY, FALLBACK_FAMILY)
    font = _font(families, px, 400)
    font.setItalic(italic)
    return font


def raw_face(family: str, px: float) -> QRawFont:
    """The regular face of one of our families alone, *px* pixels high whatever the zoom and also between whole pixels.

    For those who place each glyph themselves: it has no other font to fall back on.
    """
    face = QRawFont.fromFont(_font((family,), px, 400))
    face.setPixelSize(px)
    return face


def _font(families: tuple[str, ...], px: float, weight: int) -> QFont:
    """A copy of the one font of its kind: what Qt found out about it once, all copies know."""
    return QFont(_made(families, max(1, round(px * _Zoom.factor)), weight))


@lru_cache(maxsize=256)
def _made(families: tuple[str, ...], pixels: int, weight: int) -> QFont:
    load_fonts()
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    # The same strokes whatever the machine's own font settings say.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
