"""The arithmetic of scrubbing a number: exact multiples of a step, and back at the start exactly the start."""

from __future__ import annotations

import math
from fractions import Fraction

from neurosim.numbers.exact import Number

COARSE = 10
"""How many ordinary steps a coarse step is; a fine step is the ordinary one divided by this."""


def moved(value: Number, units: int, grain: Fraction) -> Number:
    """The number *units* steps of *grain* away from *value*.

    The first step leads to the next multiple of *grain*, so that all reached values are exact multiples of it;
    with ``units == 0`` the value itself comes back, untouched.
    """
    if units == 0:
        return value
    start = Fraction(value) / grain
    if units > 0:
        return (math.floor(start) + units) * grain
    return (math.ceil(start) + units) * grain


class Scrub:
    """One sideways drag over a number: where it began, and what the pointer's place makes of it."""

    def __init__(self, value: Number, x: float, grain: Fraction) -> None:
        self.start = value
        self.value = value
        self._anchor = value
        self._anchor_x = x
        self._grain = grain

    def move(self, x: float, grain: Fraction, pixels_per_step: float) -> Number:
        """The value at pointer place *x*; another *grain* (Ctrl or Shift) counts from where the value is then."""
        if grain != self._grain:
            self._anchor, self._anchor_x, self._grain = self.value, x, grain
        self.value = moved(self._anchor, int((x - self._anchor_x) / pixels_per_step), grain)
        return self.value
