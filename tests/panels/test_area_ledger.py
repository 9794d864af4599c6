"""The area ledger: squares of exact areas, one bar as long as their sum, and what each convention cuts it into."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim import paths
from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, TrainingSettings
from neurosim.markup.write_text import write_text
from neurosim.panels.area_ledger import formulas
from neurosim.panels.area_ledger.pieces import Ledger, ledger_of
from neurosim.panels.area_ledger.places import parts_of
from neurosim.panels.area_ledger.scales import Room, fitted, kept, shrunk
from neurosim.widgets.display import Display
from neurosim.widgets.motion import DURATION, motion
from neurosim.widgets.theme import apply_theme, theme
from samples import hidden_state, lecture_state
from strategies import states

F = Fraction
KEY = Qt.Key


def four_points() -> DocumentState:
    """Slide 7 of the lecture, as the program ships it: the errors are 0, 2, 2.5 and 3."""
    return load(paths.example("four_points"))


def under(state: DocumentState, reduction) -> DocumentState:
    return replace(state, training=replace(state.training, reduction=reduction))


def logistic() -> DocumentState:
    """p = sigmoid(x) at x = 0, -6 and 2 with the targets 0, 1 and 1."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", label="p", bias=F(0), activation="sigmoid")),
        (Edge("w", "x", "n", F(1)),),
        (Output("n", "y"),),
    )
    columns = {"x": Column((F(0), F(-6), F(2))), "y": Column((F(0), F(1), F(1)))}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy"))


def with_points(n: int) -> DocumentState:
    """The lecture's neuron on *n* points whose residuals are -1/10, -2/10, ... at a = 0, b = 0."""
    y = [F(i + 1, 10) for i in range(n)]
    state = replace(lecture_state(), dataset=Dataset({"x": Column([F(0)] * n), "y": Column(y)}))
    return edits.set_parameters(state, {"n.bias": F(0)})


def two_outputs() -> DocumentState:
    network = Network(
        (InputNode("x", "x"), Neuron("u", bias=F(0)), Neuron("v", bias=F(1))),
        (Edge("a", "x", "u", F(1)), Edge("b", "x", "v", F(2))),
        (Output("u", "y"), Output("v", "w")),
    )
    columns = {"x": Column((F(1), F(2))), "y": Column((F(0), F(0))), "w": Column((F(0), F(0)))}
    return DocumentState(network, Dataset(columns), TrainingSettings())


def ledger_from(state: DocumentState, keep=None) -> Ledger:
    found = ledger_of(evaluate(state.network, state.dataset, state.training), keep)
    assert found is not None
    return found


@pytest.fixture
def still():
    """Nothing moves."""
    motion().set_choice("reduced")
    yield
    motion().set_choice("desktop")


@pytest.fixture
def shown(bench, still):
    def build(state: DocumentState):
        made = bench("area_ledger", state)
        made.view = made.panel.view
        made.stages = made.panel.stages
        return made

    return build


def send(view, kind: QEvent.Type, place: QPointF, button=Qt.MouseButton.NoButton, modifiers=None) -> None:
    where = QPointF(view.mapToGlobal(place.toPoint()))
    plain = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
    QApplication.sendEvent(view, QMouseEvent(kind, place, where, button, button, plain))


def choose(made, stage: str) -> None:
    QTest.mouseClick(made.stages.button(stage), Qt.MouseButton.LeftButton)
    made.frame()


def middle(made, place: int) -> QPointF:
    return made.view.places.rect(place, min(made.view.progress, 1.0)).center()


def picture(made):
    return made.view.grab().toImage()


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_lectures_squares_add_up_to_19_25_and_their_mean_is_4_8125() -> None:
    ledger = ledger_from(four_points())
    assert [ledger.residual(place) for place in range(4)] == [0, -2, F(5, 2), -3]
    assert ledger.values == (0, 4, F(25, 4), 9)
    assert ledger.total == F(77, 4) == F("19.25")
    assert ledger.total * ledger.factor == F(77, 16) == F("4.8125")
    assert ledger.snapshot.loss == F("4.8125")
    display = Display()
    assert write_text(formulas.sum_line(ledger, display)) == "Σrᵢ² = 0² + 2² + (5/2)² + 3² = 77/4 = 19.25"
    assert write_text(formulas.loss_line(ledger, display)) == "L = 1/4 · 77/4 = 77/16 = 4.8125"
    display.mode = "decimal"
    assert write_text(formulas.sum_line(ledger, display)) == "Σrᵢ² = 0² + 2² + 2.5² + 3² = 19.25"


@pytest.mark.parametrize(
    ("reduction", "parts", "kept_part", "line"),
    [
        ("sum", 1, F(932, 9), "L = Σrᵢ² = 932/9 ~ 103.6"),
        ("mean", 2, F(466, 9), "L = 1/2 · 932/9 = 466/9 ~ 51.78"),
        ("half_sum", 2, F(466, 9), "L = 1/2 · 932/9 = 466/9 ~ 51.78"),
        ("half_mean", 2, F(233, 9), "L = 1/(2 · 2) · 932/9 = 233/9 ~ 25.89"),
    ],
)
def test_the_lectures_bar_under_each_convention(reduction, parts, kept_part, line) -> None:
    ledger = ledger_from(under(lecture_state(), reduction))
    assert ledger.values == (F(256, 9), F(676, 9))
    assert ledger.total == F(932, 9)
    assert parts_of(ledger) == parts
    assert ledger.total * ledger.factor == kept_part == ledger.snapshot.loss
    assert write_text(formulas.loss_line(ledger, Display())) == line


def test_the_penalty_is_added_after_the_cut() -> None:
    state = lecture_state()
    ledger = ledger_from(replace(state, training=replace(state.training, l2=F(18))))
    # 18/2 times (1/3)^2 is 1.
    assert write_text(formulas.loss_line(ledger, Display())) == "L = 1/2 · 932/9 + 1 (penalty) = 475/9 ~ 52.78"
    assert ledger.total == F(932, 9)


def test_cross_entropy_is_minus_the_logarithm_of_the_right_classs_probability() -> None:
    ledger = ledger_from(logistic())
    p = 1 / (1 + np.exp(-np.array([0.0, -6.0, 2.0])))
    assert not ledger.squares
    assert ledger.losses == pytest.approx([-np.log(1 - p[0]), -np.log(p[1]), -np.log(p[2])])
    assert float(ledger.total) == pytest.approx(3 * float(ledger.snapshot.loss))


def test_test_rows_are_no_part_of_it() -> None:
    state = lecture_state()
    ledger = ledger_from(replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    assert ledger.rows.tolist() == [1]
    assert ledger.total == F(676, 9)
    assert ledger.n == 1


def test_each_output_brings_a_piece_of_its_own() -> None:
    ledger = ledger_from(two_outputs())
    # u is 1 and 2, v is 3 and 5; all targets are 0.
    assert ledger.rows.tolist() == [0, 0, 1, 1]
    assert ledger.nodes == ("u", "v", "u", "v")
    assert ledger.values == (1, 9, 4, 25)
    assert [ledger.name(place) for place in range(4)] == ["1 u", "1 v", "2 u", "2 v"]
    assert (ledger.total, ledger.n) == (39, 2)
    assert ledger.total * ledger.factor == ledger.snapshot.loss


def test_of_100_rows_the_60_largest_are_shown_and_the_rest_is_one_piece() -> None:
    ledger = ledger_from(with_points(100))
    assert ledger.rows.tolist() == list(range(40, 100))
    # 1/100 times the sum of the first 40, and of all 100, squares.
    assert (ledger.rest, ledger.n_rest) == (F(40 * 41 * 81, 600), 40)
    assert ledger.total == F(100 * 101 * 201, 600)
    assert sum(ledger.values, F(0)) + ledger.rest == ledger.total
    display = Display()
    assert formulas.rest_words(ledger, display) == "… 40 more rows: 1107/5"
    display.mode = "decimal"
    assert formulas.rest_words(ledger, display) == "… 40 more rows: 221.4"


def test_under_a_hand_the_same_pieces_stay() -> None:
    state = with_points(100)
    before = ledger_from(state)
    moved = edits.move_row(state, 0, {"y": F(100)})
    assert 0 in ledger_from(moved).rows.tolist()
    after = ledger_from(moved, before.ids)
    assert after.rows.tolist() == before.rows.tolist()
    assert after.rest == before.rest - F(1, 100) + 10_000
    fewer = ledger_from(with_points(70), before.ids)
    assert fewer.rows.tolist() == list(range(10, 70))


@settings(max_examples=60)
@given(state=states(), reduction=st.sampled_from(REDUCTIONS))
def test_every_ledger_adds_up_to_the_engines_loss(state, reduction) -> None:
    snapshot = evaluate(state.network, state.dataset, under(state, reduction).training)
    ledger = ledger_of(snapshot)
    assert (ledger is None) == (snapshot.problem is not None)
    if ledger is None or snapshot.data_loss is None:
        return
    assert float(sum(ledger.losses) + float(ledger.rest)) == pytest.approx(float(ledger.total), rel=1e-9, abs=1e-12)
    assert float(ledger.total) * float(ledger.factor) == pytest.approx(float(snapshot.data_loss), rel=1e-9, abs=1e-12)


# -- scales ------------------------------------------------------------------------------------------------------------

ROOM = Room(width=500.0, own=440.0, height=100.0, line=18.0, thin=10.0, thick=60.0, gap=3.0)


@settings(max_examples=200)
@given(sides=st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=61), labelled=st.booleans())
def test_squares_fit_and_keep_their_areas_in_the_bar(sides, labelled) -> None:
    found = np.array(sides)
    labels = np.full(found.size, 30.0 if labelled and found.size <= 12 else 0.0)
    total = float((found**2).sum())
    scales = fitted(found, labels, total, ROOM, squares=True)
    assert scales.thick * scales.bar == pytest.approx(scales.side**2)
    assert ROOM.thin - 1e-6 <= scales.thick <= ROOM.thick + 1e-6
    assert total * scales.bar <= ROOM.width + 1e-6
    assert found.max() * scales.side <= ROOM.height + 0.6
    assert scales.breaks[0] == 0
    assert list(scales.breaks) == sorted(set(scales.breaks))


def test_scales_stay_until_the_bar_is_a_speck_or_out_of_room() -> None:
    sides, labels = np.array([16 / 3, 26 / 3]), np.zeros(2)
    scales = fitted(sides, labels, 932 / 9, ROOM, squares=True)
    for part, stays in ((1.0, True), (0.4, True), (0.1, False), (1.2, False)):
        found = kept(scales, sides * part, labels, 932 / 9 * part**2, ROOM, squares=True, held=False)
        assert (found is scales) == stays


def test_under_a_hand_squares_shrink_only_when_they_must_and_the_bar_keeps_its_scale() -> None:
    sides, labels = np.array([16 / 3, 26 / 3]), np.zeros(2)
    scales = fitted(sides, labels, 932 / 9, ROOM, squares=True)
    assert kept(scales, sides * 0.01, labels, 1e-2, ROOM, squares=True, held=True) is scales
    assert kept(scales, sides * 2, labels, 415.0, ROOM, squares=True, held=True) is None
    smaller = shrunk(scales, sides * 2, labels, ROOM, squares=True)
    assert smaller.bar == scales.bar
    assert smaller.side < scales.side
    assert smaller.thick * smaller.bar == pytest.approx(smaller.side**2)


# -- the widget --------------------------------------------------------------------------------------------------------


def test_squares_are_square_and_have_the_areas_of_the_residuals(shown) -> None:
    made = shown(four_points())
    for size in ((480, 360), (900, 300), (420, 700)):
        made.panel.resize(*size)
        made.frame()
        places = made.view.places
        rects = [places.rect(place, 0.0) for place in range(4)]
        for rect in rects:
            assert abs(rect.width() - rect.height()) <= 1
            assert made.view.rect().contains(rect.toAlignedRect().adjusted(0, 0, -1, -1))
        areas = [rect.width() * rect.height() for rect in rects]
        assert areas[2] / areas[1] == pytest.approx(25 / 16)
        assert areas[3] / areas[1] == pytest.approx(9 / 4)
        assert areas[0] == 0


@pytest.mark.parametrize("height", [70, 90, 130])
def test_a_low_panel_shows_the_drawing_alone_and_all_of_it(shown, height) -> None:
    made = shown(lecture_state())
    made.panel.resize(480, height)
    made.frame()
    assert made.view.height() == height
    for stage in ("squares", "sum", "mean"):
        choose(made, stage)
        for place in range(2):
            rect = made.view.places.rect(place, min(made.view.progress, 1.0))
            assert rect.height() >= 10
            assert made.view.rect().contains(rect.toAlignedRect().adjusted(0, 0, -1, -1))


def test_in_the_bar_each_keeps_its_area_and_the_scale_is_linear(shown) -> None:
    made = shown(lecture_state())
    choose(made, "sum")
    places = made.view.places
    for place, area in enumerate((256 / 9, 676 / 9)):
        own, inside = places.rect(place, 0.0), places.rect(place, 1.0)
        assert own.width() * own.height() == pytest.approx(inside.width() * inside.height())
        assert inside.width() == pytest.approx(area * places.scales.bar)
    assert places.rect(1, 1.0).left() == pytest.approx(places.rect(0, 1.0).right())
    assert places.end - places.left == pytest.approx(932 / 9 * places.scales.bar)
    assert not places.broken


@pytest.mark.parametrize(("reduction", "factor"), [("mean", 1 / 2), ("half_sum", 1 / 2), ("half_mean", 1 / 4)])
def test_the_part_that_is_kept_is_as_long_as_the_loss(shown, reduction, factor) -> None:
    made = shown(under(lecture_state(), reduction))
    choose(made, "mean")
    places = made.view.places
    assert places.kept.width() == pytest.approx(places.total * factor)
    assert places.part == pytest.approx(places.total / 2)
    before = picture(made)
    choose(made, "sum")
    assert picture(made) != before


def test_where_the_sum_is_the_loss_nothing_is_cut(shown) -> None:
    made = shown(lecture_state())
    choose(made, "mean")
    assert (made.stages.value(), made.view.stage, made.view.progress) == ("mean", "mean", 2.0)
    made.document.edit("Sum", edits.set_reduction, "sum")
    made.frame()
    assert (made.stages.value(), made.view.stage) == ("sum", "sum")
    assert not made.stages.button("mean").isEnabled()
    made.document.undo()
    made.frame()
    assert (made.stages.value(), made.view.stage) == ("mean", "mean")
    assert made.stages.button("mean").isEnabled()


def test_the_stages_are_chosen_by_keys(shown) -> None:
    made = shown(lecture_state())
    assert made.stages.objectName() == "ledgerStage"
    QTest.keyClick(made.stages.button("squares"), KEY.Key_Right)
    assert (made.stages.value(), made.view.progress) == ("sum", 1.0)
    QTest.keyClick(made.stages.button("sum"), KEY.Key_Right)
    assert (made.stages.value(), made.view.progress) == ("mean", 2.0)
    made.view.setFocus()
    QTest.keyClick(made.view, KEY.Key_PageUp)
    assert (made.stages.value(), made.view.progress) == ("sum", 1.0)
    QTest.keyClick(made.view, KEY.Key_PageUp)
    QTest.keyClick(made.view, KEY.Key_PageUp)
    assert (made.stages.value(), made.view.progress) == ("squares", 0.0)
    QTest.keyClick(made.view, KEY.Key_PageDown)
    assert made.stages.value() == "sum"


def test_pointing_lights_the_row_and_a_lit_row_lights_its_square(shown) -> None:
    made = shown(lecture_state())
    choose(made, "squares")  # the keyboard is on the stepper from here on
    plain = picture(made)
    for stage in ("squares", "sum", "mean"):
        choose(made, stage)
        send(made.view, QEvent.Type.MouseMove, middle(made, 1))
        assert made.selection.lit == {"row:1"}
        QApplication.sendEvent(made.view, QEvent(QEvent.Type.Leave))
        assert made.selection.lit == frozenset()
    choose(made, "squares")
    assert picture(made) == plain
    made.selection.set_lit({"row:0"})
    assert picture(made) != plain
    made.selection.set_lit(())
    assert picture(made) == plain


def test_selecting_goes_both_ways_by_click_and_by_keys(shown) -> None:
    made = shown(lecture_state())
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    send(made.view, QEvent.Type.MouseButtonPress, middle(made, 1), left)
    assert made.selection.rows == {1}
    send(made.view, QEvent.Type.MouseButtonPress, middle(made, 0), left, control)
    assert made.selection.rows == {0, 1}
    send(made.view, QEvent.Type.MouseButtonPress, QPointF(made.view.width() - 3, 60), left)
    assert made.selection.rows == frozenset()
    before = picture(made)
    made.selection.select_rows({0})
    assert picture(made) != before
    QTest.keyClick(made.view, KEY.Key_Right)
    assert made.selection.rows == {1}
    QTest.keyClick(made.view, KEY.Key_Right)
    assert made.selection.rows == {1}
    QTest.keyClick(made.view, KEY.Key_Left)
    assert made.selection.rows == {0}


def test_a_square_of_no_size_can_be_pointed_at(shown) -> None:
    made = shown(four_points())
    rect = made.view.places.rect(0, 0.0)
    assert rect.width() == 0
    send(made.view, QEvent.Type.MouseMove, rect.center() - QPointF(3, 4))
    assert made.selection.lit == {"row:0"}


def test_what_is_told_about_a_piece(shown) -> None:
    made = shown(lecture_state())
    lines = formulas.piece_lines(made.panel.ledger, 1, made.display)
    assert lines == ["row 2", "r = −26/3", "r² = 676/9", "72.5 % of the sum"]
    made.display.decimal = ","
    assert formulas.piece_lines(made.panel.ledger, 1, made.display)[-1] == "72,5 % of the sum"


def test_in_a_drag_numbers_follow_scales_stay_and_a_longer_bar_is_broken(shown) -> None:
    made = shown(lecture_state())
    choose(made, "sum")
    scales, hand, seen = made.view.places.scales, object(), []
    for y in (2, -6, 20):
        made.document.edit("Move", edits.move_row, 1, {"y": F(y)}, gesture=hand)
        made.frame()
        places = made.view.places
        assert places.scales == scales
        seen.append((made.panel.ledger.total, places.broken))
        assert places.end <= places.right
    # r2 = -14/3 - y: the squares are 400/9, 16/9 and 5476/9.
    assert seen == [(F(656, 9), False), (F(272, 9), False), (F(5732, 9), True)]
    # Under the hand the stage changes at once.
    choose(made, "mean")
    assert not made.view.moving
    assert made.view.progress == 2.0
    made.document.finish(hand)
    assert not made.view.places.broken
    assert made.view.places.scales.bar < scales.bar


def test_under_a_hand_squares_that_grow_out_of_the_panel_shrink(shown) -> None:
    made = shown(lecture_state())
    hand = object()
    made.document.edit("Move", edits.move_row, 1, {"y": F(40)}, gesture=hand)
    made.frame()
    rect = made.view.places.rect(1, 0.0)
    assert abs(rect.width() - rect.height()) <= 1
    assert made.view.rect().contains(rect.toAlignedRect().adjusted(0, 0, -1, -1))
    assert (rect.width() / made.view.places.rect(0, 0.0).width()) == pytest.approx((134 / 3) / (16 / 3))


def test_a_step_keeps_the_scale_while_it_serves(shown) -> None:
    made = shown(lecture_state())
    scales = made.view.places.scales
    made.session.full_step()
    made.frame()
    assert made.panel.ledger.total == F(16298, 2025)
    assert made.view.places.scales == scales
    QTest.keyClick(made.view, KEY.Key_Home)
    assert made.view.places.scales.side > scales.side


def test_the_row_under_the_pointer_may_go(shown) -> None:
    made = shown(four_points())
    send(made.view, QEvent.Type.MouseMove, middle(made, 3))
    made.document.edit("Delete", edits.delete_rows, {2, 3})
    made.frame()
    picture(made)
    assert made.panel.ledger.rows.tolist() == [0, 1]
    hand = object()
    made.document.edit("Move", edits.move_row, 1, {"y": F(1)}, gesture=hand)
    made.document.edit("Delete", edits.delete_rows, {0}, gesture=hand)
    made.frame()
    picture(made)
    assert made.panel.ledger.rows.tolist() == [0]


def test_without_a_loss_the_panel_says_why(shown) -> None:
    made = shown(lecture_state())
    made.document.edit("No target", lambda state: replace(state, network=replace(state.network, outputs=())))
    made.frame()
    assert made.panel.ledger is None
    assert not made.view.isVisible()
    made.document.undo()
    made.frame()
    assert made.view.isVisible()
    assert made.panel.ledger.total == F(932, 9)


def test_hidden_it_works_nothing_out_and_catches_up(shown) -> None:
    made = shown(lecture_state())
    made.panel.hide()
    before = made.panel.ledger
    made.session.full_step()
    made.frame()
    assert made.panel.ledger is before
    made.panel.show()
    QApplication.processEvents()
    assert made.panel.ledger.total == F(16298, 2025)


@pytest.mark.parametrize("state", [logistic(), hidden_state(), two_outputs(), with_points(100)])
@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_every_kind_is_painted_in_every_theme_and_stage(shown, qapp, state, name) -> None:
    made = shown(state)
    apply_theme(qapp, name)
    pictures = []
    for stage in ("squares", "sum", "mean"):
        choose(made, stage)
        pictures.append(picture(made))
    assert pictures[0] != pictures[1] != pictures[2]
    image = pictures[1]
    inside = made.view.places.rect(made.panel.ledger.rows.size - 1, 1.0).center().toPoint()
    assert image.pixelColor(inside) != theme().canvas


def test_what_is_said_to_those_who_cannot_see_it(shown) -> None:
    made = shown(four_points())
    said = made.view.accessibleDescription()
    assert said == "0, 4, 25/4, 9. Sum 77/4, cut into 4 equal parts. Loss 77/16."


# -- motion ------------------------------------------------------------------------------------------------------------


def test_the_way_from_stage_to_stage_is_played_and_ends_where_it_should(bench, qtbot) -> None:
    made = bench("area_ledger", lecture_state())
    view = made.panel.view
    assert motion().allowed
    assert 120 <= DURATION <= 180
    seen = []
    view._motion.valueChanged.connect(lambda value: seen.append(float(value)))
    QTest.mouseClick(made.panel.stages.button("sum"), Qt.MouseButton.LeftButton)
    assert view.moving
    qtbot.waitUntil(lambda: not view.moving, timeout=2000)
    assert view.progress == 1.0
    assert seen == sorted(seen)
    half = view.places.rect(0, 0.5)
    assert view.places.rect(0, 0.0).height() > half.height() > view.places.rect(0, 1.0).height()


def test_with_reduced_motion_there_is_nothing_between(shown) -> None:
    made = shown(lecture_state())
    seen = []
    made.view._motion.valueChanged.connect(seen.append)
    choose(made, "mean")
    assert seen == [2.0]
    assert made.view.progress == 2.0


def test_clicking_the_fit_button_draws_as_large_as_there_is_room(shown) -> None:
    made = shown(lecture_state())
    made.session.full_step()
    made.frame()
    before = made.view.places.scales.side
    QTest.mouseClick(made.panel._fit, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert made.view.places.scales.side > before
