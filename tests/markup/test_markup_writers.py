"""Formulas as text, LaTeX and speech, each written down by hand."""

from fractions import Fraction

import pytest

from neurosim.markup.build import (
    ABOUT,
    EQUALS,
    NEGATIVE,
    PLUS,
    TAKE_AWAY,
    TIMES,
    bracketed,
    datum,
    derivative,
    index,
    italic,
    name,
    number,
    row,
    words,
)
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol, refs_of
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text


def digits(text: str) -> Symbol:
    return Symbol(text, "number")


SIGMA = Symbol("σ", "upright")
E = Symbol("e", "upright")
Z1 = index(italic("z"), digits("1"))
Y_HAT = index(Hat(italic("y")), digits("2"))
HALF = Over(digits("1"), digits("2"))
LECTURE = Row(
    (
        HALF,
        Bracket(
            Row(
                (
                    NEGATIVE,
                    digits("4"),
                    bracketed(Row((digits("0"), PLUS, number(Fraction(16, 3))))),
                    TAKE_AWAY,
                    digits("8"),
                    bracketed(Row((digits("4"), PLUS, number(Fraction(14, 3))))),
                )
            ),
            "[",
            "]",
        ),
    )
)

CASES: list[tuple[Markup, str, str, str]] = [
    (
        Row((name("a"), TIMES, index(name("x"), digits("1")), EQUALS, number(Fraction(1, 3)), TIMES, digits("2"))),
        "a · x₁ = 1/3 · 2",
        r"a \cdot x_{1} = \frac{1}{3} \cdot 2",
        "a times x sub 1 equals 1 over 3 times 2",
    ),
    (
        LECTURE,
        "1/2[−4(0 + 16/3) − 8(4 + 14/3)]",
        r"\frac{1}{2}\left[ -4\left( 0 + \frac{16}{3} \right) - 8\left( 4 + \frac{14}{3} \right) \right]",
        "1 over 2 times open bracket minus 4 times open bracket 0 plus 16 over 3 close bracket minus 8 times "
        "open bracket 4 plus 14 over 3 close bracket close bracket",
    ),
    (
        Row((number(Fraction(466, 9)), ABOUT, digits("51.78"))),
        "466/9 ~ 51.78",
        r"\frac{466}{9} \approx 51.78",
        "466 over 9 is about 51.78",
    ),
    (
        derivative(italic("L"), Y_HAT),
        "∂L/∂ŷ₂",
        r"\frac{\partial L}{\partial\hat{y}_{2}}",
        "the derivative of L by y hat sub 2",
    ),
    (
        Row((SIGMA, bracketed(Z1))),
        "σ(z₁)",
        r"\sigma(z_{1})",
        "sigma of z sub 1",
    ),
    (
        Row((Row((name("f"), Symbol("′", "upright"))), bracketed(Z1), name("g"))),
        "f′(z₁)g",
        r"f'(z_{1})g",
        "f prime of z sub 1 times g",
    ),
    (
        Row((SIGMA, Symbol("′", "upright"), bracketed(Z1))),
        "σ′(z₁)",
        r"\sigma'(z_{1})",
        "sigma prime of z sub 1",
    ),
    (
        Over(digits("1"), Row((digits("1"), PLUS, Script(E, Row((NEGATIVE, Z1)))))),
        "1/(1 + e^(−z₁))",
        r"\frac{1}{1 + e^{-z_{1}}}",
        "the fraction 1 over 1 plus e to the power of minus z sub 1, end of fraction,",
    ),
    (
        Script(bracketed(number(Fraction(-16, 3))), digits("2")),
        "(−16/3)²",
        r"\left( -\frac{16}{3} \right)^{2}",
        "open bracket minus 16 over 3 close bracket squared",
    ),
    (
        Over(Row((digits("2"), TIMES, bracketed(number(Fraction(-16, 3))))), digits("2")),
        "2 · (−16/3)/2",
        r"\frac{2 \cdot \left( -\frac{16}{3} \right)}{2}",
        "the fraction 2 times minus 16 over 3 over 2, end of fraction,",
    ),
    (
        Over(Over(digits("1"), digits("3")), digits("2")),
        "(1/3)/2",
        r"\frac{\frac{1}{3}}{2}",
        "the fraction 1 over 3 over 2, end of fraction,",
    ),
    (
        Over(Row((italic("a"), PLUS, italic("b"))), Row((digits("2"), TIMES, italic("n")))),
        "(a + b)/(2 · n)",
        r"\frac{a + b}{2 \cdot n}",
        "the fraction a plus b over 2 times n, end of fraction,",
    ),
    (Root(italic("s")), "√s", r"\sqrt{s}", "the square root of s"),
    (
        Root(Row((italic("s"), PLUS, italic("ε")))),
        "√(s + ε)",
        r"\sqrt{s + \varepsilon}",
        "the square root of s plus epsilon, end of root,",
    ),
    (Bracket(italic("r"), "|", "|"), "|r|", "|r|", "the absolute value of r"),
    (
        Script(Script(italic("w"), None, digits("1")), words("new")),
        "w₁^new",
        r"w_{1}^{\text{new}}",
        "the new w sub 1",
    ),
    (
        Row(
            (
                Over(digits("1"), italic("n")),
                Script(Symbol("Σ", "upright"), italic("n"), Row((italic("i"), EQUALS, digits("1"))), big=True),
                italic("ℓ"),
            )
        ),
        "1/n Σᵢ₌₁ⁿ ℓ",
        r"\frac{1}{n}\sum_{i = 1}^{n}\ell",
        "1 over n times the sum for i equals 1 to n of l",
    ),
    (number(0.125), "~0.125", r"{\approx}0.125", "about 0.125"),
    (number(-2.5e-7), "~−2.5e−7", r"{\approx}-2.5 \cdot 10^{-7}", "about minus 2.5 times 10 to the minus 7"),
    (number(Fraction(1, 4), "decimal", ","), "0,25", "0{,}25", "0,25"),
    (Mark(italic("p"), frozenset({"n"}), emphasis="cancelled"), "p", r"\cancel{p}", "p (cancelled)"),
    (Mark(italic("p"), emphasis="boxed"), "p", r"\boxed{p}", "p"),
    (name("population_10k"), "population_10k", r"\text{population\_10k}", "population_10k"),
    (index(italic("z"), "xor"), "z_xor", r"z_{\text{xor}}", "z sub xor"),
]


@pytest.mark.parametrize(("markup", "text", "latex", "speech"), CASES, ids=[case[1] for case in CASES])
def test_each_writer(markup: Markup, text: str, latex: str, speech: str) -> None:
    assert write_text(markup) == text
    assert write_latex(markup) == latex
    assert write_speech(markup) == speech


def test_data_are_written_as_in_their_table() -> None:
    assert write_text(datum(Fraction(2199, 125))) == "17.592"
    assert write_text(number(Fraction(2199, 125))) == "2199/125"


def test_marks_leave_the_writing_alone_and_tell_what_a_part_stands_for() -> None:
    weight = Mark(name("w1"), frozenset({"w1"}), "positive")
    value = Mark(index(name("x"), digits("3")), frozenset({"x", "row:2"}))
    product = Row((weight, TIMES, value))
    assert write_text(product) == "w₁ · x₃"
    assert refs_of(product) == {"w1", "x", "row:2"}


def test_a_row_of_one_is_that_one() -> None:
    assert row(italic("a")) == italic("a")
