"""1/t: the rate falls as one over the number of steps (H. Robbins and S. Monro 1951)."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import POSITIVE, Setting
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number


def _factor(step: int, settings: SettingValues) -> Number:
    return 1 / (1 + settings["decay"] * step)


PLUGIN = Schedule(
    name="inverse_time",
    title="1/t",
    help="Falls as one over the number of steps: quickly at first, but never to 0.",
    formula="lr / (1 + decay · t)",
    factor=_factor,
    settings=(Setting("decay", "Decay", Fraction(1, 100), "How fast it falls.", POSITIVE),),
    order=3,
)
