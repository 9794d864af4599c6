"""Power: x², x³ and so on, with which a straight line in the features is a curve in x."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Range, Setting
from neurosim.engine.transforms.base import Constants, Transform, Values, number

LARGEST = 12
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _exponent(settings: Values) -> int:
    return int(number(settings, "exponent"))


def _symbol(titles: Sequence[str], settings: Values) -> str:
    title = titles[0]
    base = title if title.rstrip("′″").replace("_", "a").isalnum() else f"({title})"
    return f"{base}{str(_exponent(settings)).translate(_RAISED)}"


def _apply(sources: Sequence[FloatArray], _constants: Constants, settings: Values) -> FloatArray:
    found = sources[0].copy()
    for _ in range(_exponent(settings) - 1):
        found *= sources[0]
    return found


def _apply_exact(sources: Sequence[ExactVector], _constants: Constants, settings: Values) -> ExactVector | None:
    found = sources[0]
    for _ in range(_exponent(settings) - 1):
        found = found.times(sources[0])
    return found


PLUGIN = Transform(
    name="power",
    title="Power",
    help="Multiply a column by itself: with x² beside x a single neuron fits a parabola.",
    formula="x^exponent",
    symbol=_symbol,
    apply=_apply,
    apply_exact=_apply_exact,
    settings=(
        Setting(
            "exponent",
            "Exponent",
            Fraction(2),
            "How often x is a factor.",
            Range(Fraction(2), Fraction(LARGEST)),
            whole=True,
        ),
    ),
    order=3,
)
