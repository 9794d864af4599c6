"""Cosine: the rate falls along half a wave to its least, as torch CosineAnnealingLR does on its way down."""

from __future__ import annotations

import math
from fractions import Fraction

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import COUNT, PART, Setting
from neurosim.engine.schedules.base import Schedule
from neurosim.numbers.exact import Number


def _factor(step: int, settings: SettingValues) -> Number:
    steps, least = int(settings["steps"]), settings["least"]
    if step >= steps:
        return least
    if step == 0:
        return Fraction(1)
    return float(least) + (1.0 - float(least)) * (1.0 + math.cos(math.pi * step / steps)) / 2.0


PLUGIN = Schedule(
    name="cosine",
    title="Cosine",
    help="Falls along half a wave: slowly, then quickly, then slowly to its least, where it stays.",
    formula="lr · (least + (1 − least) (1 + cos(π t / steps)) / 2)",
    factor=_factor,
    settings=(
        Setting("steps", "Steps", Fraction(1000), "So many steps lead to the least.", COUNT, whole=True),
        Setting("least", "Least", Fraction(1, 100), "Its end, as a part of the rate.", PART),
    ),
    order=4,
)
