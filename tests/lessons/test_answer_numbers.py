"""Equal in every form, rounded by the rules, and the forms that a question may ask for."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.lessons.answers import check
from neurosim.lessons.question import Option, Question, Rounding

F = Fraction


def _number(expected: F | float, **further: object) -> Question:
    return Question("q", "number", expected=expected, **further)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["-42/3", "-14", "-14.0", "(-42)/3", "\u221214", "-28/2", "-7*2", "1 - 15", "n = -14"])
def test_every_form_of_the_exact_value_is_right(text: str) -> None:
    assert check(text, _number(F(-14))).state == "right"


# typed for -136/3 = -45.333..., the state, what is said, the error named
ROUNDED = [
    ("-45.3", "right_with_note", "Exactly: −136/3.", None),
    ("-45.33", "right_with_note", "Exactly: −136/3.", None),
    ("-45.333333", "right_with_note", "Exactly: −136/3.", None),
    ("-45", "unreadable", "Give a fraction or 3 digits.", None),
    ("-45.34", "wrong", "−45.33", "rounded_wrongly"),
    ("-45.32", "wrong", "very near", "rounded_early"),
    ("-45.5", "wrong", "very near", "rounded_early"),
    ("-40", "wrong", "the sign is right", None),
    ("12", "wrong", "look at the sign first", None),
    ("-4.53e1", "right_with_note", "Exactly: −136/3.", None),
    ("-13600/300", "right", "", None),
]


@pytest.mark.parametrize(("text", "state", "said", "error"), ROUNDED, ids=[row[0] for row in ROUNDED])
def test_decimals_of_an_exact_value(text: str, state: str, said: str, error: str | None) -> None:
    verdict = check(text, _number(F(-136, 3)))
    assert verdict.state == state
    assert said in verdict.message
    assert verdict.error == error


def test_a_cut_off_decimal_is_named() -> None:
    verdict = check("46.66", _number(F(140, 3)))
    assert (verdict.state, verdict.error) == ("wrong", "cut_off")
    assert "46.67" in verdict.message


def test_a_tie_may_be_rounded_either_way() -> None:
    question = _number(F(2345, 1000))
    assert check("2.35", question).is_right
    assert check("2.34", question).is_right
    assert not check("2.33", question).is_right


# 1/(1+e^-2) = 0.88079707797788...
TRANSCENDENTAL = [
    ("0.881", "right_with_note"),
    ("0.8808", "right_with_note"),
    ("0.8807", "right_with_note"),
    ("0.8816", "right_with_note"),  # off by 0.91 in a thousand
    ("0.8818", "wrong"),  # off by 1.14 in a thousand
    ("0.88", "unreadable"),
    ("88.1 %", "right_with_note"),
    ("1/(1+e^-2)", "right"),
    ("sigma(2)", "right"),
    ("1/(1+e^2)", "wrong"),
]


@pytest.mark.parametrize(("text", "state"), TRANSCENDENTAL, ids=[row[0] for row in TRANSCENDENTAL])
def test_decimals_of_a_transcendental_value(text: str, state: str) -> None:
    assert check(text, _number(1 / (1 + math.exp(-2)))).state == state


def test_the_digits_asked_for_can_be_set() -> None:
    question = _number(F(1, 3), rounding=Rounding(digits=4))
    assert check("0.333", question).state == "unreadable"
    assert check("0.3333", question).state == "right_with_note"


# form asked for, typed, what the note says; empty: no note
FORMS = [
    ("reduced", "-42/3", "Reduced it is −14."),
    ("reduced", "-14", ""),
    ("fraction", "-14", ""),
    ("fraction", "-14.0", "As a fraction it is −14."),
    ("decimal", "-42/3", "As a decimal it is −14.0."),
    ("any", "-42/3", ""),
]


@pytest.mark.parametrize(("form", "text", "note"), FORMS, ids=[f"{form} {text}" for form, text, _ in FORMS])
def test_forms_are_asked_for_and_never_cost_anything(form: str, text: str, note: str) -> None:
    verdict = check(text, _number(F(-14), form=form))
    assert verdict.is_right
    assert verdict.message == note


def test_the_lessons_own_form_is_shown_beside_another_one() -> None:
    question = _number(F(-14), preferred="-42/3")
    assert check("-14", question).message == "The lesson writes it −42/3."
    assert check("-42/3", question).state == "right"


def test_what_cannot_be_read_is_no_attempt() -> None:
    for text in ("", "1//2", "a*x"):
        verdict = check(text, _number(F(-14)))
        assert not verdict.is_attempt
        assert verdict.message
        assert verdict.value is None


OPTIONS = (
    Option("a", "Up", "Divide by n: the mean does not grow with it."),
    Option("b", "Down", "The arrow shows uphill, and the step goes against it."),
    Option("c", "Nowhere"),
)


def test_a_choice_says_what_its_option_says() -> None:
    question = Question("c", "choice", expected=("b",), options=OPTIONS)
    assert check("b", question).state == "right"
    wrong = check("a", question)
    assert (wrong.state, wrong.message, wrong.read_as) == ("wrong", OPTIONS[0].message, "Up")
    assert check("", question).state == "unreadable"
    assert check("z", question).state == "unreadable"
    assert check("a b", question).state == "unreadable"


def test_of_several_options_all_are_needed() -> None:
    question = Question("c", "choice", expected=("a", "c"), options=OPTIONS, several=True)
    assert check("c, a", question).state == "right"
    assert check("a", question).error == "incomplete"
    assert check("a b", question).message == OPTIONS[1].message


@given(st.fractions(max_denominator=200), st.integers(3, 7))
def test_rounding_to_enough_digits_is_always_right(value: F, digits: int) -> None:
    text = f"{float(value):#.{digits}g}"
    assert check(text, _number(value)).is_right or not value


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=50), st.fractions(max_denominator=50))
def test_another_value_is_never_right(value: F, other: F) -> None:
    verdict = check(str(other), _number(value))
    assert verdict.is_right == (other == value)
