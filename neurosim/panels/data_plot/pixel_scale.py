"""How many pixels stand for 1 where bars and squares cannot be measured on an axis, and when that has to change."""

from __future__ import annotations

import math

from neurosim.panels.data_plot.arrows import round_down

SPECK = 0.15
"""A scale is kept until the largest takes less than this part of its room."""
UNIT = 28.0
"""A unit that is shown is at most about so many pixels long."""


class PixelScale:
    """Owns the scale in force. It is kept while it does, so that nothing jumps while a point is dragged.

    Attributes:
        value: pixels for 1.
        on_axis: whether that is the scale of the y axis, on which lengths can then be read.
    """

    def __init__(self) -> None:
        self.value = 0.0
        self.on_axis = False
        self._subject: object = None

    def fit(self, largest: float, room: float, subject: object, axis: float | None = None) -> None:
        """Follow what is shown.

        Args:
            largest: the largest length, in its own unit.
            room: the most pixels that it may take.
            subject: what is shown; of another one nothing is kept.
            axis: pixels for 1 on the y axis, where lengths may be measured on it.
        """
        if not math.isfinite(largest) or largest <= 0 or room <= 0:
            return
        same, self._subject = subject == self._subject, subject
        if axis is not None and (self.on_axis or not same):
            least = SPECK * room / 3
            if least <= largest * axis <= room:
                self.value, self.on_axis = axis, True
                return
        if same and not self.on_axis and SPECK * room <= largest * self.value <= room:
            return
        self.value, self.on_axis = round_down(room * 0.8 / largest), False

    def unit(self, zoom: float) -> float:
        """A round number whose length suits a legend."""
        return round_down(UNIT * zoom / self.value) if self.value > 0 else 1.0
