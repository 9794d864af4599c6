"""How expressions are written and spoken: few brackets, textbook LaTeX, and a span for every part."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from formulas import expressions
from neurosim.algebra.expression import Expression, walk
from neurosim.algebra.parse import parse
from neurosim.algebra.render_latex import render_latex
from neurosim.algebra.render_speech import render_speech
from neurosim.algebra.render_text import render_text
from neurosim.algebra.writer import Rendered

TEXT = [
    ("1/(1+e^-x)", "1/(1 + e^−x)"),
    ("a x + b", "ax + b"),
    ("2*x^2", "2x²"),
    ("(y-a*x-b)^2", "(y − ax − b)²"),
    ("sigma(z)*(1-sigma(z))", "σ(z)(1 − σ(z))"),
    ("2*(x+1)*(x-1)", "2(x + 1)(x − 1)"),
    ("(1/2)*x", "1/2·x"),
    ("x*(1/2)", "x(1/2)"),
    ("2*3", "2·3"),
    ("p*i", "p·i"),
    ("s*i*n", "si·n"),
    ("f*(x+1)", "f·(x + 1)"),
    ("-(a+b)", "−(a + b)"),
    ("a-(-b)", "a − (−b)"),
    ("x^(1/2)", "x^(1/2)"),
    ("x^-1", "x⁻¹"),
    ("(a b)^2", "(ab)²"),
    ("(a/b)/c", "(a/b)/c"),
    ("a/(b c)", "a/(bc)"),
    ("|x-1|", "|x − 1|"),
    ("yhat", "ŷ"),
    ("w_1*x_1+w_{12}", "w₁x₁ + w₁₂"),
]


@pytest.mark.parametrize(("typed", "written"), TEXT, ids=[row[0] for row in TEXT])
def test_text(typed: str, written: str) -> None:
    assert render_text(parse(typed)).text == written


LATEX = [
    ("1/(1+e^-x)", r"\frac{1}{1 + e^{-x}}"),
    ("-1/(1+e^-x)^2", r"\frac{-1}{(1 + e^{-x})^2}"),
    ("-1/2", r"-\frac{1}{2}"),
    ("-y/p", r"-\frac{y}{p}"),
    ("a - 1/x", r"a - \frac{1}{x}"),
    ("a x + b", "a x + b"),
    ("2*3*x", r"2 \cdot 3 x"),
    ("x^10", "x^{10}"),
    ("x^2", "x^2"),
    ("x^n", "x^n"),
    ("(1/2)^x", r"\left(\frac{1}{2}\right)^x"),
    ("(a+b)^2", "(a + b)^2"),
    ("a ln(x)", r"a\,\ln(x)"),
    ("2 sin(x)", r"2 \sin(x)"),
    ("sigma(z)(1-sigma(z))", r"\sigma(z)(1 - \sigma(z))"),
    ("ln(1/x)", r"\ln\left(\frac{1}{x}\right)"),
    ("sqrt(x+1)", r"\sqrt{x + 1}"),
    ("|x|", r"\left|x\right|"),
    ("relu(x)", r"\operatorname{relu}(x)"),
    ("alpha*beta", r"\alpha \beta"),
    ("2 pi r", r"2 \pi r"),
    ("w_12*x_i", r"w_{12} x_i"),
    ("yhat", r"\hat{y}"),
    ("d/dx(x^2)", r"\frac{d}{dx}(x^2)"),
    ("∂/∂a((y-a*x)^2)", r"\frac{\partial}{\partial a}((y - a x)^2)"),
    ("d/dx(1/x)", r"\frac{d}{dx} \frac{1}{x}"),
    ("2*d/dx(1/x + 1)", r"2\,\frac{d}{dx}\left(\frac{1}{x} + 1\right)"),
]


@pytest.mark.parametrize(("typed", "written"), LATEX, ids=[row[0] for row in LATEX])
def test_latex(typed: str, written: str) -> None:
    assert render_latex(parse(typed)).text == written


def test_a_decimal_comma_in_latex_has_no_space_behind_it() -> None:
    assert render_latex(parse("0.5x"), decimal=",").text == "0{,}5 x"


SPEECH = [
    ("1/(1+e^-x)", "one over the quantity one plus e to the minus x, end quantity"),
    ("a x + b", "a x plus b"),
    ("(y - a x - b)^2", "the quantity y minus a x minus b, end quantity squared"),
    ("-x^2", "minus x squared"),
    ("x^3", "x cubed"),
    ("x^n", "x to the n"),
    ("e^(-x^2)", "e to the quantity minus x squared, end quantity"),
    ("2(x+1)", "two times the quantity x plus one, end quantity"),
    ("a/b/c", "the quantity a over b, end quantity over c"),
    ("ln(x)", "the natural logarithm of x"),
    ("sigma(2z)", "sigma of the quantity two z, end quantity"),
    ("0.5 + 15", "0 point 5 plus 15"),
    ("w_1 yhat", "w sub 1 y hat"),
    ("W + alpha", "capital W plus alpha"),
    ("d/dx(x)", "the derivative with respect to x of x"),
    ("∂/∂a(a x)", "the partial derivative with respect to a of the quantity a x, end quantity"),
    ("1 - (a - b)", "one minus the quantity a minus b, end quantity"),
]


@pytest.mark.parametrize(("typed", "spoken"), SPEECH, ids=[row[0] for row in SPEECH])
def test_speech(typed: str, spoken: str) -> None:
    assert render_speech(parse(typed)).text == spoken


def test_a_span_lights_up_the_right_piece() -> None:
    expression = parse("2(y - a x - b)(-x)")
    for rendered, piece, inner in (
        (render_text(expression), "y − ax − b", "ax"),
        (render_latex(expression), "y - a x - b", "a x"),
    ):
        span = rendered.span((1,))
        assert rendered.text[span.start : span.end] == piece
        span = rendered.span((1, 1, 0))
        assert rendered.text[span.start : span.end] == inner
    with pytest.raises(KeyError):
        render_text(expression).span((9,))


def test_a_subtracted_term_s_span_holds_its_minus() -> None:
    rendered = render_text(parse("y - b"))
    span = rendered.span((1,))
    assert rendered.text[span.start : span.end] == "− b"


@settings(max_examples=150)
@given(expressions())
def test_every_part_has_one_span_inside_that_of_its_parent(expression: Expression) -> None:
    renderers: tuple[Callable[[Expression], Rendered], ...] = (render_text, render_latex, render_speech)
    for render in renderers:
        rendered = render(expression)
        spans = {span.path: span for span in rendered.spans}
        assert len(spans) == len(rendered.spans)
        assert set(spans) == {path for path, _ in walk(expression)}
        assert spans[()].start == 0
        assert spans[()].end == len(rendered.text)
        for path, span in spans.items():
            assert span.start < span.end
            if path:
                parent = spans[path[:-1]]
                assert parent.start <= span.start < span.end <= parent.end


@settings(max_examples=150)
@given(expressions())
def test_brackets_in_latex_balance(expression: Expression) -> None:
    text = render_latex(expression).text
    assert text.count("{") == text.count("}")
    assert text.count("(") == text.count(")")
    assert text.count(r"\left") == text.count(r"\right")
