"""Where the label of the point in hand stands: beside it, where it hides the fewest other points, lines and words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.clearance import HIDING, covered, hidden
from neurosim.panels.data_plot.picture import Picture

ASIDE, ABOVE = 14.0, 10.0
"""How far from the point the label stands, across and up or down, in pixels."""
MARGIN = 8.0
"""So much further from points than words that stand still: those have halos under a hand."""
FURTHER = (0.0, 26.0, 60.0)
"""It may go further away by these, in pixels, where a point in the neighbourhood is in the way."""
AWAY, TOUCHING, OVER = 2.5, 40.0, 1000.0
"""What each of these costs, and what it costs to touch the halo of the point in hand, or to lie over it."""
STAY = 3.0
"""While a point is in hand another place must be better by so much, so that the label does not jump about."""


SIDES = ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1))
"""On which sides of the point the label may stand, across and down, the best first: above at the right."""
_ACROSS, _DOWN = np.tile(np.array(SIDES, dtype=np.float64).T, len(FURTHER))
_OFF_X = _ACROSS * (ASIDE + np.repeat(FURTHER, len(SIDES)))
_OFF_Y = _DOWN * (ABOVE + np.repeat(FURTHER, len(SIDES)) + np.where(_ACROSS == 0, MARGIN, 0.0))
_CORNERS = 4
_COST = np.concatenate(
    [(0.2 * np.arange(len(SIDES)) + AWAY * np.arange(len(FURTHER))[:, None]).ravel(), np.full(_CORNERS, 4 * AWAY)]
)
"""What each place costs by itself: one far away the most, and none less than nothing."""


class LabelPlace:
    """Owns the place of before, which is kept until another one is much better."""

    def __init__(self) -> None:
        self._last: int | None = None

    def forget(self) -> None:
        """Look for the best place anew."""
        self._last = None

    def find(
        self, area: QRectF, near: QPointF, size: QSizeF, picture: Picture, lines: list[FloatArray], card: QRectF
    ) -> QRectF:
        """The rectangle of a label of *size* beside *near*, inside *area*.

        Args:
            picture: whose points and residuals it keeps clear of.
            lines: curves (2, k) in pixels that it keeps clear of.
            card: what lies over the plot, where nothing could be read.
        """
        half_width, half_height = size.width() / 2, size.height() / 2
        inner = area.adjusted(2, 2, -2, -2)
        x, y = _places(near, half_width, half_height, inner)
        cost = _COST.copy()
        outside = (x < inner.left() + half_width) | (x > inner.right() - half_width)
        outside |= (y < inner.top() + half_height) | (y > inner.bottom() - half_height)
        x = np.clip(x, inner.left() + half_width, max(inner.right() - half_width, inner.left() + half_width))
        y = np.clip(y, inner.top() + half_height, max(inner.bottom() - half_height, inner.top() + half_height))
        across, down = np.abs(x - near.x()) - half_width, np.abs(y - near.y()) - half_height
        cost += AWAY * outside + TOUCHING * ((across < MARGIN) & (down < MARGIN)) + OVER * ((across < 2) & (down < 2))

        def add_hidden(which: slice) -> None:
            cost[which] += hidden(x[which], y[which], half_width + MARGIN, half_height + MARGIN, picture, lines)
            cost[which] += covered(x[which], y[which], half_width + 2, half_height + 2, [(card, HIDING)])

        best = self._last if picture.hand.held is not None else None
        if best is None:
            add_hidden(slice(0, len(cost)))
            best = int(np.argmin(cost))
        else:
            add_hidden(slice(best, best + 1))
            cost[best] -= STAY
            # Another place costs nothing at least, so that one that costs less is not left.
            if cost[best] >= 0:
                add_hidden(slice(0, best))
                add_hidden(slice(best + 1, len(cost)))
                best = int(np.argmin(cost))
        self._last = best
        return QRectF(float(x[best]) - half_width, float(y[best]) - half_height, size.width(), size.height())


def _places(near: QPointF, half_width: float, half_height: float, inner: QRectF) -> tuple[FloatArray, FloatArray]:
    """The middles of all places: around the point, further and further away, then in the corners of the plot."""
    x, y = np.empty_like(_COST), np.empty_like(_COST)
    x[:-_CORNERS] = _OFF_X + (_ACROSS * half_width + near.x())
    y[:-_CORNERS] = _OFF_Y + (_DOWN * half_height + near.y())
    left, right = inner.left() + half_width, inner.right() - half_width
    top, bottom = inner.top() + half_height, inner.bottom() - half_height
    x[-_CORNERS:] = (left, left, right, right)
    y[-_CORNERS:] = (top, bottom, top, bottom)
    return x, y
