"""The card of text beside whatever pointer or keyboard are on."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QPointF

from neurosim.engine.dataset import FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.loss_map.directions import Directions
from neurosim.numbers.exact import Number
from neurosim.panels._paint import ChipLines
from neurosim.panels.base import PanelContext
from neurosim.panels.loss_map import words
from neurosim.panels.loss_map.landscape import EXACT_WORK, Landscape
from neurosim.panels.loss_map.picture import DOT, LEAST, MINIMUM, MapPicture, OnWay
from neurosim.panels.loss_map.ways import Way
from neurosim.training.evaluations import products
from neurosim.training.loss_trace import IntArray
from neurosim.training.trajectory import TrainingRecord


class Cards:
    """Writes the card.

    Attributes:
        names: of both parameters.
        directions: what points the way now.
        rest_at: the place nearest to a pixel at which the dot could rest.
    """

    def __init__(self, context: PanelContext, picture: MapPicture, landscape: Landscape) -> None:
        self._context = context
        self._picture = picture
        self._landscape = landscape
        self._evaluator = Evaluator()
        self._loss_at: tuple[object, Number | None] = (None, None)
        self.names: words.Names | None = None
        self.directions: Directions | None = None
        self.rest_at: Callable[[QPointF], tuple[Fraction, Fraction]] | None = None

    def lines(self) -> ChipLines:
        """The lines of the card; empty when there is none."""
        picture, hand, display, names = self._picture, self._picture.hand, self._context.display, self.names
        if names is None:
            return []
        if hand.held:
            return words.dot_lines(picture, names, display)
        found = hand.hovered if isinstance(hand.hovered, OnWay) else None
        if found is None and hand.walked is not None:
            found = OnWay(0, hand.walked)
        if found is not None:
            way = picture.ways[found.way]
            return words.way_lines(way, found.point, self._loss_on(way, found.point), names, display)
        if hand.hovered == MINIMUM and picture.minimum is not None:
            curvature = self.directions.curvature if self.directions is not None else None
            condition = words.condition_text(curvature, display.decimal)
            title = words.minimum_title(picture, least=False)
            return words.minimum_lines(picture.minimum, title, names, display, condition)
        if hand.hovered == LEAST and picture.least is not None:
            title = words.minimum_title(picture, least=True)
            return words.minimum_lines(picture.least, title, names, display, "")
        if hand.pointer is not None and self.rest_at is not None:
            place = self.rest_at(hand.pointer)
            return words.place_lines(place, self._loss(place), names, display)
        if hand.hovered == DOT or hand.focused:
            return words.dot_lines(picture, names, display)
        return []

    def _loss(self, place: tuple[Fraction, Fraction]) -> Number | None:
        """The loss at a place of the map; remembered while nothing changes."""
        key = (place, self._context.session.snapshot, self._landscape.version)
        if self._loss_at[0] != key:
            self._loss_at = (key, self._landscape.loss_at(*place))
        return self._loss_at[1]

    def _loss_on(self, way: Way, point: int) -> tuple[int, Number] | None:
        """The loss at a point of a way, or after the nearest step whose loss was kept; with that step."""
        place, step = way.places[point], int(way.steps[point])
        if place is None:
            trace = self._context.session.loss_trace()
            return _nearest(trace.steps, trace.losses, step)
        state = place.entry.state
        if place.at_end and products(state) <= EXACT_WORK:
            key = (place, state)
            if self._loss_at[0] != key:
                loss = self._evaluator.evaluate(state.network, state.dataset, state.training).loss
                self._loss_at = (key, loss)
            return (step, self._loss_at[1]) if self._loss_at[1] is not None else None
        record = place.entry.record
        return _nearest(record.log.steps, record.log.losses, step) if isinstance(record, TrainingRecord) else None


def _nearest(steps: IntArray, losses: FloatArray, step: int) -> tuple[int, Number] | None:
    if not len(steps):
        return None
    found = int(np.argmin(np.abs(steps - step)))
    return int(steps[found]), float(losses[found])
