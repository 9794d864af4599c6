"""Formulas are compared as functions, the form only where it is asked for, and the slips of differentiating named."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from derivative_slips import DERIVATIVES, SIGMOID
from neurosim.algebra.equal import equivalent
from neurosim.algebra.parse import parse
from neurosim.engine.evaluate import evaluate
from neurosim.lessons.answers import check, how_read
from neurosim.lessons.answers.known_errors._careless import rightly
from neurosim.lessons.question import Question
from samples import lecture_state


def _ask(expected: str, **further: object) -> Question:
    return Question("q", "expression", expected=expected, **further)  # type: ignore[arg-type]


def _derive(formula: str, expected: str) -> Question:
    return _ask(expected, about="derivative:x", formula=formula)


@pytest.mark.parametrize(
    "text",
    [
        "e^(-x)/(1+e^(-x))^2",
        "e^-x (1+e^-x)^-2",
        "sigma(x)*(1 - sigma(x))",
        "1/(e^x + 2 + e^-x)",
        "f'(x) = e^-x/(1+e^-x)^2",
        "1/(1+e^-x) - 1/(1+e^-x)^2",
    ],
)
def test_every_equivalent_form_is_right(text: str) -> None:
    assert check(text, _derive("1/(1+e^-x)", SIGMOID)).state == "right"


def test_a_form_that_is_asked_for_is_named_and_costs_nothing() -> None:
    question = _ask("sigma(z)*(1 - sigma(z))", form="as_written")
    assert check("(1 - σ(z)) σ(z)", question).state == "right"
    verdict = check("sigma(z) - sigma(z)^2", question)
    assert verdict.state == "right_with_note"
    assert "σ(z)(1 − σ(z))" in verdict.message.replace("·", "")


@pytest.mark.parametrize("text", ["(y^-y) x", "x (y^ - y)", "(ŷ-y)x", "(yhat - y)*x", "(a x + b - y) x", "x*y^ - x y"])
def test_a_hat_is_typed_as_one_can_and_what_it_stands_for_may_be_put_in(text: str) -> None:
    question = _ask("(ŷ - y) x", where={"ŷ": "a x + b"})
    verdict = check(text, question)
    assert verdict.state == "right", verdict


def test_a_power_of_y_stays_a_power() -> None:
    verdict = check("y^-2", _ask("ŷ - y"))
    assert verdict.state == "wrong"
    assert verdict.read_as == "y^(−2)"


@pytest.mark.parametrize("text", ["-2x(y - f(x))", "2x(a x + b - y)", "-2x(y - z)", "2 x (y^ - y)"])
def test_on_the_lecture_s_neuron_the_prediction_has_several_names(text: str) -> None:
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert check(text, _ask("-2x(y - ŷ)", snapshot=snapshot)).state == "right"


def test_what_a_letter_stands_for_is_that_of_the_network_at_hand() -> None:
    state = lecture_state()
    network = state.network.with_node(replace(state.network.neurons[0], activation="sigmoid"))
    snapshot = evaluate(network, state.dataset, state.training)
    question = _ask("(ŷ - y) x", snapshot=snapshot)
    assert check("(sigma(a x + b) - y) x", question).state == "right"
    assert check("(sigma(z) - y) x", question).state == "right"
    assert check("(a x + b - y) x", question).state == "wrong"


def test_a_text_is_read_while_it_is_typed_as_it_will_be_judged() -> None:
    assert how_read("1½", "number") == "1 1/2 = 3/2 = 1.5"
    assert how_read("-45,33", "number", decimal=",") == "−45,33"
    assert how_read("1//", "number") == ""
    assert how_read("(y^-y) x", "expression", "(ŷ - y) x") == "(ŷ − y)·x"
    assert how_read("y^-y", "expression", "y^x") == "y^(−y)"
    assert how_read("a t +", "expression", "a x") == ""
    assert how_read("b", "choice") == ""


def test_unknown_letters_and_unfinished_formulas_are_no_attempt() -> None:
    question = _ask("a x + b")
    for text, said in (
        ("a t + b", "t does not appear"),
        ("a x +", "ends too early"),
        ("", "Nothing is typed"),
        ("d/dx(x^2)", "still to be worked out"),
        ("import(os)", "not known"),
    ):
        verdict = check(text, question)
        assert verdict.state == "unreadable"
        assert said in verdict.message, verdict.message


def test_what_differs_is_told_by_a_point_to_try() -> None:
    verdict = check("a x + 2b", _ask("a x + b"))
    assert verdict.state == "wrong"
    assert "put in" in verdict.message


@pytest.mark.parametrize("case", DERIVATIVES, ids=[f"{case[0]} -> {case[2]}" for case in DERIVATIVES])
def test_each_slip_of_differentiating_is_named(case: tuple[str, str, str, set[str]]) -> None:
    function, derivative, typed, names = case
    question = _derive(function, derivative)
    assert check(derivative, question).state == "right"
    verdict = check(typed, question)
    assert verdict.state == "wrong"
    assert verdict.error in names
    assert equivalent(rightly(parse(function), "x"), parse(derivative)), "without a slip the rules give the derivative"


def test_the_gradient_of_the_slides_as_a_formula() -> None:
    question = _ask("-2x(y - ŷ)", about="gradient:a", where={"ŷ": "a x + b"})
    assert check("2x(a x + b - y)", question).state == "right"
    assert check("-2(y - ŷ)", question).error == "forgot_input"
    assert check("2x(y - ŷ)", question).error == "opposite_sign"
    assert check("-x(y - ŷ)", question).error == "factor_two_missing"


def test_the_derivative_of_the_square_by_a_loses_its_x() -> None:
    square = "(y - a x - b)^2"
    by_a = _ask("-2x(y - a x - b)", about=f"derivative:a:{square}")
    assert check("-2(y - a x - b)", by_a).error == "coefficient_lost"
    assert check("2(y - a x - b)", by_a).error == "outside_only"
    assert check("2x(y - a x - b)", by_a).error in {"inner_sign_lost", "opposite_sign"}
    assert check("-x(y - a x - b)", by_a).error == "factor_two_missing"
    by_b = _ask("-2(y - a x - b)", about=f"derivative:b:{square}")
    both = check("2(y - a x - b)", by_b)
    assert both.error == "inner_sign_lost"
    assert "the inside is not differentiated" in both.message


def test_rewriting_never_makes_an_answer_wrong() -> None:
    """Random polynomials and fractions, their terms and factors shuffled."""
    generator = random.Random(5)  # noqa: S311 - the same numbers in each run
    for _ in range(40):
        terms = [f"{generator.randint(1, 9)}*x^{generator.randint(0, 4)}*{generator.choice('ab')}" for _ in range(4)]
        shuffled = generator.sample(terms, 4)
        question = _ask(f"({' + '.join(terms)})/(1+x^2)")
        assert check(f"1/(x*x+1)*({' + '.join(shuffled)})", question).state == "right"
        other = check(f"({' + '.join(shuffled)} + 1)/(1+x^2)", question)
        assert other.state == "wrong"
