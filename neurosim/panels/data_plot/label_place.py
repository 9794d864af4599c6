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
        x, y, cost = _places(near, half_width, half_height, inner)
        outside = (x < inner.left() + half_width) | (x > inner.right() - half_width)
        outside |= (y < inner.top() + half_height) | (y > inner.bottom() - half_height)
        x = np.clip(x, inner.left() + half_width, max(inner.right() - half_width, inner.left() + half_width))
        y = np.clip(y, inner.top() + half_height, max(inner.bottom() - half_height, inner.top() + half_height))
        across, down = np.abs(x - near.x()) - half_width, np.abs(y - near.y()) - half_height
        cost += AWAY * outside + TOUCHING * ((across < MARGIN) & (down < MARGIN)) + OVER * ((across < 2) & (down < 2))
        cost += hidden(x, y, half_width + MARGIN, half_height + MARGIN, picture, lines)
        cost += covered(x, y, half_width + 2, half_height + 2, [(card, HIDING)])
        if self._last is not None and picture.hand.held is not None:
            cost[self._last] -= STAY
        best = self._last = int(np.argmin(cost))
        return QRectF(float(x[best]) - half_width, float(y[best]) - half_height, size.width(), size.height())


def _places(
    near: QPointF, half_width: float, half_height: float, inner: QRectF
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The middles of all places, and what each costs by itself: above at the right is the best, far away the worst."""
    sides = ((1, -1), (-1, -1), (1, 1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1))
    found = [
        (
            near.x() + across * (ASIDE + more + half_width),
            near.y() + down * (ABOVE + more + half_height + (0 if across else MARGIN)),
            0.2 * order + AWAY * step,
        )
        for step, more in enumerate(FURTHER)
        for order, (across, down) in enumerate(sides)
    ]
    for x_end in (inner.left() + half_width, inner.right() - half_width):
        found += [(x_end, y_end, 4 * AWAY) for y_end in (inner.top() + half_height, inner.bottom() - half_height)]
    x, y, cost = np.array(found, dtype=np.float64).T
    return x, y, cost
