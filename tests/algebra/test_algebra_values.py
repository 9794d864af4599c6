"""Values of expressions, exact while rational, and whether two expressions are the same function."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest

from formulas import smooth_formula
from neurosim.algebra.equal import compare, equivalent
from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.normal_form import normal_form
from neurosim.algebra.numeric import agree, central_difference, check_line
from neurosim.algebra.parse import parse
from neurosim.numbers.exact import Number

EXACT = [
    ("1/3 + 1/6", Fraction(1, 2)),
    ("2^-3", Fraction(1, 8)),
    ("(4/9)^(1/2)", Fraction(2, 3)),
    ("4^(3/2)", Fraction(8)),
    ("sqrt(49/4)", Fraction(7, 2)),
    ("|1/2 - 2|", Fraction(3, 2)),
    ("sigma(0)", Fraction(1, 2)),
    ("0.1 + 0.2", Fraction(3, 10)),
    ("relu(-3) + relu(2/3)", Fraction(2, 3)),
    ("step(0) + sign(-2)", Fraction(0)),
    ("ln(1) + exp(0) + cos(0) + sin(0) + tanh(0) + tan(0)", Fraction(2)),
    ("0^0", Fraction(1)),
]


@pytest.mark.parametrize(("typed", "value"), EXACT, ids=[row[0] for row in EXACT])
def test_rational_values_are_exact(typed: str, value: Fraction) -> None:
    found = evaluate(parse(typed))
    assert isinstance(found, Fraction)
    assert found == value


def test_the_lecture_s_loss_is_exact() -> None:
    point = {"a": Fraction(1, 3), "b": Fraction(-6), "x": Fraction(2), "y": Fraction(0)}
    assert evaluate(parse("-2x(y - a x - b)"), point) == Fraction(-64, 3)  # -4 (0 + 16/3)


ROUNDED = [
    ("e", 2.718281828459045),
    ("pi", 3.141592653589793),
    ("2^(1/2)", 1.4142135623730951),
    ("ln(2)", 0.6931471805599453),
    ("sigma(2)", 0.8807970779778823),
    ("softplus(2)", 2.1269280110429727),
    ("softplus(-800) + softplus(800)", 800.0),
    ("sigma(-800)", 0.0),
    ("tan(1)", 1.5574077246549023),
]


@pytest.mark.parametrize(("typed", "value"), ROUNDED, ids=[row[0] for row in ROUNDED])
def test_other_values_are_float64(typed: str, value: float) -> None:
    found = evaluate(parse(typed))
    assert isinstance(found, float)
    assert found == pytest.approx(value, rel=1e-14)


UNDEFINED = [
    ("1/(x - 2)", "1/(x − 2) divides by zero."),
    ("x^-1 + (x-2)^-1", "(x − 2)⁻¹ divides by zero."),
    ("ln(1 - x)", "ln(1 − x) is not defined: 1 − x is −1, and it has to be positive."),
    ("ln(x-2)", "ln(x − 2) is not defined: x − 2 is 0, and it has to be positive."),
    ("sqrt(-x)", "√(−x) is not defined: −x is −2, and it has to be zero or positive."),
    ("(-x)^(1/3)", "(−x)^(1/3) is not real: its base −2 is negative."),
    ("y + 1", "y has no value."),
    ("e^(e^(e^x))", "e^(e^(e^x)) is too large"),
    ("exp(800)", "exp(800) is too large"),
    ("10^400 + pi", "is too large"),
    ("10^400", "is too large"),
    ("d/dx(x)", "d/dx(x) is still to be worked out."),
]


@pytest.mark.parametrize(("typed", "sentence"), UNDEFINED, ids=[row[0] for row in UNDEFINED])
def test_what_has_no_value_says_why(typed: str, sentence: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(parse(typed), {"x": 2})
    assert sentence in str(caught.value)


def test_values_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(EvaluationError, match="finite"):
        evaluate(parse("x"), {"x": math.nan})


def test_huge_exact_numbers_go_on_as_floats() -> None:
    value = evaluate(parse("x^300"), {"x": 1 + Fraction(1, 10**6)})
    assert isinstance(value, float)
    assert value == pytest.approx(1.000300044854455431, rel=1e-15, abs=0)  # 1 + 300h + 44850h^2 + 4455100h^3 + ...
    with pytest.raises(EvaluationError, match="too large"):
        evaluate(parse("9^9^9^9"))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_exact_and_rounded_values_of_a_function_agree(name: str) -> None:
    for value in (Fraction(0), Fraction(1), Fraction(9, 4), Fraction(-3, 2)):
        exact = FUNCTIONS[name].exact(value)
        if exact is not None:
            assert FUNCTIONS[name].value(float(value)) == pytest.approx(float(exact), abs=1e-15)


def test_the_central_difference_is_good_to_many_digits() -> None:
    assert central_difference(parse("sin(x)"), "x", {"x": 1.0}) == pytest.approx(math.cos(1), rel=1e-11, abs=0)
    assert central_difference(parse("x^3"), "x", {"x": Fraction(2)}) == pytest.approx(12, rel=1e-10)
    near = central_difference(parse("ln(x)"), "x", {"x": Fraction(1, 1000)})
    assert near == pytest.approx(1000, rel=1e-7)


def test_where_there_is_no_slope_the_check_says_so() -> None:
    at_zero: dict[str, Number] = {"x": Fraction(0)}
    check = check_line(parse("1/x"), parse("ln(x)"), "x", at_zero)
    assert not check.agrees
    assert check.value is None
    assert "divides by zero" in check.problem
    with pytest.raises(EvaluationError, match="no value"):
        central_difference(parse("x"), "x", {})


def test_agreement_at_its_edge() -> None:
    assert agree(1000.0, 1000.0009)
    assert not agree(1000.0, 1000.002)


SAME = [
    ("e^-z/(1+e^-z)^2", "sigma(z)(1 - sigma(z))"),
    ("-2x(y - a x - b)", "2(y-ax-b)(-x)"),
    ("-2x(y - a x - b)", "2a x^2 + 2b x - 2x y"),
    ("(a+b)^2", "a^2 + 2ab + b^2"),
    ("x/2", "0.5x"),
    ("1/(1-x) - 1/(1+x)", "2x/(1-x^2)"),
    ("ln(x^2)/2", "ln(x)"),
    ("sqrt(x^2)", "|x|"),
    ("sin(x)^2 + cos(x)^2", "1"),
    ("e^(x+y)", "e^x e^y"),
    ("-y/p + (1-y)/(1-p)", "(p - y)/(p(1-p))"),
    ("sigma(z) - y", "1/(1+e^-z) - y"),
    ("x", "x + 0*y"),
    ("2/4", "1/2"),
    ("sqrt(2)^2", "2"),
    ("d/dx(x^2)", "2x"),
    ("(x+1)^9", "(1+x)^9"),
]


@pytest.mark.parametrize(("left", "right"), SAME, ids=[f"{a} = {b}" for a, b in SAME])
def test_the_same_function_in_another_form(left: str, right: str) -> None:
    assert equivalent(parse(left), parse(right))
    assert equivalent(parse(right), parse(left))


OTHER = [
    ("-2x(y - a x - b)", "2x(y - a x - b)"),
    ("-2x(y - a x - b)", "-2(y - a x - b)"),
    ("-2x(y - a x - b)", "-x(y - a x - b)"),
    ("sigma(z)", "sigma(z)(1 - sigma(z))"),
    ("-1/(1+e^-x)^2", "e^-x/(1+e^-x)^2"),
    ("(a+b)^2", "a^2 + b^2"),
    ("x^2", "x^2.001"),
    ("ln(x)", "ln(x) + 1/10^6"),
    ("2", "2.000001"),
    ("x", "y"),
]


@pytest.mark.parametrize(("left", "right"), OTHER, ids=[f"{a} != {b}" for a, b in OTHER])
def test_another_function_is_found_out_with_a_witness(left: str, right: str) -> None:
    done = compare(parse(left), parse(right))
    assert not done.equal
    assert done.witness is not None
    one, other = (evaluate(parse(text), done.witness) for text in (left, right))
    assert one != other


def test_how_it_was_found_is_said() -> None:
    assert compare(parse("(a+b)^2"), parse("b^2 + 2ab + a^2")).how == "form"
    assert compare(parse("1/(1-x) - 1/(1+x)"), parse("2x/(1-x^2)")).how == "exact"
    assert compare(parse("sigma(x)"), parse("1/(1+e^-x)")).how == "points"
    undecided = compare(parse("ln(-1-x^2)"), parse("x"))
    assert (undecided.equal, undecided.how) == (False, "undecided")
    assert "too few points" in undecided.sentence


@pytest.mark.parametrize("seed", range(60))
def test_equal_normal_forms_mean_equal_values(seed: int) -> None:
    generator = random.Random(seed)  # noqa: S311 - formulas to compare, nothing secret
    one, other = smooth_formula(generator, 1), smooth_formula(generator, 1)
    point = {"x": 0.37, "a": 1.21, "b": -0.83}
    if normal_form(one) == normal_form(other):
        assert float(evaluate(one, point)) == pytest.approx(float(evaluate(other, point)))
    else:
        assert not equivalent(one, other) or float(evaluate(one, point)) == pytest.approx(float(evaluate(other, point)))


def test_a_form_that_would_explode_is_compared_by_values() -> None:
    wide = "*".join(f"(a_{n}+b_{n}+1)" for n in range(12))
    assert normal_form(parse(wide)) is None
    assert compare(parse(wide), parse(f"{wide} + 0")).equal
    assert not compare(parse(wide), parse(f"{wide} + 1")).equal
