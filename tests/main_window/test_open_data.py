"""From a table to a neuron: what is read, what is said about it, what is built."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTableView,
)

from neurosim.document import edits
from neurosim.document.csv_table import read_table
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.engine.trainer import Trainer
from neurosim.main_window.open_data.controller import OpenDataController
from neurosim.main_window.open_data.dialog import OpenDataDialog
from neurosim.main_window.open_data.layout_row import Choices
from neurosim.main_window.open_data.plan import Planner, descent
from neurosim.main_window.open_data.reader import AT_ONCE, TableReader

FIT = "size,price\n1,3\n2,5\n3,7\n"
YES_NO = "hours,passed\n1,0\n2,0\n3,1\n4,1\n"
FAULTY = "exam1,exam2,admitted\n1,2,0\n2,n/a,1\n3,4,1\n4,5,0\n"


@pytest.fixture
def planner(display):
    return Planner(display)


@pytest.fixture
def show(window, display, qtbot):
    def make(text: str, state: DocumentState | None = None) -> OpenDataDialog:
        dialog = OpenDataDialog(read_table(text), state or DocumentState(), display, window)
        qtbot.addWidget(dialog)
        return dialog

    return make


@pytest.fixture
def controller(editor, display, window):
    made = OpenDataController(editor, display, window)
    yield made
    made.close()


def _sentence(dialog: OpenDataDialog, name: str) -> str:
    return dialog.findChild(QLabel, name).text()


def test_a_number_gets_a_linear_neuron(planner):
    plan = planner.plan(read_table(FIT), ("size",), "price")
    assert "linear neuron with squared error" in plan.building
    assert "“price” is a number" in plan.building
    assert plan.refusal == ""
    assert plan.warning == ""


def test_zeros_and_ones_get_a_sigmoid(planner):
    plan = planner.plan(read_table(YES_NO), ("hours",), "passed")
    assert "sigmoid neuron with cross-entropy, because “passed” holds only 0 and 1" in plan.building


def test_what_is_missing_is_said(planner):
    table = read_table(FIT)
    assert "target" in planner.plan(table, ("size",), None).refusal
    assert "input" in planner.plan(table, (), "price").refusal


def test_descent_is_judged_by_the_hessian():
    # x = 2, 4 with squared error and mean: Hessian 2/2 * [[20, 6], [6, 2]], eigenvalues 11 +- sqrt(81 + 36).
    dataset = read_table("x,y\n2,0\n4,4\n").dataset()
    state = edits.set_learning_rate(edits.fit_neuron_to(DocumentState(), dataset, ("x",), "y"), Fraction(1, 10))
    found = descent(state)
    high, low = 11 + np.sqrt(117), 11 - np.sqrt(117)
    assert found.condition == pytest.approx(high / low, rel=1e-9)
    assert found.steps == pytest.approx(np.log(10) / (0.1 * low), rel=1e-9)


def test_crawling_is_said_with_numbers(planner):
    rows = "\n".join(f"{1000 + i},{i % 7},{3 * i}" for i in range(60))
    plan = planner.plan(read_table(f"big,small,y\n{rows}\n"), ("big", "small"), "y")
    assert "crawl" in plan.warning
    assert "Nothing is scaled unseen" in plan.warning
    assert any(digit.isdigit() for digit in plan.warning)


def test_repeated_columns_are_said(planner):
    plan = planner.plan(read_table("a,b,y\n1,2,1\n2,4,3\n3,6,2\n"), ("a", "b"), "y")
    assert "repeat one another" in plan.warning


def test_preview_shows_the_rows_and_their_lines(show):
    model = show(FAULTY).findChild(QTableView, "dataPreview").model()
    header = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert header == ["exam1", "exam2", "admitted"]
    assert [model.headerData(i, Qt.Orientation.Vertical) for i in range(4)] == ["2", "3", "4", "5"]
    assert [model.index(0, i).data() for i in range(3)] == ["1", "2", "0"]
    assert model.index(1, 1).data() == "n/a"


def test_faults_are_named_with_line_and_column(show):
    dialog = show(FAULTY)
    first = dialog.findChild(QListWidget, "problemList").item(0).text()
    assert "line 3" in first
    assert "exam2" in first
    assert "n/a" in first
    assert dialog.inputs == ("exam1", "exam2")
    assert dialog.target == "admitted"
    assert "1 of 4 rows has no value in a chosen column (line 3) and is kept out of training." in _sentence(
        dialog, "leftOutLabel"
    )


def test_building_hands_on_the_good_rows(show, qtbot):
    dialog = show(FAULTY)
    with qtbot.waitSignal(dialog.build_asked) as asked:
        qtbot.mouseClick(dialog.findChild(QPushButton, "buildNeuronButton"), Qt.MouseButton.LeftButton)
    dataset, inputs, target, quick, standardise = asked.args
    assert (inputs, target, quick, standardise) == (("exam1", "exam2"), "admitted", False, False)
    assert dataset.n_rows == 3
    assert dataset.columns["exam2"].numbers == (Fraction(2), Fraction(4), Fraction(5))


def choose(dialog: OpenDataDialog, name: str, index: int) -> None:
    box = dialog.findChild(QComboBox, name)
    box.setFocus()
    key = Qt.Key.Key_Down if box.currentIndex() < index else Qt.Key.Key_Up
    QTest.keyClick(box, key)


def test_what_was_found_out_is_shown_and_can_be_corrected(controller, tmp_path):
    (tmp_path / "numbers.csv").write_text("2010;2011\n1,500;2\n3;4,25\n")
    controller.open_path(tmp_path / "numbers.csv")
    first = controller.dialog
    boxes = ["layoutSeparator", "layoutDecimal", "layoutHeader"]
    found = [first.findChild(QComboBox, name).currentText() for name in boxes]
    assert found == ["semicolon  ;", "comma  0,5", "a row of data"]
    assert first.table.numeric == ("x", "y")
    choose(first, "layoutHeader", 0)
    second = controller.dialog
    assert second is not first
    assert second.table.numeric == ("2010", "2011")
    choose(second, "layoutDecimal", 0)
    third = controller.dialog
    assert third.table.numeric == ("2010", "2011")
    assert [str(problem) for problem in third.table.problems] == [
        'line 2, 2010: "1,500" is not a number.',
        'line 3, 2011: "4,25" is not a number.',
    ]


def test_a_layout_that_reads_nothing_is_said_and_not_taken(controller, qtbot):
    controller.reader.read("a\n1\n2\n", "one")
    controller._source = ("a\n", "one")
    with qtbot.waitSignal(controller.said) as said:
        controller.dialog.reading_asked.emit(Choices(header=True))
    assert "no rows of data" in said.args[0]
    assert controller.dialog.findChild(QComboBox, "layoutHeader").currentText() == "names"


KINDS = "length,width,kind,note\n1,2,a,p\n2,1,b,q\n3,3,c,r\n4,1,?,s\n5,4,a,t\n"


def test_a_row_without_the_word_of_the_target_is_kept_out(show, qtbot):
    dialog = show(KINDS)
    assert dialog.findChild(QRadioButton, "target-note") is None
    assert dialog.findChild(QCheckBox, "input-note") is None  # a word of its own in each row
    dialog.findChild(QRadioButton, "target-kind").click()
    dialog.findChild(QCheckBox, "input-length").setChecked(True)
    assert "each of the 3 classes of “kind”" in _sentence(dialog, "planLabel")
    assert "1 of 5 rows has no value in a chosen column (line 5)" in _sentence(dialog, "leftOutLabel")
    with qtbot.waitSignal(dialog.build_asked) as asked:
        qtbot.mouseClick(dialog.findChild(QPushButton, "buildNeuronButton"), Qt.MouseButton.LeftButton)
    assert asked.args[0].texts["kind"] == ("a", "b", "c", "a")


def test_another_target_is_taken_from_the_inputs(show):
    dialog = show(FIT)
    assert dialog.target == "price"
    dialog._targets["size"].setChecked(True)
    assert not dialog._inputs["size"].isEnabled()
    assert dialog.inputs == ()
    assert not dialog.findChild(QPushButton, "buildNeuronButton").isEnabled()
    dialog._inputs["price"].setChecked(True)
    assert dialog.inputs == ("price",)
    assert "“size”" in _sentence(dialog, "planLabel")


def test_data_alone_needs_the_columns_of_the_drawn_network(show, document):
    use = "useDataButton"
    assert not show(FIT, document.state).findChild(QPushButton, use).isEnabled()
    assert show("x,y\n1,2\n3,4\n", document.state).findChild(QPushButton, use).isEnabled()


def test_one_click_is_one_edit(editor, display, window, qtbot, tmp_path):
    path = tmp_path / "houses.csv"
    path.write_text(FIT)
    controller = OpenDataController(editor, display, window)
    before = editor.document.state
    controller.open_path(path)
    with qtbot.waitSignal(controller.built) as built:
        qtbot.mouseClick(controller.dialog.findChild(QPushButton, "buildNeuronButton"), Qt.MouseButton.LeftButton)
    state = editor.document.state
    assert "houses.csv" in built.args[0]
    assert [node.column for node in state.network.inputs] == ["size"]
    assert state.dataset.columns["price"].numbers == (Fraction(3), Fraction(5), Fraction(7))
    assert editor.document.undo_text == "Fit a neuron to houses.csv"
    editor.document.undo()
    assert editor.document.state == before
    controller.close()


def test_data_alone_keeps_network_and_weights(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    network = editor.document.state.network
    controller.reader.read("x,y\n1,2\n3,4\n", "new rows")
    qtbot.mouseClick(controller.dialog.findChild(QPushButton, "useDataButton"), Qt.MouseButton.LeftButton)
    assert editor.document.state.network == network
    assert editor.document.state.dataset.columns["x"].numbers == (Fraction(1), Fraction(3))
    controller.close()


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "empty"), (b"PK\x03\x04rest", "workbook"), (b"a,b\n", "no rows")], ids=str
)
def test_a_bad_file_gives_a_sentence(content, word, controller, qtbot, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = controller._editor.document.state
    with qtbot.waitSignal(controller.said) as said:
        controller.open_path(path)
    assert "bad.csv" in said.args[0]
    assert word in said.args[0]
    assert controller.dialog is None
    assert controller._editor.document.state is before


def test_a_large_table_is_read_beside_the_window(qtbot, tmp_path):
    path = tmp_path / "large.csv"
    rows = 40_000
    path.write_text("x,y\n" + "".join(f"{i},{2 * i}\n" for i in range(rows)))
    assert path.stat().st_size > AT_ONCE
    reader = TableReader()
    with qtbot.waitSignal(reader.finished, timeout=20_000) as finished:
        reader.read(path)
        assert reader.busy
    assert finished.args[0].n_rows == rows
    assert not reader.busy
    reader.close()


def test_a_newer_table_wins(qtbot, tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("x,y\n" + "".join(f"{i},{2 * i}\n" for i in range(40_000)))
    reader = TableReader()
    heard = []
    reader.finished.connect(heard.append)
    reader.read(path)
    with qtbot.waitSignal(reader.finished, timeout=20_000):
        reader.read(FIT + "4,9\n", "newer")
    assert [table.name for table in heard] == ["newer"]
    reader.close()


def test_a_cancelled_table_is_not_heard_of(qtbot, tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("x,y\n" + "".join(f"{i},{2 * i}\n" for i in range(40_000)))
    reader = TableReader()
    heard = []
    reader.finished.connect(heard.append)
    reader.read(path)
    reader.cancel()
    qtbot.waitUntil(lambda: not reader.busy, timeout=20_000)
    assert heard == []
    reader.close()


def test_pasting_needs_a_table(editor, display, window, qtbot):
    from PySide6.QtGui import QGuiApplication

    controller = OpenDataController(editor, display, window)
    QGuiApplication.clipboard().setText("just words")
    with qtbot.waitSignal(controller.said) as said:
        controller.paste()
    assert "no table" in said.args[0]
    QGuiApplication.clipboard().setText("x\ty\n1\t2\n3\t4\n")
    controller.paste()
    assert controller.dialog.table.numeric == ("x", "y")
    controller.close()


def test_a_quicker_optimizer_is_offered_where_descent_crawls(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    rows = "\n".join(f"{1000 + i},{i % 7},{3 * i}" for i in range(60))
    controller.reader.read(f"big,small,y\n{rows}\n", "crawling")
    dialog = controller.dialog
    box = dialog.findChild(QCheckBox, "quickOptimizerBox")
    assert box.isVisible()
    assert not box.isChecked()
    box.click()
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    training = editor.document.state.training
    assert (training.optimizer.name, training.learning_rate) == ("adam", Fraction(1, 10))
    editor.document.undo()
    assert editor.document.state == editor.document.opened_state
    controller.close()


def test_standardising_is_offered_where_descent_crawls(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    rows = "\n".join(f"{1000 + i},{i % 7},{3 * i}" for i in range(60))
    controller.reader.read(f"big,small,y\n{rows}\n", "crawling")
    dialog = controller.dialog
    box = dialog.findChild(QCheckBox, "standardiseBox")
    assert box.isVisible()
    box.click()
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    state = editor.document.state
    assert [feature.transform for feature in state.network.features] == ["standardise", "standardise"]
    assert {state.network.node_by_id[edge.source] for edge in state.network.edges} == set(state.network.features)
    assert state.training.learning_rate >= Fraction(1, 5)
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(500)
    assert trainer.loss < 1e-6  # y is 3 big - 3000 exactly
    editor.document.undo()
    assert editor.document.state == editor.document.opened_state
    controller.close()


def test_a_column_of_words_is_a_target_with_a_class_for_each(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    rows = "\n".join(f"{i},{i % 5},{kind}" for kind in ("a", "b", "c") for i in range(8))
    controller.reader.read(f"x,z,kind\n{rows}\n", "kinds")
    dialog = controller.dialog
    dialog.findChild(QRadioButton, "target-kind").click()
    dialog.findChild(QCheckBox, "input-z").setChecked(True)
    assert "each of the 3 classes of “kind”" in _sentence(dialog, "planLabel")
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    state = editor.document.state
    assert [state.network.class_title(output.node) for output in state.network.outputs] == ["a", "b", "c"]
    assert state.training.loss == "softmax_cross_entropy"
    assert evaluate(state.network, state.dataset, state.training).problem is None
    controller.close()


COLOURS = "x,colour,price\n" + "".join(
    f"{x},{colour},{2 * x + plus}\n" for colour, plus in (("red", 5), ("green", 1), ("blue", 3)) for x in range(1, 5)
)


def test_a_column_of_words_is_an_input_with_a_node_for_each(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    controller.reader.read(COLOURS, "colours")
    dialog = controller.dialog
    box = dialog.findChild(QCheckBox, "input-colour")
    assert box.isVisible()
    assert box.accessibleName() == "colour is an input"
    assert not box.isChecked()  # which words to read is the user's to say
    qtbot.keyClick(box, Qt.Key.Key_Space)
    dialog.findChild(QRadioButton, "target-price").click()
    assert "“colour” is read by 3 nodes: each is 1 where its word stands, else 0." in _sentence(dialog, "planLabel")
    assert dialog.plan.warning == ""  # that the three add up to 1, as the bias does, makes nothing crawl
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    state = editor.document.state
    network = state.network
    assert [node.column for node in network.inputs] == ["x", "colour"]
    assert [dict(node.settings)["class"] for node in network.features] == ["red", "green", "blue"]
    assert {edge.source for edge in network.edges} == {network.inputs[0].id, *(node.id for node in network.features)}
    found = evaluate(network, state.dataset, state.training)
    assert found.problem is None
    # In steps of gradient descent it finds price = 2 x + 5, 1 or 3 (up to what it puts into the bias).
    trainer = Trainer(network, state.dataset, state.training)
    trainer.advance(5000)
    assert float(trainer.loss) < 1e-6
    editor.document.undo()
    assert editor.document.state == editor.document.opened_state
    controller.close()


def test_words_are_inputs_of_a_neuron_for_each_class_too(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    kinds = "".join(f"{x},{'ab'[x % 2]},{'uvw'[x % 3]}\n" for x in range(12))
    controller.reader.read("x,letter,kind\n" + kinds, "letters")
    dialog = controller.dialog
    dialog.findChild(QRadioButton, "target-kind").click()
    qtbot.keyClick(dialog.findChild(QCheckBox, "input-letter"), Qt.Key.Key_Space)
    assert dialog.inputs == ("x", "letter")
    dialog.findChild(QRadioButton, "target-letter").click()
    assert dialog.inputs == ("x",)  # nothing is both
    dialog.findChild(QRadioButton, "target-kind").click()
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    network = editor.document.state.network
    assert len(network.neurons) == 3
    assert len(network.edges) == 3 * (1 + 2)
    state = editor.document.state
    assert evaluate(network, state.dataset, state.training).problem is None
    controller.close()


def test_a_drawn_network_that_reads_words_takes_other_rows_of_them(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    data = read_table(COLOURS).whole(["x", "colour", "price"])
    controller.build(data, ("x", "colour"), "price")
    network = editor.document.state.network
    controller.reader.read("x,colour,price\n7,blue,17\n8,red,21\n", "more")
    qtbot.mouseClick(controller.dialog.findChild(QPushButton, "useDataButton"), Qt.MouseButton.LeftButton)
    assert editor.document.state.network == network
    assert editor.document.state.dataset.texts["colour"] == ("blue", "red")
    controller.close()


def test_two_words_are_a_yes_and_a_no(editor, display, window, qtbot):
    controller = OpenDataController(editor, display, window)
    controller.reader.read("x,passed\n1,no\n2,no\n3,yes\n4,yes\n", "exam")
    dialog = controller.dialog
    dialog.findChild(QRadioButton, "target-passed").click()
    assert "1 for “yes” and 0 for “no”" in _sentence(dialog, "planLabel")
    dialog.findChild(QPushButton, "buildNeuronButton").click()
    state = editor.document.state
    assert state.network.target_title("n") == "[passed = yes]"
    assert state.network.neurons[0].activation == "sigmoid"
    assert state.training.loss == "cross_entropy"
    controller.close()


def test_the_preview_shows_what_stands_in_the_file(show):
    dialog = show("x,y\n17.592,-0.5\n1e-3,12\n5,6\n")
    model = dialog.findChild(QTableView, "dataPreview").model()
    assert [model.index(row, column).data() for row in range(2) for column in range(2)] == [
        "17.592",
        "−0.5",
        "0.001",
        "12",
    ]
    assert not dialog.findChild(QCheckBox, "quickOptimizerBox").isVisible()
