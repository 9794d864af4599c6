"""How long the gradient's arrows are drawn: as long as the next step, or a power of ten of it, which is then said."""

from __future__ import annotations

import math

SHORTEST = 14.0
"""Arrows are drawn longer than the step when the longest would be shorter than this, in pixels."""
LARGEST_POWER = 3


def too_short(longest: float, power: int) -> bool:
    """Whether an arrow of *longest* pixels stays a speck at ``10 ** power`` times its length: the model rests."""
    return longest * 10.0**power < SHORTEST * 0.6


def arrow_power(longest: float, room: float, previous: int = 0) -> int:
    """The power of ten by which arrows are drawn longer (or, negative, shorter) than the step they stand for.

    Args:
        longest: the longest arrow at its true length, in pixels.
        room: the length in pixels beyond which an arrow would leave the plot.
        previous: the power in force; it is kept while it does, so that nothing jumps while a point is dragged.
    """
    if not math.isfinite(longest) or longest <= 0:
        return previous
    if SHORTEST * 0.6 <= longest * 10.0**previous <= room * 1.25:
        return previous
    power = 0
    while longest * 10.0**power < SHORTEST and power < LARGEST_POWER:
        power += 1
    while longest * 10.0**power > room and power > -LARGEST_POWER:
        power -= 1
    return power


def power_text(power: int) -> str:
    """``"×10"``, ``"×1/100"``; empty for true length."""
    if power == 0:
        return ""
    return f"×{10**power}" if power > 0 else f"×1/{10**-power}"


def round_down(value: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is at most *value*, a positive number."""
    decade = 10.0 ** math.floor(math.log10(value))
    return max(digit * decade for digit in (1, 2, 5) if digit * decade <= value * (1 + 1e-12))
