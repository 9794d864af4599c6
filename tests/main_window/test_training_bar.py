"""How training is done: each control is an edit with a name, and refusals say what would fit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from neurosim import paths
from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.rate_zones import rate_zones
from neurosim.main_window.loss_fit import offer_for
from neurosim.main_window.training_bar import TrainingBar, fine_step
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import apply_theme


@pytest.fixture
def bar(editor, session, display, qtbot):
    made = TrainingBar(editor, session, display)
    qtbot.addWidget(made)
    made.resize(1400, made.sizeHint().height())
    made.show()
    return made


def _choose(bar, name, data):
    box = bar.findChild(QComboBox, name)
    index = box.findData(data)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def _type(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_learning_rate_as_a_fraction(bar, document, qtbot):
    field = bar.findChild(NumberField, "learningRateField")
    assert field.text() == "1/30"
    _type(qtbot, field, "1/11")
    assert document.state.training.learning_rate == Fraction(1, 11)
    assert document.undo_text == "Set learning rate"
    document.undo()
    assert field.value() == Fraction(1, 30)


def test_learning_rate_zero_is_not_taken(bar, document, qtbot):
    field = bar.findChild(NumberField, "learningRateField")
    _type(qtbot, field, "0")
    assert document.state.training.learning_rate == Fraction(1, 30)
    assert "above 0" in field.problem()


def test_every_optimizer_and_loss_can_be_chosen(bar):
    own = {f"method:{name}" for name, method in METHODS.items() if not method.by_gradient}
    for name, items in (("optimizerBox", {*OPTIMIZERS, *own, None}), ("lossBox", set(LOSSES))):
        box = bar.findChild(QComboBox, name)
        assert {box.itemData(i) for i in range(box.count())} == items


def test_choices_become_edits(bar, document):
    _choose(bar, "optimizerBox", "adam")
    _choose(bar, "conventionBox", "half_mean")
    _choose(bar, "lossBox", "absolute_error")
    _choose(bar, "batchBox", "one")
    training = document.state.training
    assert training.optimizer.name == "adam"
    assert (training.reduction, training.loss, training.batch_size) == ("half_mean", "absolute_error", 1)
    for _ in range(4):
        document.undo()
    assert document.state == document.opened_state


def test_mini_batches_take_a_whole_number(bar, document, editor, qtbot):
    _choose(bar, "batchBox", "mini")
    field = bar.findChild(NumberField, "batchSizeField")
    assert field.isVisible()
    assert document.state.training.batch_size == 10
    _type(qtbot, field, "4")
    assert document.state.training.batch_size == 4
    with qtbot.waitSignal(editor.refused) as refused:
        _type(qtbot, field, "5/2")
    assert "whole number" in refused.args[0]
    assert document.state.training.batch_size == 4


def test_a_loss_that_does_not_fit_says_why_and_what_would(bar, document, qtbot):
    document.edit("Targets 0 and 1", edits.move_row, 1, {"y": 1})
    with qtbot.waitSignal(bar.loss_refused) as refused:
        _choose(bar, "lossBox", "cross_entropy")
    offer = refused.args[0]
    assert "sigmoid" in offer.reason
    assert document.state.training.loss == "squared_error"
    assert bar.findChild(QComboBox, "lossBox").currentData() == "squared_error"
    bar.use_loss(offer)
    state = document.state
    assert (state.training.loss, state.network.node_by_id["n"].activation) == ("cross_entropy", "sigmoid")
    document.undo()
    assert document.state.training.loss == "squared_error"
    assert document.state.network.node_by_id["n"].activation == "identity"


def test_no_offer_where_the_targets_do_not_fit_either(document):
    offer = offer_for(document.state, "cross_entropy")
    assert offer.reason
    assert not offer.activation


def test_a_fitting_loss_needs_no_offer(document):
    assert offer_for(document.state, "absolute_error") is None


def test_the_zones_of_the_lecture_stand_on_the_slider(bar, document, session):
    # Hessian [[20, 6], [6, 2]]: largest eigenvalue 11 + sqrt(117) = 21.8167, limit 2 / 21.8167 = 0.091673.
    limit = 2 / (11 + 117**0.5)
    assert bar.slider.zones().zones[-1].low == pytest.approx(limit, rel=1e-12)
    assert bar.slider.zone.kind == "fast"
    document.edit("Set learning rate", edits.set_learning_rate, Fraction(1, 10))
    assert bar.slider.rate() == Fraction(1, 10)
    assert bar.slider.zone.kind == "explodes"
    document.edit("Half mean", edits.set_reduction, "half_mean")
    session.advance()
    assert bar.slider.zones().zones[-1].low == pytest.approx(2 * limit, rel=1e-12)


def test_the_zones_follow_a_point_in_the_same_frame(bar, document, session):
    for x in (5, 6, 7):
        document.edit("Move point", edits.move_row, 1, {"x": Fraction(x)})
        session.advance()
        # x = 2 and x: the Hessian is [[4 + x^2, 2 + x], [2 + x, 2]]
        half = (4 + x * x + 2) / 2
        largest = half + (half**2 - (2 * (4 + x * x) - (2 + x) ** 2)) ** 0.5
        assert bar.slider.zones().largest_curvature == pytest.approx(largest, rel=1e-12)


def test_another_document_does_not_keep_the_zones_of_the_one_before(bar, document, session, qtbot):
    """The lecture's largest curvature is that of the matrix ((20, 6), (6, 2)): 11 + √117."""
    lecture = document.state
    for name in ("backpropagation_by_hand", "xor"):
        document.reset(load(paths.example(name)))
        session.advance()
        qtbot.waitUntil(lambda: bar.zones.settled)  # where the machine is slow, in a thread
        assert bar.slider.zones().estimate
        document.reset(lecture)
        session.advance()
        qtbot.waitUntil(lambda: bar.zones.settled)
        assert not bar.slider.zones().estimate
        assert bar.slider.zones().zones[-1].low == pytest.approx(2 / (11 + np.sqrt(117)), rel=1e-12)


def test_a_step_on_a_quadratic_loss_asks_for_no_new_zones(bar, session):
    before = bar.slider.zones()
    session.full_step()
    session.advance()
    assert bar.slider.zones() is before


def test_an_estimate_follows_when_the_parameters_rest(bar, document, session, qtbot):
    document.edit("Sigmoid", edits.set_activation, "n", "sigmoid")
    session.advance()
    first = bar.slider.zones()
    assert first.estimate
    for n in range(5):
        document.edit("Set weight", edits.set_weight, "a", Fraction(n, 10))
        session.advance()
    assert bar.slider.zones() is first, "not in each frame"
    qtbot.waitUntil(lambda: bar.zones.settled)
    fresh = rate_zones(document.state.network, document.state.dataset, document.state.training)
    assert bar.slider.zones() == fresh != first


def test_zones_of_many_rows_are_found_in_a_thread(bar, document, session, qtbot):
    n = 30_000
    x = np.linspace(-3.0, 3.0, n)
    many = Dataset({"x": Column(x), "y": Column(2 * x - 4)})
    document.edit("Data", edits.use_dataset, many)
    session.advance()
    assert not bar.zones.settled
    qtbot.waitUntil(lambda: bar.zones.settled)
    # the mean of x^2 is 3 (n + 1) / (n - 1), that of x is 0: the Hessian is diagonal
    assert bar.slider.zones().largest_curvature == pytest.approx(6 * (n + 1) / (n - 1), rel=1e-9)
    bar.close_zones()


def test_an_adaptive_optimizer_has_no_zones_and_says_why(bar, session):
    _choose(bar, "optimizerBox", "rmsprop")
    session.advance()
    assert bar.slider.zones().zones == ()
    assert "RMSprop" in bar.slider.statusTip()


def test_a_drag_on_the_slider_is_one_edit_and_esc_none(bar, document, qtbot):
    slider, opened = bar.slider, document.state
    middle = slider.height() * 2 // 3

    def at(rate):
        return QPoint(round(slider.place_of(rate)), middle)

    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(Fraction(1, 30)))
    for n in (25, 20, 15):
        QTest.mouseMove(slider, at(Fraction(1, n)))
        assert document.state.training.learning_rate == Fraction(1, n)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(Fraction(1, 15)))
    assert bar.findChild(NumberField, "learningRateField").value() == Fraction(1, 15)
    assert document.undo_text == "Set learning rate"
    document.undo()
    assert document.state == opened
    assert slider.rate() == Fraction(1, 30)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(Fraction(1, 30)))
    QTest.mouseMove(slider, at(Fraction(1, 10)))
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(Fraction(1, 10)))
    assert document.state.training.learning_rate == Fraction(1, 30)
    assert not document.undo_text


def test_the_bar_keeps_its_one_row_at_a_width_of_1280(qapp, bar):
    apply_theme(qapp, "light")
    _choose(bar, "batchBox", "mini")
    assert bar.heightForWidth(1280 - 2 * 16) == bar.slider.height()


def test_optimizer_settings_are_there_and_become_edits(bar, document, qtbot):
    _choose(bar, "optimizerBox", "adam")
    sheet = bar.optimizer_sheet
    names = {f"optimizer-{setting.name}" for setting in OPTIMIZERS["adam"].settings}
    assert {field.objectName() for field in sheet.findChildren(NumberField)} >= names
    field = sheet.findChild(NumberField, "optimizer-beta1")
    field.committed.emit(Fraction(1, 2))
    assert document.state.training.optimizer.settings["beta1"] == Fraction(1, 2)
    assert document.undo_text == "Set " + next(s.title for s in OPTIMIZERS["adam"].settings if s.name == "beta1")


def test_penalties_and_seed(bar, document, editor, qtbot):
    sheet = bar.more_sheet
    sheet._l2.committed.emit(Fraction(1, 100))
    sheet._l1.committed.emit(Fraction(1, 1000))
    sheet._seed.committed.emit(Fraction(12))
    training = document.state.training
    assert (training.l2, training.l1, training.seed) == (Fraction(1, 100), Fraction(1, 1000), 12)
    with qtbot.waitSignal(editor.refused):
        sheet._seed.committed.emit(Fraction(1, 2))
    with qtbot.waitSignal(editor.refused):
        sheet._l2.committed.emit(Fraction(-1))
    assert document.state.training == training


@pytest.mark.parametrize(
    ("value", "step"),
    [(Fraction(1, 30), "1/1000"), (Fraction(1, 10), "1/100"), (Fraction(3), "1/10"), (2e-4, "1/100000")],
)
def test_scrubbing_steps_suit_the_value(value, step):
    assert fine_step(value) == Fraction(step)
