"""The pieces of the calculus panel by themselves: broken lines, sampled curves, condensed lines, names."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulas import expressions
from neurosim.algebra.derivation import derive
from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Derivative, Expression, symbols, walk
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.parse import parse
from neurosim.algebra.paths import at
from neurosim.algebra.render_markup import render_markup
from neurosim.markup.tree import Markup, Symbol, refs_of
from neurosim.markup.tree import walk as walk_markup
from neurosim.markup.write_text import write_text
from neurosim.panels.calculus.breaking import break_points, split
from neurosim.panels.calculus.curve import Curve, curve, fitted_x, fitted_y
from neurosim.panels.calculus.lines import changed_parts, rule_counts, shown_lines
from neurosim.panels.calculus.question import Question, Through, first_choice
from neurosim.panels.calculus.sampling import sample
from neurosim.panels.calculus.setting import Setting

F = Fraction


# -- broken lines ------------------------------------------------------------------------------------------------------


def width_of(markup: Markup) -> float:
    return float(len(write_text(markup)))


def signs(markup: Markup) -> list[str]:
    return [part.text for part in walk_markup(markup) if isinstance(part, Symbol)]


@settings(max_examples=150)
@given(expressions(14), st.integers(8, 40))
def test_a_broken_formula_has_the_same_signs_and_stands_for_the_same(expression: Expression, room: int) -> None:
    markup = render_markup(expression)
    rows = split(markup, break_points(markup, room, width_of, 0.5, 1.0))
    assert [sign for row in rows for sign in signs(row)] == signs(markup)
    assert refs_of(markup) >= frozenset().union(*(refs_of(row) for row in rows)) >= leaf_refs(markup)


def leaf_refs(markup: Markup) -> frozenset[str]:
    """The references of the marks that hold a single sign."""
    return frozenset().union(
        *(part.refs for part in walk_markup(markup) if hasattr(part, "refs") and isinstance(part.inside, Symbol))
    )


BROKEN = [
    ("a + b - c + d", 4, ["a + b", "− c + d"]),
    ("2 a b (x + y)(u + v)", 9, ["2ab(x + y)", "(u + v)"]),
    ("sin(x) + ln(y)", 9, ["sin(x)", "+ ln(y)"]),
    ("-2x(y - a x - b)", 30, ["−2x(y − ax − b)"]),
    ("(a + b + c + d)^2", 5, ["(a + b", "+ c + d)²"]),
]


@pytest.mark.parametrize(("typed", "room", "rows"), BROKEN, ids=[row[0] for row in BROKEN])
def test_it_breaks_before_signs_and_between_factors(typed: str, room: int, rows: list[str]) -> None:
    markup = render_markup(parse(typed))
    found = split(markup, break_points(markup, room, width_of, 0.0, 1.0))
    assert [write_text(row) for row in found] == rows


def test_a_line_with_boxes_is_broken_where_it_is_broken_without(qapp) -> None:
    expression = parse("(y - w_3 tanh(w_1 x + b) - w_4 tanh(w_2 x + b) - a x)(1 - tanh(w_1 x + b)^2)")
    plain, boxed = render_markup(expression), render_markup(expression, boxed=[(1,)])
    one, other = Setting(plain, plain, 18.0, 300.0), Setting(plain, boxed, 18.0, 300.0)
    assert len(one.rows) == len(other.rows) > 1
    assert one.ascent == other.ascent
    assert one.descent == other.descent
    assert one.width <= 300
    assert one.places_of("part:0.1.0.1.0.0.0")  # the w_1 in the first tanh is found in its row


# -- sampling ----------------------------------------------------------------------------------------------------------

SAMPLED = [
    "1/(1+e^-x)",
    "a x^3 - b/x",
    "ln(x) + sqrt(x)",
    "|x| sin(x) - cos(2x) tan(x/3)",
    "x^(1/3) + x^-2",
    "3^x + x^x",
    "sigma(x) tanh(x) + relu(x) - softplus(-x)",
    "step(x) - sign(x) + Phi(x) + exp(-x)",
    "pi x/(x^2 - 1)",
]


@pytest.mark.parametrize("typed", SAMPLED)
def test_sampled_values_are_those_of_evaluate(typed: str) -> None:
    expression = parse(typed)
    places = np.array([-3.5, -1.0, -0.25, 0.0, 0.5, 1.0, 2.75])
    found = sample(expression, "x", places, {"a": 0.5, "b": -2.0})
    for x, value in zip(places, found, strict=True):
        try:
            expected = float(evaluate(expression, {"x": F(x), "a": F(1, 2), "b": F(-2)}))
        except EvaluationError:
            assert math.isnan(value), x
        else:
            assert value == pytest.approx(expected, rel=1e-12, abs=1e-14), x


def test_a_derivative_inside_a_function_is_drawn_too() -> None:
    at_places = np.linspace(-2, 2, 9)
    expression = parse("d/dx(x^3)")
    assert isinstance(expression, Derivative)
    assert sample(expression, "x", at_places, {}) == pytest.approx(3 * at_places**2, abs=1e-6)


def test_every_function_can_be_drawn() -> None:
    for name in FUNCTIONS:
        value = sample(parse(f"{name}(x)"), "x", np.array([0.5]), {})[0]
        assert value == pytest.approx(FUNCTIONS[name].value(0.5), rel=1e-14)


# -- lines and ranges --------------------------------------------------------------------------------------------------


def drawn(typed: str, low: float, high: float, height: float) -> Curve:
    expression = parse(typed)
    return curve(lambda x: sample(expression, "x", x, {}), (low, high), height)


def test_a_line_ends_where_its_domain_ends() -> None:
    line = drawn("sqrt(2 - x)", -3, 3, 4)
    there = np.isfinite(line.y)
    assert line.x[there].max() == pytest.approx(2, abs=1e-6)
    assert np.isnan(line.y[line.x > 2.001]).all()


@pytest.mark.parametrize(("typed", "pole"), [("1/(x-1)", 1.0), ("1/x^3", 0.0), ("tan(x)", math.pi / 2)])
def test_a_pole_breaks_the_line(typed: str, pole: float) -> None:
    line = drawn(typed, -1, 2.5, 10)
    left = np.flatnonzero(line.x < pole - 1e-9)[-1]
    right = np.flatnonzero(line.x > pole + 1e-9)[0]
    assert np.isnan(line.y[left : right + 1]).any()


def test_beside_a_pole_that_has_one_sign_nothing_comes_down() -> None:
    line = drawn("1/(x-1)^2", -1, 2.5, 10)
    near = np.abs(line.x - 1) < 0.005
    assert near.any()
    assert (np.isnan(line.y[near]) | (line.y[near] > 1000)).all()


@pytest.mark.parametrize("typed", ["x^9", "tanh(100x)", "3^x", "1/(1+e^(-50x))"])
def test_what_is_only_steep_is_one_line(typed: str) -> None:
    line = drawn(typed, -6, 6.1, 10)
    assert not np.isnan(line.y).any()
    assert (np.diff(line.x) > 0).all()


def test_ranges_show_what_there_is() -> None:
    def values(typed: str):
        expression = parse(typed)
        return lambda x: sample(expression, "x", x, {})

    assert fitted_x(values("x^2"), 1.0) == (-6.0, 6.0)
    assert fitted_x(values("x^2"), 20.0) == (-30.0, 30.0)
    low, high = fitted_x(values("sqrt(4-x^2)"), 1.0)
    assert -2.7 < low < -2
    assert 2 < high < 2.7
    at_places = np.linspace(-6, 6, 241)
    pole = Curve(at_places, values("1/x")(at_places))
    slope = Curve(at_places, values("-1/x^2")(at_places))
    bottom, top = fitted_y(pole, slope, 1.0, [1.0])
    assert -12 < bottom < 0 < top < 12
    flat = Curve(at_places, np.full_like(at_places, 7.0))
    bottom, top = fitted_y(flat, Curve(at_places, np.zeros_like(at_places)), 1.0, [7.0])
    assert bottom < 0
    assert 7 < top < 10


# -- condensed lines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["1/(1+e^-x)", "x^2 sin(3x)", "(2x + 1)^3/(x + 5)", "ln(x^2)/2 - (1 - x)", "x^x"])
def test_what_is_outlined_in_a_condensed_line_holds_all_that_changed(typed: str) -> None:
    lines = shown_lines(derive(parse(typed), "x"), spread=False)
    for before, line in pairwise(lines):
        outlined = changed_parts(before.expression, line.expression)
        old, new = outside(before.expression, ()), outside(line.expression, outlined)
        assert is_subsequence(new, old), (before.expression, line.expression)


def outside(expression: Expression, boxes: tuple[tuple[int, ...], ...]) -> list[Expression]:
    inside = {path for box in boxes for path, _ in walk(at(expression, box), box)}
    return [part for path, part in walk(expression) if not part.children and path not in inside]


def is_subsequence(short: list[Expression], long: list[Expression]) -> bool:
    rest = iter(long)
    return all(part in rest for part in short)


def test_what_stays_is_not_outlined() -> None:
    assert changed_parts(parse("a + b + c"), parse("a + d + c")) == ((1,),)
    assert changed_parts(parse("a + b c"), parse("a + b d")) == ((1, 1),)
    assert changed_parts(parse("a b c d"), parse("a u v w d")) == ((1,), (2,), (3,))
    assert changed_parts(parse("sin(x)"), parse("cos(x)")) == ((),)
    assert changed_parts(parse("d/dx(u)"), parse("d/dy(u)")) == ((),)


def test_rules_are_counted_by_line() -> None:
    lines = shown_lines(derive(parse("x^2 + x^3"), "x"), spread=True)
    assert rule_counts(lines) == {"sum": 1, "power": 2}


# -- questions ---------------------------------------------------------------------------------------------------------


def test_the_first_choice() -> None:
    assert first_choice(("a", "x", "b")) == "x"
    assert first_choice(("a", "z")) == "z"
    assert first_choice(("t", "a")) == "t"
    assert first_choice(("t", "a"), "a") == "a"
    assert first_choice(()) == "x"


def test_a_named_quantity_is_put_in_unless_it_is_the_symbol() -> None:
    question = Question("", parse("(y - p)^2"), "z", Through("p", parse("sigma(z)")))
    assert question.goes_through
    assert question.whole == parse("(y - sigma(z))^2")
    assert question.free == ("z", "y")
    assert question.complete({"z": F(0), "y": F(1)})["p"] == F(1, 2)
    by_p = question.by("p")
    assert not by_p.goes_through
    assert by_p.free == ("p", "y")
    assert by_p.whole == parse("(y - p)^2")
    assert symbols(question.by("y").whole) == ("y", "z")
