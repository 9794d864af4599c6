"""Judging a typed number: equal in any form, rounded by the rules, a known slip, or not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from neurosim.lessons.answers.forms import note_on_form
from neurosim.lessons.answers.rounding import decimal_text, fit, rounded
from neurosim.lessons.answers.slips import Slip, named
from neurosim.lessons.answers.typed_number import TypedNumber
from neurosim.lessons.question import Question, State, Verdict
from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, format_number

_NEAR = Fraction(1, 100)


def judge_number(typed: TypedNumber, expected: Number, question: Question, decimal: str = ".") -> Verdict | None:
    """The verdict on a number that is right, or right but for its digits; ``None`` when it is another value."""
    found = fit(typed, expected, question.rounding)
    shown = exact_text(expected, decimal)
    if found == "equal":
        note = note_on_form(typed, expected, question, decimal)
        return _verdict("right_with_note" if note else "right", typed, note)
    if found in {"rounds", "near"}:
        exact = "Exactly" if isinstance(expected, Fraction) else "With more digits"
        if typed.read_as.strip("~ ") == shown.strip("~ " + HAIR_SPACE):
            return _verdict("right", typed)
        return _verdict("right_with_note", typed, f"{exact}: {shown}.")
    if found == "too_short":
        what = "Give a fraction" if isinstance(expected, Fraction) else "Give a decimal"
        link = " or " if isinstance(expected, Fraction) else " of "
        wanted = f"{what}{link}{question.rounding.digits} digits."
        return _verdict("unreadable", typed, f"{typed.read_as} has too few digits to tell. {wanted}")
    if found in {"cut_off", "rounded_wrongly"}:
        best = decimal_text(rounded(expected, typed.exponent), typed.exponent, decimal)
        why = "The digits after the last one were cut off" if found == "cut_off" else "The last digit is one too far"
        return _verdict("wrong", typed, f"{why}: rounded to as many digits it is {best}, exactly {shown}.", found)
    return None


def judge_slip(
    typed: TypedNumber, slips: Sequence[Slip], expected: Number, question: Question, *, exactly: bool = False
) -> Verdict | None:
    """The verdict on a number that a known error gives; ``None`` when none does.

    Args:
        typed: the number.
        slips: what known errors give.
        expected: the right one, which accuses nobody.
        question: whose rule of rounding holds for slips too.
        exactly: whether only the very number counts.
    """
    fitting = {"equal"} if exactly else {"equal", "rounds", "near"}
    hits = [
        slip
        for slip in slips
        if fit(typed, slip.value, question.rounding) in fitting and not _is_right(slip.value, expected, question)
    ]
    if not hits:
        return None
    hits = [slip for slip in hits if not slip.vague] or hits[:1]
    return _verdict("wrong", typed, named(hits), hits[0].error)


def not_yet(typed: TypedNumber, expected: Number) -> Verdict:
    """What is said to a number that no known error gives: what is right about it, and nothing that is not known."""
    value, goal = Fraction(typed.value), Fraction(expected)
    if goal and abs(value - goal) <= _NEAR * abs(goal):
        return _verdict(
            "wrong",
            typed,
            "Not yet, but very near: was something rounded on the way? Keep the fractions, or more digits, to the end.",
            "rounded_early",
        )
    if goal and value and (value < 0) == (goal < 0):
        return _verdict("wrong", typed, "Not yet: the sign is right, the size is not. Go through the line again.")
    if goal and value:
        return _verdict("wrong", typed, "Not yet: look at the sign first, then at the size.")
    return _verdict("wrong", typed, "Not yet: go through the line again, one operation at a time.")


def exact_text(value: Number, decimal: str = ".") -> str:
    """A value as it is told to a learner: ``−136/3``, or ``0.880797`` to six digits."""
    return format_number(value, "exact", decimal).removeprefix("~").lstrip(HAIR_SPACE)


def _is_right(value: Number, expected: Number, question: Question) -> bool:
    """Whether a known error's value is the right one by chance: then it accuses nobody."""
    if isinstance(value, Fraction) and isinstance(expected, Fraction):
        return value == expected
    size = max(abs(float(expected)), 1e-12)
    return abs(float(value) - float(expected)) <= question.rounding.relative * size


def _verdict(state: State, typed: TypedNumber, message: str = "", error: str | None = None) -> Verdict:
    return Verdict(state, typed.read_as, message, error, typed.value)
