"""Formulas pixel by pixel: colours of roles, soft backgrounds, outlines, and lines on whole pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from neurosim.markup.build import EQUALS, PLUS, TIMES, italic, row
from neurosim.markup.tree import Mark, Markup, Over, Symbol
from neurosim.widgets.formula import Formula, Ink, formula_picture, set_formula
from neurosim.widgets.theme import apply_theme, mix, theme

X, Y = italic("x"), italic("y")
ONE, TWO = Symbol("1", "number"), Symbol("2", "number")
ROLES = {
    "positive": "positive_text",
    "negative": "negative_text",
    "gradient": "gradient",
    "loss": "loss",
    "next": "next",
    "muted": "text_muted",
}


def paint(
    markup: Markup, size: float = 80.0, ratio: float = 1.0, shift: float = 0.0, ink: Ink | None = None
) -> tuple[QImage, Formula]:
    """The formula on the canvas, its left end at 40, its baseline at 120 + *shift*."""
    formula = set_formula(markup, size)
    image = QImage(int(900 * ratio), int(300 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme().canvas)
    painter = QPainter(image)
    formula.paint(painter, 40.0, 120.0 + shift, ink or Ink(theme().text))
    painter.end()
    return image, formula


def colours(image: QImage, area: QRectF) -> set[str]:
    """The colours inside an area of a picture of ratio 1."""
    box = area.toRect()
    return {
        image.pixelColor(x, y).name()
        for x in range(max(0, box.left()), min(image.width(), box.right() + 1))
        for y in range(max(0, box.top()), min(image.height(), box.bottom() + 1))
    }


def area_of(formula: Formula, ref: str) -> QRectF:
    (rect,) = formula.rects_of(frozenset({ref}))
    return rect.translated(40, 120)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_colour_and_nothing_else_has(qapp, name, role):
    apply_theme(qapp, name)
    markup = row(Mark(X, frozenset({"here"}), role), EQUALS, Mark(Y, frozenset({"there"})))
    image, formula = paint(markup)
    token = getattr(theme(), ROLES[role]).name()
    assert token in colours(image, area_of(formula, "here"))
    assert theme().text.name() in colours(image, area_of(formula, "there"))
    if token != theme().text.name():
        assert theme().text.name() not in colours(image, area_of(formula, "here"))
        assert token not in colours(image, area_of(formula, "there"))


def test_the_innermost_role_counts_also_for_bars(qapp):
    fraction = Mark(Over(ONE, Mark(TWO, frozenset({"two"}), "gradient")), frozenset({"all"}), "loss")
    image, formula = paint(fraction)
    assert theme().gradient.name() in colours(image, area_of(formula, "two"))
    bar = QRectF(40 + 12, 120 - 25, formula.width - 24, 10)
    assert theme().loss.name() in colours(image, bar)


def test_a_muted_formula_has_no_colour(qapp):
    image, _ = paint(row(Mark(X, role="gradient"), PLUS, Y), ink=Ink(theme().text, muted=True))
    found = colours(image, QRectF(image.rect()))
    assert theme().text_muted.name() in found
    assert theme().gradient.name() not in found
    assert theme().text.name() not in found


def test_one_layout_serves_every_theme(qapp):
    formula = set_formula(Mark(X, role="loss"), 80.0)
    seen = []
    for name in ("light", "dark"):
        apply_theme(qapp, name)
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(theme().canvas)
        painter = QPainter(image)
        formula.paint(painter, 40.0, 120.0, Ink(theme().text))
        painter.end()
        seen.append(theme().loss.name() in colours(image, QRectF(image.rect())))
    assert seen == [True, True]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_lit_lies_on_a_soft_accent_and_keeps_its_colour(qapp, name):
    apply_theme(qapp, name)
    markup = row(Mark(X, frozenset({"w", "row:0"}), "positive"), TIMES, Mark(Y, frozenset({"x"})))
    image, formula = paint(markup, ink=Ink(theme().text, frozenset({"w"})))
    soft = mix(theme().canvas, theme().accent, 0.18)
    lit = area_of(formula, "w")
    ground = image.pixelColor(int(lit.left() + 2), int(lit.top() + 2))
    assert abs(ground.red() - soft.red()) + abs(ground.green() - soft.green()) + abs(ground.blue() - soft.blue()) <= 3
    assert theme().positive_text.name() in colours(image, lit)
    other = area_of(formula, "x")
    assert image.pixelColor(int(other.left() + 2), int(other.top() + 2)).name() == theme().canvas.name()


def test_nested_lit_parts_are_not_lit_twice(qapp):
    markup = Mark(row(Mark(X, frozenset({"w"})), PLUS, Y), frozenset({"w"}))
    image, formula = paint(markup, ink=Ink(theme().text, frozenset({"w"})))
    (whole,) = formula.rects_of(frozenset({"w"}))
    place = whole.translated(40, 120)
    inner = image.pixelColor(int(place.left() + 3), int(place.top() + 3)).name()
    outer = image.pixelColor(int(place.right() - 4), int(place.top() + 3)).name()
    assert inner == outer != theme().canvas.name()


@pytest.mark.parametrize(
    ("emphasis", "token"), [("boxed", "accent"), ("changed", "border"), ("pending", "next"), ("cancelled", "text")]
)
def test_emphasis_is_drawn_in_its_colour(qapp, emphasis, token):
    plain, formula = paint(row(X, PLUS, Mark(Symbol(" ", "number"), frozenset({"here"}))))
    image, _ = paint(row(X, PLUS, Mark(Symbol("1", "number"), frozenset({"here"}), emphasis=emphasis)))
    wanted = getattr(theme(), token).name()
    right = QRectF(area_of(formula, "here").left(), 0, 300, 290)
    found = colours(image, right)
    assert wanted in found
    assert wanted not in colours(plain, right)


def test_a_pending_outline_is_dashed_and_a_changed_one_is_not(qapp):
    def gaps(emphasis: str) -> int:
        image, formula = paint(Mark(Symbol("136136", "number"), frozenset({"here"}), emphasis=emphasis))
        left, right = int(40 + 0.4 * 80), int(40 + formula.width - 0.4 * 80)
        top = next(y for y in range(20, 120) if image.pixelColor(left + 40, y).name() != theme().canvas.name())
        line = [image.pixelColor(x, top).name() == theme().canvas.name() for x in range(left, right)]
        return sum(line)

    assert gaps("changed") == 0
    assert gaps("pending") > 20


def test_a_cancelled_part_is_struck_from_corner_to_corner(qapp):
    image, formula = paint(Mark(Symbol("    ", "words"), emphasis="cancelled"))
    ink = QRegion()
    for y in range(image.height()):
        for x in range(image.width()):
            if image.pixelColor(x, y).name() != theme().canvas.name():
                ink += QRegion(x, y, 1, 1)
    box = ink.boundingRect()
    assert box.left() < 40 < 40 + formula.width < box.right() + 2


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("shift", [0.0, 0.25, 0.5, 0.7])
@pytest.mark.parametrize("size", [18.0, 23.0, 28.0])
def test_a_bar_fills_whole_pixels_wherever_it_stands(qapp, ratio, shift, size):
    image, formula = paint(Over(ONE, Symbol("          ", "words")), size, ratio, shift)
    x = int((40 + 0.4 * size) * ratio)  # left of the digit only the bar is crossed
    profile = [image.pixelColor(x, y).name() for y in range(image.height())]
    inked = [y for y, colour in enumerate(profile) if colour != theme().canvas.name()]
    assert inked, formula.width
    assert inked == list(range(inked[0], inked[-1] + 1))
    assert {profile[y] for y in inked} == {theme().text.name()}, "no half-covered pixels"
    assert len(inked) == max(1, round(0.04 * size * ratio))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_fraction_of_a_pixel_in_the_baseline_does_not_blur_it(qapp, ratio):
    still, _ = paint(row(X, EQUALS, Over(X, Y)), 18.0, ratio)
    moved, _ = paint(row(X, EQUALS, Over(X, Y)), 18.0, ratio, 0.2 / ratio)
    assert still == moved


def test_the_ink_stays_inside_the_size_it_gives(qapp):
    markup = row(Mark(Over(X, Y), emphasis="boxed"), EQUALS, italic("f"))
    image, formula = paint(markup, 60.0)
    for y in range(image.height()):
        for x in range(image.width()):
            if image.pixelColor(x, y).name() != theme().canvas.name():
                assert 39 <= x <= 40 + formula.width + 1
                assert 120 - formula.ascent - 1 <= y <= 120 + formula.descent + 1


def test_the_painter_is_left_as_it_was(qapp):
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor("red"))
    before = painter.worldTransform()
    set_formula(Mark(X, role="loss", emphasis="boxed"), 20.0).paint(painter, 10.0, 50.0, Ink(theme().text))
    assert painter.pen().color() == QColor("red")
    assert painter.worldTransform() == before
    painter.end()


def test_a_turned_painter_paints_too(qapp):
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(theme().canvas)
    painter = QPainter(image)
    painter.translate(150, 150)
    painter.rotate(30)
    set_formula(Over(X, Y), 40.0).paint(painter, 0.0, 0.0, Ink(theme().text))
    painter.end()
    assert theme().text.name() in colours(image, QRectF(image.rect()))


def test_a_picture_is_transparent_around_the_ink_and_as_large_as_the_formula(qapp):
    markup = row(X, EQUALS, Mark(ONE, role="loss"))
    image = formula_picture(markup, 40.0, Ink(theme().text), 2.0)
    formula = set_formula(markup, 40.0)
    assert image.devicePixelRatio() == 2.0
    assert image.width() == pytest.approx(2 * (formula.width + 20), abs=2)
    assert image.height() == pytest.approx(2 * (formula.height + 20), abs=2)
    assert image.pixelColor(0, 0).alpha() == 0
    solid = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert {theme().text.name(), theme().loss.name()} <= solid
