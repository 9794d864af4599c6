"""The small activation curve inside a neuron, with the point that it works at, however far out that is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from neurosim.canvas.items.activation_curve import draw_curve, draw_point, reach_for
from neurosim.engine.activations import ACTIVATIONS
from neurosim.widgets.theme import load_theme

LIGHT = load_theme("light")
SIDE = 80


def accent_columns(activation: str, z: float) -> list[int]:
    """The columns of pixels in which the working point is seen."""
    image = QImage(SIDE + 20, SIDE + 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    square = QRectF(10, 10, SIDE, SIDE)
    draw_curve(painter, LIGHT, activation, square, reach_for(z), plain=False)
    draw_point(painter, LIGHT, activation, square, z, float(ACTIVATIONS[activation].curve(np.array([z]))[0]))
    painter.end()
    accent = LIGHT.accent.rgb()
    return [x for x in range(image.width()) if any(image.pixel(x, y) == accent for y in range(image.height()))]


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize(("z", "side"), [(-1e308, -1), (1.7e308, 1), (-1e155, -1), (1e99, 1), (3.0, 1), (-3.0, -1)])
def test_the_point_is_on_its_side_whatever_z(activation: str, z: float, side: int) -> None:
    columns = accent_columns(activation, z)
    assert columns
    middle = 10 + SIDE / 2
    assert min(columns) >= 10 - 6
    assert max(columns) <= 10 + SIDE + 6
    assert all((x - middle) * side > 10 for x in columns)
