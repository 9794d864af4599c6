"""The convention of the loss: chosen in the box or in the sheet, four side by side, and the rate is offered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow, QPushButton, QToolButton, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings
from neurosim.main_window.convention_row import ConventionRow
from neurosim.main_window.convention_sheet import ConventionSheet
from neurosim.main_window.training_bar import TrainingBar
from neurosim.markup.write_text import write_text
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.message_bar import MessageBar

# By hand, for a = 1/3, b = -6 and the points (2, 0), (4, 4): residuals -16/3 and -26/3, squares 256/9 and 676/9;
# d/da of the sum = 2 (-16/3 * 2 - 26/3 * 4) = -272/3, d/db = 2 (-16/3 - 26/3) = -28.
BY_HAND = {
    "sum": ("932/9", "-272/3", "-28", "1/60"),
    "mean": ("466/9", "-136/3", "-14", "1/30"),
    "half_sum": ("466/9", "-136/3", "-14", "1/30"),
    "half_mean": ("233/9", "-68/3", "-7", "1/15"),
}
FORMULAS = {
    "sum": "L = Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²",
    "mean": "L = 1/n Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²",
    "half_sum": "L = 1/2 Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²",
    "half_mean": "L = 1/(2n) Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²",
}


class Room:
    """A window with the training bar at its foot and a message bar, as in the program."""

    def __init__(self, editor, session, display) -> None:
        self.window = QMainWindow()
        self.window.resize(1280, 720)
        self.bar = TrainingBar(editor, session, display)
        self.bar.setProperty("role", "bar")
        page = QWidget()
        self.window.setCentralWidget(page)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.bar)
        self.made = self.bar.convention.sheet  # as the window has it made after its first paint
        self.messages = MessageBar(self.window)
        self.bar.said.connect(self.messages.show_notice)
        self.session = session

    @property
    def box(self) -> QComboBox:
        return self.window.findChild(QComboBox, "conventionBox")

    @property
    def button(self) -> QToolButton:
        return self.window.findChild(QToolButton, "conventionSheetButton")

    @property
    def sheet(self) -> ConventionSheet:
        return self.window.findChild(ConventionSheet, "conventionSheet")

    def row(self, reduction: str) -> ConventionRow:
        return self.window.findChild(ConventionRow, f"convention-{reduction}")

    def frame(self) -> None:
        self.session.advance()


@pytest.fixture
def room(editor, session, display, qtbot):
    made = Room(editor, session, display)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    return made


@pytest.fixture
def opened(room, qtbot):
    qtbot.mouseClick(room.button, Qt.MouseButton.LeftButton)
    assert room.sheet.isVisible()
    return room


def plain(text: str) -> str:
    return text.replace("−", "-")


# -- the box -------------------------------------------------------------------------------------------------------


def test_the_closed_box_is_short_and_its_items_say_all(room):
    box = room.box
    assert [box.itemText(i) for i in range(box.count())] == ["sum", "mean", "half sum", "half mean"]
    tips = [box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count())]
    names = [box.itemData(i, Qt.ItemDataRole.AccessibleTextRole) for i in range(box.count())]
    assert names[0] == "Sum of squared errors (SSE)"
    assert names[1] == "Mean squared error (MSE)"
    assert tips == [f"{name}\n{FORMULAS[reduction]}" for name, reduction in zip(names, REDUCTIONS, strict=True)]
    assert box.accessibleDescription() == "Mean squared error (MSE)"


def test_the_names_follow_the_loss(room, document):
    document.edit("Absolute error", edits.set_loss, "absolute_error")
    assert room.box.accessibleDescription() == "Mean of the absolute error"


def test_keys_in_the_box_switch(room, document, qtbot):
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_Down)
    assert document.state.training.reduction == "half_sum"
    assert document.undo_text == "Use half the sum of squared errors"
    qtbot.keyClick(room.box, Qt.Key.Key_Up)
    qtbot.keyClick(room.box, Qt.Key.Key_Up)
    assert document.state.training.reduction == "sum"
    assert room.box.currentText() == "sum"
    snapshot = room.session.snapshot
    assert (snapshot.loss, snapshot.gradient["a"]) == (Fraction(932, 9), Fraction(-272, 3))
    for _ in range(3):
        document.undo()
    assert room.box.currentText() == "mean"
    assert document.state == document.opened_state


def test_the_first_letter_in_the_box_switches(room, document, qtbot):
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_H)
    assert document.state.training.reduction == "half_sum"


# -- the sheet -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("here", REDUCTIONS)
def test_values_of_the_lecture_under_all_four(opened, document, here):
    rate = Fraction(BY_HAND[here][3])
    document.edit("Use", edits.set_reduction, here)
    document.edit("Rate", edits.set_learning_rate, rate)
    opened.frame()
    for reduction, (loss, by_a, by_b, same_rate) in BY_HAND.items():
        cells = opened.row(reduction).cells
        assert plain(cells.loss).split(" ")[0] == loss
        assert plain(cells.slopes).split("\n") == [by_a, by_b]
        assert cells.names.split("\n") == ["a", "b"]
        assert cells.rate == same_rate
        assert write_text(opened.row(reduction).formula.markup()) == FORMULAS[reduction]
        assert opened.row(reduction).isChecked() == (reduction == here)


def test_the_sentences_under_the_table(opened):
    same = opened.sheet.findChild(QLabel, "conventionSameStep").text()
    assert same == (
        "Learning rate 1/30 under mean: same step as learning rate 1/60 under sum, 1/30 under half the sum or 1/15 "
        "under half the mean."
    )
    assert "factor of 2" in opened.sheet.findChild(QLabel, "conventionWhy").text()


def test_arrow_keys_and_clicks_choose(opened, document, qtbot):
    row = opened.row("mean")
    assert opened.window.focusWidget() is row
    qtbot.keyClick(row, Qt.Key.Key_Down)
    assert document.state.training.reduction == "half_sum"
    assert opened.window.focusWidget() is opened.row("half_sum")
    qtbot.keyClick(opened.row("half_sum"), Qt.Key.Key_Up)
    assert document.state.training.reduction == "mean"
    far_right = QPoint(opened.row("half_mean").width() - 8, 8)
    qtbot.mouseClick(opened.row("half_mean"), Qt.MouseButton.LeftButton, pos=far_right)
    assert document.state.training.reduction == "half_mean"
    formula = opened.row("sum").formula
    qtbot.mouseClick(formula, Qt.MouseButton.LeftButton)
    assert document.state.training.reduction == "sum"
    assert opened.sheet.isVisible()
    assert opened.box.currentText() == "sum"
    document.undo()
    opened.frame()
    assert opened.row("half_mean").isChecked()


def test_it_is_live_and_costs_nothing_while_it_is_closed(room, document, qtbot):
    before = room.row("sum").cells
    document.edit("Move", edits.move_row, 1, {"y": Fraction(2)})
    room.frame()
    assert room.row("sum").cells == before
    qtbot.mouseClick(room.button, Qt.MouseButton.LeftButton)
    # Residuals -16/3 and -20/3: squares 256/9 + 400/9 = 656/9.
    assert room.row("sum").cells.loss.startswith("656/9")
    document.edit("Move", edits.move_row, 1, {"y": Fraction(4)})
    room.frame()
    assert room.row("sum").cells.loss.startswith("932/9")
    assert room.row("half_mean").toolTip().splitlines() == [
        "L = 233/9",
        "∂L/∂a = −68/3",
        "∂L/∂b = −7",
        "η = 1/15",
    ]


def test_it_opens_above_the_bar_and_escape_gives_the_focus_back(opened, qtbot):
    sheet, window = opened.sheet, opened.window
    assert window.centralWidget().rect().contains(sheet.geometry())
    assert sheet.geometry().bottom() < opened.bar.y()
    assert opened.button.isChecked()
    qtbot.keyClick(opened.row("mean"), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert not opened.button.isChecked()
    assert window.focusWidget() is opened.button
    qtbot.keyClick(opened.button, Qt.Key.Key_Space)
    assert sheet.isVisible()
    qtbot.mouseClick(sheet.findChild(QToolButton, "conventionSheetClose"), Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_without_a_loss_there_are_formulas_but_no_numbers(opened, document):
    document.edit("No target", edits.set_output_column, "n", None)
    opened.frame()
    assert opened.row("sum").cells.loss == "–"
    assert write_text(opened.row("sum").formula.markup()) == FORMULAS["sum"]
    assert "no target" in opened.sheet.findChild(QLabel, "conventionSameStep").text()


def test_the_sheet_opens_where_there_was_never_a_loss(room, document, qtbot):
    document.edit("No target", edits.set_output_column, "n", None)
    room.frame()
    qtbot.mouseClick(room.button, Qt.MouseButton.LeftButton)
    assert room.sheet.isVisible()
    assert room.row("mean").cells.names == "–"


def test_a_cross_entropy_says_what_its_rows_are(opened, document):
    document.edit("Targets", edits.move_row, 1, {"y": 1})
    document.edit("Sigmoid", edits.set_activation, "n", "sigmoid")
    document.edit("Loss", edits.set_loss, "cross_entropy")
    opened.frame()
    view = opened.sheet.findChild(FormulaView, "conventionRowLoss")
    assert view.isVisible()
    assert write_text(view.markup()).startswith("ℓᵢ = −yᵢ · ln(ŷᵢ)")
    assert opened.row("mean").cells.title == "Mean of the cross-entropy"


def test_of_many_parameters_the_first_are_listed(opened, document):
    for name in ("u", "v", "w"):
        document.edit("Column", edits.add_column, name, [Fraction(1), Fraction(2)])
        document.edit("Input", edits.add_input, name)
        source = document.state.network.inputs[-1].id
        document.edit("Edge", edits.connect, source, "n")
    opened.frame()
    cells = opened.row("mean").cells
    assert cells.names.split("\n")[-1] == "and 2 more"
    assert [bool(slope) for slope in cells.slopes.split("\n")] == [True, True, True, False]


# -- the rate ------------------------------------------------------------------------------------------------------


def test_the_rate_for_the_same_step_is_offered_once_and_set_as_an_edit_of_its_own(room, document, session, qtbot):
    after_one = dict(_step(document, session))
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_Up)
    assert "Same step as before: learning rate 1/60." in room.messages.text()
    qtbot.mouseClick(room.messages.findChild(QPushButton, "messageAction0"), Qt.MouseButton.LeftButton)
    assert document.state.training.learning_rate == Fraction(1, 60)
    assert document.undo_text == "Learning rate 1/60"
    assert room.messages.text() == ""
    assert dict(_step(document, session)) == after_one
    document.undo()
    assert document.state.training.reduction == "sum"
    assert document.state.training.learning_rate == Fraction(1, 30)
    assert room.messages.text() == ""
    document.undo()
    assert room.messages.text() == ""


def _step(document, session):
    """The parameters after one step, which is taken back."""
    session.full_step()
    found = document.state.network.parameters
    session.back()
    return found


def test_no_offer_where_the_step_is_the_same_or_rates_do_not_compare(room, document, qtbot):
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_Down)  # with two rows half the sum is the mean
    assert room.messages.text() == ""
    document.edit("Adam", edits.set_optimizer, "adam")
    qtbot.keyClick(room.box, Qt.Key.Key_Down)
    assert room.messages.text() == ""
    assert document.state.training.reduction == "half_mean"


def test_an_offer_that_is_out_of_date_does_nothing(room, document, qtbot):
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_Up)
    document.edit("Rate", edits.set_learning_rate, Fraction(1, 7))
    qtbot.mouseClick(room.messages.findChild(QPushButton, "messageAction0"), Qt.MouseButton.LeftButton)
    assert document.state.training.learning_rate == Fraction(1, 7)


def test_momentum_in_motion_offers_no_rate(room, document, session, qtbot):
    training = replace(document.state.training, optimizer=OptimizerSettings("sgd", {"momentum": Fraction(1, 2)}))
    document.edit("Momentum", lambda state: replace(state, training=training))
    session.full_step()
    room.box.setFocus()
    qtbot.keyClick(room.box, Qt.Key.Key_Up)
    assert document.state.training.reduction == "sum"
    assert room.messages.text() == ""
