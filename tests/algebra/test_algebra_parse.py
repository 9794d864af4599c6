"""What people type, and how it is read: explicit brackets, or a sentence that says where reading stopped."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formulas import expressions
from neurosim.algebra.errors import ParseError
from neurosim.algebra.expression import (
    Constant,
    E,
    Expression,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    number,
)
from neurosim.algebra.parse import parse, read
from neurosim.algebra.render_text import render_text

x, y, a, b = (Symbol(name) for name in "xyab")

READ = {
    "½x": "0.5·x",
    "3½x": "3.5·x",
    "x^½": "x^0.5",
    "1/(1+e^-x)": "1/(1 + (e^(−x)))",
    "a x + b": "(a·x) + b",
    "ax+b": "(a·x) + b",
    "2x^2": "2·(x^2)",
    "2x²": "2·(x^2)",
    "ln(x^2)": "ln(x^2)",
    "3^x": "3^x",
    "sigma(z)": "σ(z)",
    "σ(z)": "σ(z)",
    "sigmoid z": "σ(z)",
    "(y - a x - b)^2": "(y − (a·x) − b)^2",
    "e^-x": "e^(−x)",
    "e^-x^2": "e^(−(x^2))",
    "e^-2x": "(e^(−2))·x",
    "-x^2": "−(x^2)",
    "(-x)^2": "(−x)^2",
    "2^-3": "2^(−3)",
    "-2^2": "−(2^2)",
    "-2x": "−(2·x)",
    "x^2^3": "x^(2^3)",
    "x^2²": "x^(2^2)",
    "(x^2)^3": "(x^2)^3",
    "1/2x": "(1/2)·x",
    "1/(2x)": "1/(2·x)",
    "1/2 x": "(1/2)·x",
    "a/b/c": "(a/b)/c",
    "a/b*c": "(a/b)·c",
    "a*b/c": "(a·b)/c",
    "2·-3": "2·(−3)",
    "x/-2": "x/(−2)",
    "2 × 3 ÷ 4": "(2·3)/4",
    "3 − 4": "3 − 4",
    "3−−4": "3 − (−4)",
    "--x": "−(−x)",
    "+x": "x",
    "a - (b - c)": "a − (b − c)",
    "a - b - c": "a − b − c",
    "x⁻¹": "x^(−1)",
    "x¹⁰": "x^10",
    "eˣ": "e^x",
    "x**2": "x^2",
    "|x|": "abs(x)",
    "2|x|": "2·abs(x)",
    "|x||y|": "abs(x)·abs(y)",
    "|a - |b||": "abs(a − abs(b))",
    "||a|+1|": "abs(abs(a) + 1)",
    "|x|^2": "abs(x)^2",
    "sin x": "sin(x)",
    "sin 2x": "sin(2·x)",
    "sin 2x + 1": "sin(2·x) + 1",
    "sin x cos x": "sin(x)·cos(x)",
    "sin x^2": "sin(x^2)",
    "sin^2 x": "sin(x)^2",
    "sin²(x)": "sin(x)^2",
    "sin(x)^2": "sin(x)^2",
    "sin(x)y": "sin(x)·y",
    "sin -x": "sin(−x)",
    "ln sin x": "ln(sin(x))",
    "log x": "ln(x)",
    "ln x/2": "ln(x)/2",
    "√x y": "√(x)·y",
    "sqrt 2x": "√(2·x)",
    "exp(-x)": "exp(−x)",
    "tanh x": "tanh(x)",
    "relu(-x)": "relu(−x)",
    "ab": "a·b",
    "xyz": "x·y·z",
    "x1 + x₂": "x_1 + x_2",
    "w_12 x_i": "w_12·x_i",
    "x_{ab}": "x_{ab}",
    "yhat": "ŷ",
    "ŷ": "ŷ",
    "alpha beta": "α·β",
    "2pi r": "2·π·r",
    "πr²": "π·(r^2)",
    "pie": "π·e",
    "2e": "2·e",
    "xi": "ξ",
    "x i": "x·i",
    "0.5x": "0.5·x",
    ".5": "0.5",
    "[x+{y}]": "x + y",
    "(x+1)(x-1)": "(x + 1)·(x − 1)",
    "x(x+1)": "x·(x + 1)",
    "f*(x)": "f·x",
    "-y ln(p) - (1-y) ln(1-p)": "−(y·ln(p)) − ((1 − y)·ln(1 − p))",
    "d/dx(x^2)": "d/dx(x^2)",
    "∂/∂a((y-ax)^2)": "∂/∂a((y − (a·x))^2)",
    "d/(dx)": "d/(d·x)",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items(), ids=READ.keys())
def test_each_text_is_read_in_its_documented_way(typed: str, meant: str) -> None:
    subscripts = str.maketrans("₀₁₂", "012")
    shown = read(typed).read_as
    assert shown in (meant, meant.replace("x_1", "x₁").replace("x_2", "x₂").replace("w_12", "w₁₂")), shown.translate(
        subscripts
    )


REFUSED = {
    "": (0, "Nothing is typed"),
    "   ": (0, "Nothing is typed"),
    "1/(1+e^": (7, "ends too early"),
    "(x+1": (4, 'The "(" at place 1 is never closed'),
    "x+1)": (3, 'The ")" at place 4 closes nothing'),
    "(x]+": (4, "ends too early"),
    "|x": (2, 'The "|" at place 1 is never closed'),
    "(|x)": (3, 'is not closed before ")"'),
    "ax+": (3, "ends too early"),
    "x*/y": (2, 'missing before "/"'),
    "^2": (0, 'missing before "^"'),
    "()": (1, 'missing before ")"'),
    "3 4": (2, "Two numbers"),
    "x 2": (2, "A number follows"),
    "x²^3": (2, "two exponents"),
    "f(x)": (0, "looks like a function"),
    "foo(x)": (0, '"foo" at place 1 is not known as a function'),
    "arcsin(x)": (0, '"arcsin"'),
    "max(x)": (0, '"max"'),
    "log2(x)": (0, "ln(x)/ln(2)"),
    "sin": (3, "needs what it is taken of"),
    "sin + x": (4, "needs what it is taken of"),
    "sin^-1(x)": (3, "Only a whole exponent"),
    "sin^x(x)": (3, "Only a whole exponent"),
    "y = x": (2, "statement"),
    "1,5": (1, 'the decimal sign here is "."'),
    "f,g": (1, "does not stand inside a number"),
    "x!": (1, '"!" at place 2'),
    "x & y": (2, '"&"'),
    "∂x": (0, "does not begin a derivative"),
    "∂/∂(x)": (0, "does not begin a derivative"),
    "x⁻": (1, "no exponent"),
    "é": (0, '"é"'),
    "1" * 30: (0, "more than 24 digits"),
    "x" + "+x" * 600: (1000, "longer than 1000"),
    "(" * 60 + "x" + ")" * 60: (40, "40 levels deep"),
    "x/" * 60 + "x": (0, "40 levels deep"),
    "-" * 90 + "x": (40, "40 levels deep"),
    "x^" * 90 + "x": (81, "40 levels deep"),
}


@pytest.mark.parametrize(("typed", "expected"), REFUSED.items(), ids=[text[:16] or "nothing" for text in REFUSED])
def test_what_is_not_understood_gets_a_sentence_and_a_place(typed: str, expected: tuple[int, str]) -> None:
    with pytest.raises(ParseError) as caught:
        parse(typed)
    place, words = expected
    assert words in str(caught.value)
    assert caught.value.position == place


def test_the_sentence_says_how_it_was_read_up_to_where_it_stopped() -> None:
    with pytest.raises(ParseError, match="missing at its end") as caught:
        parse("2/(1+e^")
    assert caught.value.read == "2/(1 + e)"
    assert str(caught.value).endswith("Read up to there: 2/(1 + e)")
    with pytest.raises(ParseError) as caught:
        parse("a x + b = y")
    assert caught.value.read == "(a·x) + b"


def test_the_tree_keeps_the_order_typed() -> None:
    assert parse("1 + e^-x") == Sum((number(1), Power(E, Negation(x))))
    assert parse("b + x a") == Sum((b, Product((x, a))))
    assert parse("y - a x - b") == Sum((y, Negation(Product((a, x))), Negation(b)))
    assert parse("2/4") == Quotient(number(2), number(4))
    assert parse("1/(1+x)") != parse("1/(x+1)")


def test_a_decimal_comma_is_an_option() -> None:
    assert parse("0,5x", decimal=",") == Product((Constant(Fraction(1, 2)), x))
    assert read("0,5x", decimal=",").read_as == "0,5·x"
    assert render_text(parse("0,125", decimal=","), decimal=",").text == "0,125"
    with pytest.raises(ParseError, match='decimal sign here is ","'):
        parse("0.5", decimal=",")


@settings(max_examples=300)
@given(expressions())
@example(Symbol("e_1"))
@example(Product((Symbol("p"), Symbol("i_1"))))
@example(Product((Symbol("p"), Symbol("i"))))
@example(Product((Symbol("y"), Symbol("h"), Symbol("a"), Symbol("t"))))
@example(Product((Symbol("a"), Symbol("b"), Symbol("c"), Sum((x, y)))))
@example(Product((Symbol("h"), Sum((x, y)))))
@example(Product((Quotient(Symbol("d"), Symbol("d")), x, Sum((x, y)))))
@example(Negation(Negation(Quotient(x, Negation(y)))))
@example(Power(Power(x, number(2)), Negation(number(2))))
def test_what_is_written_is_read_back_as_the_same(expression: Expression) -> None:
    assert parse(render_text(expression).text) == expression
    assert parse(render_text(expression, decimal=",").text, decimal=",") == expression


@settings(max_examples=300)
@given(expressions())
def test_the_explicit_reading_is_read_back_as_the_same(expression: Expression) -> None:
    reading = read(render_text(expression).text)
    assert parse(reading.read_as) == expression


SIGNS = "xyzabefdσπ∂√0123456789.,+-−*·×/÷^²³⁻¹₁_(){}[]|= \t\u0302éß"


@given(st.one_of(st.text(alphabet=SIGNS, max_size=60), st.text(max_size=40), st.text(alphabet="()|x-^/", max_size=200)))
def test_no_text_raises_anything_but_the_sentence(text: str) -> None:
    try:
        expression = parse(text)
    except ParseError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - both outcomes are right
        assert len(str(error)) > 10  # noqa: PT017
    else:
        assert parse(render_text(expression).text) == expression


@given(st.text(alphabet="sincoexpltahfg dxyu_12(", max_size=16))
def test_letters_never_raise_anything_but_the_sentence(text: str) -> None:
    try:
        expression = parse(text)
    except ParseError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - both outcomes are right
    else:
        assert parse(render_text(expression).text) == expression
