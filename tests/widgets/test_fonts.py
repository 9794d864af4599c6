"""No box instead of a sign: each sign that the program can show has a glyph in a font that comes with it."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont

import neurosim
from neurosim.paths import resources
from neurosim.widgets.fonts import (
    FALLBACK_FAMILY,
    MATH_FAMILY,
    MATH_ITALIC_FAMILY,
    UI_FAMILY,
    load_fonts,
    math_font,
    ui_font,
)

FONTS = resources() / "fonts"
MATHEMATICS = "\u2212Σ∂ŷσηλθ∇→≈≤≥±×÷·√∞²³∈ΔŷΠμ½…–“”"

READ_ONLY = {"tokens", "parse"}
"""Modules whose signs are understood when typed, such as the full-width minus, but never written."""


def shown_signs() -> set[str]:
    """Every sign beyond ASCII in a text of the program, be it a label, a formula or a sentence."""
    signs = set(MATHEMATICS)
    for path in Path(neurosim.__file__).parent.rglob("*.py"):
        if path.stem in READ_ONLY:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                signs |= {sign for sign in node.value if ord(sign) > 126 and unicodedata.category(sign)[0] not in "CZ"}
    return signs


@pytest.fixture(scope="module")
def raw_fonts(qapp):
    load_fonts()
    return {path.name: QRawFont(str(path), 13.0) for path in FONTS.iterdir() if path.suffix in {".otf", ".ttf"}}


def test_every_sign_that_is_shown_has_a_glyph(raw_fonts):
    chain = [raw_fonts["Inter-Regular.otf"], raw_fonts["DejaVuSans.ttf"]]
    missing = [sign for sign in sorted(shown_signs()) if not any(font.supportsCharacter(ord(sign)) for font in chain)]
    assert missing == []


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_the_interface_font_itself_has_the_common_signs(raw_fonts, weight):
    font = raw_fonts[f"Inter-{weight}.otf"]
    missing = [sign for sign in "\u2212Σ∂ŷσ→≈×·²" if not font.supportsCharacter(ord(sign))]
    assert missing == []


def test_a_sign_without_a_glyph_would_be_noticed(raw_fonts):
    assert not any(font.supportsCharacter(0xE0FFF) for font in raw_fonts.values())


def test_the_families_are_our_own(qapp):
    families = load_fonts()
    for family in (UI_FAMILY, FALLBACK_FAMILY, MATH_FAMILY, MATH_ITALIC_FAMILY):
        assert family in families
    assert QFontInfo(ui_font(13)).family() == UI_FAMILY
    assert QFontInfo(math_font(18)).family() == MATH_FAMILY
    assert QFontInfo(math_font(18, italic=True)).family() == MATH_ITALIC_FAMILY


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_all_figures_are_equally_wide(qapp, weight):
    metrics = QFontMetricsF(ui_font(13, weight))
    widths = [metrics.horizontalAdvance(figure * 100) / 100 for figure in "0123456789"]
    assert max(widths) - min(widths) < 0.05, "pixels per figure"


def test_weights_differ(qapp):
    widths = [QFontMetricsF(ui_font(26, weight)).horizontalAdvance("Squared error") for weight in (400, 500, 600)]
    assert widths == sorted(set(widths))


def test_the_application_writes_with_it(qapp):
    assert qapp.font().family() == UI_FAMILY
    assert qapp.font().pixelSize() == 13


def test_every_font_has_its_licence_beside_it_and_all_are_light():
    files = [path for path in FONTS.iterdir() if path.suffix in {".otf", ".ttf"}]
    for path in files:
        maker = next(name for name in ("Inter", "DejaVu", "KaTeX") if path.name.startswith(name))
        assert (FONTS / f"LICENSE-{maker}.txt").stat().st_size > 500
    assert sum(path.stat().st_size for path in files) < 5_000_000
