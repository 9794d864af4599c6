"""Standardise: how many standard deviations a value lies above the mean of the training rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms.base import Affine, Constants, Transform, Values
from neurosim.numbers.exact import Number

MEAN, DEVIATION = "mean", "deviation"
POPULATION, SAMPLE = "population", "sample"


def _divisor(n: int, settings: Values) -> int:
    """What the sum of squared distances is divided by: n of the rows themselves, n - 1 of a sample of more."""
    return n - 1 if settings["divisor"] == SAMPLE else n


def _fit(sources: Sequence[FloatArray], settings: Values) -> dict[str, Number]:
    x = sources[0]
    n = _divisor(len(x), settings)
    mean = float(x.mean()) if len(x) else 0.0
    distances = x - mean
    return {MEAN: mean, DEVIATION: math.sqrt(float(distances @ distances) / n) if n > 0 else 0.0}


def _fit_exact(sources: Sequence[ExactVector], settings: Values) -> dict[str, Number]:
    x, n = sources[0], len(sources[0].numerators)
    below = _divisor(n, settings)
    if not n:
        return {MEAN: Fraction(0), DEVIATION: Fraction(0)}
    mean = x.sum() / n
    # sum (x - mean)^2 = sum x^2 - n mean^2, which on fractions loses nothing.
    variance = (x.dot(x) - n * mean * mean) / below if below > 0 else Fraction(0)
    return {MEAN: mean, DEVIATION: _root(variance)}


def _root(value: Fraction) -> Number:
    above, below = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if above * above == value.numerator and below * below == value.denominator:
        return Fraction(above, below)
    return math.sqrt(value)


def _apply(sources: Sequence[FloatArray], constants: Constants, _settings: Values) -> FloatArray:
    return np.asarray((sources[0] - float(constants[MEAN])) / float(constants[DEVIATION]))


def _apply_exact(sources: Sequence[ExactVector], constants: Constants, _settings: Values) -> ExactVector | None:
    x, mean, deviation = sources[0], constants[MEAN], constants[DEVIATION]
    if not isinstance(mean, Fraction) or not isinstance(deviation, Fraction):
        return None
    away = x.plus(ExactVector.full(-mean, len(x.numerators)))
    return away.times(ExactVector.full(1 / deviation, len(x.numerators)))


def _affine(constants: Constants, _settings: Values) -> Affine:
    mean, deviation = constants[MEAN], constants[DEVIATION]
    return 1 / deviation, -mean / deviation


def _refusal(constants: Constants, _settings: Values) -> str | None:
    if constants[DEVIATION] > 0:
        return None
    return "has one value in all training rows, so that its standard deviation is 0 and nothing can be divided by it"


PLUGIN = Transform(
    name="standardise",
    title="Standardise",
    help="Subtract the mean and divide by the standard deviation, so that columns of any size are of one size.",
    formula="(x - mean) / standard deviation",
    symbol=lambda titles, _settings: f"{titles[0]}′",
    apply=_apply,
    apply_exact=_apply_exact,
    fit=_fit,
    fit_exact=_fit_exact,
    settings=(
        Setting(
            "divisor",
            "Divide by",
            POPULATION,
            "The squared distances from the mean: by n for these rows alone, by n − 1 for a sample of more.",
            choices=MappingProxyType({POPULATION: "n: these rows", SAMPLE: "n − 1: a sample"}),
        ),
    ),
    refusal=_refusal,
    affine=_affine,
    of_target=True,
    order=1,
)
