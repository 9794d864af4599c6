"""Exponential: the rate is multiplied by a factor in every step, as torch ExponentialLR does."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import Range, Setting
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number

LONGEST = 200
"""From so many steps on the power is taken in float64: as a fraction it would be too long to read, and slow."""


def _factor(step: int, settings: SettingValues) -> Number:
    factor = settings["factor"]
    return factor**step if step < LONGEST else float(factor) ** step


PLUGIN = Schedule(
    name="exponential",
    title="Exponential",
    help="Is multiplied by a factor in every step.",
    formula="lr · factor^t",
    factor=_factor,
    settings=(
        Setting(
            "factor",
            "Factor",
            Fraction(99, 100),
            "What it is multiplied by.",
            Range(Fraction(0), Fraction(11, 10), above_low=True, below_high=True),
        ),
    ),
    order=2,
)
