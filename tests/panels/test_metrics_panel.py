"""The metrics panel: values worked out by hand, its rows lit and selected, and what it says of the loss."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.markup.write_text import write_text
from neurosim.panels.headline import HeadlineNumbers
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.number_field import NumberField

F = Fraction


HALF, ONE, ZERO = F(1, 2), F(1), F(0)


def state_of(loss, activation, weight, bias, tests, **named) -> DocumentState:
    network = Network(
        (InputNode("x", "x"), Neuron("n", label="f", bias=bias, activation=activation)),
        (Edge("a", "x", "n", weight),),
        (Output("n", "y"),),
    )
    data = Dataset({name: Column(tuple(F(v) for v in values)) for name, values in named.items()}, test_rows=tests)
    return DocumentState(network=network, dataset=data, training=TrainingSettings(loss=loss))


def four_points(tests=()) -> DocumentState:
    # predictions 3/2, 2, 5/2, 3; residuals 0, -2, 5/2, -3
    return state_of("squared_error", "identity", HALF, ONE, tests, x=(1, 2, 3, 4), y=(F(3, 2), 4, 0, 6))


def logistic(tests=()) -> DocumentState:
    return state_of("cross_entropy", "sigmoid", ONE, ZERO, tests, x=(-2, -1, 1, 2, 3), y=(0, 1, 0, 1, 1))


def read(made, name: str) -> str:
    return made.panel.findChild(QLabel, name).text()


def formula(made, name: str) -> str:
    return write_text(made.panel.findChild(FormulaLines, name).markup())


def test_r_squared_and_rmse_by_hand(bench):
    made = bench("metrics", four_points())
    # squares 0 + 4 + 25/4 + 9 = 77/4; mean 23/8; spread 9/4 + 16 + 0 + 36 - 4 (23/8)^2 = 54.25 - 529/16
    spread = F(217, 4) - F(529, 16)
    assert spread == F(339, 16)
    assert read(made, "rSquaredTrain") == "31/339 ~ 0.09145"  # 1 - (77/4) / (339/16) = 1 - 308/339
    assert 1 - F(77, 4) / spread == F(31, 339)
    assert read(made, "rmseTrain") == "~2.19374"
    assert float(F(77, 16)) ** 0.5 == pytest.approx(2.193741, abs=1e-6)
    assert "(3/2 − 3/2)" in formula(made, "residualFormula")
    assert formula(made, "residualFormula").endswith("77/4 = 19.25")
    assert "23/8" in read(made, "targetMean")


def test_test_rows_have_numbers_of_their_own(bench):
    made = bench("metrics", four_points(tests=(1, 3)))
    # test rows: residuals -2 and -3, targets 4 and 6 about 5: 1 - 13/2
    assert read(made, "rSquaredTest") == "−11/2 = −5.5"
    made.panel.part.button("test").click()
    made.frame()
    assert formula(made, "rSquaredFormula").endswith("−11/2 = −5.5")
    assert read(made, "targetMean").startswith("ȳ = 5")


def test_where_nothing_can_be_judged_no_rows_can_be_chosen(bench):
    made = bench("metrics", four_points(tests=(1, 3)))
    assert not made.panel.part.isHidden()
    made.document.reset(DocumentState())
    made.frame()
    assert made.panel.part.isHidden()
    assert bench("metrics", DocumentState()).panel.part.isHidden()


def test_the_loss_of_test_rows_stands_under_the_loss(bench, qtbot):
    made = bench("metrics", four_points())
    headline = HeadlineNumbers(made.session, made.display)
    qtbot.addWidget(headline)
    headline.show()
    label = headline.findChild(QLabel, "testLossLabel")
    assert label.isHidden()
    made.document.edit("Keep", edits.mark_rows, [1, 3], True)
    made.frame()
    assert label.isVisible()
    assert label.text() == "test 13/2 = 6.5"  # (4 + 9) / 2


def test_a_confusion_matrix_lights_and_selects_its_rows(bench):
    made = bench("metrics", logistic())
    matrix = made.panel.findChild(QTableView, "confusionMatrix")
    model = matrix.model()
    # s(x) >= 1/2 from x = 0 on: rows 2, 3, 4 are taken for 1; row 1 is missed, row 2 is wrong
    counts = [[model.index(i, j).data() for j in range(2)] for i in range(2)]
    assert counts == [["1", "1"], ["1", "2"]]
    assert read(made, "accuracyTrain") == "3/5 = 0.6"
    assert (model.index(1, 2).data(), model.index(2, 1).data()) == ("2/3", "2/3")
    place = matrix.visualRect(model.index(0, 1)).center()
    QTest.mouseMove(matrix.viewport(), place)
    assert made.selection.lit == {"row:2"}
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert made.selection.rows == {2}
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert made.selection.lit == {"row:3", "row:4"}
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert made.selection.rows == {3, 4}


def test_another_threshold_is_one_edit_and_moves_rows(bench):
    made = bench("metrics", logistic())
    field = made.panel.findChild(NumberField, "metricsThreshold")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3/4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    made.frame()
    # s(1) = 0.731 is below 3/4: row 2 is right now
    assert read(made, "accuracyTrain") == "4/5 = 0.8"
    assert made.document.undo_text == "Set threshold of f"
    assert "4" in formula(made, "accuracyFormula")


def test_it_says_what_is_minimised_instead(bench):
    made = bench("metrics", logistic())
    assert "None of these is what training minimises" in read(made, "metricsHead")
    assert "cross-entropy" in read(made, "metricsHead")
    assert "slope is 0" in read(made, "metricsWhy")
    fit = bench("metrics", four_points())
    assert "squared error" in read(fit, "metricsWhy")


def test_without_an_output_it_says_what_is_missing(bench):
    made = bench("metrics", DocumentState())
    assert "output with a target" in made.panel.findChild(QLabel, "emptyStateSentence").text()
