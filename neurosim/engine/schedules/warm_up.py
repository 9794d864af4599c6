"""Warm-up: the rate rises in equal parts over the first steps, and then stays."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import COUNT, Setting
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number


def _factor(step: int, settings: SettingValues) -> Number:
    return min(Fraction(step + 1) / int(settings["steps"]), Fraction(1))


PLUGIN = Schedule(
    name="warm_up",
    title="Warm-up",
    help="Rises in equal parts over the first steps, and then stays.",
    formula="lr · min((t + 1) / steps, 1)",
    factor=_factor,
    settings=(Setting("steps", "Steps", Fraction(100), "So many steps lead up to the rate.", COUNT, whole=True),),
    order=5,
)
