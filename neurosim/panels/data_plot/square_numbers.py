"""Where the numbers of squares and bars stand: clear of points, residuals, lines and of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.boxes import Boxes
from neurosim.panels.data_plot.clearance import covered, hidden
from neurosim.panels.data_plot.picture import Picture
from neurosim.panels.data_plot.squares_layer import FEW, Number
from neurosim.widgets.fonts import ui_font

COVERED = 50.0
"""What it costs to write over another number."""
_PARTS = (0.5, 0.15, 0.85)
_ACROSS = np.array([x for _ in _PARTS for x in _PARTS])
_DOWN = np.array([y for y in _PARTS for _ in _PARTS])


def numbers_in(
    boxes: Boxes, text_of: Callable[[int], str], picture: Picture, area: QRectF, lines: list[FloatArray]
) -> list[Number]:
    """The numbers that have room in their squares.

    Args:
        boxes: the squares.
        text_of: the number of a row as it is written.
        picture: whose points and residuals the numbers keep clear of.
        area: the plotting area; of a square that is cut off only the visible part counts.
        lines: curves (2, k) in pixels that the numbers keep clear of.
    """
    metrics = QFontMetricsF(ui_font(11, 500))
    height = metrics.height()
    found: list[Number] = []
    for place, text in _largest_first(boxes, boxes.width, text_of):
        room = boxes.rect(place).intersected(area).adjusted(3, 1, -3, -1)
        width = metrics.horizontalAdvance(text)
        if room.height() < height or room.width() < width:
            continue
        x = room.left() + width / 2 + (room.width() - width) * _ACROSS
        y = room.top() + height / 2 + (room.height() - height) * _DOWN
        cost = hidden(x, y, width / 2 + 2, height / 2, picture, lines)
        cost += np.abs(_ACROSS - 0.5) + np.abs(_DOWN - 0.5)
        cost += covered(x, y, width / 2, height / 2, [(number.box, COVERED) for number in found])
        best = int(np.argmin(cost))
        if cost[best] < COVERED:
            box = QRectF(float(x[best]) - width / 2, float(y[best]) - height / 2, width, height)
            found.append(Number(box, text, int(boxes.rows[place])))
    return found


def numbers_beside(boxes: Boxes, text_of: Callable[[int], str], picture: Picture, area: QRectF) -> list[Number]:
    """The numbers that have room beside their bars, right or left."""
    metrics = QFontMetricsF(ui_font(11, 500))
    height = metrics.height()
    found: list[Number] = []
    for place, text in _largest_first(boxes, boxes.height, text_of):
        bar, width = boxes.rect(place), metrics.horizontalAdvance(text)
        if bar.height() < height:
            continue
        for x in (bar.right() + 4 + width / 2, bar.left() - 4 - width / 2):
            box = QRectF(x - width / 2, bar.center().y() - height / 2, width, height)
            clear = area.contains(box) and not any(box.intersects(number.box) for number in found)
            middle = np.array([box.center().x()]), np.array([box.center().y()])
            if clear and hidden(*middle, width / 2, height / 2, picture, [])[0] < 4.0:
                found.append(Number(box, text, int(boxes.rows[place])))
                break
    return found


def _largest_first(boxes: Boxes, size: FloatArray, text_of: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    order = np.argsort(-size, kind="stable")[: boxes.rows.size if boxes.rows.size <= FEW else 1]
    for place in order.tolist():
        yield place, text_of(int(boxes.rows[place]))
