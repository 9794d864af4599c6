"""A formula as a picture."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QImage, QPainter

from neurosim.markup.tree import Markup
from neurosim.widgets.formula.formula import set_formula
from neurosim.widgets.formula.ink import Ink

_MARGIN = 0.25
"""Em around the formula."""


def formula_picture(markup: Markup, size: float, ink: Ink, scale: float = 2.0) -> QImage:
    """The formula on a transparent ground, *size* pixels per em and *scale* device pixels per pixel."""
    formula = set_formula(markup, size)
    margin = _MARGIN * size
    width, height = formula.width + 2 * margin, formula.height + 2 * margin
    image = QImage(ceil(width * scale), ceil(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(0)
    painter = QPainter(image)
    formula.paint(painter, margin, margin + formula.ascent, ink)
    painter.end()
    return image
