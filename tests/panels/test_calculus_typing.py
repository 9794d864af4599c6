"""A function is typed with keys: how it is read, where reading stops, by what it is differentiated."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from calculus_bench import checks, derived, everything, labels, lines, type_into, why
from neurosim.markup.write_text import write_text
from neurosim.panels.calculus.inquiry import AT_ONCE
from neurosim.widgets.theme import theme
from samples import lecture_state


@pytest.fixture
def made(bench):
    found = bench("calculus", lecture_state())
    found.panel.resize(480, 1000)
    QApplication.processEvents()
    return found


def test_slide_9_typed_is_derived_line_for_line(made) -> None:
    type_into(made.panel, "x")
    type_into(made.panel, "1/(1+e^-x)")
    everything(made.panel)
    assert derived(made.panel) == [
        "d/dx(1/(1 + e^−x))",
        "−1/(1 + e^−x)²·d/dx(1 + e^−x)",
        "−1/(1 + e^−x)²·d/dx(e^−x)",
        "−1/(1 + e^−x)²·e^−x·d/dx(−x)",
        "e^−x/(1 + e^−x)²",
    ]
    assert labels(made.panel)[1:] == [
        "Chain, with Power outside",
        "Sum",
        "Chain, with Exponential (base e) outside",
        "Constant multiplier; Collect the signs; Write as one fraction",
    ]
    assert all(text.startswith("✓ agrees ~0.196612") for text in checks(made.panel)[:5])


TYPED = [
    ("a x + b", "f(x) =", "a"),
    ("ln(x^2)", "f(x) =", "2/x"),
    ("3^x", "f(x) =", "3^x·ln(3)"),
    ("sigma(z)", "f(z) =", "σ(z)(1 − σ(z))"),
    ("7", "f(x) =", "0"),
    ("5t^3", "f(t) =", "15t²"),
]


@pytest.mark.parametrize(("text", "name", "result"), TYPED, ids=[row[0] for row in TYPED])
def test_what_people_type_is_read_and_differentiated(made, text: str, name: str, result: str) -> None:
    type_into(made.panel, text)
    everything(made.panel)
    assert made.panel.input.name.text() == name
    assert derived(made.panel)[-1] == result


def test_the_reading_is_typeset_while_one_types(made) -> None:
    type_into(made.panel, "1/2x")
    assert write_text(made.panel.input.reading.markup()) == "1/2x"
    type_into(made.panel, "e^-2x")
    assert write_text(made.panel.input.reading.markup()) == "e⁻²x"
    assert made.panel.input.problem() == ""


def test_what_cannot_be_read_is_said_and_the_place_is_marked(made) -> None:
    panel = made.panel
    type_into(panel, "x^2")
    everything(panel)
    before = lines(panel)
    type_into(panel, "2x + sin(3x))")
    assert panel.input.problem() == 'The ")" at place 13 closes nothing. Read up to there: (2·x) + sin(3·x)'
    edit = panel.input.edit
    assert edit.place == 12
    assert edit.accessibleDescription() == panel.input.problem()
    assert marked_pixels(edit), "a mark stands under the last bracket"
    # What was read at last stays, quieter: here the sine without the second bracket.
    assert panel.stepper.model.stale
    assert panel.curves.picture.muted
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert panel.input.problem() == ""
    assert edit.place is None
    assert not panel.stepper.model.stale
    assert not marked_pixels(edit)
    assert lines(panel) != before


def marked_pixels(edit) -> bool:
    """Whether the colour of the mark is seen under the last character, inside the frame."""
    image = edit.grab().toImage()
    colour = theme().negative.name()
    left, end = int(edit.x_of(len(edit.text()) - 1)), int(edit.x_of(len(edit.text()))) + 2
    rows = range(edit.height() // 2 + 5, edit.height() - 4)
    return any(image.pixelColor(x, y).name() == colour for x in range(left, end) for y in rows)


def test_an_empty_line_asks_for_a_formula(made) -> None:
    type_into(made.panel, "")
    assert made.panel.input.problem().startswith("Nothing is typed")


def test_the_symbol_is_chosen_among_those_of_the_function(made) -> None:
    panel = made.panel
    type_into(panel, "a x + b")
    symbols = panel.input.symbols
    assert [symbols.itemText(index) for index in range(symbols.count())] == ["a", "x", "b"]
    assert symbols.currentText() == "x"
    symbols.setFocus()
    QTest.keyClick(symbols, Qt.Key.Key_Up)
    everything(panel)
    assert lines(panel)[0] == "∂/∂a(ax + b)"
    assert derived(panel)[-1] == "x"
    assert panel.fields.field("a").objectName() == "calculusPoint"


def test_the_symbol_stays_while_one_goes_on_typing(made) -> None:
    panel = made.panel
    type_into(panel, "a x")
    panel.input.symbols.setFocus()
    QTest.keyClick(panel.input.symbols, Qt.Key.Key_Up)
    panel.input.edit.setFocus()
    QTest.keyClick(panel.input.edit, Qt.Key.Key_End)
    QTest.keyClicks(panel.input.edit, "^2")
    assert panel.input.symbols.currentText() == "a"


def test_other_spelling_is_no_other_question(made) -> None:
    panel = made.panel
    type_into(panel, "x^2 sin(x)")
    panel.stepper.go_on()
    panel.stepper.go_on()
    shown = panel.stepper.model.shown
    QTest.keyClicks(panel.input.edit, "  ")
    assert panel.stepper.model.shown == shown


def test_the_decimal_sign_is_the_users(made) -> None:
    panel = made.panel
    type_into(panel, "0.5x^2")
    assert panel.input.problem() == ""
    made.display.decimal = ","
    assert panel.input.edit.text() == "0,5x²"
    everything(panel)
    assert lines(panel)[0] == "d/dx(0,5x²)"
    type_into(panel, "0.25x")
    assert 'the decimal sign here is ","' in panel.input.problem()
    type_into(panel, "0,25x")
    assert panel.input.problem() == ""


def test_too_long_a_derivation_is_answered_with_a_sentence(made, qtbot) -> None:
    panel = made.panel
    QApplication.clipboard().setText("*".join(f"sin({n}x)" for n in range(2, 30)))
    QTest.keyClick(panel.input.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "too long to be worked through" in why(panel))
    assert lines(panel) == []
    assert not panel.stepper.next.isEnabled()
    # The function itself is drawn all the same.
    assert panel.curves.picture.function.x.size > 100
    assert panel.curves.picture.derivative.x.size == 0


def test_a_long_function_is_worked_out_without_holding_up_the_window(made, qtbot) -> None:
    panel = made.panel
    text = "+".join(f"x^{n}" for n in range(2, 42))
    assert AT_ONCE < 3 * 40
    QApplication.clipboard().setText(text)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.stepper.model.stale, "the answer is on its way"
    qtbot.waitUntil(lambda: not panel.stepper.model.stale)
    everything(panel)
    assert derived(panel)[-1].startswith("2x + 3x² + 4x³")
    assert derived(panel)[-1].endswith("41x⁴⁰")


def test_an_answer_that_comes_too_late_is_not_shown(made, qtbot) -> None:
    panel = made.panel
    QApplication.clipboard().setText("+".join(f"x^{n}" for n in range(2, 42)))
    QTest.keyClick(panel.input.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.input.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    type_into(panel, "x^3")
    everything(panel)
    assert derived(panel)[-1] == "3x²"
    qtbot.waitUntil(lambda: not panel.inquiry._poll.isActive())
    assert derived(panel)[-1] == "3x²"
