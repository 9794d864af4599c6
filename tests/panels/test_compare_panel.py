"""Before and after: the lecture's numbers by hand, any moment or branch as before, and the same frame as a hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels.compare.model import AFTER, BEFORE, DIFFERENCE, LABEL
from neurosim.widgets.theme import apply_theme, theme
from samples import hidden_state, lecture_state

F = Fraction
LEFT = Qt.MouseButton.LeftButton
SHOWN, TIP, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
PLAIN = {0x2212: "-", 0x200A: None}
"""The minus of a keyboard for the true one, and no hair space after "~"."""


def table(made) -> dict[str, list[tuple[str, str, str, str]]]:
    """What the table shows: the lines under each title, with the minus of a keyboard."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    model = made.panel.model
    for row in range(model.rowCount()):
        cells = [str(model.data(model.index(row, column), SHOWN) or "").translate(PLAIN) for column in range(4)]
        if model.line_at(row) is None:
            found[cells[0]] = lines = []
        else:
            lines.append(tuple(cells))
    return found


def press(made, name: str, kind=QPushButton) -> None:
    QTest.mouseClick(made.panel.findChild(kind, name), LEFT)
    made.frame()


def box(made) -> QComboBox:
    return made.panel.findChild(QComboBox, "compareMomentBox")


def choose(made, words: str) -> None:
    """Choose a moment with the keyboard."""
    found = box(made)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Home)
    for _ in range(found.findText(words, Qt.MatchFlag.MatchContains)):
        QTest.keyClick(found, Qt.Key.Key_Down)
    made.frame()


def test_slide_13_number_by_number(bench) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step()
    made.frame()
    # LECTURE.md, slides 12 and 13, worked out by hand
    assert table(made) == {
        "Mean squared error (MSE)": [("L", "466/9", "8149/2025", "-96701/2025")],
        "Weights and biases": [("a", "1/3", "83/45", "+68/45"), ("b", "-6", "-83/15", "+7/15")],
        "Gradient": [("∂L/∂a", "-136/3", "-554/45", "+1486/45"), ("∂L/∂b", "-14", "-4", "+10")],
        "Predictions ŷ": [
            ("row 1: x = 2", "-16/3", "-83/45", "+157/45"),
            ("row 2: x = 4", "-14/3", "83/45", "+293/45"),
        ],
        "Residuals ŷ - y": [
            ("row 1: x = 2", "-16/3", "-83/45", "+157/45"),
            ("row 2: x = 4", "-26/3", "-97/45", "+293/45"),
        ],
        "Squared residuals (ŷ - y)²": [
            ("row 1: x = 2", "256/9", "6889/2025", "-50711/2025"),
            ("row 2: x = 4", "676/9", "9409/2025", "~-70.4647"),
        ],
    }
    titles = [made.panel.model.headerData(c, Qt.Orientation.Horizontal, SHOWN) for c in (BEFORE, AFTER, DIFFERENCE)]
    assert titles == ["before\nstep 0", "now\nstep 1", "difference"]


def test_a_rounded_number_says_so_and_gives_every_digit_on_hover(bench) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step(4)
    made.frame()
    model = made.panel.model
    row = next(r for r in range(model.rowCount()) if model.data(model.index(r, LABEL), SHOWN) == "a")
    assert model.data(model.index(row, AFTER), SHOWN) == "~2.39317"
    assert model.data(model.index(row, AFTER), TIP) == "363463/151875"
    assert model.data(model.index(row, BEFORE), SPOKEN) == "1 over 3"
    made.panel.display.own_mode = "both"
    assert model.data(model.index(row, BEFORE), SHOWN) == "1/3 ~ 0.3333"


def test_without_a_step_an_edit_is_compared_with_the_beginning(bench) -> None:
    made = bench("compare", lecture_state())
    note = made.panel.findChild(QLabel, "compareNote")
    assert "same moment" in note.text()
    made.document.edit("Move point 2", edits.move_row, 1, {"y": 2})
    made.frame()
    assert table(made)["Mean squared error (MSE)"] == [("L", "466/9", "328/9", "-46/3")]
    assert table(made)["Gradient"] == [("∂L/∂a", "-136/3", "-112/3", "+8"), ("∂L/∂b", "-14", "-12", "+2")]
    assert note.isHidden()


def test_the_start_of_the_branch_is_the_state_before_its_first_step(bench) -> None:
    made = bench("compare", lecture_state())
    made.document.edit("Set a", edits.set_weight, "a", F(1, 2))
    made.session.full_step(2)
    made.session.rewind()
    made.document.edit("Set b", edits.set_bias, "n", F(-4))
    made.session.full_step()
    made.frame()
    assert table(made)["Weights and biases"][0][1] == "1/2"
    assert table(made)["Weights and biases"][1][1] == "-4"
    made.session.timeline.go(3)  # on the run before the rewind
    made.frame()
    assert table(made)["Weights and biases"][1][1] == "-6"


def test_any_moment_is_marked_as_before(bench) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step(2)
    made.frame()
    press(made, "markBeforeButton")
    assert box(made).currentText() == "marked, step 2"
    assert "same moment" in made.panel.findChild(QLabel, "compareNote").text()
    made.session.full_step()
    made.frame()
    assert table(made)["Weights and biases"][0][1:3] == ("1522/675", "4789/2025")
    choose(made, "start")
    assert table(made)["Weights and biases"][0][1] == "1/3"
    choose(made, "marked")
    made.session.timeline.want(0)  # and now is what one looks at
    made.frame()
    assert table(made)["Weights and biases"][0][1:3] == ("1522/675", "1/3")


def test_two_branches_are_compared_at_their_ends(bench) -> None:
    made = bench("compare", lecture_state())
    button = made.panel.findChild(QToolButton, "compareBranchButton")
    assert not button.isEnabled()
    made.session.full_step(2)
    made.session.timeline.go(1)
    made.document.edit("Learning rate 1/60", edits.set_learning_rate, F(1, 60))
    made.session.full_step()
    made.frame()
    assert button.isEnabled()
    made.panel.branch_menu.actions()[0].trigger()
    made.frame()
    assert box(made).currentText() == "end of branch 1, from step 1: step 2"
    # by hand: half the step from (83/45, -83/15) along the gradient (-554/45, -4)
    assert table(made)["Weights and biases"] == [
        ("a", "1522/675", str(F(83, 45) + F(554, 45) / 60), str(F(83, 45) + F(554, 45) / 60 - F(1522, 675))),
        ("b", "-27/5", str(F(-83, 15) + F(4, 60)), str(F(-83, 15) + F(4, 60) + F(27, 5))),
    ]
    made.session.timeline.go_to_branch(made.session.timeline.lanes[0])
    made.frame()
    assert box(made).currentText() == "end of branch 1, from step 1: step 2"  # kept, though one is there now
    assert "same moment" in made.panel.findChild(QLabel, "compareNote").text()
    assert len(made.panel.branch_menu.actions()) == 1


def test_it_follows_a_drag_in_the_same_frame_and_keeps_its_axes(bench) -> None:
    made = bench("compare", lecture_state())
    made.panel.resize(700, 400)
    made.session.full_step()
    made.frame()
    ranges = made.panel.picture._ranges
    drag = object()
    made.document.edit("Move point 2", edits.move_row, 1, {"y": 40}, gesture=drag)
    made.frame()
    assert table(made)["Residuals ŷ - y"][1][1:3] == ("-26/3", "-1717/45")
    assert made.panel.picture._ranges == ranges
    made.document.finish(drag)
    made.document.edit("Move point 1", edits.move_row, 0, {"y": 1})
    made.frame()
    assert made.panel.picture._ranges != ranges


def test_other_shapes(bench) -> None:
    """Rows and parameters that only one moment has, test rows, several outputs, and a loss that is not squared."""
    made = bench("compare", lecture_state())
    made.document.edit("Delete row", edits.delete_rows, [1])
    made.document.edit("No bias", edits.remove_bias, "n")
    made.frame()
    assert table(made)["Weights and biases"] == [("a", "1/3", "1/3", "0"), ("b", "-6", "–", "–")]
    assert [line[1:] for line in table(made)["Predictions ŷ"]] == [("-16/3", "2/3", "+6"), ("-14/3", "–", "–")]
    network = Network(
        (InputNode("u", "u"), Neuron("p", "p", F(0), "sigmoid"), Neuron("q", "q", F(0), "sigmoid")),
        (Edge("w1", "u", "p", F(0)), Edge("w2", "u", "q", F(0))),
        (Output("p", "y1"), Output("q", "y2")),
    )
    columns = {name: Column((F(1), F(0))) for name in ("u", "y1", "y2")}
    settings = TrainingSettings(loss="cross_entropy", l2=F(1, 2))
    state = DocumentState(network, Dataset(columns, test_rows=(1,)), settings)
    made = bench("compare", state)
    made.document.edit("Set", edits.set_parameters, {"w1": F(1)})
    made.frame()
    shown = table(made)
    assert [line[0] for line in shown["Predictions ŷ"]] == [
        "p, row 1: u = 1", "p, row 2 (test): u = 0", "q, row 1: u = 1", "q, row 2 (test): u = 0"
    ]  # fmt: skip
    assert shown["Loss of each row"][0][1] == "~1.38629"  # 2 ln 2, by hand
    assert next(lines for title, lines in shown.items() if "ross" in title)[1][:3] == ("penalty", "~0", "~0.25")
    assert not made.panel.picture.isVisible()


def test_an_unfinished_network_has_dashes_and_the_reason(bench) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step()
    made.document.edit("No target", edits.set_output_column, "n", None)
    made.frame()
    assert table(made)["Mean squared error (MSE)"] == [("L", "466/9", "–", "–")]
    assert table(made)["Predictions ŷ"][0][1:] == ("-16/3", "-83/45", "+157/45")
    assert made.session.snapshot.problem
    assert made.panel.findChild(QLabel, "compareNote").text() == made.session.snapshot.problem


def test_the_table_is_copied_with_every_digit(bench) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step()
    made.frame()
    made.panel.table.setFocus()
    QTest.keyClick(made.panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "\tbefore, step 0\tnow, step 1\tdifference"
    assert "a\t1/3\t83/45\t68/45" in lines
    assert "row 2: x = 4\t-26/3\t-97/45\t293/45" in lines
    assert [action.objectName() for action in made.panel.table.menu().actions()] == ["copyComparison"]


def test_a_network_of_many_rows_is_worked_out_where_one_looks(bench) -> None:
    state = hidden_state(rows=1000)
    made = bench("compare", replace(state, training=replace(state.training, batch_size=None)))
    made.session.full_step()
    made.frame()
    QApplication.processEvents()
    assert made.panel.model.rowCount() == 3006 + 2 * len(state.network.parameters) + 1
    assert len(made.panel.model._comparison._losses) < 100
    assert made.panel.table.columnWidth(LABEL) > 0


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_the_picture_draws_both_curves(bench, qapp, name: str) -> None:
    made = bench("compare", lecture_state())
    made.session.full_step()
    apply_theme(qapp, name)
    made.panel.resize(700, 420)
    made.frame()
    picture = made.panel.picture.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(40, picture.width()) for y in range(picture.height())}
    assert {theme().text.name(), theme().loss.name(), theme().text_muted.name()} <= colours
    made.panel.resize(430, 280)  # a low panel is for the numbers
    QApplication.processEvents()
    assert not made.panel.picture.isVisible()
    apply_theme(qapp, "light")
