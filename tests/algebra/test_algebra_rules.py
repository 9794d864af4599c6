"""Each differentiation rule: found by being there, right on its own example, and the ten of the lecture's table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neurosim.algebra.derivation import derive
from neurosim.algebra.differentiate import apply_at, apply_next, rule_for
from neurosim.algebra.errors import AlgebraError, TooLargeError
from neurosim.algebra.expression import Derivative
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.numeric import check_line
from neurosim.algebra.parse import parse
from neurosim.algebra.paths import LARGEST, size
from neurosim.algebra.render_text import render_text
from neurosim.algebra.rules import FULL, LECTURE, QUOTIENT, RULES, STYLES, Style

TABLE = [
    ("Constant", "7", "0"),
    ("Constant multiplier", "5sin(x)", "5·d/dx(sin(x))"),
    ("Sum", "x^2 + e^x", "d/dx(x²) + d/dx(e^x)"),
    ("Power", "x^3", "3x²"),
    ("Exponential (base e)", "e^x", "e^x"),
    ("Exponential (base a)", "3^x", "3^x·ln(3)"),
    ("Logarithm", "ln(x)", "1/x"),
    ("Product", "x ln(x)", "d/dx(x)·ln(x) + x·d/dx(ln(x))"),
    ("Quotient", "x/(1+x)", "(d/dx(x)·(1 + x) − x·d/dx(1 + x))/(1 + x)²"),
    ("Chain", "e^(x^2)", "e^(x²)·d/dx(x²)"),
]


def test_the_table_is_the_lecture_s() -> None:
    assert [rule.title for rule in RULES.values() if rule.in_table] == [title for title, _, _ in TABLE]


@pytest.mark.parametrize(("title", "function", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_one_application_of_each_rule_of_the_table(title: str, function: str, expected: str) -> None:
    done = apply_next(Derivative(parse(function), "x"))
    assert done is not None
    assert (done.rule.title, render_text(done.expression).text) == (title, expected)
    assert done.why.endswith(".")


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_for_its_own_example_and_keeps_the_value(name: str, style: Style) -> None:
    rule = RULES[name]
    function = parse(rule.example)
    derivative = Derivative(function, "x")
    assert rule_for(derivative, style if name != "chain" else LECTURE) is rule
    done = apply_next(derivative, style)
    assert done is not None
    for value in (Fraction(1, 3), Fraction(2), Fraction(7, 2)):
        check = check_line(done.expression, function, "x", {"x": value})
        assert check.agrees, check


MORE = [
    ("x^1", "1"),
    ("x^-2", "−2x⁻³"),
    ("x^(1/2)", "1/2·x^(−1/2)"),
    ("x^n", "nx^(n − 1)"),
    ("1/x", "−1/x²"),
    ("c/x", "−c/x²"),
    ("5/x^3", "−3·5/x⁴"),
    ("exp(x)", "exp(x)"),
    ("x/4", "1/4"),
    ("-x", "−1"),
    ("x a b", "ab"),
    ("a^x", "a^x·ln(a)"),
    ("tan(x)", "1/cos(x)²"),
    ("sqrt(x)", "1/(2·√(x))"),
    ("tanh(x)", "1 − tanh(x)²"),
    ("softplus(x)", "σ(x)"),
    ("x y - b", "d/dx(xy)"),
    ("x y - x", "d/dx(xy) − d/dx(x)"),
    ("x^x", "d/dx(e^(x·ln(x)))"),
    ("x e^x sin(x)", "d/dx(x)·e^x·sin(x) + x·d/dx(e^x·sin(x))"),
]


@pytest.mark.parametrize(("function", "expected"), MORE, ids=[row[0] for row in MORE])
def test_the_next_line_of(function: str, expected: str) -> None:
    done = apply_next(Derivative(parse(function), "x"))
    assert done is not None
    assert render_text(done.expression).text == expected


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_known_derivative_is_the_slope(name: str) -> None:
    function = parse(f"{name}(x)")
    done = derive(function, "x").result
    for value in (Fraction(1, 3), Fraction(5, 4), Fraction(3)):
        assert check_line(done, function, "x", {"x": value}).agrees


def test_every_rule_on_a_line_of_its_own() -> None:
    derivation = derive(parse("3x^2 + 1"), "x", FULL)
    assert [render_text(line).text for line in derivation.lines] == [
        "d/dx(3x² + 1)",
        "d/dx(3x²) + d/dx(1)",
        "3·d/dx(x²) + d/dx(1)",
        "3·2x^(2 − 1) + d/dx(1)",
        "3·2x^(2 − 1) + 0",
        "3·2x^(2 − 1)",
        "6x^(2 − 1)",
        "6x¹",
        "6x",
    ]


def test_the_quotient_rule_can_be_asked_for() -> None:
    assert derive(parse("1/(1+x)"), "x").steps[0].name == "chain"
    assert derive(parse("1/(1+x)"), "x", QUOTIENT).steps[0].name == "quotient"
    assert render_text(derive(parse("1/(1+x)"), "x", QUOTIENT).result).text == "−1/(1 + x)²"


def test_second_derivatives_from_the_inside_out() -> None:
    derivation = derive(parse("d/dx(x^3)"), "x")
    assert [render_text(line).text for line in derivation.lines] == [
        "d/dx(d/dx(x³))",
        "d/dx(3x²)",
        "3·d/dx(x²)",
        "3·2x",
        "6x",
    ]


def test_round_d_s_appear_with_a_second_symbol() -> None:
    assert render_text(derive(parse("x^2"), "x").start).text == "d/dx(x²)"
    assert render_text(derive(parse("a x^2"), "x").start).text == "∂/∂x(ax²)"
    assert render_text(derive(parse("a x^2"), "x", partial=False).start).text == "d/dx(ax²)"


def test_a_place_without_a_derivative_is_refused() -> None:
    with pytest.raises(AlgebraError, match="nothing to differentiate"):
        apply_at(parse("x + 1"), (0,))
    assert apply_next(parse("x + 1")) is None


@pytest.mark.slow
def test_what_grows_too_long_is_refused_with_a_sentence() -> None:
    with pytest.raises(TooLargeError, match="too long to be worked through"):
        derive(parse("x sin(x) " * 60), "x")
    with pytest.raises(TooLargeError, match="more than 300 lines"):
        derive(parse("+".join(["x^2"] * 110)), "x", FULL)


WIDE = ["+".join(["x^2"] * 150), "x sin(x) " * 10, "(" * 12 + "x" + "/(1+x))" * 12, "x^x^x^x^x", "x" * 30, "x^9^9^9^9"]


@pytest.mark.slow
@pytest.mark.parametrize("typed", WIDE, ids=["sum", "product", "fractions", "powers", "letters", "tower"])
def test_long_formulas_stay_within_their_bounds(typed: str) -> None:
    for style in STYLES.values():
        try:
            derivation = derive(parse(typed), "x", style)
        except TooLargeError as error:
            assert "try a shorter" in str(error).lower()  # noqa: PT017 - both outcomes are right
            continue
        assert len(derivation.steps) <= 300
        assert max(size(line) for line in derivation.lines) <= LARGEST
