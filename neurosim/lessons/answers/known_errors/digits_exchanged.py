"""Two neighbouring digits exchanged while typing: 45.33 becomes 54.33."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.rounding import decimal_text, rounded
from neurosim.lessons.answers.slips import Slip
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS

_MESSAGE = "Two neighbouring digits have changed places: look at it once more."
_BRIEF = "two digits are exchanged"


def _slips(case: Case) -> Iterator[Slip]:
    expected, typed = case.expected, case.typed
    if expected is None or typed is None:
        return
    if typed.is_decimal and typed.digits >= 2:
        written = decimal_text(rounded(expected, typed.exponent), typed.exponent)
        for text in _exchanged(written):
            yield Slip(Fraction(text), _MESSAGE, _BRIEF)
    elif typed.shape == "fraction" and isinstance(expected, Fraction):
        for value in _in_a_fraction(expected):
            yield Slip(value, _MESSAGE, _BRIEF)


def _in_a_fraction(expected: Fraction) -> Iterator[Number]:
    for text in _exchanged(str(expected.numerator)):
        yield Fraction(int(text), expected.denominator)
    for text in _exchanged(str(expected.denominator)):
        if int(text):
            yield Fraction(expected.numerator, int(text))


def _exchanged(text: str) -> Iterator[str]:
    """Each text in which two different neighbouring digits have changed places; the decimal sign stays."""
    plain = text.replace(MINUS, "-")
    places = [i for i, character in enumerate(plain) if character.isdigit()]
    for i, j in pairwise(places):
        if plain[i] != plain[j]:
            letters = list(plain)
            letters[i], letters[j] = letters[j], letters[i]
            yield "".join(letters)


PLUGIN = KnownError("digits_exchanged", "Exchanged two digits", _slips, order=70)
