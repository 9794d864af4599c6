"""Simplifications: each found by being there and right on its own example; the rest is left alone."""

from __future__ import annotations

import pytest

from neurosim.algebra.parse import parse
from neurosim.algebra.paths import at
from neurosim.algebra.render_text import render_text
from neurosim.algebra.simplifications import SIMPLIFICATIONS
from neurosim.algebra.simplify import EXPANDING, LIGHT, Simplifier, simplified, simplify


@pytest.mark.parametrize("name", SIMPLIFICATIONS)
def test_each_makes_of_its_own_example_what_it_says(name: str) -> None:
    one = SIMPLIFICATIONS[name]
    done = Simplifier({name}).next(parse(one.example))
    assert done is not None
    assert done.expression == parse(one.example_result)
    assert done.why.endswith(".")
    assert Simplifier({name}).next(done.expression) is None


CASES = [
    ("drop_zero", "x - 0", "x"),
    ("drop_zero", "0*ln(x) + x", "0 + x"),
    ("drop_zero", "0/x", "0"),
    ("drop_zero", "-0", "0"),
    ("multiply_by_one", "x/1", "x"),
    ("multiply_by_one", "x^1", "x"),
    ("multiply_by_one", "x^0", "1"),
    ("multiply_by_one", "1^x", "1"),
    ("multiply_by_one", "2*1*x*1", "2*x"),
    ("collect_signs", "-(-x)", "x"),
    ("collect_signs", "x*(-1)", "-x"),
    ("collect_signs", "(-x)*(-y)", "x*y"),
    ("collect_signs", "a*(-x)*(-y)*(-z)", "-(a*x*y*z)"),
    ("collect_signs", "(-x)/y", "-(x/y)"),
    ("collect_signs", "x/(-y)", "-(x/y)"),
    ("collect_signs", "(-x)/(-y)", "x/y"),
    ("collect_signs", "(-x)^2", "x^2"),
    ("collect_signs", "(-x)^3", "-(x^3)"),
    ("collect_signs", "a + (-(-x))", "a + x"),
    ("collect_signs", "a - b*(-x)", "a + b*x"),
    ("known_values", "ln(e)", "1"),
    ("known_values", "ln(e^(2x))", "2x"),
    ("known_values", "ln(exp(x))", "x"),
    ("known_values", "exp(ln(x))", "x"),
    ("known_values", "e^ln(x)", "x"),
    ("known_values", "sqrt(9/4)", "3/2"),
    ("known_values", "sigma(0)", "1/2"),
    ("known_values", "|-3|", "3"),
    ("arithmetic", "2*3 + 4", "10"),
    ("arithmetic", "6/4", "3/2"),
    ("arithmetic", "2^-2", "1/4"),
    ("arithmetic", "x + 2 - 5", "x - 3"),
    ("arithmetic", "2*x*3", "6*x"),
    ("arithmetic", "0.5*3*x", "1.5*x"),
    ("arithmetic", "1/2*2*x", "1*x"),
    ("open_brackets", "a - (b - c)", "a - b + c"),
    ("open_brackets", "a + (b - c)", "a + b - c"),
    ("open_brackets", "a - (-b - c)", "a + b + c"),
    ("cancel_opposites", "y*s - y + s - s*y", "-y + s"),
    ("cancel_opposites", "x - x", "0"),
    ("like_terms", "x + x - 2x", "0"),
    ("like_terms", "x + x + y - 2x", "y"),
    ("like_terms", "x y + a + y x", "2*x*y + a"),
    ("like_terms", "x/2 + x", "3*x/2"),
    ("like_terms", "x - 4x", "-(3*x)"),
    ("like_terms", "0.5x + 0.25x", "0.75x"),
    ("combine_fractions", "(a/b)*c*(d/x)", "(a*c*d)/(b*x)"),
    ("combine_fractions", "(a/b)/c", "a/(b*c)"),
    ("combine_fractions", "a/(b/c)", "(a*c)/b"),
    ("combine_fractions", "(1/x)*(1/y)", "1/(x*y)"),
    ("combine_fractions", "1/(1/x)", "x"),
    ("cancel_factors", "x^2/x", "x"),
    ("cancel_factors", "x/x^3", "1/x^2"),
    ("cancel_factors", "(4x)/(6y)", "(2x)/(3y)"),
    ("cancel_factors", "(x+1)/(x+1)^2", "1/(x+1)"),
    ("cancel_factors", "(2(x+1))/2", "x+1"),
    ("combine_powers", "x^2*x^3", "x^5"),
    ("combine_powers", "x*y*x", "x^2*y"),
    ("combine_powers", "e^x*e^y", "e^(x+y)"),
    ("combine_powers", "(x^2)^3", "x^6"),
    ("combine_powers", "(e^x)^2", "e^(2x)"),
    ("order_factors", "x*2", "2x"),
    ("order_factors", "sin(x)*x*pi*3", "3*pi*x*sin(x)"),
    ("distribute", "-y(1-s)", "y*s - y"),
    ("distribute", "x(a+b)y", "x*a*y + x*b*y"),
    ("distribute", "(a+b)(x+y)", "a*(x+y) + b*(x+y)"),
]


@pytest.mark.parametrize(("name", "before", "after"), CASES, ids=[f"{name}: {before}" for name, before, _ in CASES])
def test_one_step_of(name: str, before: str, after: str) -> None:
    done = Simplifier({name}).next(parse(before))
    assert done is not None
    assert render_text(done.expression).text == render_text(parse(after)).text


LEFT_ALONE = [
    "a x + b",
    "-y/p + (1-y)/(1-p)",
    "b + a",
    "x a",
    "sigma(z)(1 - sigma(z))",
    "(x^2)^(1/2)",
    "sqrt(x^2)",
    "(a+b)^2",
    "2^x*2^y",
    "1/(1+e^-x)",
    "2^100",
    "x/0",
    "0/0",
    "2^(1/2)",
    "ln(2)",
    "(x+1)/x",
    "x*(1+x)",
    "a/b + c/b",
    "y - x*(1-y)",
]


@pytest.mark.parametrize("typed", LEFT_ALONE)
def test_what_is_not_light_or_not_safe_is_left_alone(typed: str) -> None:
    assert simplify(parse(typed)) == ()


def test_the_steps_are_seen_one_by_one_with_the_piece_they_act_on() -> None:
    start = parse("0 + 2*(y - x)*(-x)*1")
    steps = simplify(start)
    assert [step.simplification.name for step in steps] == [
        "drop_zero",
        "multiply_by_one",
        "collect_signs",
        "order_factors",
    ]
    assert [render_text(step.expression).text for step in steps] == [
        "2(y − x)(−x)·1",
        "2(y − x)(−x)",
        "−2(y − x)·x",
        "−2x(y − x)",
    ]
    line = start
    for step in steps:
        at(line, step.before)  # the piece is there
        assert step.after
        for path in step.after:
            at(step.expression, path)
        line = step.expression


def test_multiplying_out_is_done_on_demand_only() -> None:
    assert simplified(parse("(x+1)(x-1)")) == parse("(x+1)(x-1)")
    assert render_text(simplified(parse("(x+1)(x-1)"), EXPANDING)).text == "x² − 1"
    assert "distribute" not in LIGHT


def test_simplifying_ends_also_where_much_is_to_be_done() -> None:
    long = parse(" + ".join(f"{n}x*{n}*1*(-y)" for n in range(1, 25)))
    assert render_text(simplified(long)).text == "−4900xy"  # 1 + 4 + ... + 24 squared
