"""What a decimal that a learner typed says of a value: it rounds it, cuts it off, or has too few digits to tell."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from neurosim.lessons.answers.typed_number import TypedNumber
from neurosim.lessons.question import Rounding
from neurosim.numbers.exact import Number

Fit = Literal["equal", "rounds", "near", "too_short", "cut_off", "rounded_wrongly", "other"]
"""``near``: of a value that is itself rounded, off by no more than the rule allows; ``too_short``: it rounds the value,
but at fewer digits than are asked for."""

_SAME = 1e-10


def fit(typed: TypedNumber, value: Number, rule: Rounding) -> Fit:
    """How *typed* stands to *value*.

    A decimal stands for every value that it rounds at its own last digit; a tie may be rounded either way. A fraction
    or a calculation must be the value itself, unless the value is irrational.
    """
    if same(typed.value, value):
        return "equal"
    exact = isinstance(value, Fraction)
    off = abs(Fraction(typed.value) - Fraction(value))
    within = not exact and off <= Fraction(rule.relative) * abs(Fraction(value))
    if not typed.is_decimal:
        return "near" if within else "other"
    enough = typed.digits >= rule.digits
    if typed.digits and off <= typed.unit / 2:
        return "rounds" if enough else "too_short"
    if not enough:
        return "other"
    if within:
        return "near"
    if off < typed.unit and (typed.value < 0) == (value < 0):
        return "cut_off" if size(typed.value) < size(value) else "rounded_wrongly"
    return "other"


def same(one: Number, other: Number) -> bool:
    """Whether two numbers are the same, up to float64's own rounding where one of them is a float."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    a, b = float(one), float(other)
    return abs(a - b) <= _SAME * max(abs(a), abs(b), 1e-6)


def size(value: Number) -> Number:
    """A number without its sign."""
    return -value if value < 0 else value


def rounded(value: Number, exponent: int) -> Fraction:
    """*value* rounded to a multiple of ``10^exponent``, half away from zero, as it is taught."""
    unit = Fraction(10) ** exponent
    size = abs(Fraction(value)) / unit
    whole = int(size + Fraction(1, 2)) * unit
    return -whole if value < 0 else whole


def decimal_text(value: Fraction, exponent: int, decimal: str = ".") -> str:
    """A multiple of ``10^exponent`` with all its digits, ``−45.30``."""
    places = max(0, -exponent)
    whole, rest = divmod(abs(value), 1)
    digits = f"{int(rest * 10**places):0{places}d}" if places else ""
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{whole}{decimal}{digits}" if places else f"{sign}{whole}"
