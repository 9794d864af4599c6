"""What words on the plot would hide: points most, then the model's lines, then residuals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.picture import Picture

CROWDED = 200
"""Among more points words cannot keep clear of all of them."""
CORNERS = 72
"""Of a line about so many corners are looked at: words are wider than their distance."""
POINT, LINE, RESIDUAL, WORDS, SHAPE = 20.0, 8.0, 4.0, 16.0, 3.0
"""What it costs to hide one of each; shapes are squares and bars."""
HIDING = 200.0
"""What it costs to stand where nothing can be read: under a card, or under the label of the point in hand."""
_AROUND = 6.0
"""Words keep so many pixels from the middle of a point."""

Obstacle = tuple[QRectF, float]
"""Where something is, and what it costs to hide it."""


def hidden(
    x: FloatArray, y: FloatArray, half_width: float, half_height: float, picture: Picture, lines: list[FloatArray]
) -> FloatArray:
    """How much words would hide at each of some places.

    Args:
        x, y: (c,): the middles of the places, in pixels of the plotting area.
        half_width, half_height: half the size of the words.
        picture: the points and residuals.
        lines: curves (2, k) in pixels, with a corner every pixel or two.
    """
    cost = np.zeros(x.shape)
    if 0 < picture.px.size <= CROWDED:
        away, py = np.abs(picture.px[:, None] - x), picture.py[:, None]
        near = away < half_width + _AROUND
        cost += POINT * (near & (np.abs(py - y) < half_height + _AROUND)).sum(axis=0)
        if picture.prediction is not None and picture.prediction.size == picture.px.size:
            end = picture.frame.down(picture.prediction)[:, None]
            passes = (np.minimum(py, end) < y + half_height) & (np.maximum(py, end) > y - half_height)
            cost += RESIDUAL * ((away < half_width) & passes).sum(axis=0)
    if lines:
        cost += LINE * _passing(x, y, half_width, half_height, lines)
    return cost


def _passing(
    x: FloatArray, y: FloatArray, half_width: float, half_height: float, lines: list[FloatArray]
) -> NDArray[np.intp]:
    """(c,): how many of the lines pass each place; the corners of all of them are looked at together."""
    parts, starts, found = [], [], 0
    for whole in lines:
        step = whole.shape[1] // CORNERS
        part = whole[:, ::step] if step > 1 else whole
        parts.append(part)
        starts.append(found)
        found += part.shape[1]
    corners = np.concatenate(parts, axis=1)
    inside = np.abs(corners[0][:, None] - x) < half_width
    inside &= np.abs(corners[1][:, None] - y) < half_height
    passed: NDArray[np.intp] = np.add.reduce(np.logical_or.reduceat(inside, starts, axis=0), axis=0, dtype=np.intp)
    return passed


def covered(
    x: FloatArray, y: FloatArray, half_width: float, half_height: float, obstacles: list[Obstacle]
) -> FloatArray:
    """The same for words and shapes; *x* and *y* are (c,), the middles of the places."""
    cost = np.zeros(x.shape)
    for box, price in obstacles:
        if box.isEmpty():
            continue
        beside = np.abs(x - box.center().x()) >= half_width + box.width() / 2
        cost += price * ~(beside | (np.abs(y - box.center().y()) >= half_height + box.height() / 2))
    return cost
