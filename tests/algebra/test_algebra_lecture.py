"""The lecture's own derivations, line for line: each expected line was written by hand from the slides."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neurosim.algebra.derivation import Derivation, derive
from neurosim.algebra.equal import equivalent
from neurosim.algebra.errors import AlgebraError
from neurosim.algebra.expression import Derivative, Expression, Path, walk
from neurosim.algebra.numeric import check_line
from neurosim.algebra.parse import parse
from neurosim.algebra.paths import at
from neurosim.algebra.render_latex import render_latex
from neurosim.algebra.render_text import render_text
from neurosim.algebra.rules import FULL, QUOTIENT, STYLES
from neurosim.algebra.through import abbreviate, derive_through

POINT = {
    "x": Fraction(7, 10),
    "y": Fraction(2, 5),
    "a": Fraction(1, 3),
    "b": Fraction(-6, 5),
    "z": Fraction(1, 2),
    "p": Fraction(3, 5),
    "ŷ": Fraction(3, 5),
}


def texts(expressions: tuple[Expression, ...]) -> list[str]:
    return [render_text(expression).text for expression in expressions]


def slide(derivation: Derivation) -> list[tuple[str, str]]:
    return [(line.label, render_text(line.expression).text) for line in derivation.condensed()]


def test_slide_9_the_sigmoid_line_for_line() -> None:
    derivation = derive(parse("1/(1+e^-x)"), "x")
    assert slide(derivation) == [
        ("", "d/dx(1/(1 + e^−x))"),
        ("Chain, with Power outside", "−1/(1 + e^−x)²·d/dx(1 + e^−x)"),
        ("Sum", "−1/(1 + e^−x)²·d/dx(e^−x)"),
        ("Chain, with Exponential (base e) outside", "−1/(1 + e^−x)²·e^−x·d/dx(−x)"),
        ("Constant multiplier; Collect the signs; Write as one fraction", "e^−x/(1 + e^−x)²"),
    ]


def test_slide_9_is_set_as_on_the_slide() -> None:
    derivation = derive(parse("1/(1+e^-x)"), "x")
    assert [render_latex(line.expression).text for line in derivation.condensed()] == [
        r"\frac{d}{dx} \frac{1}{1 + e^{-x}}",
        r"\frac{-1}{(1 + e^{-x})^2}\,\frac{d}{dx}(1 + e^{-x})",
        r"\frac{-1}{(1 + e^{-x})^2}\,\frac{d}{dx}(e^{-x})",
        r"\frac{-1}{(1 + e^{-x})^2}\,e^{-x}\,\frac{d}{dx}(-x)",
        r"\frac{e^{-x}}{(1 + e^{-x})^2}",
    ]


def test_slide_9_one_rule_or_simplification_a_line() -> None:
    derivation = derive(parse("1/(1+e^-x)"), "x")
    assert [(step.kind, step.name) for step in derivation.steps] == [
        ("rule", "chain"),
        ("rule", "sum"),
        ("rule", "chain"),
        ("rule", "constant_multiple"),
        ("simplification", "collect_signs"),
        ("simplification", "combine_fractions"),
    ]
    assert texts(derivation.lines)[4:6] == ["−1/(1 + e^−x)²·e^−x·(−1)", "1/(1 + e^−x)²·e^−x"]


def test_slide_9_each_line_says_which_piece_it_acted_on() -> None:
    derivation = derive(parse("1/(1+e^-x)"), "x")
    before = [
        render_text(at(line, step.before[0])).text
        for line, step in zip(derivation.lines[:4], derivation.steps[:4], strict=True)
    ]
    assert before == ["d/dx(1/(1 + e^−x))", "d/dx(1 + e^−x)", "d/dx(e^−x)", "d/dx(−x)"]
    after = [
        " ".join(render_text(at(step.expression, path)).text for path in step.after) for step in derivation.steps[:4]
    ]
    assert after == ["−1/(1 + e^−x)²·d/dx(1 + e^−x)", "d/dx(e^−x)", "e^−x d/dx(−x)", "−1"]


def test_slide_9_by_the_quotient_rule_gives_the_same() -> None:
    for style in (QUOTIENT, FULL):
        derivation = derive(parse("1/(1+e^-x)"), "x", style)
        assert derivation.steps[0].name == "quotient"
        assert render_text(derivation.lines[1]).text == "(d/dx(1)·(1 + e^−x) − 1·d/dx(1 + e^−x))/(1 + e^−x)²"
        assert render_text(derivation.result).text == "e^−x/(1 + e^−x)²"


def test_slide_9_is_also_sigma_times_one_minus_sigma() -> None:
    assert equivalent(derive(parse("1/(1+e^-x)"), "x").result, parse("sigma(x)(1 - sigma(x))"))
    assert render_text(derive(parse("sigma(x)"), "x").result).text == "σ(x)(1 − σ(x))"


def test_slide_11_the_squared_error_by_a() -> None:
    derivation = derive(parse("(y - a x - b)^2"), "a")
    assert texts(derivation.lines) == [
        "∂/∂a((y − ax − b)²)",
        "2(y − ax − b)·∂/∂a(y − ax − b)",
        "2(y − ax − b)(−∂/∂a(ax))",
        "2(y − ax − b)(−x)",
        "−2(y − ax − b)·x",
        "−2x(y − ax − b)",
    ]
    folded = abbreviate(derivation, "f(x)", parse("a x + b"))
    assert render_text(folded.result).text == "−2x(y − f(x))"
    assert render_latex(folded.result).text == "-2 x(y - f(x))"
    assert folded.steps[-1].title == "Write f(x)"


def test_slide_11_the_squared_error_by_b() -> None:
    derivation = derive(parse("(y - a x - b)^2"), "b")
    assert texts(derivation.lines) == [
        "∂/∂b((y − ax − b)²)",
        "2(y − ax − b)·∂/∂b(y − ax − b)",
        "2(y − ax − b)(−∂/∂b(b))",
        "2(y − ax − b)(−1)",
        "−2(y − ax − b)",
    ]
    assert render_text(abbreviate(derivation, "f(x)", parse("a x + b")).result).text == "−2(y − f(x))"


def test_slide_15_the_loss_by_the_prediction() -> None:
    derivation = derive(parse("-y ln(ŷ) - (1-y) ln(1-ŷ)"), "ŷ", partial=False)
    assert texts(derivation.lines) == [
        "d/dŷ(−y·ln(ŷ) − (1 − y)·ln(1 − ŷ))",
        "−d/dŷ(y·ln(ŷ)) − d/dŷ((1 − y)·ln(1 − ŷ))",
        "−y·d/dŷ(ln(ŷ)) − d/dŷ((1 − y)·ln(1 − ŷ))",
        "−y(1/ŷ) − d/dŷ((1 − y)·ln(1 − ŷ))",
        "−y(1/ŷ) − (1 − y)·d/dŷ(ln(1 − ŷ))",
        "−y(1/ŷ) − (1 − y)(1/(1 − ŷ))·d/dŷ(1 − ŷ)",
        "−y(1/ŷ) − (1 − y)(1/(1 − ŷ))(−d/dŷ(ŷ))",
        "−y(1/ŷ) − (1 − y)(1/(1 − ŷ))(−1)",
        "−y(1/ŷ) + (1 − y)(1/(1 − ŷ))",
        "−y/ŷ + (1 − y)(1/(1 − ŷ))",
        "−y/ŷ + (1 − y)/(1 − ŷ)",
    ]
    assert render_latex(derivation.result).text == r"-\frac{y}{\hat{y}} + \frac{1 - y}{1 - \hat{y}}"


def test_slide_15_the_factors_are_seen_to_cancel() -> None:
    derivation = derive_through(parse("-y ln(ŷ) - (1-y) ln(1-ŷ)"), "ŷ", parse("sigma(z)"), "z")
    lines = texts(derivation.lines)
    assert lines[0] == "d/dz(−y·ln(σ(z)) − (1 − y)·ln(1 − σ(z)))"
    assert lines[1] == "d/dŷ(−y·ln(ŷ) − (1 − y)·ln(1 − ŷ))·d/dz(σ(z))"
    start = lines.index("(−y/ŷ + (1 − y)/(1 − ŷ))·d/dz(σ(z))")
    assert lines[start:] == [
        "(−y/ŷ + (1 − y)/(1 − ŷ))·d/dz(σ(z))",
        "(−y/σ(z) + (1 − y)/(1 − σ(z)))·d/dz(σ(z))",
        "(−y/σ(z) + (1 − y)/(1 − σ(z)))·σ(z)(1 − σ(z))",
        "−y/σ(z)·σ(z)(1 − σ(z)) + (1 − y)/(1 − σ(z))·σ(z)(1 − σ(z))",
        "−y·σ(z)(1 − σ(z))/σ(z) + (1 − y)/(1 − σ(z))·σ(z)(1 − σ(z))",
        "−y·σ(z)(1 − σ(z))/σ(z) + (1 − y)·σ(z)(1 − σ(z))/(1 − σ(z))",
        "−y(1 − σ(z)) + (1 − y)·σ(z)(1 − σ(z))/(1 − σ(z))",
        "−y(1 − σ(z)) + (1 − y)·σ(z)",
        "y·σ(z) − y + (1 − y)·σ(z)",
        "y·σ(z) − y + σ(z) − y·σ(z)",
        "−y + σ(z)",
        "σ(z) − y",
    ]


def test_beside_it_with_squared_error_they_do_not_cancel() -> None:
    derivation = derive_through(parse("(y - ŷ)^2"), "ŷ", parse("sigma(z)"), "z")
    assert render_text(derivation.result).text == "−2(y − σ(z))·σ(z)(1 − σ(z))"


@pytest.mark.parametrize(
    "derivation",
    [
        derive(parse("1/(1+e^-x)"), "x"),
        derive(parse("1/(1+e^-x)"), "x", FULL),
        derive(parse("(y - a x - b)^2"), "a"),
        derive(parse("(y - a x - b)^2"), "b"),
        derive(parse("-y ln(p) - (1-y) ln(1-p)"), "p"),
    ],
    ids=["sigmoid", "sigmoid-full", "by-a", "by-b", "cross-entropy"],
)
def test_each_line_is_worth_the_same_at_a_point(derivation: Derivation) -> None:
    for line in range(len(derivation.lines)):
        check = derivation.check(line, POINT)
        assert check.agrees, check


def test_each_line_of_slide_15_is_worth_the_same_when_the_prediction_is_sigma() -> None:
    derivation = derive_through(parse("-y ln(p) - (1-y) ln(1-p)"), "p", parse("sigma(z)"), "z")
    sigma = 0.6224593312018546  # 1/(1 + exp(-1/2))
    point = {"y": Fraction(2, 5), "z": Fraction(1, 2), "p": sigma}
    for line in derivation.lines:
        assert check_line(line, derivation.function, "z", point).agrees
    assert derivation.check(len(derivation.lines) - 1, point).value == pytest.approx(sigma - 0.4, rel=1e-12)


def test_a_wrong_line_is_found_out() -> None:
    check = check_line(parse("e^-x/(1+e^-x)"), parse("1/(1+e^-x)"), "x", POINT)
    assert not check.agrees
    assert check.problem == ""


THROUGH = [
    ("-y ln(p) - (1-y) ln(1-p)", "p", "sigma(z)", "z"),
    ("(y - p)^2", "p", "a x + b", "a"),
    ("p^2 sin(p)", "p", "x^2", "x"),
    ("-p", "p", "x^3", "x"),
]


def leaves_outside(expression: Expression, boxes: tuple[Path, ...]) -> list[Expression]:
    inside = {path for box in boxes for path, _ in walk(at(expression, box), box)}
    return [part for path, part in walk(expression) if not part.children and path not in inside]


DIRECT = ["1/(1+e^-x)", "(y - a x - b)^2", "x^2 sin(3x)", "x/(1+x)", "x^x", "ln(x^2)/2 - (1 - x)", "1/2 (y - x)^2 e^-x"]
DERIVATIONS = [
    *(derive_through(parse(f), p, parse(g), x) for f, p, g, x in THROUGH),
    *(derive(parse(f), "x", style) for f in DIRECT for style in STYLES.values()),
]


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_the_piece_boxed_is_the_piece_that_changes(derivation: Derivation) -> None:
    line = derivation.start
    for step in derivation.steps:
        if step.kind == "rule":
            assert any(isinstance(part, Derivative) for path in step.before for _, part in walk(at(line, path)))
        # The leaves outside the boxes before are the leaves outside the boxes after, in the same order.
        assert leaves_outside(line, step.before) == leaves_outside(step.expression, step.after), step
        line = step.expression


def test_what_does_not_go_through_the_middle_alone_is_refused() -> None:
    with pytest.raises(AlgebraError, match="depends on x directly"):
        derive_through(parse("x p"), "p", parse("x^2"), "x")
    with pytest.raises(AlgebraError, match="must not depend on p"):
        derive_through(parse("p^2"), "p", parse("p x"), "x")


def test_a_name_is_written_only_where_its_meaning_stands() -> None:
    derivation = derive(parse("x^2"), "x")
    assert abbreviate(derivation, "f(x)", parse("a x + b")) is derivation
    plus = abbreviate(derive(parse("(a x + b)^2"), "a"), "f(x)", parse("a x + b"))
    assert render_text(plus.result).text == "2x·f(x)"
