"""Rows along one input: evenly spaced over a range, with noise on the target."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from neurosim.engine.column import FloatArray
from neurosim.engine.generators.base import GRID, WIDE, DrawFunction, Drawn, Values, number
from neurosim.engine.plugin_setting import Setting

FROM = Setting("from", "From", Fraction(-2), "Where the input begins.", WIDE)
TO = Setting("to", "To", Fraction(2), "Where the input ends.", WIDE)

Rule = Callable[[FloatArray, Values], FloatArray]


def along(rule: Rule) -> DrawFunction:
    """A draw function: x evenly over the range, y what *rule* makes of it plus normal noise.

    The rule is applied to x as it is shown, rounded to thousandths, so that it can be checked by hand.
    """

    def draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
        x = np.rint(np.linspace(number(settings, "from"), number(settings, "to"), n_rows) * GRID) / GRID
        y = rule(x, settings) + noise * random.standard_normal(n_rows)
        return {"x": x, "y": y}

    return draw
