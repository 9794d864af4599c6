"""Where each key takes the handle of the learning-rate slider: to a rung, to a zone, to an end of the scale."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from neurosim.engine.rate_zones import RateZones
from neurosim.numbers.exact import Number
from neurosim.widgets.rate_ladder import rung_beyond, rungs_between
from neurosim.widgets.rate_scale import RateScale

ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
BY_ZONE = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_ALL = frozenset((*ALONG, *BY_ZONE, *ENDS))


def is_rate_key(event: QKeyEvent) -> bool:
    """Whether the slider moves at this key, alone or with Shift."""
    plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return not plain and event.key() in _ALL


def rate_by_key(event: QKeyEvent, rate: Number, zones: RateZones | None, scale: RateScale) -> Number:
    """The rate to which a key leads from *rate*; with Shift along the fine rungs."""
    key = Qt.Key(event.key())
    if key in ALONG:
        return rung_beyond(rate, ALONG[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
    if key in BY_ZONE:
        return _in_next_zone(rate, BY_ZONE[key], zones, scale)
    return rungs_between(scale.low, scale.high)[ENDS[key]]


def _in_next_zone(rate: Number, by: int, zones: RateZones | None, scale: RateScale) -> Number:
    """A round rate in the middle of the next zone above or below; without zones ten times as much or as little."""
    zone = None if zones is None else zones.of(float(rate))
    if zones is None or zone is None:
        return rate * 10 if by > 0 else rate / 10
    index = zones.zones.index(zone) + by
    if not 0 <= index < len(zones.zones):
        return rate
    wanted = zones.zones[index]
    low, high = max(wanted.low, scale.low), min(wanted.high, scale.high)
    middle = math.sqrt(low * high)
    for fine in (False, True):
        inside = [rung for rung in rungs_between(low, high, fine=fine) if wanted.low < rung < wanted.high]
        if inside:
            return min(inside, key=lambda rung: abs(float(rung) - middle))
    return middle
