"""Step decay: after every so many steps the rate is multiplied by a factor, as torch StepLR does."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import COUNT, Range, Setting
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number


def _factor(step: int, settings: SettingValues) -> Number:
    return settings["factor"] ** (step // int(settings["every"]))


PLUGIN = Schedule(
    name="step_decay",
    title="Step decay",
    help="Stays the same for some steps, then is multiplied by a factor, and so on.",
    formula="lr · factor^⌊t / every⌋",
    factor=_factor,
    settings=(
        Setting("every", "Every", Fraction(100), "So many steps have the same rate.", COUNT, whole=True),
        Setting(
            "factor",
            "Factor",
            Fraction(1, 2),
            "What it is then multiplied by.",
            Range(Fraction(0), Fraction(2), above_low=True, below_high=True),
        ),
    ),
    order=1,
)
