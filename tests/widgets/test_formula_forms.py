"""Formulas of one form: laid out once, each with its own figures in its own places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage, QPainter

from neurosim.markup.build import EQUALS, PLUS, TIMES, bracketed, index, italic, number_of_text, row, words
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.numbers.format import MINUS
from neurosim.widgets.formula import Formula, Ink, Placed, paint_formulas, set_formula, side_by_side
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group
from neurosim.widgets.formula.form import form_of
from neurosim.widgets.formula.setting import Setter
from neurosim.widgets.theme import theme

X = italic("x")
REF = frozenset({"w"})


def num(text: str) -> Symbol:
    return Symbol(text, "number")


def everywhere(a: str, b: str, c: str, d: str) -> list[Markup]:
    """Four numbers in all kinds of places."""
    return [
        row(num(a), PLUS, num(b), TIMES, num(c), EQUALS, num(d)),
        row(Over(num(a), num(b)), PLUS, Root(num(c)), PLUS, Hat(num(d))),
        row(Script(num(a), num(b), num(c)), PLUS, num(d)),
        row(Script(Symbol("Σ", "upright"), num(a), row(X, EQUALS, num(b)), big=True), bracketed(num(c)), num(d)),
        row(Mark(num(a), REF, "positive"), Mark(row(num(b), Mark(num(c), REF, emphasis="boxed")), REF, "loss"), num(d)),
        Over(Over(num(a), num(b)), Script(Bracket(Over(num(c), num(d))), num(a))),
        row(index(X, a), number_of_text(f"{MINUS}{b}/{c}"), number_of_text(f"~{d}")),
        Over(Script(Symbol("Σ", "upright"), num(a), num(b), big=True), Script(num(c), above=num(d))),
    ]


def glyphs_of_box(box: Box, x: float = 0.0, y: float = 0.0) -> Iterator[tuple[int, float, float]]:
    """Every glyph as it was set, without forms."""
    if isinstance(box, GlyphBox):
        for _, number, dx, dy in box.glyphs:
            yield number, round(x + dx, 6), round(y + dy, 6)
    elif isinstance(box, Group):
        for part, dx, dy, _ in box.parts:
            yield from glyphs_of_box(part, x + dx, y + dy)


def glyphs_of(formula: Formula) -> list[tuple[int, float, float]]:
    return sorted(
        (number, round(x + place.x(), 6), round(y + place.y(), 6))
        for run, x, y, _ in formula.runs
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True)
    )


@pytest.mark.parametrize("kind", range(len(everywhere("", "", "", ""))))
@pytest.mark.parametrize(
    "numbers",
    [("1.25", "7", "3.0", "46"), ("9.81", "4", "2.7", "13"), ("0.66", "0", "5.5", "88"), ("1.1", "2", "3", "4")],
)
def test_figures_stand_where_they_are_set(qapp, kind, numbers):
    markup = everywhere(*numbers)[kind]
    formula = set_formula(markup, 20.0)  # of the first three one pattern serves all
    assert glyphs_of(formula) == sorted(glyphs_of_box(Setter(20.0).box(markup)))
    assert formula.width == pytest.approx(Setter(20.0).box(markup).width)


@pytest.mark.parametrize("text", ["~0.333", "~1.5e−7", "2.25e+10", "−3,75", "12 %", "∞", "~∞", "1.5e-12"])
def test_rounded_and_tiny_numbers_too(qapp, text):
    other = text.translate(str.maketrans("123", "987"))
    for markup in (row(X, EQUALS, num(text), PLUS, num(other)), row(X, EQUALS, num(other), PLUS, num(text))):
        assert glyphs_of(set_formula(markup, 20.0)) == sorted(glyphs_of_box(Setter(20.0).box(markup)))


def test_formulas_of_one_form_share_their_layout(qapp):
    first, second, longer = (
        set_formula(row(X, EQUALS, number_of_text(text)), 18.0) for text in ("~0.25", "~7.31", "12")
    )
    assert first.pattern is second.pattern is not longer.pattern
    assert first.numbers == ("~0.25",)
    assert first.runs is not second.runs
    assert first.with_numbers(("~0.25",)) is first
    assert glyphs_of(first.with_numbers(("~7.31",))) == glyphs_of(second)


@pytest.mark.parametrize(
    "different",
    [
        (Root(X), Hat(X), bracketed(X), Mark(X), Row((X,)), X),
        (Script(X, num("1")), Script(X, None, num("1")), Script(X, num("1"), big=True), Over(X, num("1"))),
        (Row((X, Row((X, X)))), Row((Row((X, X)), X)), Row((X, X, X)), Row((Row((X,)), X, X))),
        (Mark(X, REF), Mark(X, role="loss"), Mark(X, emphasis="boxed"), Mark(X, frozenset({"b"}))),
        (Bracket(X, "", ")"), Bracket(X, "(", ""), Bracket(X, "[", "]")),
        (words("x1"), words("x2"), italic("1"), num("1"), num("11"), num("~1")),
        (Root(Over(X, X)), Row((X, X)), Over(X, X)),
    ],
)
def test_what_is_laid_out_in_another_way_has_another_form(qapp, different):
    assert len({form_of(markup)[0] for markup in different}) == len(different)


def test_figures_in_words_are_no_numbers(qapp):
    assert form_of(words("step 12"))[1] == ()
    assert form_of(row(index(X, "1"), EQUALS, number_of_text("3/4")))[1] == ("1", "3", "4")


def picture(paint: Callable[[QPainter], object]) -> QImage:
    image = QImage(600, 120, QImage.Format.Format_RGB32)
    image.fill(theme().canvas)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("lit", [frozenset(), REF])
def test_formulas_side_by_side_look_as_each_alone(qapp, lit):
    formulas = [
        (set_formula(everywhere("12", "3.5", "7", "0.25")[kind], size), x)
        for kind, size, x in ((4, 20.0, 0.0), (1, 14.0, 180.0), (6, 20.0, 360.0))
    ]
    ink = Ink(theme().text, lit)
    apart = picture(lambda painter: paint_formulas(painter, [Placed(one, 10.0 + x, 60.3) for one, x in formulas], ink))
    together = side_by_side(formulas)
    assert together.numbers == tuple(number for one, _ in formulas for number in one.numbers)
    assert picture(lambda painter: together.paint(painter, 10.0, 60.3, ink)) == apart
    centre = together.rects_of(REF)[0].center()
    assert together.refs_at(centre.x(), centre.y()) == REF
