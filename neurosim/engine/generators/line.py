"""Line: y = slope x + intercept, as the lecture's points lie on one."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.column import FloatArray
from neurosim.engine.generators._along import FROM, TO, along
from neurosim.engine.generators.base import WIDE, Generator, Values, number
from neurosim.engine.plugin_setting import Setting


def _rule(x: FloatArray, settings: Values) -> FloatArray:
    return number(settings, "slope") * x + number(settings, "intercept")


PLUGIN = Generator(
    name="line",
    title="Line",
    help="Points along a line: one linear neuron finds slope and intercept again.",
    draw=along(_rule),
    settings=(
        Setting("slope", "Slope", Fraction(2), "By how much y grows when x grows by 1.", WIDE),
        Setting("intercept", "Intercept", Fraction(1), "The value of y at x = 0.", WIDE),
        FROM,
        TO,
    ),
    rows=21,
    noise=Fraction(1, 5),
    order=0,
)
