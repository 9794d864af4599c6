"""The quantities that a lesson names: the lecture's numbers, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim import paths
from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.lessons.formulas import FormulaError
from neurosim.lessons.mathtext import MathError, read_math
from neurosim.lessons.references import Live
from neurosim.lessons.text import live_of
from neurosim.lessons.typeset import Typesetter
from neurosim.markup.tree import Mark, refs_of
from neurosim.markup.write_text import write_text


@pytest.fixture
def state():
    return load(paths.example("lecture"))


@pytest.fixture
def live(state):
    return Live(state)


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("loss", Fraction(466, 9)),
        ("n", Fraction(2)),
        ("rate", Fraction(1, 30)),
        ("edge:a", Fraction(1, 3)),
        ("bias:n", Fraction(-6)),
        ("gradient:a", Fraction(-136, 3)),
        ("share:a:2", Fraction(-208, 3)),
        ("share:n.bias:1", Fraction(-32, 3)),
        ("change:a", Fraction(68, 45)),
        ("change:n.bias", Fraction(7, 15)),
        ("gradient:n.bias", Fraction(-14)),
        ("next:a", Fraction(83, 45)),
        ("next:n.bias", Fraction(-83, 15)),
        ("next:loss", Fraction(8149, 2025)),
        ("best:a", Fraction(2)),
        ("best:n.bias", Fraction(-4)),
        ("best:loss", Fraction(0)),
        ("data:x:2", Fraction(4)),
        ("z:n:1", Fraction(-16, 3)),
        ("value:x:1", Fraction(2)),
        ("output:2", Fraction(-14, 3)),
        ("target:2", Fraction(4)),
        ("residual:2", Fraction(-26, 3)),
        ("square:1", Fraction(256, 9)),
        ("rowloss:2", Fraction(676, 9)),
        ("slope:1", Fraction(-16, 3)),
        ("part:a:1", Fraction(-32, 3)),
        ("part:a:2", Fraction(-104, 3)),
        ("part:n.bias:2", Fraction(-26, 3)),
        ("reduction:samples", Fraction(2)),
        ("reduction:half", Fraction(1)),
    ],
)
def test_the_lectures_numbers(live, reference, value) -> None:
    assert live.value(reference) == value


def test_the_limit_of_the_rate(live) -> None:
    assert live.value("limit:rate") == pytest.approx(0.091673, abs=1e-6)


def test_the_start_of_the_page_is_remembered(state) -> None:
    after = Live(edits.set_weight(state, "a", 2), start=Live(state))
    assert after.value("edge:a") == 2
    assert after.value("start:edge:a") == Fraction(1, 3)


def test_the_context_holds_what_has_a_value(live, state) -> None:
    context = live.context()
    assert context["residual:1"] == Fraction(-16, 3)
    assert context["part:a:2"] == Fraction(-104, 3)
    bare = Live(replace(state, network=state.network.__class__(state.network.nodes, state.network.edges, ())))
    assert "loss" not in bare.context()
    assert bare.context()["edge:a"] == Fraction(1, 3)


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("lose", "no quantity {lose}"),
        ("edge:c", "no edge c: there are a"),
        ("data:u:1", "no column u: there are x, y"),
        ("output:3", "rows count from 1 to 2"),
        ("gradient:b", "no weight or bias b: there are a, n.bias"),
        ("reduction:what", "reduction:samples"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(live, reference, told) -> None:
    with pytest.raises(FormulaError) as caught:
        live.value(reference)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("yhat_1 = a x_1 + b = {edge:a} * {data:x:1} + {bias:n}", "ŷ₁ = ax₁ + b = 1/3 · 2 + (−6)"),
        ("{residual:1}^2", "(−16/3)²"),
        ("∂L/∂b = {gradient:n.bias|over 3}", "∂L/∂b = −42/3"),
        ("1/2[-4(0 + 16/3) - 8(4 + 14/3)]", "1/2[−4(0 + 16/3) − 8(4 + 14/3)]"),
        ("sum_(i=1)^n (y_i - f(x_i))^2/n", "∑ᵢ₌₁ⁿ (yᵢ − f(xᵢ))²/n"),
        ("e^-x/(1+e^-x)^2", "e^(−x)/(1 + e^(−x))²"),
        ("sigma(z)(1 - sigma(z))", "σ(z)(1 − σ(z))"),
        ("<<-136/3, -42/3>>", "⟨−136/3, −42/3⟩"),
        ('a = 0 " or " b != 1', "a = 0 or b ≠ 1"),
    ],
)
def test_formulas_as_they_are_typed(live, typed, shown) -> None:
    assert write_text(Typesetter(live).formula(read_math(typed))).replace("  ", " ") == shown


@pytest.mark.parametrize("typed", ["", "(a", "a +)", "a_", "1/", "hello", "a & b", "()"])
def test_formulas_that_cannot_be_read(typed) -> None:
    with pytest.raises(MathError):
        read_math(typed)


def test_letters_light_up_what_they_stand_for(live) -> None:
    typesetter = Typesetter(live)
    assert refs_of(typesetter.formula(read_math("a"))) == {"a"}
    assert refs_of(typesetter.formula(read_math("b"))) == {"n.bias"}
    assert "row:1" in refs_of(typesetter.formula(read_math("yhat_2")))
    gradient = typesetter.formula(read_math("∂L/∂a"))
    assert isinstance(gradient, Mark)
    assert gradient.role == "gradient"
    assert "a" in gradient.refs


def test_colours_say_the_sign_and_the_kind(live) -> None:
    typesetter = Typesetter(live)
    roles = [typesetter.number(live_of(name)).role for name in ("edge:a", "bias:n", "gradient:a", "loss", "next:a")]
    assert roles == ["positive", "negative", "gradient", "loss", "next"]


def test_hidden_numbers_are_not_written(live) -> None:
    typesetter = Typesetter(live, hidden=lambda reference: reference == "loss")
    mark = typesetter.number(live_of("loss"))
    assert write_text(mark) == "?"
    assert mark.refs == frozenset()
