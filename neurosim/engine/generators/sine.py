"""Sine: y = amplitude sin(2 pi x / period), a wave for hidden layers to follow."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.column import FloatArray
from neurosim.engine.generators._along import FROM, TO, along
from neurosim.engine.generators.base import WIDE, Generator, Values, number
from neurosim.engine.plugin_setting import Range, Setting


def _rule(x: FloatArray, settings: Values) -> FloatArray:
    result: FloatArray = number(settings, "amplitude") * np.sin(2 * np.pi * x / number(settings, "period"))
    return result


PLUGIN = Generator(
    name="sine",
    title="Sine",
    help="Points along a wave: with more hidden neurons more of its bends are followed.",
    draw=along(_rule),
    settings=(
        Setting("amplitude", "Amplitude", Fraction(1), "How high the wave is.", WIDE),
        Setting("period", "Period", Fraction(4), "How long one wave is.", Range(Fraction(1, 100), Fraction(1000))),
        FROM,
        TO,
    ),
    rows=41,
    noise=Fraction(1, 10),
    order=2,
)
