"""Numbers that one calculates with by hand, and slips that must not lead to the right answer by chance."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from random import Random

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import KNOWN_ERRORS, slips_in
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number

_TELLING = 25
"""Known errors up to this order must lead elsewhere than to the right answer: else nothing is learnt from it."""


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
        for slip in slips_in(Case(box)):
            if slip.value == box.expected and _is_common(slip.error) and slip.error not in besides:
                return False
    return True


def _is_common(error: str) -> bool:
    return KNOWN_ERRORS[error].order <= _TELLING
