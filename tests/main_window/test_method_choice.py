"""Training methods, schedules and stop conditions in the window: chosen, set, shown, and what is hidden says why."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton, QWidget

from neurosim.document import edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.main_window.memory_table import MemoryTable
from neurosim.main_window.schedule_popover import SchedulePopover
from neurosim.main_window.stop_popover import StopPopover
from neurosim.main_window.training_bar import TrainingBar
from neurosim.widgets.learning_rate_slider import LearningRateSlider
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.small_curve import SmallCurve


@pytest.fixture
def bar(editor, session, display, qtbot):
    made = TrainingBar(editor, session, display)
    qtbot.addWidget(made)
    made.resize(1400, made.sizeHint().height())
    made.show()
    yield made
    made.close_zones()


def choose(parent: QWidget, name: str, data: str) -> None:
    box = parent.findChild(QComboBox, name)
    index = box.findData(data)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def type_in(qtbot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_method_is_chosen_and_an_optimizer_leads_back(bar, document):
    box = bar.findChild(QComboBox, "optimizerBox")
    choose(bar, "optimizerBox", "method:random_search")
    assert document.state.training.method == "random_search"
    assert document.undo_text == "Use Random search"
    choose(bar, "optimizerBox", "adam")
    training = document.state.training
    assert (training.method, training.optimizer.name) == ("gradient_descent", "adam")
    document.undo()
    assert document.state.training.method == "random_search"
    assert box.currentData() == "method:random_search"
    document.undo()
    assert box.currentData() == "sgd"


def test_the_closed_form_has_no_learning_rate_and_says_why(bar, document):
    choose(bar, "optimizerBox", "method:closed_form")
    assert not bar.findChild(NumberField, "learningRateField").isVisible()
    assert not bar.findChild(LearningRateSlider).isVisible()
    assert not bar.findChild(QComboBox, "batchBox").isVisible()
    label = bar.findChild(QLabel, "idleLabel")
    assert "no learning rate" in label.text()
    assert "no learning rate to choose" in label.toolTip()
    choose(bar, "optimizerBox", "sgd")
    assert bar.findChild(NumberField, "learningRateField").isVisible()
    assert bar.findChild(QComboBox, "batchBox").isVisible()
    assert not label.isVisible()


def test_methods_without_a_slope_have_no_zones_and_say_why(bar, document, session, qtbot):
    choose(bar, "optimizerBox", "method:random_search")
    session.advance()
    qtbot.waitUntil(lambda: bar.zones.settled and bar.slider.zones().reason is not None)
    assert bar.slider.zones().zones == ()
    assert "follows no slope" in bar.slider.zones().reason


def test_finite_differences_have_a_nudge_and_an_optimizer(bar, document, qtbot):
    choose(bar, "optimizerBox", "method:finite_difference")
    sheet = bar.optimizer_sheet
    type_in(qtbot, sheet.findChild(NumberField, "method-nudge"), "1/8")
    assert document.state.training.method_settings == {"nudge": Fraction(1, 8)}
    choose(sheet, "slopesOptimizerBox", "rmsprop")
    training = document.state.training
    assert (training.method, training.optimizer.name) == ("finite_difference", "rmsprop")
    assert sheet.findChild(NumberField, "optimizer-alpha") is not None


def test_the_perceptron_rule_counts_its_mistakes_and_says_when_it_is_done(bar, document, session):
    columns = {"x": Column((Fraction(2), Fraction(4))), "y": Column((Fraction(0), Fraction(1)))}
    state = edits.set_parameters(
        edits.set_activation(document.state, "n", "step"), {"a": Fraction(0), "n.bias": Fraction(0)}
    )
    document.reset(replace(state, dataset=Dataset(columns)))
    choose(bar, "optimizerBox", "method:perceptron_rule")
    label = bar.findChild(QLabel, "idleLabel")
    assert label.text() == "mistakes: 0 this epoch, 0 in all"
    said = []
    session.message.connect(lambda notice: said.append(notice.text))
    session.full_step()
    assert label.text() == "mistakes: 1 this epoch, 1 in all"
    for _ in range(40):
        if said:
            break
        session.full_step()
    assert "all 2 rows were answered right" in said[0]
    taken = document.state.training.step
    session.back()
    assert document.state.training.step == taken - 1
    # A run from the start ends at the same place, with the same fractions.
    end = document.redo() or document.state
    session.rewind()
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    assert document.state.network.parameters == end.network.parameters
    assert document.state.training.step == taken
    assert document.state.training.method_state == end.training.method_state


def test_an_optimum_that_is_not_unique_is_said_when_stepping_and_running(bar, document, session):
    columns = {"x": Column((Fraction(2), Fraction(2))), "y": Column((Fraction(0), Fraction(4)))}
    document.reset(replace(document.state, dataset=Dataset(columns)))
    choose(bar, "optimizerBox", "method:closed_form")
    said = []
    session.message.connect(lambda notice: said.append(notice.text))
    session.full_step()
    assert "All values of x are equal" in said[-1]
    session.run()
    session.advance()
    assert not session.running
    assert "All values of x are equal" in said[-1]
    assert document.state.training.step == 0


def test_the_closed_form_in_the_window(bar, document, session):
    choose(bar, "optimizerBox", "method:closed_form")
    said = []
    session.message.connect(lambda notice: said.append(notice.text))
    session.full_step(10)
    assert document.state.network.parameters == {"a": Fraction(2), "n.bias": Fraction(-4)}
    assert document.state.training.step == 1
    assert "lowest point" in said[-1]
    session.back()
    assert document.state.network.parameters == {"a": Fraction(1, 3), "n.bias": Fraction(-6)}


def test_random_search_goes_back_exactly(bar, document, session):
    choose(bar, "optimizerBox", "method:random_search")
    states = [document.state]
    for _ in range(6):
        session.full_step()
        states.append(document.state)
    session.walk.set_unit("step")
    for expected in reversed(states[:-1]):
        session.back()
        assert document.state == expected
    session.set_speed("max")
    session.run()
    while document.state.training.step < 3:
        session.advance()
    session.pause()
    steps = document.state.training.step
    trained = document.state
    session.back()
    assert document.state.training.step == steps - 1
    session.full_step()
    # The run was in float64, and so is the step that is taken again.
    assert document.state.network == trained.network


# -- what is remembered --------------------------------------------------------------------------------------------


def test_the_memory_of_an_optimizer_is_a_table(document, session, display, qtbot):
    document.edit("Use Adam", edits.set_optimizer, "adam")
    session.full_step(2)
    page = QWidget()
    qtbot.addWidget(page)
    table = MemoryTable(display, page)
    table.show_state(document.state)
    kept = document.state.training.optimizer_state
    assert table.texts() == [
        ["", "mean gradient m", "mean square v", "steps t"],
        ["a", *(display.text(kept[name]["a"]) for name in ("exp_avg", "exp_avg_sq", "step"))],
        ["b", *(display.text(kept[name]["n.bias"]) for name in ("exp_avg", "exp_avg_sq", "step"))],
    ]
    document.edit("Plain", edits.set_optimizer, "sgd")
    table.show_state(document.state)
    assert table.texts() == []
    assert table.isHidden()


def test_momentum_is_shown_in_fractions(document, session, display, qtbot):
    document.edit("Momentum", edits.set_optimizer, "sgd", {"momentum": Fraction(9, 10)})
    session.full_step()
    page = QWidget()
    qtbot.addWidget(page)
    table = MemoryTable(display, page)
    table.show_state(document.state)
    assert table.texts() == [["", "velocity v"], ["a", "−136/3"], ["b", "−14"]]


# -- schedules -----------------------------------------------------------------------------------------------------


def test_a_schedule_is_chosen_and_set_with_its_curve(bar, document, editor, display, session, qtbot):
    sheet = SchedulePopover(editor, display, bar)
    qtbot.addWidget(sheet)
    document.training_changed.connect(sheet.refresh)
    choose(sheet, "scheduleBox", "step_decay")
    assert document.undo_text == "Learning rate: Step decay"
    type_in(qtbot, sheet.findChild(NumberField, "schedule-every"), "2")
    type_in(qtbot, sheet.findChild(NumberField, "schedule-factor"), "1/3")
    assert document.state.training.schedule.settings == {"every": Fraction(2), "factor": Fraction(1, 3)}
    session.full_step(2)
    assert sheet.findChild(QLabel, "comingRateLabel").text().startswith("The coming step, number 3, has the rate 1/90")
    label = bar.findChild(QLabel, "rateNowLabel")
    assert label.isVisible()
    assert label.text() == "now 1/90"
    curve = sheet.findChild(SmallCurve, "scheduleCurve")
    assert curve._values[0] == pytest.approx(1 / 30)
    assert curve._values[-1] < 1 / 90
    choose(sheet, "scheduleBox", "constant")
    assert not label.isVisible()


# -- stop conditions -----------------------------------------------------------------------------------------------


def test_a_run_ends_at_its_condition_and_says_so(document, editor, display, session, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    sheet = StopPopover(editor, display, page)
    switch = sheet.findChild(QCheckBox, "stop-loss_below")
    field = sheet.findChild(NumberField, "stopField-loss_below")
    assert not field.isEnabled()
    switch.click()
    assert document.state.training.stop.loss_below == Fraction(1, 100)
    assert field.isEnabled()
    said = []
    session.message.connect(lambda notice: said.append(notice.text))
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    assert document.state.training.step == 240
    assert said[-1].startswith("Stopped at step 240: the loss")
    type_in(qtbot, field, "1/1000")
    assert document.state.training.stop.loss_below == Fraction(1, 1000)
    switch.click()
    assert not document.state.training.stop
    document.undo()
    assert switch.isChecked()


def test_the_gear_is_off_where_there_is_nothing_to_set(bar):
    gear = bar.findChild(QToolButton, "optimizerSettingsButton")
    assert gear.isEnabled()
    choose(bar, "optimizerBox", "method:closed_form")
    assert not gear.isEnabled()
    choose(bar, "optimizerBox", "method:finite_difference")
    assert gear.isEnabled()
