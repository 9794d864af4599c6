"""Numbers that one calculates with by hand, and slips that must not lead to the right answer by chance."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from random import Random

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import KNOWN_ERRORS
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number

_TELLING = frozenset(
    {
        "absolute_values",
        "bias_sign",
        "exponent_sign",
        "extra_input",
        "factor_two_missing",
        "forgot_activation",
        "forgot_bias",
        "forgot_input",
        "forgot_rate",
        "forgot_target",
        "forgot_weight_back",
        "log_base_ten",
        "mean_for_sum",
        "not_squared",
        "one_after_other",
        "opposite_sign",
        "outside_only",
        "product_for_sum",
        "sigma_for_slope",
        "slope_twice",
        "square_of_sum",
        "step_alone",
        "sum_for_mean",
        "sum_for_product",
        "swapped_parameters",
        "uphill",
        "wrong_label",
    }
)
"""Known errors that must lead elsewhere than to the right answer: else nothing is learnt from it.

A list of its own: an error that becomes known later must not change the numbers of sheets that were handed out.
"""


def friendly(values: Iterable[Number], below: int, above: int) -> bool:
    """Whether each is a fraction with a denominator up to *below* and a numerator up to *above*."""
    return all(
        isinstance(value, Fraction) and value.denominator <= below and abs(value.numerator) <= above for value in values
    )


def pick(generator: Random, *choices: int | str) -> Fraction:
    """One of *choices*, such as ``"1/2"``."""
    return Fraction(generator.choice(choices))


def telling(boxes: Iterable[Question], besides: Collection[str] = ()) -> bool:
    """Whether no common slip, *besides* those that cannot show, gives the right number in any of the boxes."""
    for box in boxes:
        case = Case(box)
        for name in _TELLING.difference(besides):
            if any(slip.value == box.expected for slip in KNOWN_ERRORS[name].slips(case)):
                return False
    return True
