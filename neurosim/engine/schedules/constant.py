"""Constant: each step has the learning rate that was chosen."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number


def _factor(_step: int, _settings: SettingValues) -> Number:
    return Fraction(1)


PLUGIN = Schedule(
    name="constant",
    title="Constant",
    help="Each step has the learning rate that was chosen.",
    formula="lr",
    factor=_factor,
    is_constant=True,
    order=0,
)
