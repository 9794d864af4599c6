"""The plot of f and f': the tangent's point in the hand, on keys and in its field; poles, gaps and ranges."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from calculus_bench import checks, everything, lines, type_into, why
from neurosim.markup.write_text import write_text
from neurosim.widgets.theme import theme
from samples import lecture_state

F = Fraction
KEY = Qt.Key


@pytest.fixture
def made(bench):
    found = bench("calculus", lecture_state())
    found.panel.resize(520, 1100)
    QApplication.processEvents()
    return found


ONE = F(1)


def ask(made, text: str, x: Fraction = ONE) -> None:
    type_into(made.panel, text)
    made.panel.inquiry.set_value(made.panel.inquiry.question.symbol, x)
    made.panel.curves.fit()
    QApplication.processEvents()


def read(made) -> tuple[str, str]:
    readout = made.panel.readout
    return write_text(readout.value.markup()), write_text(readout.slope.markup())


def test_the_tangent_of_a_square_is_dragged_to_3(made) -> None:
    ask(made, "x^2")
    made.drag(made.at(1, 1), made.at(3, 9))
    assert made.panel.fields.field("x").value() == F(3)
    assert read(made) == ("f(x) = 9", "f′(x) = 6")
    assert made.panel.curves.picture.slope == 6


def test_the_slope_of_the_sigmoid_at_0_is_a_quarter(made) -> None:
    ask(made, "1/(1+e^-x)")
    made.drag(made.at(1, 1 / (1 + math.exp(-1))), made.at(0, 0.5))
    assert made.panel.fields.field("x").value() == 0
    assert made.panel.curves.picture.slope == pytest.approx(0.25, rel=1e-15)
    type_into(made.panel, "sigma(x)")
    assert read(made) == ("f(x) = 1/2", "f′(x) = 1/4")


def test_the_point_can_be_taken_on_the_derivative_too(made) -> None:
    ask(made, "x^2")
    made.drag(made.at(1, 2), made.at(2, 4))
    assert read(made) == ("f(x) = 4", "f′(x) = 4")


def test_what_is_written_goes_with_the_point(made) -> None:
    ask(made, "x^2")
    everything(made.panel)
    assert why(made.panel) == "x = 1."
    QApplication.processEvents()
    made.press(made.at(1, 1))
    made.move(made.at(3, 9))
    assert why(made.panel) == "x = 3."
    assert [text for text, _ in made.panel.curves.picture.label] == ["x = 3", "f(x) = 9", "f′(x) = 6"]
    assert checks(made.panel)[1] == "✓ agrees 6, central difference ~6"
    assert lines(made.panel)[-1] == "= 2 · 3 = 6"
    made.release(made.at(3, 9))


def test_a_press_beside_the_point_takes_nothing(made) -> None:
    ask(made, "x^2")
    start = made.at(1, 1) + QPoint(30, -40)
    made.drag(start, start + QPoint(60, 0))
    assert made.panel.fields.field("x").value() == 1


def test_a_dragged_point_rests_on_round_numbers_and_with_shift_on_finer_ones(made) -> None:
    ask(made, "x^2")
    unit = made.panel.curves.unit()
    assert unit.numerator in (1, 2, 5)
    assert 3 <= float(unit) * made.panel.curves.picture.frame.x_scale <= 7.5
    made.drag(made.at(1, 1), made.at(1.7321, 3))
    value = made.panel.fields.field("x").value()
    assert isinstance(value, Fraction)
    assert (value / unit).denominator == 1
    made.drag(made.at(float(value), float(value) ** 2), made.at(2.2361, 5), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert (made.panel.fields.field("x").value() / (unit / 10)).denominator == 1


def test_ranges_stay_during_a_drag_and_are_fitted_on_demand(made) -> None:
    ask(made, "x^2")
    before = [list(pair) for pair in made.plot.viewRange()]
    made.drag(made.at(1, 1), made.at(4, 16))
    assert [list(pair) for pair in made.plot.viewRange()] == before
    made.panel.inquiry.set_value("x", F(20))
    QTest.keyClick(made.plot, KEY.Key_Home)
    (low, high), (_, top) = made.plot.viewRange()
    assert low < 20 < high
    assert top > 400


def test_keys_move_the_point_by_the_unit(made) -> None:
    ask(made, "x^2", F(1, 3))
    unit = made.panel.curves.unit()
    field = made.panel.fields.field("x")
    QTest.keyClick(made.plot, KEY.Key_Right)
    first = math.ceil(F(1, 3) / unit) * unit
    assert field.value() == first
    QTest.keyClick(made.plot, KEY.Key_Right)
    assert field.value() == first + unit
    QTest.keyClick(made.plot, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert field.value() == first + unit - unit / 10
    assert made.plot.accessibleDescription().startswith("x ")
    assert "the slope is" in made.plot.accessibleDescription()


def test_the_point_is_typed(made) -> None:
    ask(made, "x^2")
    field = made.panel.fields.field("x")
    assert field.objectName() == "calculusPoint"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "-3/4")
    QTest.keyClick(field, KEY.Key_Return)
    assert read(made) == ("f(x) = 9/16", "f′(x) = −3/2")
    assert made.panel.curves.picture.x == -0.75


def test_no_line_is_drawn_across_a_pole(made) -> None:
    ask(made, "1/x")
    for line in (made.panel.curves.picture.function, made.panel.curves.picture.derivative):
        left, right = np.flatnonzero(line.x < 0)[-1], np.flatnonzero(line.x > 0)[0]
        assert np.isnan(line.y[left : right + 1]).any()
        assert np.isfinite(line.y).sum() > 300


def test_a_jump_is_a_gap_and_a_steep_slope_is_none(made) -> None:
    ask(made, "step(x)")
    line = made.panel.curves.picture.function
    assert np.isnan(line.y).sum() == 1
    assert set(line.y[np.isfinite(line.y)]) == {0.0, 1.0}
    ask(made, "tanh(200x)")
    line = made.panel.curves.picture.function
    assert not np.isnan(line.y).any()


def test_where_the_function_is_undefined_there_is_a_gap_and_a_sentence(made) -> None:
    ask(made, "ln(x)")
    line = made.panel.curves.picture.function
    assert np.isnan(line.y[line.x < 0]).all()
    assert np.isfinite(line.y[line.x > 0]).all()
    made.panel.inquiry.set_value("x", F(-2))
    assert made.panel.readout.sentence.text() == ("ln(x) is not defined: x is −2, and it has to be positive.")
    assert not made.panel.readout.slope.isVisible()
    # The point can still be taken, on the axis, and brought back.
    made.drag(made.at(-2, 0), made.at(2, 0))
    assert read(made) == ("f(x) ~ 0.693147", "f′(x) = 1/2")


def test_the_visible_domain_is_shown_alone(made) -> None:
    ask(made, "ln(x) + ln(1-x)", F(1, 2))
    (low, high), _ = made.plot.viewRange()
    assert -0.3 < low < 0
    assert 1 < high < 1.3


def test_at_a_corner_there_is_a_value_but_no_slope(made) -> None:
    ask(made, "|x|", F(0))
    assert write_text(made.panel.readout.value.markup()) == "f(x) = 0"
    assert "divides by zero" in made.panel.readout.sentence.text()
    assert made.panel.curves.picture.slope is None


def test_the_wheel_zooms_about_the_pointer(made) -> None:
    ask(made, "x^2")
    place = made.at(2, 4)
    viewport = made.plot.viewport()
    spot = QPointF(place)
    event = QWheelEvent(
        spot,
        QPointF(viewport.mapToGlobal(place)),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = made.plot.viewRange()
    QApplication.sendEvent(viewport, event)
    after = made.plot.viewRange()
    assert after[0][1] - after[0][0] == pytest.approx((before[0][1] - before[0][0]) / 1.15**2, rel=1e-9)
    assert (made.at(2, 4) - place).manhattanLength() <= 2


def test_the_lines_have_the_colours_of_value_and_gradient(made) -> None:
    ask(made, "x^2")
    image = made.plot.grab().toImage()

    def near(x: float, y: float) -> set[str]:
        spot = made.at(x, y) + made.plot.viewport().pos()
        return {image.pixelColor(spot.x() + dx, spot.y() + dy).name() for dx in range(-3, 4) for dy in range(-3, 4)}

    assert theme().text.name() in near(-2, 4)
    assert theme().gradient.name() in near(-2, -4)
