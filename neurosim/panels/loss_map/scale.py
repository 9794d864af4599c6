"""From a loss to a place between dark and bright, and the round levels at which lines are drawn; kept while it suits.

Losses that span decades are spread by their logarithm. The scale stays as it is while the map changes a little, so that
a line goes where its loss goes and a colour keeps its meaning; only when it no longer suits another one is chosen.
"""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.numbers.format import MINUS
from neurosim.panels._log_ticks import log_text
from neurosim.records import dataclass

DECADES = 0.9
"""From so many decades on the scale is logarithmic."""
LOWEST, HIGHEST = 0.004, 0.93
"""The parts of the map that may be darker and brighter than the ends of the scale."""
SOME = 2_000
"""About so many points say how the losses are spread."""
MOST = 10
"""So many levels are drawn at most."""
DRIFT = 0.45
"""A logarithmic scale is kept while its ends are not further off than so many decades."""
STEPS = ((1.0, 1.5, 2.0, 3.0, 5.0, 7.0), (1.0, 2.0, 3.0, 5.0), (1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))
"""The levels of a decade, from fine to coarse."""


@dataclass(frozen=True)
class Scale:
    """The losses ``low`` (darkest) to ``high`` (brightest), and the levels between, both ends included."""

    low: float
    high: float
    log: bool
    levels: tuple[float, ...]

    def parts(self, losses: FloatArray) -> FloatArray:
        """The places of *losses* on the scale: 0 at ``low``, 1 at ``high``, beyond the ends less or more."""
        if not self.log:
            return np.asarray((losses - self.low) / (self.high - self.low), dtype=np.float64)
        bottom = math.log(self.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = (np.log(losses) - bottom) / (math.log(self.high) - bottom)
        return np.nan_to_num(found, nan=0.0, neginf=-1.0, posinf=2.0)

    def part(self, loss: float) -> float:
        """The place of one loss."""
        return float(self.parts(np.array([loss]))[0])


def scale_for(losses: FloatArray, kept: Scale | None) -> Scale | None:
    """The scale for a map with *losses*, any shape; *kept* if it still suits. ``None``: all losses are the same.

    Args:
        losses: finite.
        kept: the scale in force.
    """
    if not losses.size:
        return kept
    least, most = float(losses.min()), float(losses.max())
    if most - least <= 1e-9 * max(abs(least), abs(most)):
        return None
    some = np.sort(losses.ravel()[:: max(1, losses.size // SOME)])
    low, high = (float(some[min(int(part * some.size), some.size - 1)]) for part in (LOWEST, HIGHEST))
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        low, high = least, most
    log = low > 0 and math.log10(high / low) >= DECADES
    if kept is not None and _suits(kept, low, high, log):
        return kept
    return _logarithmic(low, high) if log else _even(low, high)


def number_text(value: float, decimal: str) -> str:
    """A round level as text; those far from 1 as powers of ten."""
    if value == 0:
        return "0"
    size = f"{abs(value):.6g}" if 1e-4 <= abs(value) < 1e6 else log_text(math.log10(abs(value)))
    return (MINUS if value < 0 else "") + size.replace(".", decimal)


def _suits(kept: Scale, low: float, high: float, log: bool) -> bool:
    if kept.log:
        if low <= 0 or math.log10(high / low) < DECADES * 0.75 or abs(math.log10(high / kept.high)) > DRIFT:
            return False
        # The bottom of a valley comes and goes: dark colours may stay unused for a while.
        unused = math.log10(low / kept.low)
        return -2 * DRIFT <= unused <= math.log10(kept.high / kept.low) / 2
    span = kept.high - kept.low
    return not log and kept.low - 0.3 * span <= low <= kept.low + 0.4 * span and 0.55 <= (high - kept.low) / span <= 1.3


def _logarithmic(low: float, high: float) -> Scale:
    for steps in STEPS:
        levels = _decades(low, high, steps)
        if len(levels) <= MOST:
            break
    else:
        levels = levels[:: math.ceil(len(levels) / MOST)]
    return Scale(levels[0], levels[-1], True, tuple(levels))


def _decades(low: float, high: float, steps: tuple[float, ...]) -> list[float]:
    """Round values from the last that is at most *low* to the first that is at least *high*."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    # Written out and read in, 3e-3 is the nearest double, and 3 * 10.0**-3 is not.
    every = [float(f"{step:g}e{power}") for power in range(first, last + 1) for step in steps]
    start = max(i for i, value in enumerate(every) if value <= low * (1 + 1e-9))
    end = min(i for i, value in enumerate(every) if value >= high * (1 - 1e-9))
    return every[start : max(end, start + 1) + 1]


def _even(low: float, high: float) -> Scale:
    rough = (high - low) / (MOST - 2)
    power = math.floor(math.log10(rough))
    step = next(s * 10.0**power for s in (1.0, 2.0, 2.5, 5.0, 10.0) if s * 10.0**power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    levels = tuple(float(f"{k * step:.12g}") for k in range(first, last + 1))
    return Scale(levels[0], levels[-1], False, levels)
