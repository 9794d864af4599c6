"""Where the words about the next step stand: beside its ghost, where they hide least."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.clearance import Obstacle, covered, hidden
from neurosim.panels.data_plot.picture import Picture
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.text_width import line_height, text_width
from neurosim.widgets.theme import theme

WIDE = 420.0
"""On plots narrower than so many pixels at 100 % the words take two lines."""
PLACES = 12
"""So many places along the ghost are tried, on both of its sides."""
OUTSIDE, CORNER = 1000.0, 6.0
"""What it costs to stand partly outside, or in a corner far from the ghost."""
STAY = 3.0
"""While a point is in hand another place must be better by so much, so that the words do not jump about."""

_SHIFTS = np.array([(-1, 1, 1, -1), (-1, 1, -1, 1)], dtype=np.float64)
"""Above at the left, below at the right, and the other two: across and down."""
_BESIDE = PLACES * _SHIFTS.shape[1]
_COST = np.repeat([0.0, 0.4, 0.8, 1.2, CORNER], [PLACES] * _SHIFTS.shape[1] + [4])


class GhostTag:
    """Owns where the words stand: ``box`` is empty without any."""

    def __init__(self) -> None:
        self._last = 0
        self.box = QRectF()

    def draw(
        self,
        painter: QPainter,
        words: tuple[str, ...],
        area: QRectF,
        picture: Picture,
        ghosts: list[FloatArray],
        lines: list[FloatArray],
        obstacles: list[Obstacle],
    ) -> None:
        """Write *words* beside the longest of the *ghosts*, clear of all else.

        Args:
            words: parts that stand one after another, or under one another where there is little room.
            area: the plotting area.
            picture: whose points and residuals the words keep clear of.
            ghosts, lines: curves (2, k) in pixels.
            obstacles: words and shapes that are there already.
        """
        if not words:
            self.box = QRectF()
            return
        high, ascent, _ = line_height(11)
        rows = [" ".join(words)] if area.width() >= WIDE * theme().zoom else list(words)
        half_width = max(text_width(row, 11) for row in rows) / 2
        half_height = high * len(rows) / 2
        x, y, cost = _places(max(ghosts, key=lambda line: line.shape[1]), area, half_width, half_height)
        held = picture.hand.held is not None

        def add_hidden(which: slice) -> None:
            cost[which] += hidden(x[which], y[which], half_width + 3, half_height, picture, [*ghosts, *lines])
            cost[which] += covered(x[which], y[which], half_width + 4, half_height + 2, obstacles)

        last = slice(self._last, self._last + 1)
        if held:
            add_hidden(last)
        # No place costs less than nothing: while a point is in hand, one that costs so little is not left.
        if not held or float(cost[self._last]) > STAY:
            if held:
                cost[last] -= STAY
                add_hidden(slice(0, self._last))
                add_hidden(slice(self._last + 1, len(cost)))
            else:
                add_hidden(slice(0, len(cost)))
            self._last = int(np.argmin(cost))
        left, top = float(x[self._last]) - half_width, float(y[self._last]) - half_height
        self.box = QRectF(left - 3, top - 1, 2 * half_width + 6, 2 * half_height + 2)
        colours = theme()
        painter.fillRect(self.box, colours.veil)
        painter.setFont(ui_font(11))
        painter.setPen(colours.text_muted)
        for number, text in enumerate(rows):
            painter.drawText(QPointF(left, top + high * number + ascent), text)


def _places(
    ghost: FloatArray, area: QRectF, half_width: float, half_height: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The middles of all places that are tried, across and down, and how much each is out of the way."""
    along = ghost[:, _corners_along(ghost.shape[1])]
    away_x, away_y = half_width + 5, half_height + 6
    x, y = np.empty_like(_COST), np.empty_like(_COST)
    x[:_BESIDE].reshape(_SHIFTS.shape[1], PLACES)[:] = along[0] + away_x * _SHIFTS[0][:, None]
    y[:_BESIDE].reshape(_SHIFTS.shape[1], PLACES)[:] = along[1] + away_y * _SHIFTS[1][:, None]
    left, right, top, bottom = area.left(), area.right(), area.top(), area.bottom()
    x[_BESIDE:] = (right - away_x, right - away_x, left + away_x, left + away_x)
    y[_BESIDE:] = (top + away_y, bottom - away_y, top + away_y, bottom - away_y)
    # Far to the right the lines are farthest apart.
    cost = _COST + 2.0 * (1.0 - x / max(area.width(), 1.0))
    outside = (x < left + half_width + 4) | (x > right - half_width - 4)
    outside |= (y < top + half_height + 2) | (y > bottom - half_height - 2)
    cost[outside] += OUTSIDE
    return x, y, cost


@lru_cache(maxsize=8)
def _corners_along(count: int) -> NDArray[np.intp]:
    """Which of *count* corners of the ghost have places beside them."""
    return np.linspace(0, count - 1, PLACES).round().astype(np.intp)
