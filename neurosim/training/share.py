"""How much of a frame's time training takes at full speed: what painting has left of it, and a little in any case."""

from __future__ import annotations

SPARE = 0.0003
"""Seconds between a slice that takes what is left and the next frame, which should not be late."""

FAIR = 0.003
"""Seconds a frame that training may claim on the average: a sheet full of numbers does not hold it up."""

LITTLE = 0.0005
"""Seconds that training takes of a frame whose time painting has used up: there is something new in each."""

MEMORY = 0.03
"""Seconds of training that count against the claim: so much slack, and ten heavy frames bring it back."""


class Share:
    """Owns what training may claim. Where painting leaves enough of most frames, those in which it does not are not
    made later still by more than a little; where it never does, training has its fair time in each."""

    def __init__(self) -> None:
        self._claim = 0.0

    def seconds(self, left: float) -> float:
        """How long training may take in a frame of which *left* seconds are left after its painting."""
        return max(left - SPARE, self._claim + FAIR, LITTLE)

    def took(self, seconds: float) -> None:
        """Training took so many seconds of the frame."""
        self._claim = min(0.0, max(-MEMORY, self._claim + FAIR - seconds))
