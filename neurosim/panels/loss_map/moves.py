"""What moves the dot: a drag, keys, a double click and the fields; each gesture one entry of the history."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QObject, QPointF

from neurosim.document import edits
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import Gesture
from neurosim.panels.base import PanelContext
from neurosim.panels.loss_map.picture import MapPicture
from neurosim.panels.loss_map.ranges import snap_unit

FINE = 10
"""With Shift the dot rests at this part of the unit."""


class DotMoves(QObject):
    """Owns the gesture under way, and where dot and pointer were when it began."""

    def __init__(self, context: PanelContext, picture: MapPicture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picture = picture
        self.gesture = Gesture(context, self)
        self._start: tuple[QPointF, Mapping[str, Number]] = (QPointF(), {})

    def unit(self, up: bool, fine: bool = False) -> Fraction:
        """What the dot moves by, across or up: values on the map stay short fractions."""
        low, high = self._picture.frame.y if up else self._picture.frame.x
        return snap_unit(high - low) / (FINE if fine else 1)

    def take(self, place: QPointF) -> None:
        """Take hold of the dot with the pointer at a pixel."""
        self.gesture.begin()
        self._start = (place, self._values())

    def carry(self, place: QPointF, fine: bool) -> None:
        """The pointer is at another pixel: the dot goes as far, to the nearest place to rest.

        A direction in which it went less than half a unit keeps its value to the last digit.
        """
        subject, frame = self._picture.subject, self._picture.frame
        taken_at, start = self._start
        if subject is None or not start:
            return
        moved = {
            subject.across: (place.x() - taken_at.x()) / frame.x_scale,
            subject.up: (taken_at.y() - place.y()) / frame.y_scale,
        }
        values: dict[str, Number] = {}
        for name, by in moved.items():
            unit = self.unit(name == subject.up, fine)
            near = abs(by) < float(unit) / 2
            values[name] = start[name] if near else rested(float(start[name]) + by, unit)
        self.set(values)

    def put(self, place: QPointF) -> None:
        """Put the dot at a pixel, at the nearest place to rest."""
        subject = self._picture.subject
        if subject is not None:
            x, y = self.rest_at(place)
            self.set({subject.across: x, subject.up: y})

    def rest_at(self, place: QPointF) -> tuple[Fraction, Fraction]:
        """The place to rest nearest to a pixel."""
        x, y = self._picture.frame.value(place)
        return rested(x, self.unit(False)), rested(y, self.unit(True))

    def nudge(self, across: int, up: int, fine: bool) -> None:
        """Move the dot by key presses: to the next place to rest in that direction, or so many further."""
        subject, now = self._picture.subject, self._values()
        if subject is None or not now:
            return
        if not self.gesture.under_way:
            self.gesture.begin()
        values: dict[str, Number] = {}
        for name, steps in ((subject.across, across), (subject.up, up)):
            if steps:
                unit = self.unit(name == subject.up, fine)
                there = Fraction(now[name]) / unit
                values[name] = (math.floor(there) + steps if steps > 0 else math.ceil(there) + steps) * unit
        self.set(values)

    def set(self, values: Mapping[str, Number]) -> None:
        """Give parameters these values, within the gesture under way or at once."""
        now = self._context.document.state.network.parameters
        changed = {name: value for name, value in values.items() if name in now and value != now[name]}
        if changed:
            self.gesture.edit(self.tr("Move in the loss map"), edits.set_parameters, changed)

    def _values(self) -> Mapping[str, Number]:
        """Both parameters as the document has them; empty when it has not."""
        subject, now = self._picture.subject, self._context.document.state.network.parameters
        if subject is None or subject.across not in now or subject.up not in now:
            return {}
        return {name: now[name] for name in (subject.across, subject.up)}


def rested(value: float, unit: Fraction) -> Fraction:
    """The multiple of *unit* that is nearest to *value*."""
    return round(Fraction(value) / unit) * unit
