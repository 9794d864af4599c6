"""Min-max: the range of the training rows stretched over a chosen range."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms.base import Affine, Constants, Transform, Values, exact, number
from neurosim.numbers.exact import Number

MINIMUM, MAXIMUM = "minimum", "maximum"


def _fit(sources: Sequence[FloatArray], _settings: Values) -> dict[str, Number]:
    x = sources[0]
    return {MINIMUM: float(x.min()), MAXIMUM: float(x.max())} if len(x) else {MINIMUM: 0.0, MAXIMUM: 0.0}


def _fit_exact(sources: Sequence[ExactVector], _settings: Values) -> dict[str, Number]:
    x = sources[0]
    if not x.numerators:
        return {MINIMUM: Fraction(0), MAXIMUM: Fraction(0)}
    return {
        MINIMUM: Fraction(min(x.numerators), x.denominator),
        MAXIMUM: Fraction(max(x.numerators), x.denominator),
    }


def _affine(constants: Constants, settings: Values) -> Affine:
    low, high = number(settings, "low"), number(settings, "high")
    scale = (high - low) / (constants[MAXIMUM] - constants[MINIMUM])
    return scale, low - scale * constants[MINIMUM]


def _apply(sources: Sequence[FloatArray], constants: Constants, settings: Values) -> FloatArray:
    low, high = float(number(settings, "low")), float(number(settings, "high"))
    least, most = float(constants[MINIMUM]), float(constants[MAXIMUM])
    return np.asarray(low + (high - low) * ((sources[0] - least) / (most - least)))


def _apply_exact(sources: Sequence[ExactVector], constants: Constants, settings: Values) -> ExactVector | None:
    x, n = sources[0], len(sources[0].numerators)
    if exact(settings, "low", "high") is None:
        return None
    scale, shift = (Fraction(value) for value in _affine(constants, settings))
    return ExactVector.full(shift, n).plus(x, scale)


def _refusal(constants: Constants, _settings: Values) -> str | None:
    if constants[MAXIMUM] > constants[MINIMUM]:
        return None
    return "has one value in all training rows, so that there is no range that could be stretched"


PLUGIN = Transform(
    name="min_max",
    title="Min-max",
    help="Stretch the range of the training rows over the range from 0 to 1, or any other.",
    formula="low + (high - low) (x - minimum) / (maximum - minimum)",
    symbol=lambda titles, _settings: f"{titles[0]}″",
    apply=_apply,
    apply_exact=_apply_exact,
    fit=_fit,
    fit_exact=_fit_exact,
    settings=(
        Setting("low", "From", Fraction(0), "What the smallest value becomes."),
        Setting("high", "To", Fraction(1), "What the largest value becomes."),
    ),
    refusal=_refusal,
    affine=_affine,
    of_target=True,
    order=2,
)
