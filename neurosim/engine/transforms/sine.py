"""Sine: a wave over a column, for what comes back again and again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms.base import Constants, Transform, Values, number, plain


def _symbol(titles: Sequence[str], settings: Values) -> str:
    factor = number(settings, "factor")
    return f"sin({titles[0]})" if factor == 1 else f"sin({plain(factor)} {titles[0]})"


def _apply(sources: Sequence[FloatArray], _constants: Constants, settings: Values) -> FloatArray:
    return np.asarray(np.sin(float(number(settings, "factor")) * sources[0]))


def _apply_exact(sources: Sequence[ExactVector], _constants: Constants, settings: Values) -> ExactVector | None:
    # sin 0 is the only sine of a fraction that is one (Niven).
    if any(sources[0].numerators) and number(settings, "factor") != 0:
        return None
    return ExactVector.full(Fraction(0), len(sources[0].numerators))


PLUGIN = Transform(
    name="sine",
    title="Sine",
    help="A wave over the column (in radians): with sin(k x) a single neuron fits what comes back regularly.",
    formula="sin(factor * x)",
    symbol=_symbol,
    apply=_apply,
    apply_exact=_apply_exact,
    settings=(
        Setting("factor", "Factor", Fraction(1), "What x is multiplied by: the waves are 2π divided by it long."),
    ),
    order=5,
)
