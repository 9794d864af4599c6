"""The geometry of formulas, against the tables of Computer Modern (as KaTeX publishes them) and rules done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from neurosim.markup.build import (
    ABOUT,
    EQUALS,
    NEGATIVE,
    PLUS,
    TAKE_AWAY,
    bracketed,
    index,
    italic,
    number_of_text,
    row,
    words,
)
from neurosim.markup.tree import Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.widgets.formula import set_formula
from neurosim.widgets.formula.boxes import PathBox
from neurosim.widgets.formula.delimiters import bracket_box
from neurosim.widgets.formula.faces import glyph_of
from neurosim.widgets.formula.form import form_of
from neurosim.widgets.formula.setting import DISPLAY, TEXT, Setter
from neurosim.widgets.formula.sheet import Run, Sheet

EM = 1000.0
NEAR = 2.0
"""Thousandths of an em: fonts store widths rounded to one."""

A, B, X, Y, EACH, COUNT = (italic(letter) for letter in "abxyin")
ONE, TWO, THREE = (Symbol(digit, "number") for digit in "123")
Y_LEANS = 35.9
"""The italic correction of y in cmmi10."""
MEDIUM, THICK, THIN = 4000 / 18, 5000 / 18, 3000 / 18
ROOM = 120
"""On both sides of a fraction."""


def width(markup: Markup, style: int = DISPLAY) -> float:
    box = Setter(EM).box(markup, style)
    return box.width + box.italic


def sheet_of(markup: Markup, style: int = DISPLAY) -> Sheet:
    return Sheet.of(Setter(EM).box(markup, style), EM)


def runs_of(markup: Markup, style: int = DISPLAY) -> list[Run]:
    return sheet_of(markup, style).runs(form_of(markup)[1])


def glyphs(markup: Markup) -> Iterator[tuple[int, float, float, float]]:
    """Number, size, x and y of every glyph, from left to right."""
    found = []
    for run, dx, dy, _ in runs_of(markup):
        size = run.rawFont().pixelSize()
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            found.append((number, size, place.x() + dx, place.y() + dy))
    return iter(sorted(found, key=lambda one: one[2]))


def place_of(markup: Markup, sign: str, style: str = "number", size: float = EM) -> tuple[float, float]:
    """Where the only glyph of *sign* stands; fails when there are none or several."""
    wanted = glyph_of(sign, style)  # type: ignore[arg-type]
    assert wanted is not None
    found = [(x, y) for number, px, x, y in glyphs(markup) if number == wanted.index and px == pytest.approx(size)]
    assert len(found) == 1, (sign, found)
    return found[0]


# -- rows ----------------------------------------------------------------------------------------------------------


def test_a_row_is_as_wide_as_its_parts_and_the_spaces_between_them(qapp):
    assert width(row(A, PLUS, B)) == pytest.approx(528.6 + MEDIUM + 777.8 + MEDIUM + 429.2, abs=NEAR)
    assert width(row(X, EQUALS, ONE)) == pytest.approx(571.5 + THICK + 777.8 + THICK + 500, abs=NEAR)
    assert width(row(X, ABOUT, ONE)) == pytest.approx(571.5 + THICK + 777.8 + THICK + 500, abs=NEAR)
    assert width(row(TWO, A)) == pytest.approx(500 + 528.6, abs=NEAR)
    assert width(Symbol("136", "number")) == pytest.approx(1500, abs=NEAR)
    assert width(Row(())) == 0


@pytest.mark.parametrize("px", [18.0, EM])
def test_all_figures_take_the_same_room(qapp, px):
    boxes = [Setter(px).box(Symbol(figure, "number")) for figure in "0123456789"]
    assert len({(box.width, box.height, box.depth) for box in boxes}) == 1
    assert boxes[0].height == pytest.approx(0.677 * px)  # the 4 is the tallest of them
    assert boxes[0].depth == pytest.approx(0.022 * px)


def test_a_minus_stands_close_unless_something_stands_before_it(qapp):
    assert width(row(NEGATIVE, A)) == pytest.approx(777.8 + 528.6, abs=NEAR)
    assert width(row(TAKE_AWAY, A)) == pytest.approx(777.8 + 528.6, abs=NEAR)
    assert width(row(B, EQUALS, TAKE_AWAY, A)) == pytest.approx(429.2 + 2 * THICK + 2 * 777.8 + 528.6, abs=NEAR)
    assert width(row(B, TAKE_AWAY, A)) == pytest.approx(429.2 + 2 * MEDIUM + 777.8 + 528.6, abs=NEAR)
    # also where the minus begins a row inside the row
    assert width(row(B, row(TAKE_AWAY, A))) == width(row(B, TAKE_AWAY, A))
    assert width(bracketed(row(TAKE_AWAY, A))) == pytest.approx(2 * 389 + 777.8 + 528.6, abs=NEAR)


def test_a_minus_before_a_fraction_stands_as_close_as_before_a_number(qapp):
    third = Over(ONE, THREE)
    assert width(row(NEGATIVE, third)) == pytest.approx(777.8 + 500 + 2 * ROOM, abs=NEAR)


def test_names_of_functions_get_thin_space_but_not_before_brackets(qapp):
    ln = Symbol("ln", "upright")
    alone = width(ln)
    assert width(row(TWO, ln, B)) == pytest.approx(500 + THIN + alone + THIN + 429.2, abs=NEAR)
    assert width(row(ln, bracketed(B))) == pytest.approx(alone + 2 * 389 + 429.2, abs=NEAR)


def test_signs_stand_close_in_scripts(qapp):
    box = Setter(EM).box(row(A, PLUS, B), 4)
    assert box.width == pytest.approx(0.7 * (528.6 + 777.8 + 429.2), abs=NEAR)


def test_what_leans_out_of_its_width_keeps_clear_of_what_follows(qapp):
    f = italic("f")
    assert width(row(f, bracketed(X))) == pytest.approx(489.6 + 107.6 + 2 * 389 + 571.5, abs=NEAR)
    assert width(row(Y, EQUALS, ONE)) == pytest.approx(490.3 + 35.9 + 2 * THICK + 777.8 + 500, abs=NEAR)


def test_rows_and_marks_inside_a_row_change_no_space(qapp):
    plain = width(row(A, PLUS, B, EQUALS, X))
    assert width(row(row(A, PLUS), row(B, EQUALS, X))) == pytest.approx(plain)
    marked = row(Mark(row(A, PLUS, B), frozenset({"n"})), EQUALS, Mark(X, frozenset({"x"}), "loss"))
    assert width(marked) == pytest.approx(plain)


def test_a_comma_between_arguments_is_followed_by_a_space(qapp):
    call = bracketed(row(ONE, Symbol(", ", "words"), TWO))
    assert width(call) == pytest.approx(2 * 389 + 2 * 500 + 277.8 + 250, abs=NEAR)


# -- fractions -----------------------------------------------------------------------------------------------------


def test_the_bar_of_a_fraction_lies_on_the_axis_and_is_as_wide_as_the_wider_part(qapp):
    formula = Over(Symbol("136", "number"), THREE)
    sheet = sheet_of(formula)
    assert len(sheet.rules) == 1
    left, top, bar, thickness, _ = sheet.rules[0]
    assert (left, bar, thickness) == pytest.approx((ROOM, 1500, 40), abs=NEAR)
    assert top + thickness / 2 == pytest.approx(-250)
    # the minus has its middle there too
    minus = glyph_of("−", "number")
    assert (minus.height - minus.depth) / 2 == pytest.approx(0.25, abs=0.001)
    upside_down = sheet_of(Over(THREE, Symbol("136", "number")))
    assert upside_down.rules[0][2] == pytest.approx(1500, abs=NEAR)


def test_numerator_and_denominator_are_centred_and_clear_of_the_bar(qapp):
    formula = Over(Symbol("136", "number"), TWO)
    x, y = place_of(formula, "2")
    assert x + 250 == pytest.approx(ROOM + 750, abs=NEAR)
    assert y == pytest.approx(686)
    assert place_of(formula, "1") == pytest.approx((ROOM, -677), abs=NEAR)
    # something deep in the numerator moves up: three times the bar stays free under it; deepest is the denominator
    # inside, 686 under the line, whose figures reach 22 further, and the bracket's own line lies 348 under that one
    deep = runs_of(Over(bracketed(Over(ONE, ONE)), TWO))
    (left_bracket, _) = next(run.positions() for run, _, _, _ in deep if run.rawFont().familyName() != "KaTeX_Main")
    assert -left_bracket.y() == pytest.approx(250 + 20 + 3 * 40 + 686 + 22 - 348, abs=NEAR)


def test_a_fraction_inside_a_fraction_is_smaller(qapp):
    formula = Over(Over(ONE, THREE), TWO)
    place_of(formula, "1", size=700)
    place_of(formula, "3", size=700)
    place_of(formula, "2", size=1000)


# -- scripts -------------------------------------------------------------------------------------------------------


def test_an_exponent_is_raised_and_small(qapp):
    formula = Script(X, TWO)
    assert place_of(formula, "2", size=700) == pytest.approx((571.5, -413), abs=NEAR)
    assert width(formula) == pytest.approx(571.5 + 350 + 50, abs=NEAR)


def test_an_exponent_in_a_denominator_stands_lower(qapp):
    formula = Over(ONE, Script(X, TWO))
    _, y = place_of(formula, "2", size=700)
    assert 686 - y == pytest.approx(289, abs=NEAR)


def test_an_index_is_lowered_and_clear_of_the_middle_of_the_letter(qapp):
    formula = index(X, "1")
    _, y = place_of(formula, "1", size=700)
    height = glyph_of("1", "number").height * 700
    assert y == pytest.approx(max(150, height - 0.8 * 431), abs=NEAR)


def test_exponent_and_index_keep_apart_and_only_the_exponent_clears_the_lean(qapp):
    formula = Script(Y, TWO, EACH)
    raised = place_of(formula, "2", size=700)
    lowered = place_of(formula, "i", "italic", size=700)
    assert raised[0] - lowered[0] == pytest.approx(Y_LEANS, abs=NEAR)
    below_exponent = -raised[1]
    above_index = glyph_of("i", "italic").height * 700 - lowered[1]
    assert below_exponent - above_index >= 4 * 40 - NEAR


def test_an_exponent_on_a_letter_with_an_index_stands_over_the_index(qapp):
    formula = Script(Mark(index(X, "1"), frozenset({"x"})), TWO)
    raised, lowered = place_of(formula, "2", size=700), place_of(formula, "1", size=700)
    assert raised[0] == pytest.approx(lowered[0], abs=NEAR)
    assert lowered[1] > 0 > raised[1]
    assert width(formula) == pytest.approx(571.5 + 350 + 50, abs=NEAR)


def test_scripts_of_scripts_are_half_as_large(qapp):
    formula = Script(Symbol("e", "upright"), row(NEGATIVE, index(X, "1")))
    place_of(formula, "1", size=500)


def test_the_exponent_of_a_tall_bracket_stands_at_its_top(qapp):
    bracket = bracketed(Over(ONE, THREE))
    tall = Setter(EM).box(bracket)
    _, y = place_of(Script(bracket, TWO), "2", size=700)
    assert -y == pytest.approx(tall.height - 0.353 * 700, abs=NEAR)


def test_a_prime_is_raised_in_a_row_and_once_only_in_an_exponent(qapp):
    prime = Symbol("′", "upright")
    in_row = place_of(row(X, prime), "′", size=700)
    in_script = place_of(Script(X, prime), "′", size=700)
    assert in_row[1] < -300
    assert in_script[1] < -300


def test_limits_stand_above_and_below_a_large_sum_sign_and_beside_a_small_one(qapp):
    sigma = Symbol("Σ", "upright")
    formula = Script(sigma, COUNT, row(EACH, EQUALS, ONE), big=True)
    faces = {run.rawFont().familyName() for run, _, _, _ in runs_of(formula)}
    assert "KaTeX_Size2" in faces
    x, y = place_of(formula, "n", "italic", size=700)
    assert x + 0.7 * 600.2 / 2 == pytest.approx(width(formula) / 2, abs=NEAR)
    # the sign reaches 0.95 em above the baseline; the limit keeps its gap from it
    assert -y == pytest.approx(950 + 200, abs=NEAR)
    assert "KaTeX_Size1" in {run.rawFont().familyName() for run, _, _, _ in runs_of(formula, TEXT)}
    assert Setter(EM).box(formula, TEXT).height < 0.8 * Setter(EM).box(formula).height


# -- brackets, roots, hats -----------------------------------------------------------------------------------------


def stacked(levels: int) -> Markup:
    """Something that is taller the more levels it has."""
    found: Markup = Over(ONE, TWO)
    for _ in range(levels):
        found = Script(Symbol("Σ", "upright"), found, found, big=True)
    return found


@pytest.mark.parametrize(("left", "right"), ["()", "[]", "{}", "⟨⟩", "||", "⌊⌋", "⌈⌉"])
@pytest.mark.parametrize("levels", range(6))
def test_brackets_cover_what_they_enclose(qapp, left, right, levels):
    content = Setter(EM).box(stacked(levels))
    reach = 2 * max(content.height - 250, content.depth + 250)
    for sign in (left, right):
        box = bracket_box(sign, content, EM)
        size = box.height + box.depth
        assert size >= min(0.901 * reach, reach - 500 + 12) - 12
        assert size >= reach - 500 - 12
        assert (box.height - box.depth) / 2 == pytest.approx(250, abs=NEAR), "its middle is on the axis"


def test_brackets_grow_from_size_to_size_and_then_from_pieces(qapp):
    sizes = [bracket_box("(", Setter(EM).box(stacked(k)), EM).height for k in range(6)]
    assert all(a <= b for a, b in pairwise(sizes))
    assert isinstance(bracket_box("(", Setter(EM).box(stacked(5)), EM), PathBox)
    assert not isinstance(bracket_box("(", Setter(EM).box(stacked(0)), EM), PathBox)


def test_brackets_around_one_line_stay_plain(qapp):
    plain = width(bracketed(X)) - 571.5
    for content in (Script(X, bracketed(EACH)), index(X, "1"), Script(X, TWO, ONE), row(ONE, PLUS, Hat(Y))):
        assert width(bracketed(content)) - width(content) == pytest.approx(plain, abs=NEAR)


def test_the_drawn_pieces_are_as_tall_as_they_say(qapp):
    for sign in "()[]{}⌊⌉":
        box = bracket_box(sign, Setter(EM).box(stacked(5)), EM)
        ink = box.path.boundingRect()
        assert -ink.top() == pytest.approx(box.height, abs=15)
        assert ink.bottom() == pytest.approx(box.depth, abs=15)


@pytest.mark.parametrize("levels", range(6))
def test_a_root_covers_what_is_under_it_and_its_bar_meets_the_sign(qapp, levels):
    content = Setter(EM).box(stacked(levels), 1)
    sheet = sheet_of(Root(stacked(levels)))
    left, top, length, thickness, _ = max(sheet.rules, key=lambda rule: rule[2])
    assert thickness == pytest.approx(40)
    assert length == pytest.approx(content.width + content.italic, abs=NEAR)
    assert -top - thickness > content.height, "there is room under the bar"
    whole = Setter(EM).box(Root(stacked(levels)))
    assert whole.depth >= content.depth
    assert left + length == pytest.approx(whole.width, abs=NEAR)


def test_a_hat_stands_over_the_middle_of_a_slanted_letter(qapp):
    wanted = glyph_of("^", "number")
    (hat,) = [(x, y) for number, _, x, y in glyphs(Hat(Y)) if number == wanted.index]
    assert hat[0] + 250 == pytest.approx(490.3 / 2 + 55.6, abs=NEAR)
    assert hat[1] == pytest.approx(0, abs=15), "as high as over x"
    (higher,) = [y for number, _, _, y in glyphs(Hat(italic("b"))) if number == wanted.index]
    assert -higher == pytest.approx(694.4 - 431, abs=NEAR + 10)
    assert width(Hat(Y)) == pytest.approx(width(Y))


def test_a_hat_typed_into_a_name_is_set_like_one(qapp):
    for name, letter in (("ŷ", "y"), ("q\u0302", "q")):
        for typed, built in zip(glyphs(italic(name)), glyphs(Hat(italic(letter))), strict=True):
            assert typed == pytest.approx(built)


# -- numbers and words ---------------------------------------------------------------------------------------------


def test_an_exponent_of_ten_is_set_as_a_power(qapp):
    formula = number_of_text("1.5e−7")
    assert width(formula) == pytest.approx(1278 + MEDIUM + 278 + 1000 + 0.7 * (777.8 + 500), abs=2 * NEAR)
    _, y = place_of(formula, "7", size=700)
    assert -y == pytest.approx(363, abs=NEAR)


def test_a_rounded_number_keeps_its_sign_close(qapp):
    assert width(number_of_text("~0.5")) == pytest.approx(0.8 * 777.8 + 40 + 1278, abs=NEAR)
    assert width(number_of_text("~\u200a−0.5")) == pytest.approx(0.8 * 777.8 + 40 + 777.8 + 1278, abs=NEAR)


def test_figures_are_upright_and_words_have_their_spaces(qapp):
    runs = runs_of(row(Symbol("42", "number"), words("more rows")))
    assert {run.rawFont().familyName() for run, _, _, _ in runs} == {"KaTeX_Main"}
    assert width(words("more rows")) == pytest.approx(width(words("more")) + width(words("rows")) + 250, abs=NEAR)


@pytest.mark.parametrize("text", ["年齢", "возраст", "çay", "a̧b"])
def test_names_in_other_scripts_are_laid_out_too(qapp, text):
    formula = set_formula(row(words(text), EQUALS, ONE), 20.0)
    alone = set_formula(words(text), 20.0)
    assert alone.width > 10
    assert formula.width == pytest.approx(alone.width + 20 * (2 * THICK + 777.8 + 500) / 1000, abs=0.1)


# -- outlines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("emphasis", ["boxed", "changed", "pending"])
@pytest.mark.parametrize("content", [X, index(X, "1"), Over(ONE, TWO), bracketed(Over(X, Y)), row(NEGATIVE, ONE)])
def test_an_outline_never_touches_what_is_inside_nor_its_neighbour(qapp, emphasis, content):
    marked = Mark(content, emphasis=emphasis)
    formula = bracketed(row(marked, marked, PLUS, Over(marked, TWO)))
    frames = [area.frame for area in sheet_of(formula).areas]
    assert len(frames) == 3
    inks = []
    for run, dx, dy, _ in runs_of(formula):
        font = run.rawFont()
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            inks.append(font.boundingRect(number).translated(place.x() + dx, place.y() + dy))
    for left, top, right, bottom in frames:
        for ink in inks:
            apart = ink.right() < left or ink.left() > right or ink.bottom() < top or ink.top() > bottom
            inside = (
                ink.left() > left + 80
                and ink.right() < right - 80
                and ink.top() > top + 80
                and ink.bottom() < bottom - 80
            )
            assert apart or inside
    for first, second in pairwise(sorted(frames)):
        assert second[0] - first[2] > 100


def test_an_outline_is_part_of_the_size(qapp):
    plain, boxed = set_formula(X, 100.0), set_formula(Mark(X, emphasis="boxed"), 100.0)
    assert boxed.width > plain.width + 40
    assert boxed.ascent > plain.ascent
    assert boxed.descent > plain.descent
    struck = set_formula(Mark(X, emphasis="cancelled"), 100.0)
    assert (struck.width, struck.height) == (plain.width, plain.height)


def test_a_mark_around_nothing_is_nothing(qapp):
    formula = set_formula(row(A, Mark(Row(()), frozenset({"n"})), PLUS, B), 100.0)
    assert formula.width == pytest.approx(set_formula(row(A, PLUS, B), 100.0).width)


# -- what lies where -----------------------------------------------------------------------------------------------


def test_the_innermost_mark_is_found_at_a_point(qapp):
    inner = Mark(X, frozenset({"x"}))
    outer = Mark(row(Mark(A, frozenset({"a"})), PLUS, inner), frozenset({"n"}))
    formula = set_formula(row(outer, EQUALS, Mark(ONE, role="loss")), 100.0)
    middle_of_a = 26.0
    assert formula.refs_at(middle_of_a, -20.0) == {"a"}
    plus = 52.9 + 22.2 + 38.9
    assert formula.refs_at(plus, -25.0) == {"n"}
    x = 52.9 + 44.4 + 77.8 + 28.0
    assert formula.refs_at(x, -20.0) == {"x"}
    assert formula.refs_at(formula.width - 10.0, -20.0) == frozenset(), "a mark that stands for nothing"
    assert formula.refs_at(-5.0, -20.0) == frozenset()
    assert formula.refs_at(x, 500.0) == frozenset()


def test_a_low_part_is_hit_on_the_whole_line(qapp):
    formula = set_formula(Mark(Symbol("·", "number"), frozenset({"n"})), 100.0)
    assert formula.refs_at(10.0, -60.0) == {"n"}


def test_parts_inside_a_fraction_lie_above_and_below(qapp):
    formula = set_formula(Over(Mark(ONE, frozenset({"top"})), Mark(TWO, frozenset({"foot"}))), 100.0)
    (top,) = formula.rects_of(frozenset({"top"}))
    (foot,) = formula.rects_of(frozenset({"foot"}))
    assert top.center().x() == pytest.approx(foot.center().x(), abs=0.5)
    assert top.bottom() < -25.0 < foot.top()
    assert top.left() == pytest.approx(12, abs=0.5)
    assert top.width() == pytest.approx(50, abs=0.5)
    assert formula.rects_of(frozenset({"elsewhere"})) == []
    assert formula.rects_of(frozenset()) == []
    assert len(formula.rects_of(frozenset({"top", "foot"}))) == 2


def test_a_part_inside_a_part_of_the_same_is_not_counted_twice(qapp):
    formula = set_formula(Mark(row(Mark(A, frozenset({"w"})), PLUS, B), frozenset({"w"})), 100.0)
    (whole,) = formula.rects_of(frozenset({"w"}))
    assert whole.width() == pytest.approx(formula.width, abs=0.5)


# -- sizes ---------------------------------------------------------------------------------------------------------


def test_everything_grows_with_the_size(qapp):
    markup = row(Over(A, B), EQUALS, Root(X), PLUS, Script(bracketed(Over(X, Y)), TWO))
    small, large = set_formula(markup, 18.0), set_formula(markup, 54.0)
    for name in ("width", "ascent", "descent", "height"):
        assert getattr(large, name) == pytest.approx(3 * getattr(small, name))
    assert small.height == pytest.approx(small.ascent + small.descent)


def test_the_same_formula_is_set_once(qapp):
    assert set_formula(row(A, PLUS, B), 18.0) is set_formula(row(A, PLUS, B), 18.0)
    assert set_formula(row(A, PLUS, B), 18.0) is not set_formula(row(A, PLUS, B), 20.0)
    coloured = row(A, PLUS, Mark(B, role="loss"))
    assert set_formula(coloured, 18.0) is not set_formula(row(A, PLUS, B), 18.0)
