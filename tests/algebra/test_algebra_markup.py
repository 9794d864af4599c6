"""Formulas as markup: set as on the slide, each part with its path, the piece acted on in a box."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from formulas import expressions
from neurosim.algebra.derivation import derive
from neurosim.algebra.expression import Expression, walk
from neurosim.algebra.parse import parse
from neurosim.algebra.render_markup import path_ref, render_markup
from neurosim.markup.build import number
from neurosim.markup.tree import Mark, refs_of
from neurosim.markup.tree import walk as walk_markup
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_text import write_text


def test_slide_9_with_the_new_piece_boxed() -> None:
    derivation = derive(parse("1/(1+e^-x)"), "x")
    lines = [write_latex(render_markup(step.expression, boxed=step.after)) for step in derivation.steps]
    assert lines == [
        r"\boxed{\frac{-1}{(1 + e^{-x})^{2}}\frac{d}{dx}(1 + e^{-x})}",
        r"\frac{-1}{(1 + e^{-x})^{2}}\boxed{\frac{d}{dx}(e^{-x})}",
        r"\frac{-1}{(1 + e^{-x})^{2}}\boxed{e^{-x}\frac{d}{dx}(-x)}",
        r"\frac{-1}{(1 + e^{-x})^{2}}e^{-x}\boxed{(-1)}",
        r"\boxed{\frac{1}{(1 + e^{-x})^{2}}e^{-x}}",
        r"\boxed{\frac{e^{-x}}{(1 + e^{-x})^{2}}}",
    ]


BOXED = [
    ("a + b + c", [(1,), (2,)], r"a + \boxed{b + c}"),
    ("a - b - c", [(1,), (2,)], r"a\boxed{- b - c}"),
    ("a - b + c", [(1, 0)], r"a - \boxed{b} + c"),
    ("2 a b", [(1,), (2,)], r"2\boxed{ab}"),
    ("2*3*b", [(1,)], r"2 \cdot \boxed{3}b"),
    ("1/(1+x)", [(1,)], r"\frac{1}{\boxed{1 + x}}"),
    ("-(1/x)", [(0,)], r"\boxed{\frac{-1}{x}}"),
    ("e^-x", [(1,)], r"e^{\boxed{-x}}"),
    ("(a+b)^2", [()], r"\boxed{(a + b)^{2}}"),
]


@pytest.mark.parametrize(("typed", "boxed", "expected"), BOXED, ids=[row[0] for row in BOXED])
def test_boxes(typed: str, boxed: list[tuple[int, ...]], expected: str) -> None:
    assert " ".join(write_latex(render_markup(parse(typed), boxed=boxed)).split()) == expected


WRITTEN = [
    ("sqrt(x+1)", r"\sqrt{x + 1}"),
    ("|x-1|", "|x - 1|"),
    ("y ln(p)", r"y \cdot \ln(p)"),
    ("2sigma(z)", r"2\sigma(z)"),
    ("w_12 yhat", r"w_{12}\hat{y}"),
    ("2 pi r", r"2\pi r"),
    ("∂/∂a(a x)", r"\frac{\partial}{\partial a}(ax)"),
    ("x_i^2", r"x_{i}^{2}"),
]


@pytest.mark.parametrize(("typed", "expected"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_set_as_in_a_textbook(typed: str, expected: str) -> None:
    assert write_latex(render_markup(parse(typed))) == expected


def test_symbols_light_up_what_they_stand_for() -> None:
    markup = render_markup(parse("a x + b"), refs={"a": frozenset({"edge 1"}), "b": frozenset({"n.bias"})})
    lit = {ref: mark for mark in walk_markup(markup) if isinstance(mark, Mark) for ref in mark.refs}
    assert write_text(lit["edge 1"]) == "a"
    assert write_text(lit["n.bias"]) == "b"
    assert lit["edge 1"].refs == {"edge 1", "part:0.0"}


FILLED = [
    ("-2x(y - a x - b)", "−2 · 2(0 − 1/3 · 2 − (−6))"),
    ("b^2", "(−6)²"),
    ("a^2", "(1/3)²"),
    ("b + x", "−6 + 2"),
    ("x + b", "2 + (−6)"),
    ("-b", "−(−6)"),
    ("x b a", "2 · (−6) · 1/3"),
    ("2x sin(b)", "2 · 2 · sin(−6)"),
    ("x(1 - b)", "2(1 − (−6))"),
    ("y/b", "0/−6"),
    ("x c", "2c"),
]


@pytest.mark.parametrize(("typed", "expected"), FILLED, ids=[row[0] for row in FILLED])
def test_numbers_in_the_places_of_symbols_are_bracketed_as_on_paper(typed: str, expected: str) -> None:
    values = {"x": Fraction(2), "y": Fraction(0), "a": Fraction(1, 3), "b": Fraction(-6)}
    numbers = {name: number(value) for name, value in values.items()}
    assert write_text(render_markup(parse(typed), numbers=numbers)) == expected


def test_references_are_paths() -> None:
    assert path_ref((0, 12, 3)) == "part:0.12.3"
    assert path_ref(()) == "part:"


def test_the_decimal_sign_is_the_reader_s() -> None:
    assert write_text(render_markup(parse("0.5x"), decimal=",")) == "0,5x"


@settings(max_examples=150)
@given(expressions())
def test_every_part_can_be_pointed_at(expression: Expression) -> None:
    markup = render_markup(expression)
    assert refs_of(markup) == {path_ref(path) for path, _ in walk(expression)}
