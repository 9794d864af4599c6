"""How wide a line of the interface's font is, measured once for all numbers of the same form.

Figures are of equal width and no pair of them is moved together, so that ``~1.25`` is as wide as ``~7.93``, but for a
32nd of a pixel: in a drag the numbers change in every frame, and their form hardly ever.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtGui import QFontMetricsF

from neurosim.widgets.fonts import font_zoom, ui_font

Weight = Literal[400, 500, 600]
ZEROS = dict.fromkeys(range(ord("1"), ord("9") + 1), "0")
"""For ``str.translate``: what makes the form of a text, a zero for each figure."""


def form(text: str) -> str:
    """*text* with a 0 in the place of every figure: those of the same form are as wide."""
    return text.translate(ZEROS)


def text_width(text: str, px: float, weight: Weight = 400) -> float:
    """The width of *text* in pixels, in ``ui_font(px, weight)`` at the present zoom."""
    return _width(form(text), px, weight, font_zoom())


class LineHeight(NamedTuple):
    """How high a line of text is, and how far its letters reach above and below the line that they stand on."""

    height: float
    ascent: float
    descent: float


def line_height(px: float, weight: Weight = 400) -> LineHeight:
    """The height of a line in ``ui_font(px, weight)`` at the present zoom, in pixels."""
    return _height(px, weight, font_zoom())


@lru_cache(maxsize=64)
def _height(px: float, weight: Weight, _zoom: float) -> LineHeight:
    metrics = QFontMetricsF(ui_font(px, weight))
    return LineHeight(metrics.height(), metrics.ascent(), metrics.descent())


@lru_cache(maxsize=2048)
def _width(text: str, px: float, weight: Weight, _zoom: float) -> float:
    return QFontMetricsF(ui_font(px, weight)).horizontalAdvance(text)
