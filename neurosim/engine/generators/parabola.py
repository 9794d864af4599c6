"""Parabola: y = factor x^2 + lowest, which no single linear neuron can follow."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.column import FloatArray
from neurosim.engine.generators._along import FROM, TO, along
from neurosim.engine.generators.base import WIDE, Generator, Values, number
from neurosim.engine.plugin_setting import Setting


def _rule(x: FloatArray, settings: Values) -> FloatArray:
    result: FloatArray = number(settings, "factor") * x**2 + number(settings, "vertex")
    return result


PLUGIN = Generator(
    name="parabola",
    title="Parabola",
    help="Points along a parabola: too curved for one linear neuron, and learnt with the feature x² or a hidden layer.",
    draw=along(_rule),
    settings=(
        Setting("factor", "Factor", Fraction(1), "How steep the parabola is; negative ones open downwards.", WIDE),
        Setting("vertex", "Vertex", Fraction(0), "The value of y at x = 0.", WIDE),
        FROM,
        TO,
    ),
    rows=21,
    noise=Fraction(1, 5),
    order=1,
)
