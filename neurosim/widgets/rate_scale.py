"""The logarithmic scale of a learning-rate slider: which rates it shows, and where on it each of them is."""

from __future__ import annotations

import math

from neurosim.engine.rate_zones import RateZones
from neurosim.records import dataclass

BELOW, ABOVE = 4.0, 3.2
"""The scale begins at so small a part of the rate where "fast" does, and ends at so many times the stable limit."""

CLOSE = 1.5
"""A boundary or a rate nearer to an end than this factor has another scale made."""

LOOSE = 6.0
"""So many times more than needed at one end has another scale made, too."""

FARTHEST = 1e6
"""A rate is shown in its place up to this factor beyond the ends; one beyond that at the end itself."""

USUAL = (1e-4, 1.0)
"""The rates shown where no zones are known."""


@dataclass(frozen=True)
class RateScale:
    """The learning rates from ``low`` to ``high``, evenly by their logarithm."""

    low: float
    high: float

    def position(self, rate: float) -> float:
        """Where *rate* is, from 0 (left) to 1; rates beyond the ends are at the ends."""
        if rate <= self.low:
            return 0.0
        if rate >= self.high:
            return 1.0
        return math.log(rate / self.low) / math.log(self.high / self.low)

    def rate(self, position: float) -> float:
        """The rate at *position*, from 0 to 1."""
        return float(self.low * math.exp(min(max(position, 0.0), 1.0) * math.log(self.high / self.low)))

    def shows(self, rate: float) -> bool:
        """Whether *rate* is between the ends."""
        return self.low <= rate <= self.high


def scale_for(zones: RateZones | None, rate: float, present: RateScale | None) -> RateScale:
    """A scale that shows all *zones* and *rate*; *present* where it still does, so that it moves rarely.

    Zones that shift with the data are then seen to shift.
    """
    first, last = USUAL
    if zones is not None and zones.zones:
        first, last = zones.zones[1].low / BELOW, zones.zones[-1].low * ABOVE
    if not (math.isfinite(last) and 0.0 < first < last):
        first, last = USUAL
    if present is not None and _still_fits(present, first, last, rate):
        return present
    low = min(first, max(rate / CLOSE, first / FARTHEST))
    high = max(last, min(rate * CLOSE, last * FARTHEST))
    return RateScale(low, high)


def _still_fits(present: RateScale, first: float, last: float, rate: float) -> bool:
    near = present.low <= first * BELOW / CLOSE and present.high >= last / ABOVE * CLOSE
    # a scale that was made wide for a rate far away stays until the rate comes back
    room = min(first, rate) / LOOSE <= present.low and present.high <= max(last, rate) * LOOSE
    beyond = rate < first / FARTHEST or rate > last * FARTHEST
    return near and room and (beyond or present.low <= rate <= present.high)
