"""Whether a right number stands there in the form that was asked for, and what to say when it does not."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from neurosim.lessons.answers.rounding import decimal_text, rounded
from neurosim.lessons.answers.typed_number import TypedNumber
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS


def note_on_form(typed: TypedNumber, expected: Number, question: Question, decimal: str = ".") -> str:
    """A sentence that names the form asked for, or the lesson's own; empty where the answer has it."""
    wanted = _wanted(typed, expected, question, decimal)
    if wanted:
        return wanted
    preferred = question.preferred
    if preferred and typed.shape != "calculation" and _bare(preferred) != _bare(typed.read_as.split(" ")[0]):
        return f"The lesson writes it {preferred.replace('-', MINUS)}."
    return ""


def _wanted(typed: TypedNumber, expected: Number, question: Question, decimal: str) -> str:
    form = question.form
    if form in {"fraction", "reduced"} and isinstance(expected, Fraction):
        whole = typed.shape == "whole" and expected.denominator == 1
        if typed.shape not in {"fraction", "mixed"} and not whole:
            return f"As a fraction it is {_fraction(expected)}."
        if form == "reduced" and typed.shape == "fraction" and gcd(typed.numerator, typed.denominator) > 1:
            return f"Reduced it is {_fraction(expected)}."
    if form == "decimal" and not typed.is_decimal:
        exponent = _last_place(expected, question.rounding.digits)
        return f"As a decimal it is {decimal_text(rounded(expected, exponent), exponent, decimal)}."
    return ""


def _last_place(value: Number, digits: int) -> int:
    """The power of ten of the last of so many significant digits; 0 at most."""
    size, place = abs(Fraction(value)), 0
    if not size:
        return 0
    while size >= 10:
        size, place = size / 10, place + 1
    while size < 1:
        size, place = size * 10, place - 1
    return min(0, place - digits + 1)


def _fraction(value: Fraction) -> str:
    return str(value).replace("-", MINUS)


def _bare(text: str) -> str:
    return text.replace(" ", "").replace(MINUS, "-").replace("(", "").replace(")", "")
