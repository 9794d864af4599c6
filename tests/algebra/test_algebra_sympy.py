"""A second opinion: sympy differentiates the same formulas, and the values agree at several points."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings

from formulas import expressions, smooth_formula
from neurosim.algebra.derivation import derive
from neurosim.algebra.equal import compare
from neurosim.algebra.errors import EvaluationError, TooLargeError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import (
    Constant,
    Derivative,
    Expression,
    Function,
    NamedConstant,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)
from neurosim.algebra.parse import parse
from neurosim.algebra.render_text import render_text
from neurosim.algebra.rules import STYLES
from neurosim.algebra.simplify import EXPANDING, LIGHT, MOST_STEPS, Simplifier, simplify

FORMULAS = 240
POINTS = (
    {"x": 0.3, "a": 1.25, "b": -0.5},
    {"x": -1.1, "a": 0.75, "b": 0.4},
    {"x": 0.9, "a": -0.6, "b": 1.3},
)
FUNCTIONS = {
    "exp": sympy.exp,
    "ln": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "tanh": sympy.tanh,
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "softplus": lambda u: sympy.log(1 + sympy.exp(u)),
}


def in_sympy(expression: Expression) -> sympy.Expr:
    """The same formula as a sympy expression, built node by node."""
    parts = [in_sympy(child) for child in expression.children]
    if isinstance(expression, Constant):
        return sympy.Rational(expression.value.numerator, expression.value.denominator)
    if isinstance(expression, NamedConstant):
        return {"e": sympy.E, "pi": sympy.pi}[expression.name]
    if isinstance(expression, Symbol):
        return sympy.Symbol(expression.name, real=True)
    if isinstance(expression, Negation):
        return -parts[0]
    if isinstance(expression, Sum):
        return sympy.Add(*parts)
    if isinstance(expression, Product):
        return sympy.Mul(*parts)
    if isinstance(expression, Quotient):
        return parts[0] / parts[1]
    if isinstance(expression, Power):
        return parts[0] ** parts[1]
    assert isinstance(expression, Function)
    return FUNCTIONS[expression.name](parts[0])


def sympy_value(expression: sympy.Expr, point: Mapping[str, float]) -> complex:
    value = expression.subs({sympy.Symbol(name, real=True): sympy.Float(at, 30) for name, at in point.items()})
    return complex(value.evalf(25))


@pytest.mark.parametrize("seed", range(FORMULAS))
def test_derivatives_agree_with_sympy(seed: int) -> None:
    generator = random.Random(seed)  # noqa: S311 - formulas to compare, nothing secret
    function = smooth_formula(generator, depth=2 + seed % 2)
    try:
        derivation = derive(function, "x", list(STYLES.values())[seed % 3])
    except TooLargeError:
        function = smooth_formula(random.Random(seed), depth=1)  # noqa: S311 - likewise
        derivation = derive(function, "x")
    expected = sympy.diff(in_sympy(function), sympy.Symbol("x", real=True))
    before_simplifying = [step for step in derivation.steps if step.kind == "rule"]
    for point in POINTS:
        wanted = sympy_value(expected, point)
        assert abs(wanted.imag) < 1e-12
        for line in (derivation.result, *(step.expression for step in before_simplifying[-1:])):
            assert not any(isinstance(part, Derivative) for _, part in walk(line))
            value = float(evaluate(line, point))
            assert value == pytest.approx(wanted.real, rel=1e-8, abs=1e-9), render_text(line).text


def test_almost_all_formulas_are_compared_in_full() -> None:
    too_long = 0
    for seed in range(FORMULAS):
        try:
            derive(smooth_formula(random.Random(seed), depth=2 + seed % 2), "x", list(STYLES.values())[seed % 3])  # noqa: S311
        except TooLargeError:
            too_long += 1
    assert FORMULAS - too_long >= 200


@pytest.mark.parametrize("seed", range(60))
def test_our_own_comparison_agrees_with_sympy_s_derivative(seed: int) -> None:
    function = smooth_formula(random.Random(1000 + seed), depth=1)  # noqa: S311 - formulas to compare
    result = derive(function, "x").result
    doubled = Product((Constant(Fraction(2)), result))
    assert compare(result, Quotient(doubled, Constant(Fraction(2)))).equal
    if abs(sympy_value(sympy.diff(in_sympy(function), sympy.Symbol("x", real=True)), POINTS[0])) > 1e-6:
        assert not compare(result, doubled).equal


@pytest.mark.parametrize("seed", range(100))
def test_simplifying_smooth_formulas_never_changes_the_value(seed: int) -> None:
    function = smooth_formula(random.Random(2000 + seed), depth=2)  # noqa: S311 - formulas to compare
    for names in (LIGHT, EXPANDING):
        steps = simplify(function, names)
        for point in POINTS:
            before = float(evaluate(function, point))
            for step in steps:
                assert float(evaluate(step.expression, point)) == pytest.approx(before, rel=1e-8, abs=1e-9), step


@settings(max_examples=300)
@given(expressions(8))
def test_simplifying_never_changes_the_value(expression: Expression) -> None:
    for names in (LIGHT, EXPANDING):
        steps = simplify(expression, names)
        last = steps[-1].expression if steps else expression
        assert len(steps) < MOST_STEPS
        assert Simplifier(names).next(last) is None, "it goes round in circles"
        for point in POINTS:
            values = {name: point["x"] + 0.1 * index for index, name in enumerate(sorted(names_in(expression)))}
            try:
                before = float(evaluate(expression, values))
                after = [float(evaluate(step.expression, values)) for step in steps]
            except EvaluationError:
                continue
            for value in after:
                assert value == pytest.approx(before, rel=1e-6, abs=1e-9)


def names_in(expression: Expression) -> set[str]:
    return {part.name for _, part in walk(expression) if isinstance(part, Symbol)}


def test_the_lecture_s_sigmoid_is_sympy_s_derivative() -> None:
    x = sympy.Symbol("x", real=True)
    ours = in_sympy(derive(parse("1/(1+e^-x)"), "x").result)
    assert sympy.simplify(ours - sympy.diff(1 / (1 + sympy.exp(-x)), x)) == 0
