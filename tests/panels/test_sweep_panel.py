"""The sweep: the numbers of single trainings, beside a document that stays as it is; and a value taken over."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget

from neurosim.document import edits
from neurosim.engine.trainer import Trainer
from neurosim.numbers.errors import NumberError
from neurosim.panels.sweep.chart import round_ticks
from neurosim.panels.sweep.values import read, written
from neurosim.training.sweeping import axes, best_of, outcome
from neurosim.widgets.display import Display
from samples import hidden_state, lecture_state


def axis_of(state, key: str):
    return next(axis for axis in axes(state) if axis.key == key)


@pytest.mark.parametrize("rate", [Fraction(1, 100), Fraction(1, 30), Fraction(1, 11)])
def test_an_outcome_is_that_of_a_training(rate: Fraction):
    state = lecture_state()
    found = outcome(state, axis_of(state, "training.learning_rate"), rate, 150)
    trainer = Trainer(state.network, state.dataset, replace(state.training, learning_rate=rate))
    trainer.advance(150)
    assert (found.loss, found.steps, found.stop) == (trainer.loss, 150, None)


def test_it_begins_at_the_start_and_ends_where_training_ends():
    state = lecture_state()
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(40)
    later = replace(state, network=trainer.network(), training=trainer.settings())
    axis = axis_of(later, "training.learning_rate")
    assert outcome(later, axis, Fraction(1, 30), 40).loss == trainer.loss
    assert outcome(later, axis, Fraction(1), 4000).diverged
    converged = outcome(later, axis, Fraction(1, 12), 100_000)
    assert converged.stop is not None
    assert converged.stop.kind == "converged"
    assert converged.steps < 100_000


def test_the_best_is_the_lowest_that_did_not_diverge():
    state = lecture_state()
    axis = axis_of(state, "training.learning_rate")
    found = [outcome(state, axis, rate, 200) for rate in (Fraction(1, 100), Fraction(1, 12), Fraction(1, 2))]
    best = best_of(found)
    assert best is not None
    assert best.value == Fraction(1, 12)
    assert best_of([one for one in found if one.diverged]) is None


def test_what_can_be_swept_follows_the_method():
    def keys(state) -> set[str]:
        return {axis.key for axis in axes(state)}

    state = lecture_state()
    assert keys(state) == {
        "training.learning_rate",
        "training.batch_size",
        "training.l2",
        "training.l1",
        "training.optimizer.momentum",
        "training.optimizer.dampening",
        "start",
    }
    assert "training.learning_rate" not in keys(edits.set_method(state, "closed_form"))
    assert "training.optimizer.beta1" in keys(hidden_state())
    for axis in axes(hidden_state()):
        assert axis.now in axis.values or axis.key == "start"
        for value in axis.values:
            assert outcome(hidden_state(), axis, value, 2).problem is None


def test_a_value_that_cannot_be_set_says_why():
    state = lecture_state()
    found = outcome(state, axis_of(state, "training.batch_size"), Fraction(1, 2), 10)
    assert found.loss is None
    assert "whole number" in (found.problem or "")


def test_values_are_read_with_either_decimal_sign(qapp):
    display = Display()
    assert read("1/30, 0.1, 1/100", display) == [Fraction(1, 100), Fraction(1, 30), Fraction(1, 10)]
    assert written((Fraction(1, 3), Fraction(2)), display) == "1/3, 2"
    display.decimal = ","
    assert read("0,5; 1/4", display) == [Fraction(1, 4), Fraction(1, 2)]
    assert written((Fraction(1, 3), Fraction(2)), display) == "1/3; 2"
    for text in (" , ", "1/30, fast", "; ".join(map(str, range(50)))):
        with pytest.raises(NumberError):
            read(text, display)


@pytest.mark.parametrize(
    ("high", "most", "ticks"), [(14.6, 4, [0, 5, 10]), (1.0, 2.5, [0, 0.5, 1]), (0.037, 3, [0, 0.02]), (250, 1, [0])]
)
def test_the_scale_has_round_numbers(high, most, ticks):
    assert round_ticks(high, most) == pytest.approx(ticks)


# -- the panel -----------------------------------------------------------------------------------------------------


@pytest.fixture
def sweep(bench):
    found = bench("sweep", lecture_state())
    yield found
    found.panel.job.stop()


def rows(panel) -> list[list[str]]:
    table = panel.findChild(QTableWidget, "sweepTable")
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def swept(sweep, qtbot, values: str):
    panel = sweep.panel
    line = panel.findChild(QLineEdit, "sweepValues")
    line.selectAll()
    qtbot.keyClicks(line, values)
    qtbot.mouseClick(panel.findChild(QPushButton, "sweepButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.job.running, timeout=10_000)
    return panel


def test_the_rows_are_the_values_with_their_losses_and_the_document_stays(sweep, qtbot):
    before = sweep.document.state
    panel = swept(sweep, qtbot, "1/30, 1/100, 1/2")
    found = rows(panel)
    assert [row[0] for row in found] == ["1/100", "1/30", "1/2"]
    trainer = Trainer(before.network, before.dataset, before.training)
    trainer.advance(200)
    assert found[1][1] == sweep.display.text(trainer.loss)
    assert found[1][2] == "lowest"
    assert found[2][2].startswith("diverged at step")
    assert sweep.document.state is before
    assert not sweep.document.can_undo
    assert "1/30: loss" in panel.chart.accessibleName()


def test_a_dot_is_chosen_and_its_value_used(sweep, qtbot):
    panel = swept(sweep, qtbot, "1/100, 1/30, 1/12")
    use = panel.findChild(QPushButton, "sweepUse")
    assert not use.isEnabled()
    place = panel.chart.place(2).toPoint()
    qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert panel.table.currentRow() == 2
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert sweep.document.state.training.learning_rate == Fraction(1, 12)
    assert sweep.document.undo_text == "Learning rate 1/12"
    sweep.document.undo()
    assert sweep.document.state.training.learning_rate == Fraction(1, 30)


def test_the_table_is_used_with_keys(sweep, qtbot):
    panel = swept(sweep, qtbot, "1/100, 1/30, 1/12")
    panel.table.setFocus()
    panel.table.selectRow(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert sweep.document.state.training.learning_rate == Fraction(1, 100)


def test_what_is_not_understood_is_said_beside_the_values(sweep, qtbot):
    panel = sweep.panel
    line = panel.findChild(QLineEdit, "sweepValues")
    line.setText("1/30, fast")
    panel.findChild(QPushButton, "sweepButton").click()
    problem = panel.findChild(QLabel, "sweepProblem")
    assert "fast" in problem.text()
    assert not panel.job.running
    line.setText("-1")
    panel.findChild(QPushButton, "sweepButton").click()
    assert "above 0" in problem.text()
    swept(sweep, qtbot, "1/30")
    assert problem.isHidden()


def test_a_long_sweep_is_stopped_and_what_was_found_stays(sweep, qtbot):
    panel = sweep.panel
    sweep.document.edit("A rate that never converges", edits.set_optimizer, "adam")
    sweep.frame()
    panel._steps.set_value(Fraction(10**9))
    panel.findChild(QLineEdit, "sweepValues").setText("1/100, 1/30")
    button = panel.findChild(QPushButton, "sweepButton")
    button.click()
    assert button.text() == "Stop"
    button.click()
    assert not panel.job.running
    assert button.text() == "Sweep"


def test_another_setting_offers_its_own_values(sweep, qtbot):
    box = sweep.panel.findChild(QComboBox, "sweepSetting")
    box.setCurrentIndex(box.findData("training.optimizer.momentum"))
    box.activated.emit(box.currentIndex())
    assert sweep.panel.findChild(QLineEdit, "sweepValues").text() == "0, 1/2, 9/10, 99/100"
    panel = swept(sweep, qtbot, "0, 9/10")
    assert [row[0] for row in rows(panel)] == ["0", "9/10"]
