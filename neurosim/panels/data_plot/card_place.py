"""Where the card of the pulls stands on the plot: clear of the points, and never over the one in hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize

from neurosim.engine.dataset import FloatArray
from neurosim.panels.data_plot.chain_card import ChainCard
from neurosim.panels.data_plot.plot import PlotView

GAP = 8
"""Between the card and the edges of the plotting area."""
HALO = 12.0
"""The card keeps so many pixels away from the middle of the point in hand."""
HIDES_HAND = 1e6
"""What it costs to stand over the point in hand: more than over all others together."""
Place = tuple[float, float]
"""Where the card stands: parts of the way across and down the plot."""
_PARTS = (0.0, 1.0, 0.25, 0.75, 0.5)
PLACES: tuple[Place, ...] = tuple((across, down) for down in _PARTS for across in _PARTS)
"""Where it may stand by itself, corners first."""


class CardPlace:
    """Owns where the card stands by itself, and where the user put it."""

    def __init__(self, view: PlotView, card: ChainCard) -> None:
        self._view = view
        self._card = card
        self._place: Place | None = None
        self._put: Place | None = None
        self._aside = False
        self._placed: object = None
        self._placed_for: FloatArray | None = None

    def clear(self) -> None:
        """Look for the best place anew."""
        self._place = None

    def forget(self) -> None:
        """Forget, too, where the user put it."""
        self._place = self._put = None

    def stand(self) -> None:
        """Stand where the fewest points are; stay there while a point is in hand, unless it comes under the card."""
        picture = self._view.picture
        if self._card.chain is None or picture.frame.width < 2:
            return
        held = picture.hand.held is not None and self._place is not None
        self._aside = self._aside and held
        placed = (picture.frame, self._card.foot_height(), self._put, self._aside, held)
        room, size = self._room()
        if held and self._covers_hand(self._now(room, size)):
            # Where the user put the card it stands again when the point is let go of.
            self._aside = True
            self._place = self._best_place(room, size)
        elif placed == self._placed and self._place is not None and (held or picture.px is self._placed_for):
            return
        elif not held:
            self._place = self._best_place(room, size)
        self._placed, self._placed_for = placed, picture.px
        geometry = self._now(room, size)
        if geometry != self._card.geometry():
            self._card.setGeometry(geometry)
            self._view.hand_changed()

    def _now(self, room: QRect, size: QSize) -> QRect:
        """Where the card stands: where it was put, unless it has stepped aside, or where it hides least."""
        put = None if self._aside else self._put
        return _at(room, size, put or self._place or PLACES[0])

    def _covers_hand(self, card: QRect) -> bool:
        """Whether the point in hand, with its halo, would be under the card there."""
        picture = self._view.picture
        row = picture.hand.held
        if row is None or row >= picture.px.size:
            return False
        place = QPointF(self._view.place_in_viewport(picture.place_of(row)))
        return QRectF(card).adjusted(-HALO, -HALO, HALO, HALO).contains(place)

    def _best_place(self, room: QRect, size: QSize) -> Place:
        """The place at which the card hides least; the present one unless another is better by a point."""
        costs = {place: self._cost(_at(room, size, place)) for place in PLACES}
        # Corners are quieter than the middle of an edge, and much more so than the middle of the plot.
        for across, down in PLACES:
            costs[across, down] += 0.6 * sum(part not in {0.0, 1.0} for part in (across, down))
        best = min(PLACES, key=lambda place: costs[place])
        return self._place if self._place in costs and costs[best] >= costs[self._place] - 0.5 else best

    def put(self, corner: QPoint) -> None:
        """The user wants the card with its top left corner there, in the viewport."""
        room, _ = self._room()
        across = (corner.x() - room.left()) / max(room.width() - 1, 1)
        down = (corner.y() - room.top()) / max(room.height() - 1, 1)
        self._put = (min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0))
        self.stand()

    def _room(self) -> tuple[QRect, QSize]:
        """Where the card's top left corner may be in the viewport, and the card's size."""
        frame, view = self._view.picture.frame, self._view
        area = QRect(view.place_in_viewport(QPointF(0, 0)), view.place_in_viewport(QPointF(frame.width, frame.height)))
        area = area.adjusted(GAP, GAP, -GAP, -GAP)
        size = self._card.wanted_size(area.width(), area.height())
        return QRect(area.topLeft(), area.size() - size + QSize(1, 1)), size

    def _cost(self, card: QRect) -> float:
        """How much the card would hide there: points count most, then the residuals and the model's line."""
        picture, view = self._view.picture, self._view
        origin = view.place_in_viewport(QPointF(0, 0))
        area = card.translated(-origin).adjusted(-GAP, -GAP, GAP, GAP)

        def inside(x: FloatArray, y: FloatArray) -> NDArray[np.bool_]:
            return (x > area.left()) & (x < area.right()) & (y > area.top()) & (y < area.bottom())

        cost = float(inside(picture.px, picture.py).sum())
        if self._covers_hand(card):
            cost += HIDES_HAND
        curve = view.line.curve if picture.axes is not None and picture.axes.kind == "line" else None
        if curve is not None and picture.prediction is not None and picture.px.size:
            cost += 0.8 * float(inside(curve[0], curve[1]).mean())
            middle = (picture.py + picture.frame.down(picture.prediction)) / 2
            cost += 0.2 * float(inside(picture.px, middle).mean())
        return cost


def _at(room: QRect, size: QSize, place: Place) -> QRect:
    """The card at these parts of the way across and down its *room*."""
    across, down = place
    corner = room.topLeft() + QPoint(round((room.width() - 1) * across), round((room.height() - 1) * down))
    return QRect(corner, size)
