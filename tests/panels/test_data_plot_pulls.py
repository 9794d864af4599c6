"""The pulls of the points: arrows that are shares of the gradient, a chain that ends at it, and the current line."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels import _shares
from neurosim.panels.data_plot.arrows import round_down
from neurosim.panels.data_plot.chain import CORNERS, chain_of, framed
from neurosim.working.shares import shares
from samples import hidden_state, lecture_state
from strategies import states

F = Fraction


def logistic(points: int = 4) -> DocumentState:
    """One sigmoid neuron on two inputs, with as many points of two classes as wanted."""
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(-3), activation="sigmoid")),
        (Edge("w1", "x1", "n", F(1)), Edge("w2", "x2", "n", F(1, 2))),
        (Output("n", "y"),),
    )
    x1, x2 = [F(i % 5) for i in range(points)], [F(i * 3 % 7) for i in range(points)]
    y = [F(i % 2) for i in range(points)]
    columns = {"x1": Column(x1), "x2": Column(x2), "y": Column(y)}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy", learning_rate=F(1, 10)))


def with_points(n: int) -> DocumentState:
    """The lecture's neuron on *n* points around a line."""
    x = [F(i, 10) for i in range(n)]
    y = [F(i % 7, 3) - 2 for i in range(n)]
    return replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(y)}))


@pytest.fixture
def pulled(bench):
    """Builds a data plot on a document, with the pulls switched on by the keyboard."""

    def build(state: DocumentState):
        made = bench("data_plot", state)
        button = made.panel.findChild(QToolButton, "pullsButton")
        QTest.keyClick(button, Qt.Key.Key_Space)
        made.frame()
        made.pulls = made.panel._pulls
        made.card = made.pulls.card
        return made

    return build


def hover(card, place: QPointF) -> None:
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    where = QPointF(card.mapToGlobal(place))
    QApplication.sendEvent(card, QMouseEvent(QEvent.Type.MouseMove, place, where, none, none, plain))


def end_of(made) -> tuple[float, float]:
    """How far the chain's end is from the gradient, across and down, in pixels."""
    card, gradient = made.card, made.session.snapshot.gradient
    goal = card.frame.place(float(gradient[card.chain.across]), float(gradient[card.chain.up]))
    end = card.place_of(len(card.chain.corners) - 1)
    return end.x() - goal.x(), end.y() - goal.y()


# -- the chain as numbers ----------------------------------------------------------------------------------------------


def test_the_lectures_shares_lie_head_to_tail() -> None:
    state = lecture_state()
    chain = chain_of(shares(evaluate(state.network, state.dataset, state.training)), "a", "n.bias")
    assert chain.corners == pytest.approx(np.array([[0, 0], [-32 / 3, -16 / 3], [-136 / 3, -14]]))
    assert chain.total == pytest.approx((-136 / 3, -14))
    assert chain.rows.tolist() == [0, 1]
    assert not chain.penalised


@settings(max_examples=100)
@given(state=states(), l2=st.sampled_from([F(0), F(1, 3)]), pick=st.integers(0, 400), test_row=st.booleans())
def test_every_chain_ends_at_the_gradient(state, l2, pick, test_row) -> None:
    dataset = replace(state.dataset, test_rows=(0,)) if test_row and state.dataset.n_rows > 1 else state.dataset
    snapshot = evaluate(state.network, dataset, replace(state.training, l2=l2))
    names = list(snapshot.gradient)
    if snapshot.problem is not None or not names:
        return
    across, up = names[pick % len(names)], names[pick // 7 % len(names)]
    chain = chain_of(shares(snapshot), across, up)
    size = 1e-9 * max(1.0, float(np.abs(chain.corners).max()))
    gradient = [float(snapshot.gradient[across]), float(snapshot.gradient[up])]
    assert chain.corners[-1].tolist() == pytest.approx(gradient, rel=1e-9, abs=size)
    assert list(chain.total) == pytest.approx(gradient)
    assert set(chain.rows.tolist()) - {-1} == set(range(dataset.n_rows)) - set(dataset.test_rows)


def test_a_crowd_is_a_line_of_fewer_pieces_with_the_same_end() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=5000)
    state = replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(x * 2)}))
    snapshot = evaluate(state.network, state.dataset, state.training)
    chain = chain_of(shares(snapshot), "a", "n.bias")
    assert len(chain.corners) == CORNERS + 1
    assert chain.corners[-1].tolist() == pytest.approx([snapshot.gradient["a"], snapshot.gradient["n.bias"]])


def test_both_directions_have_one_scale_that_is_kept_while_the_chain_fits() -> None:
    state = lecture_state()
    found = shares(evaluate(state.network, state.dataset, state.training))
    chain = chain_of(found, "a", "n.bias")
    frame = framed(chain, 160.0, 90.0, 14.0, None)
    assert frame.x_scale == pytest.approx(frame.y_scale)
    for x, y in chain.corners:
        place = frame.place(x, y)
        assert 14 <= place.x() <= 146
        assert 14 <= place.y() <= 76
    assert framed(chain, 160.0, 90.0, 14.0, frame) is frame
    far = replace(chain, corners=chain.corners * 3, total=(-136.0, -42.0))
    assert framed(far, 160.0, 90.0, 14.0, frame) is not frame
    near = replace(chain, corners=chain.corners / 4, total=(-34 / 3, -3.5))
    assert framed(near, 160.0, 90.0, 14.0, frame) is not frame


def test_a_chain_of_nothing_has_a_place_too() -> None:
    state = edits.set_parameters(lecture_state(), {"a": F(2), "n.bias": F(-4)})
    chain = chain_of(shares(evaluate(state.network, state.dataset, state.training)), "a", "n.bias")
    frame = framed(chain, 160.0, 90.0, 14.0, None)
    assert frame.place(0.0, 0.0) == QPointF(80, 45)


def test_round_numbers_below() -> None:
    assert [round_down(value) for value in (1, 1.9, 2, 49, 0.07, 1234)] == pytest.approx([1, 1, 2, 20, 0.05, 1000])


# -- the picture -------------------------------------------------------------------------------------------------------


def test_while_the_button_is_off_nothing_is_worked_out(bench, monkeypatch) -> None:
    made = bench("data_plot", lecture_state())
    monkeypatch.setattr(_shares._Latest, "found", None)  # what a window of another test worked out may still be there
    made.document.edit("Move", edits.move_row, 1, {"y": F(2)})
    made.frame()
    assert _shares._Latest.found is None
    assert made.panel._pulls.card.isHidden()
    assert made.panel._pulls.arrows.rows.size == 0


def test_the_button_shows_and_hides_both(pulled) -> None:
    made = pulled(lecture_state())
    assert made.card.isVisible()
    assert made.pulls.arrows.rows.tolist() == [0, 1]
    shown = made.plot.grab().toImage()
    QTest.keyClick(made.panel.findChild(QToolButton, "pullsButton"), Qt.Key.Key_Space)
    made.frame()
    assert made.card.isHidden()
    assert made.pulls.arrows.rows.size == 0
    assert made.plot.grab().toImage() != shown


def test_each_arrow_starts_at_the_prediction_and_is_as_long_as_the_point_pulls(pulled) -> None:
    made = pulled(lecture_state())
    arrows, frame = made.pulls.arrows, made.panel.view.picture.frame
    assert arrows.tails[0].tolist() == pytest.approx([frame.across(2.0), frame.across(4.0)])
    assert arrows.tails[1].tolist() == pytest.approx([frame.down(-16 / 3), frame.down(-14 / 3)])
    up = arrows.tails[1] - arrows.heads[1]
    assert (up > 0).all()  # both points lie above the line: they pull it up
    assert up[1] / up[0] == pytest.approx(26 / 16)
    assert (arrows.value(0), arrows.value(1)) == (F(16, 3), F(26, 3))
    assert made.pulls._layer.text == "26/3"


def test_in_a_drag_arrows_chain_and_numbers_follow_in_every_frame(pulled) -> None:
    made = pulled(lecture_state())
    place, seen = QRect(made.card.geometry()), []
    made.press(made.at(4, 4))
    for y in (3, 2, -6):
        made.move(made.at(4, y))
        made.frame()
        across, down = end_of(made)
        assert abs(across) < 1
        assert abs(down) < 1
        seen.append((made.card._foot.numbers, made.pulls.arrows.value(1)))
        assert made.card.geometry() == place
    made.release(made.at(4, -6))
    # With r = −14/3 − y the sums are −32/3 + 4r and −16/3 + r, and the second point pulls with −r.
    assert seen == [
        (("−124/3", "−13"), F(23, 3)),
        (("−112/3", "−12"), F(20, 3)),
        (("−16/3", "−4"), F(-4, 3)),
    ]
    assert made.pulls.arrows.heads[1, 1] > made.pulls.arrows.tails[1, 1]


@pytest.mark.parametrize("state", [lecture_state(), hidden_state(), logistic(), with_points(101), with_points(30)])
def test_the_chain_ends_at_the_gradient_within_a_pixel(pulled, state) -> None:
    made = pulled(state)
    across, down = end_of(made)
    assert abs(across) < 1
    assert abs(down) < 1


def test_of_many_points_none_carries_an_arrow(pulled) -> None:
    made = pulled(with_points(51))
    assert made.pulls.arrows.rows.size == 0
    assert made.card.isVisible()
    assert made.card.chain.rows.size == 51


def test_a_penalty_is_a_piece_of_its_own(pulled) -> None:
    state = lecture_state()
    made = pulled(replace(state, training=replace(state.training, l2=F(20))))
    chain = made.card.chain
    assert chain.penalised
    assert chain.rows.tolist() == [0, 1, -1]
    assert chain.corners[2].tolist() == pytest.approx([-136 / 3, -14])
    assert chain.corners[3].tolist() == pytest.approx([-136 / 3 + 20 / 3, -14])


def test_a_test_row_pulls_at_nothing(pulled) -> None:
    state = lecture_state()
    made = pulled(replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    assert made.pulls.arrows.rows.tolist() == [1]
    assert made.card.chain.rows.tolist() == [1]


def test_at_rest_there_are_no_arrows(pulled) -> None:
    made = pulled(edits.set_parameters(lecture_state(), {"a": F(2), "n.bias": F(-4)}))
    assert made.pulls.arrows.rows.size == 0
    assert made.card._foot.numbers == ("0", "0")


def test_a_logistic_neuron_pulls_with_sigma_minus_y(pulled) -> None:
    made = pulled(logistic())
    snapshot = made.session.snapshot
    by_hand = (1 / (1 + np.exp(-snapshot.pre_activations["n"])) - made.document.state.dataset.columns["y"].floats) / 4
    assert [made.pulls.arrows.value(row) for row in range(4)] == pytest.approx((-by_hand).tolist())
    arrows = made.pulls.arrows
    assert np.sign(arrows.tails[1] - arrows.heads[1]).tolist() == [-1, 1, -1, 1]  # down for class 0, up for class 1
    assert (made.card.chain.across, made.card.chain.up) == ("w1", "w2")


def test_without_a_loss_nothing_pulls(pulled) -> None:
    made = pulled(lecture_state())
    made.document.edit("No target", lambda state: replace(state, network=replace(state.network, outputs=())))
    made.frame()
    assert made.session.snapshot.problem is not None
    assert made.card.isHidden()
    assert made.pulls.arrows.rows.size == 0
    made.document.undo()
    made.frame()
    assert made.card.isVisible()
    assert made.pulls.arrows.rows.tolist() == [0, 1]


# -- hands -------------------------------------------------------------------------------------------------------------


def test_pointing_at_a_share_lights_its_row_and_the_other_way_round(pulled) -> None:
    made = pulled(lecture_state())
    middle = (made.card.place_of(1) + made.card.place_of(2)) / 2
    hover(made.card, middle)
    assert made.selection.lit == {"row:1"}
    assert made.card._foot.label == "2"
    assert made.card._foot.numbers == ("−104/3", "−26/3")
    QApplication.sendEvent(made.card, QEvent(QEvent.Type.Leave))
    assert made.selection.lit == frozenset()
    assert made.card._foot.numbers == ("−136/3", "−14")
    before = made.plot.grab().toImage()
    made.selection.set_lit({"row:0"})
    assert made.card._foot.numbers == ("−32/3", "−16/3")
    assert made.pulls._layer.text == "16/3"
    assert made.plot.grab().toImage() != before


def test_the_label_of_a_point_tells_its_shares(pulled) -> None:
    made = pulled(lecture_state())
    texts = [text for text, _colour in made.panel.view.label_of(1)]
    assert "∂L/∂a: −104/3" in texts
    assert "∂L/∂b: −26/3" in texts


def test_the_card_hides_no_point_and_takes_its_own_presses(pulled) -> None:
    made = pulled(lecture_state())
    for x, y in ((2, 0), (4, 4)):
        assert not made.card.geometry().contains(made.at(x, y))
    start = QRect(made.card.geometry())
    QTest.mousePress(made.card, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    goal, left, plain = QPointF(60, 50), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    where = QPointF(made.card.mapToGlobal(goal))
    QApplication.sendEvent(
        made.card, QMouseEvent(QEvent.Type.MouseMove, goal, where, Qt.MouseButton.NoButton, left, plain)
    )
    QTest.mouseRelease(made.card, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    moved = made.card.geometry().topLeft() - start.topLeft()
    assert abs(moved.x() - 40) <= 1
    assert abs(moved.y() - 30) <= 1
    assert made.entries() == 0
    made.document.edit("Move", edits.move_row, 1, {"y": F(2)})
    made.frame()
    assert made.card.geometry().topLeft() - start.topLeft() == moved


def test_parameters_are_chosen_by_the_keyboard(pulled) -> None:
    made = pulled(logistic())
    across, up = (made.card.findChild(QComboBox, name) for name in ("pullsAcross", "pullsUp"))
    assert across.isVisible()
    assert [across.itemData(i) for i in range(across.count())] == ["w1", "w2", "n.bias"]
    QTest.keyClick(up, Qt.Key.Key_End)
    made.frame()
    assert (made.card.chain.across, made.card.chain.up) == ("w1", "n.bias")
    # What the other direction has is exchanged, not shown twice.
    QTest.keyClick(across, Qt.Key.Key_End)
    assert (made.card.chain.across, made.card.chain.up) == ("n.bias", "w1")
    across_end, down_end = end_of(made)
    assert max(abs(across_end), abs(down_end)) < 1


def test_two_parameters_leave_nothing_to_choose(pulled) -> None:
    made = pulled(lecture_state())
    assert all(box.isHidden() for box in made.card.boxes)
    assert (made.card.chain.across, made.card.chain.up) == ("a", "n.bias")


# -- the current line --------------------------------------------------------------------------------------------------


def test_the_current_line_marks_its_rows_until_the_next(bench) -> None:
    made = bench("data_plot", lecture_state())
    hand = made.panel.view.picture.hand
    made.session.step()
    made.session.walk.reset()  # whoever has walked is not invited to drag any more
    before = made.plot.grab().toImage()
    made.session.step()
    assert (hand.line, hand.line_residuals) == ({0}, False)
    first = made.plot.grab().toImage()
    assert first != before
    made.selection.set_lit({"row:1"})
    assert (hand.line, hand.lit) == ({0}, {1})
    made.selection.set_lit(())
    for _ in range(6):
        made.session.step()
    assert (hand.line, hand.line_residuals) == ({0, 1}, True)  # each prediction is compared with its target
    assert made.plot.grab().toImage() != first
    made.session.walk.reset()
    assert hand.line == frozenset()
    assert made.plot.grab().toImage() == before


def test_frames_are_shared_between_the_panels() -> None:
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    held = _shares.shares_of(snapshot)
    assert _shares.shares_of(snapshot) is held
    other = evaluate(state.network, state.dataset, state.training)
    assert _shares.shares_of(other) is not held
