"""What learners type, how it is read back to them, and what is said when it cannot be read."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from neurosim.lessons.answers.typed_number import read_number
from neurosim.lessons.answers.unreadable import UnreadableError

F = Fraction

# typed, its value, how it is read, its form
READ: list[tuple[str, F, str, str]] = [
    ("-136/3", F(-136, 3), "−136/3 ~ −45.33", "fraction"),
    ("\u2212136/3", F(-136, 3), "−136/3 ~ −45.33", "fraction"),
    ("-42/3", F(-14), "−42/3 = −14", "fraction"),
    ("(-42)/3", F(-14), "−42/3 = −14", "fraction"),
    ("42/(-3)", F(-14), "−42/3 = −14", "fraction"),
    ("1 1/3", F(4, 3), "1 1/3 = 4/3 ~ 1.333", "mixed"),
    ("-45 1/3", F(-136, 3), "−45 1/3 = −136/3 ~ −45.33", "mixed"),
    ("1½", F(3, 2), "1 1/2 = 3/2 = 1.5", "mixed"),
    ("½", F(1, 2), "1/2 = 0.5", "fraction"),
    ("-45.33", F(-4533, 100), "−45.33", "decimal"),
    ("-45,33", F(-4533, 100), "−45.33", "decimal"),
    ("-14.0", F(-14), "−14.0", "decimal"),
    ("-16,0", F(-16), "−16.0", "decimal"),
    ("88 %", F(22, 25), "88 % = 22/25 = 0.88", "whole"),
    ("2e-3", F(1, 500), "1/500 = 0.002", "scientific"),
    ("2·10^-3", F(1, 500), "1/500 = 0.002", "scientific"),
    ("2 × 10³", F(2000), "2000", "scientific"),
    ("2*(-16/3)*2", F(-64, 3), "2·(−(16/3))·2 = −64/3 ~ −21.33", "calculation"),
    ("1 + 1/3", F(4, 3), "1 + (1/3) = 4/3 ~ 1.333", "calculation"),
    ("1,5 + 2", F(7, 2), "1.5 + 2 = 7/2 = 3.5", "calculation"),
    ("a = 83/45", F(83, 45), "83/45 ~ 1.844", "fraction"),
    ("~ -45.3", F(-453, 10), "−45.3", "decimal"),
    ("3²", F(9), "3^2 = 9", "calculation"),
    ("٣", F(3), "3", "whole"),
]

# typed, what the sentence has to say
UNREADABLE: list[tuple[str, str]] = [
    ("", "Nothing is typed yet"),
    ("   ", "Nothing is typed yet"),
    ("1//2", 'before "/" at place 3'),
    ("2+", "ends too early"),
    ("1,234", "1.234 or 1234?"),
    ("1.234,5", "two different signs"),
    ("a x + b", "put numbers in the place of a, x and b"),
    ("%", "a number is needed before it"),
    ("5 % of 3", "only at the end"),
    ("1/0", "divides by zero"),
    ("ln(0)", "has to be positive"),
    ("(1+2", "never closed"),
    ("__import__('os')", "place 1"),
    ("1e999999999", "beyond what can be computed"),
    ("9^9^9^9", "too large"),
]


@pytest.mark.parametrize(("text", "value", "shown", "shape"), READ, ids=[row[0] for row in READ])
def test_numbers_are_read_and_read_back(text: str, value: F, shown: str, shape: str) -> None:
    found = read_number(text)
    assert found.value == value
    assert isinstance(found.value, F)
    assert found.read_as == shown
    assert found.shape == shape


@pytest.mark.parametrize(("text", "sentence"), UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_what_cannot_be_read_says_where_reading_stopped(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_number(text)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith((".", "!", "?"))


def test_functions_and_powers_of_e_are_read() -> None:
    assert float(read_number("1/(1+e^-2)").value) == pytest.approx(1 / (1 + math.exp(-2)), rel=1e-12)
    assert float(read_number("-ln(0.25)").value) == pytest.approx(math.log(4), rel=1e-12)
    assert float(read_number("sigma(0)").value) == 0.5


def test_the_comma_is_the_decimal_sign_where_it_is_the_language_s() -> None:
    assert read_number("1,234", ",").value == F(617, 500)
    assert read_number("-45,33", ",").read_as == "−45,33"
    with pytest.raises(UnreadableError, match="two ways"):
        read_number("1.234", ",")


@pytest.mark.parametrize(
    ("text", "digits", "exponent"),
    [("-45.3", 3, -1), ("-45", 2, 0), ("0.0042", 2, -4), ("0.00", 0, -2), ("2.50e3", 3, 1), ("88 %", 2, -2)],
)
def test_the_digits_typed_are_counted(text: str, digits: int, exponent: int) -> None:
    found = read_number(text)
    assert (found.digits, found.exponent) == (digits, exponent)
