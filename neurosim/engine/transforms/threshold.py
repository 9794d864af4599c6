"""Threshold: 1 from a cut on, 0 below it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms.base import Constants, Transform, Values, exact, number, plain


def _apply(sources: Sequence[FloatArray], _constants: Constants, settings: Values) -> FloatArray:
    cut, below, above = (float(number(settings, name)) for name in ("cut", "below", "above"))
    return np.where(sources[0] >= cut, above, below)


def _apply_exact(sources: Sequence[ExactVector], _constants: Constants, settings: Values) -> ExactVector | None:
    known = exact(settings, "cut", "below", "above")
    if known is None:
        return None
    cut, below, above = known
    x = sources[0]
    # n / d >= p / q is n q >= p d: d and q are positive.
    least = cut.numerator * x.denominator
    return ExactVector.of([above if value * cut.denominator >= least else below for value in x.numerators])


PLUGIN = Transform(
    name="threshold",
    title="Threshold",
    help="1 where the column reaches the cut, 0 below it: a number becomes a yes or no.",
    formula="1 if x >= cut else 0",
    symbol=lambda titles, settings: f"[{titles[0]} ≥ {plain(settings['cut'])}]",
    apply=_apply,
    apply_exact=_apply_exact,
    settings=(
        Setting("cut", "Cut", Fraction(0), "The least value that counts as a yes."),
        Setting("below", "Below it", Fraction(0), "The value below the cut; −1 in place of 0 for a perceptron."),
        Setting("above", "From it on", Fraction(1), "The value from the cut on."),
    ),
    of_target=True,
    order=6,
)
