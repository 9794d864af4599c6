"""How large the line on show is set: in parts of the window's height, which is what the last row sees."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QDockWidget, QWidget

from neurosim.records import dataclass
from neurosim.widgets.fonts import MATH_FAMILY, UI_FAMILY, raw_face, ui_font

DIGITS = 0.03
"""Height of the digits of formulas and of step, loss and gradient over that of the window: readable from six picture
heights away (AVIXA's DISCAS: height in percent is distance over picture heights, divided by two)."""
WORDS = 0.02
"""Height of all other digits and capitals over that of the window."""
PART = 0.3
"""The part of the height of the window that the panel has for a class, at least. At a desk it may have less: then
letters are as high as in a window that is so many times as high as the panel."""
LOWEST = 430.0
"""Letters are never lower than in a window so many pixels high: at a desk they are read from near by."""


NEARLY = 0.8


@dataclass(frozen=True)
class StageSizes:
    """Sizes in pixels.

    Attributes:
        em: of the formulas.
        number: of the font of step, loss and gradient.
        words: of the font of everything else.
        gap: between the parts.
    """

    em: float
    number: float
    words: float
    gap: float

    @staticmethod
    def of(window_height: float) -> StageSizes:
        """The sizes for a window so many pixels high."""
        interface, mathematics = _digit(UI_FAMILY), _digit(MATH_FAMILY)
        return StageSizes(
            em=window_height * DIGITS / mathematics,
            number=window_height * DIGITS / interface,
            words=window_height * WORDS / interface,
            gap=window_height * 0.012,
        )


def sizes_for(view: QWidget) -> StageSizes:
    """The sizes for a part of the panel that stands in its window now."""
    window, panel = view.window(), view.parentWidget() or view
    wanted = panel.height() / PART
    if not isinstance(window, QDockWidget):
        whole = float(window.height())
        # Before a class the panel is a few pixels lower or higher than its part: that is the window's own size.
        wanted = whole if wanted > NEARLY * whole else wanted
    return StageSizes.of(max(wanted, LOWEST))


def stage_font(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface font, so many pixels high whatever the zoom, with figures of equal width."""
    font = QFont(ui_font(10))
    font.setPixelSize(max(1, round(pixels + 0.49)))
    font.setWeight(weight)
    return font


def _digit(family: str) -> float:
    """The height of a digit as a part of the font's size."""
    face: QRawFont = raw_face(family, 1000.0)
    glyph = face.glyphIndexesForString("0")[0]
    return float(face.boundingRect(glyph).height()) / 1000.0


def digit_height(font: QFont) -> float:
    """The height in pixels of the digit 0 in *font*."""
    return float(QFontMetricsF(font).tightBoundingRect("0").height())
