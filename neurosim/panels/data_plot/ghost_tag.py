"""Where the words about the next step stand: beside its ghost, where they hide least."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.clearance import Obstacle, covered, hidden
from neurosim.panels.data_plot.picture import Picture
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

WIDE = 420.0
"""On plots narrower than so many pixels at 100 % the words take two lines."""
PLACES = 12
"""So many places along the ghost are tried, on both of its sides."""
OUTSIDE, CORNER = 1000.0, 6.0
"""What it costs to stand partly outside, or in a corner far from the ghost."""
STAY = 3.0
"""While a point is in hand another place must be better by so much, so that the words do not jump about."""


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
        font = ui_font(11)
        metrics = QFontMetricsF(font)
        rows = [" ".join(words)] if area.width() >= WIDE * theme().zoom else list(words)
        half_width = max(map(metrics.horizontalAdvance, rows)) / 2
        half_height = metrics.height() * len(rows) / 2
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
        painter.fillRect(self.box, with_alpha(theme().canvas, 0.85))
        painter.setFont(font)
        painter.setPen(theme().text_muted)
        for number, text in enumerate(rows):
            painter.drawText(QPointF(left, top + metrics.height() * number + metrics.ascent()), text)


def _places(
    ghost: FloatArray, area: QRectF, half_width: float, half_height: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The middles of all places that are tried, across and down, and how much each is out of the way."""
    along = ghost[:, np.linspace(0, ghost.shape[1] - 1, PLACES).round().astype(np.intp)]
    away_x, away_y = half_width + 5, half_height + 6
    shifts = ((-away_x, -away_y), (away_x, away_y), (away_x, -away_y), (-away_x, away_y))
    corners = [
        (x, y)
        for x in (area.right() - away_x, area.left() + away_x)
        for y in (area.top() + away_y, area.bottom() - away_y)
    ]
    x = np.concatenate([along[0] + dx for dx, _ in shifts] + [np.array([x for x, _ in corners])])
    y = np.concatenate([along[1] + dy for _, dy in shifts] + [np.array([y for _, y in corners])])
    # Far to the right the lines are farthest apart.
    cost = 2.0 * (1.0 - x / max(area.width(), 1.0))
    cost += np.repeat([0.0, 0.4, 0.8, 1.2, CORNER], [PLACES] * len(shifts) + [len(corners)])
    outside = (x < area.left() + half_width + 4) | (x > area.right() - half_width - 4)
    outside |= (y < area.top() + half_height + 2) | (y > area.bottom() - half_height - 2)
    cost[outside] += OUTSIDE
    return x, y, cost
