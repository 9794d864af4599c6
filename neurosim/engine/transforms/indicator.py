"""Indicator: 1 where a column holds one class, 0 elsewhere; one for each class makes the one-hot code."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms.base import Constants, Transform, Values, exact, number, plain


def _ends(settings: Values) -> tuple[float, float]:
    return float(number(settings, "other")), float(number(settings, "own"))


def _apply(sources: Sequence[FloatArray], _constants: Constants, settings: Values) -> FloatArray:
    other, own = _ends(settings)
    wanted = settings["class"]
    if isinstance(wanted, str):
        return np.full(len(sources[0]), other)
    return np.where(sources[0] == float(wanted), own, other)


def _apply_exact(sources: Sequence[ExactVector], _constants: Constants, settings: Values) -> ExactVector | None:
    known, wanted = exact(settings, "other", "own"), settings["class"]
    if known is None or isinstance(wanted, float):
        return None
    other, own = known
    x = sources[0]
    if isinstance(wanted, str):
        return ExactVector.full(other, len(x.numerators))
    above, below = wanted.numerator * x.denominator, wanted.denominator
    return ExactVector.of([own if value * below == above else other for value in x.numerators])


def _refusal(_constants: Constants, settings: Values) -> str | None:
    return "needs a class to be chosen: the value that counts as a yes" if settings["class"] == "" else None


PLUGIN = Transform(
    name="indicator",
    title="One class (one-hot)",
    help="1 where the column holds the class, 0 elsewhere: one for each class turns words into numbers.",
    formula="1 if x = class else 0",
    symbol=lambda titles, settings: f"[{titles[0]} = {plain(settings['class'])}]",
    apply=_apply,
    apply_exact=_apply_exact,
    settings=(
        Setting("class", "Class", "", "The value that counts as a yes.", is_class=True),
        Setting(
            "other", "Other classes", Fraction(0), "The value of all other rows; −1 in place of 0 for a perceptron."
        ),
        Setting("own", "This class", Fraction(1), "The value of the rows of this class."),
    ),
    refusal=_refusal,
    takes_words=True,
    of_target=True,
    order=7,
)
