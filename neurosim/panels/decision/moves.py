"""What moves the threshold: a drag of its line or of the boundary, keys, and the field; each one history entry."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QObject, QPointF

from neurosim.engine.network import Neuron
from neurosim.engine.response_map import value_range
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import Gesture
from neurosim.panels._threshold import set_threshold, threshold_of
from neurosim.panels.base import PanelContext
from neurosim.panels.decision.picture import MapPicture

COARSE = 5
"""A key moves the threshold by so many units; with Shift by one."""
FINE = 10
"""With Shift a dragged threshold rests at tenths of a unit."""


class ThresholdMoves(QObject):
    """Owns the gesture under way on the threshold of what the picture shows."""

    def __init__(self, context: PanelContext, picture: MapPicture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picture = picture
        self.gesture = Gesture(context, self)
        self._offset = 0.0

    # -- where it can be -------------------------------------------------------------------------------------------

    def limits(self) -> tuple[Fraction, Fraction] | None:
        """What the neuron can reach at all; ``None`` where there is no end."""
        subject, shown = self._picture.subject, self._picture.snapshot
        node = shown.network.node_by_id.get(subject.node) if subject is not None and shown is not None else None
        low, high = value_range(node.activation) if isinstance(node, Neuron) else (-math.inf, math.inf)
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        return Fraction(low).limit_denominator(1000), Fraction(high).limit_denominator(1000)

    def unit(self) -> Fraction:
        """The threshold rests at multiples of this: the hundredth part of what it can range over, or rounder."""
        limits, subject = self.limits(), self._picture.subject
        if limits is not None:
            span = float(limits[1] - limits[0])
        else:
            shown = self._picture.snapshot
            a = shown.activations.get(subject.node) if subject is not None and shown is not None else None
            a = a if a is not None else np.empty(0)
            span = max(float(np.ptp(a)) if a.size else 0.0, 1.0)
        wanted = span / 100 * (1 + 1e-9)
        decade = Fraction(10) ** math.floor(math.log10(wanted))
        return max(decade * digit for digit in (1, 2, 5) if float(decade * digit) <= wanted)

    def _rest(self, value: float | Fraction, unit: Fraction) -> Fraction:
        """The place to rest nearest to *value*, inside what the neuron reaches."""
        found = round(Fraction(value) / unit) * unit
        limits = self.limits()
        if limits is not None:
            found = min(max(found, limits[0] + unit), limits[1] - unit)
        return found

    # -- moving it -------------------------------------------------------------------------------------------------

    def set(self, value: Number) -> None:
        """Set it, within the gesture under way or at once."""
        subject, network = self._picture.subject, self._context.document.state.network
        # The network may have lost the neuron in this very frame.
        if subject is not None and subject.node in network.node_by_id:
            title = network.title(subject.node)
            text = self.tr("Set threshold of {name}").format(name=title)
            self.gesture.edit(text, set_threshold, subject.node, value)

    def take(self, place: QPointF) -> None:
        """Take hold of it at a pixel: of the line, or of the boundary."""
        self.gesture.begin()
        # The line keeps its distance to the pointer; a boundary comes to lie under it.
        self._offset = 0.0
        if self._upright():
            self._offset = float(self._picture.threshold) - self._under(place)

    def carry(self, place: QPointF, fine: bool) -> None:
        """The pointer is at a pixel now."""
        unit = self.unit() / (FINE if fine else 1)
        self.set(self._rest(self._under(place) + self._offset, unit))

    def nudge(self, steps: int, fine: bool) -> Number | None:
        """Move it by key presses; where it is then."""
        subject = self._picture.subject
        if subject is None or subject.is_regions:
            return None
        if not self.gesture.under_way:
            self.gesture.begin()
        unit = self.unit() * (1 if fine else COARSE)
        there = Fraction(self._now()) / unit
        # The next multiple in that direction, wherever it was.
        target = (math.floor(there) + steps if steps > 0 else math.ceil(there) + steps) * unit
        self.set(self._rest(target, self.unit()))
        return self._now()

    def _now(self) -> Number:
        subject = self._picture.subject
        if subject is None:
            return Fraction(0)
        return threshold_of(self._context.document.state, subject.node, subject.classes)

    def _upright(self) -> bool:
        return self._picture.subject is not None and self._picture.subject.up is None

    def _under(self, place: QPointF) -> float:
        """The threshold that would lie under a pixel."""
        if self._upright():
            return self._picture.frame.value(place)[1]
        found = self._picture.plane.value_at(place.x(), place.y())
        return found if found is not None else float(self._picture.threshold)
