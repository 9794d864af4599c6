"""Squares that are square, bars that are as long as the loss, and the loss that the next step will have."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from neurosim import paths
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.remembering import RememberingEvaluator
from neurosim.engine.settings import TrainingSettings
from neurosim.panels.data_plot.boxes import grows_left
from neurosim.panels.data_plot.pixel_scale import PixelScale
from neurosim.panels.data_plot.squares import LIMIT, MOST
from neurosim.training.ahead import MOST_TERMS, Foresight
from neurosim.training.session import TrainingSession
from neurosim.widgets.theme import apply_theme
from samples import hidden_state, lecture_state
from strategies import states

F = Fraction
NONE = Qt.MouseButton.NoButton


def four_points() -> DocumentState:
    return load(paths.example("four_points"))


def logistic(inputs: int = 1) -> DocumentState:
    """p = sigmoid(z) on four points of two classes, over one input or two."""
    names = ["x1", "x2"][:inputs]
    network = Network(
        (*(InputNode(name, name) for name in names), Neuron("n", bias=F(-1), activation="sigmoid")),
        tuple(Edge(f"w{i + 1}", name, "n", F(1, 2)) for i, name in enumerate(names)),
        (Output("n", "y"),),
    )
    columns = {"x1": [F(0), F(1), F(3), F(4)], "x2": [F(1), F(3), F(0), F(2)], "y": [F(0), F(1), F(0), F(1)]}
    data = Dataset({name: Column(values) for name, values in columns.items() if name in (*names, "y")})
    return DocumentState(network, data, TrainingSettings(loss="cross_entropy", learning_rate=F(1, 2)))


def plane() -> DocumentState:
    """A linear neuron on two inputs, with squared error."""
    state = logistic(2)
    neuron = replace(state.network.node_by_id["n"], activation="identity")
    network = replace(state.network, nodes=(*state.network.nodes[:2], neuron))
    return replace(state, network=network, training=TrainingSettings(learning_rate=F(1, 20)))


def with_points(n: int) -> DocumentState:
    rng = np.random.default_rng(3)
    x = rng.uniform(0, 5, n)
    return replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(2 * x - 4 + rng.normal(size=n))}))


@pytest.fixture
def squared(bench):
    """Builds a data plot on a document, with the squares switched on by the keyboard."""

    def build(state: DocumentState):
        made = bench("data_plot", state)
        QTest.keyClick(made.panel.findChild(QToolButton, "squaresButton"), Qt.Key.Key_Space)
        made.frame()
        made.squares = made.panel._squares
        made.view = made.panel.view
        return made

    return build


def picture(made) -> QImage:
    return made.plot.grab().toImage()


def rects(made):
    return {int(row): made.squares.boxes.rect(place) for place, row in enumerate(made.squares.boxes.rows)}


def numbers(made) -> set[str]:
    return {number.text for number in made.squares.area.numbers}


# -- squares -----------------------------------------------------------------------------------------------------------


def test_every_square_is_square_and_as_wide_as_its_residual_at_every_size_and_zoom(squared) -> None:
    made = squared(four_points())
    for size in ((480, 360), (900, 420), (380, 620), (1400, 900)):
        made.panel.resize(*size)
        made.frame()
        for zoom in (1.0, 0.5, 1.7):
            made.view.zoom(zoom)
            found, frame = rects(made), made.view.picture.frame
            # By hand: a = 1/2 and b = 1 give 3/2, 2, 5/2 and 3 for the targets 3/2, 4, 0 and 6.
            for row, (y, predicted) in enumerate(((1.5, 1.5), (4, 2), (0, 2.5), (6, 3))):
                residual = abs(frame.down(y) - frame.down(predicted))
                assert abs(found[row].width() - found[row].height()) <= 1
                assert found[row].width() == pytest.approx(residual)
                assert found[row].top() == pytest.approx(min(frame.down(y), frame.down(predicted)))
                assert frame.across(row + 1) in (pytest.approx(found[row].left()), pytest.approx(found[row].right()))
            assert found[3].width() / found[1].width() == pytest.approx(3 / 2)


@pytest.mark.parametrize("size", [(480, 360), (760, 300), (330, 540)])
def test_the_pixels_on_the_screen_are_a_square(bench, size) -> None:
    # One point 4 above the line y = 0, far from the step's end, so that nothing but the square appears.
    state = replace(lecture_state(), dataset=Dataset({"x": Column([F(2)]), "y": Column([F(4)])}))
    state = edits.set_parameters(state, {"a": F(0), "n.bias": F(0)})
    made = bench("data_plot", replace(state, training=replace(state.training, learning_rate=F(1, 10**9))))
    made.panel.resize(*size)
    made.panel.view.zoom(3.0)
    made.frame()
    picture(made)  # other numbers may need a wider axis, which is known once they are painted
    made.frame()
    before = picture(made)
    made.panel._squares.button.click()
    made.frame()
    after = picture(made)
    origin = made.panel.view.place_in_viewport(QPointF(0, 0))
    caption = made.panel._squares.area.caption.box.translated(QPointF(origin)).toAlignedRect().adjusted(-6, -6, 6, 6)
    box = _changed(before, after, caption)
    # The line lies over the square's lowest pixel, and each edge may touch one pixel more.
    assert abs(box.width() - box.height()) <= 2
    frame = made.panel.view.picture.frame
    assert abs(box.height() - 4 * frame.y_scale) <= 2.5


def _changed(before: QImage, after: QImage, besides: QRect) -> QRect:
    """The smallest rectangle around all pixels that differ outside *besides*."""
    assert before.size() == after.size()
    plain = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    one, other = (np.frombuffer(image.constBits(), dtype=np.uint32) for image in plain)
    differs = (one != other).reshape(before.height(), before.width())
    differs[max(besides.top(), 0) : besides.bottom() + 1, max(besides.left(), 0) : besides.right() + 1] = False
    down, across = np.nonzero(differs)
    return QRect(QPoint(int(across.min()), int(down.min())), QPoint(int(across.max()), int(down.max())))


def test_each_square_carries_its_exact_area(squared) -> None:
    made = squared(lecture_state())
    assert numbers(made) == {"256/9", "676/9"}
    for box, text, row in made.squares.area.numbers:
        assert row == ("256/9", "676/9").index(text)
        assert rects(made)[row].contains(box)
    made.display.mode = "decimal"
    made.frame()
    assert numbers(made) == {"~28.44", "~75.11"}
    assert [text for text, _ in made.view.label_of(1)][1:] == ["ŷ − y = ~\u200a−8.667", "r² ~ 75.11"]


@pytest.mark.parametrize(
    ("x", "point", "slope", "left"),
    [
        (150.0, 40.0, 0.5, True),  # above a rising line there is room on the left,
        (150.0, 160.0, 0.5, False),  # below it on the right;
        (150.0, 40.0, -0.5, False),  # a falling line turns it round
        (150.0, 160.0, -0.5, True),
        (30.0, 40.0, 0.5, False),  # beside the edge of the plot only one side is left
        (380.0, 160.0, 0.5, True),
        (150.0, 40.0, 0.0, False),  # along a level line it is the wider one
        (250.0, 40.0, 0.0, True),
    ],
)
def test_squares_grow_away_from_the_line_and_into_the_plot(x, point, slope, left) -> None:
    ends = np.array([0.0, 400.0])
    line = np.stack((ends, 100.0 - slope * (ends - x)))
    assert grows_left(np.array([x]), np.array([point]), np.array([100.0]), line, 400.0).tolist() == [left]


def test_off_nothing_is_worked_out_and_the_button_switches_by_mouse_too(bench) -> None:
    made = bench("data_plot", lecture_state())
    squares, button = made.panel._squares, made.panel.findChild(QToolButton, "squaresButton")
    made.document.edit("Move", edits.move_row, 1, {"y": F(2)})
    made.frame()
    assert squares.boxes.rows.size == 0
    assert not squares._layer.isVisible()
    plain = picture(made)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made.frame()
    assert squares.boxes.rows.tolist() == [0, 1]
    assert picture(made) != plain
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made.frame()
    assert squares.boxes.rows.size == 0
    assert picture(made) == plain


def test_in_a_drag_the_square_follows_in_every_frame_and_the_others_stay(squared) -> None:
    made = squared(lecture_state())
    still = rects(made)[0]
    made.press(made.at(4, 4))
    seen = []
    for y in (3, 2, -4, -6):
        made.move(made.at(4, y))
        made.frame()
        area, frame = made.squares.area, made.view.picture.frame
        held = area.held.rect(0)
        assert area.held.rows.tolist() == [1]
        assert held.width() == held.height() == pytest.approx(abs(y + 14 / 3) * frame.y_scale)
        assert rects(made) == {0: still}
        seen.append([number.text for number in area.held_numbers])
    # Close to the line the square has no room for its number.
    assert seen == [["529/9"], ["400/9"], [], ["16/9"]]
    made.release(made.at(4, -6))
    made.frame()
    made.document.undo()
    made.frame()
    assert rects(made)[0] == still


def test_pointing_at_a_square_lights_its_row_and_a_lit_row_its_square(squared) -> None:
    made = squared(lecture_state())
    inside = rects(made)[0]
    plain = picture(made)
    place = made.view.place_in_viewport(QPointF(inside.left() + 6, inside.bottom() - 30))
    made.move(place, held=NONE)
    made.frame()
    assert made.selection.lit == {"row:0"}
    assert "r² = 256/9" in [text for text, _ in made.view.label_of(0)]
    made.move(made.at(0, 4.5), held=NONE)
    made.frame()
    assert made.selection.lit == frozenset()
    assert picture(made) == plain
    made.selection.set_lit({"row:1"})
    made.frame()
    lit = picture(made)
    assert lit != plain
    inside = rects(made)[1]
    corner = made.view.place_in_viewport(QPointF(inside.left() + 4, inside.top() + 4))
    assert lit.pixelColor(corner).lightness() < plain.pixelColor(corner).lightness()


def test_of_squares_over_one_another_the_smallest_is_pointed_at(squared) -> None:
    made = squared(lecture_state())
    small, large = rects(made)[0], rects(made)[1]
    both = small.intersected(large)
    assert not both.isEmpty()
    assert made.squares.at(both.center()) == 0
    assert made.squares.at(QPointF(large.right() - 3, large.center().y())) == 1
    assert made.squares.at(QPointF(small.left() - 5, small.center().y())) is None


def test_rows_that_are_not_trained_on_have_no_square(squared) -> None:
    state = lecture_state()
    made = squared(replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    assert made.squares.boxes.rows.tolist() == [1]


def test_what_a_side_stands_for_is_said(squared) -> None:
    made = squared(lecture_state())
    assert made.squares.area.caption.text == "side = |r|, measured on the y axis"
    box = made.squares.area.caption.box
    for row in range(2):
        assert not box.contains(made.view.picture.place_of(row))


def test_what_is_said_makes_room_for_the_card_of_the_pulls(squared) -> None:
    made = squared(lecture_state())
    made.panel._pulls.button.click()
    made.frame()
    card = made.panel._covered()
    assert not card.isEmpty()
    assert not card.intersects(made.squares.area.caption.box)


def test_of_many_points_the_largest_squares_are_drawn_and_of_too_many_none(squared) -> None:
    made = squared(with_points(MOST + 50))
    losses = made.session.snapshot.row_losses
    assert set(made.squares.boxes.rows.tolist()) == set(np.argsort(losses)[-MOST:].tolist())
    assert made.squares.area.caption.text.endswith("· the 200 largest of 250")
    many = squared(with_points(LIMIT + 1))
    assert many.squares.boxes.rows.size == 0
    assert many.squares.area.caption.text == "20001 points are too many for squares"


# -- one scale for both axes -------------------------------------------------------------------------------------------


def test_both_axes_can_have_the_same_units_and_then_areas_can_be_read(squared) -> None:
    made = squared(lecture_state())

    def toggle() -> None:
        menu = made.panel.menu_at(QPointF(5, 5), -1)
        {action.objectName(): action for action in menu.actions()}["sameUnits"].trigger()
        made.frame()

    toggle()
    assert made.squares.area.caption.text == "area = r², in the units of both axes"
    for size in ((480, 360), (900, 300), (360, 600)):
        made.panel.resize(*size)
        made.frame()
        for change in (
            made.panel.fit,
            lambda: made.view.zoom(0.6),
            lambda: made.view.zoom(1.5, QPointF(10, 10), up=False),
            lambda: made.view.pan(QPointF(12, -7)),
        ):
            change()
            frame = made.view.picture.frame
            assert frame.x_scale == pytest.approx(frame.y_scale, rel=1e-6)
            square = rects(made)[1]
            assert square.width() / frame.x_scale * square.height() / frame.y_scale == pytest.approx(676 / 9)
        made.panel.fit()
        for row in range(2):
            place = made.view.picture.place_of(row)
            assert 0 < place.x() < made.view.picture.frame.width
            assert 0 < place.y() < made.view.picture.frame.height
    made.panel.resize(900, 300)
    toggle()
    frame = made.view.picture.frame
    assert frame.x_scale != pytest.approx(frame.y_scale, rel=0.01)
    assert made.squares.area.caption.text == "side = |r|, measured on the y axis"


# -- bars --------------------------------------------------------------------------------------------------------------


def test_a_classs_bars_are_as_long_as_minus_the_logarithm_on_the_y_axis(squared) -> None:
    made = squared(logistic())
    z = np.array([-1.0, -0.5, 0.5, 1.0])
    p = 1 / (1 + np.exp(-z))
    by_hand = np.array([-np.log(1 - p[0]), -np.log(p[1]), -np.log(1 - p[2]), -np.log(p[3])])
    frame, found = made.view.picture.frame, rects(made)
    assert made.squares.area.caption.text == "bar = −ln of the right class's probability, measured on the y axis"
    for row, loss in enumerate(by_hand):
        assert found[row].height() == pytest.approx(loss * frame.y_scale)
        assert found[row].width() < 8
        # From the point towards the other class.
        start = found[row].bottom() if row in (0, 2) else found[row].top()
        assert start == pytest.approx(made.view.picture.place_of(row).y())
        assert abs(found[row].center().x() - made.view.picture.place_of(row).x()) < 20
    assert "−ln ŷ ~ 0.974077" in [text for text, _ in made.view.label_of(1)]
    assert "−ln(1 − ŷ) ~ 0.974077" in [text for text, _ in made.view.label_of(2)]


def test_bars_too_long_for_the_axis_have_a_scale_of_their_own_that_is_shown(squared) -> None:
    state = logistic()
    made = squared(edits.set_parameters(state, {"w1": F(-4), "n.bias": F(6)}))
    area = made.squares.area
    losses, found = made.session.snapshot.row_losses, rects(made)
    assert losses.max() > 5
    scale = found[0].height() / losses[0]
    assert [found[row].height() for row in range(4)] == pytest.approx((losses * scale).tolist())
    assert max(rect.height() for rect in found.values()) < made.view.picture.frame.height
    unit = float(F(area.caption.mark_text.removeprefix("= ")))
    assert area.caption.mark[1] == pytest.approx(unit * scale)
    assert "axis" not in area.caption.text


def test_seen_from_above_squares_have_a_scale_of_their_own(squared) -> None:
    made = squared(plane())
    snapshot, found = made.session.snapshot, rects(made)
    residuals = np.abs(snapshot.activations["n"] - snapshot.dataset.columns["y"].floats)
    scale = found[0].width() / residuals[0]
    for row, rect in found.items():
        assert rect.width() == rect.height() == pytest.approx(residuals[row] * scale)
        assert rect.center().x() == pytest.approx(made.view.picture.place_of(row).x())
        assert rect.center().y() == pytest.approx(made.view.picture.place_of(row).y())
    caption = made.squares.area.caption
    assert caption.text == "side = |r|"
    assert caption.mark[0] == caption.mark[1] == pytest.approx(float(F(caption.mark_text.removeprefix("= "))) * scale)


def test_a_bar_is_wide_enough_to_be_pointed_at(squared) -> None:
    made = squared(logistic(2))
    bar = rects(made)[2]
    made.move(made.view.place_in_viewport(bar.center() + QPointF(4, 0)), held=NONE)
    assert made.selection.lit == {"row:2"}


def test_a_scale_is_kept_while_it_serves() -> None:
    scale = PixelScale()
    scale.fit(2.0, 100.0, "bars", axis=40.0)
    assert (scale.value, scale.on_axis) == (40.0, True)
    scale.fit(2.2, 100.0, "bars", axis=44.0)
    assert (scale.value, scale.on_axis) == (44.0, True)
    scale.fit(4.0, 100.0, "bars", axis=40.0)
    assert (scale.value, scale.on_axis) == (20.0, False)
    scale.fit(1.0, 100.0, "bars", axis=40.0)
    assert (scale.value, scale.on_axis) == (20.0, False)
    scale.fit(0.5, 100.0, "bars")
    assert scale.value == 100.0
    assert scale.unit(1.0) == 0.2


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
@pytest.mark.parametrize("state", [lecture_state(), logistic(), logistic(2), plane(), with_points(100)])
def test_every_kind_is_painted_in_every_theme(squared, qapp, state, name) -> None:
    made = squared(state)
    apply_theme(qapp, name)
    made.frame()
    shown = picture(made)
    made.squares.button.click()
    made.frame()
    assert picture(made) != shown


# -- the next step -----------------------------------------------------------------------------------------------------


def test_beside_the_ghost_stands_the_loss_after_the_step(bench) -> None:
    made = bench("data_plot", lecture_state())
    assert made.panel.view._model.ghost_words == ("after one step:", "L = 8149/2025")
    made.display.mode = "decimal"
    made.frame()
    assert made.panel.view._model.ghost_words == ("after one step:", "L ~ 4.024")


def test_ghost_and_loss_follow_the_learning_rate_in_the_same_frame(bench) -> None:
    made = bench("data_plot", lecture_state())
    view, seen = made.panel.view, []
    hand = object()
    for rate in (F(1, 60), F(1, 30), F(1, 20), F(1, 10)):
        made.document.edit("Rate", edits.set_learning_rate, rate, gesture=hand)
        made.frame()
        frame = view.picture.frame
        # After the step at x = 0 stands b + 14 rate, at x = 4 stands 4a + b + (4 * 136/3 + 14) rate.
        for x, height in ((0.0, -6 + 14 * rate), (4.0, F(4, 3) - 6 + (4 * F(136, 3) + 14) * rate)):
            at = float(np.interp(frame.across(x), view.line.ghost[0], view.line.ghost[1]))
            assert at == pytest.approx(frame.down(float(height)), abs=0.5)
        seen.append(view._model.ghost_words[1])
    assert seen[1] == "L = 8149/2025"
    # With 1/10: a = 73/15 and b = -23/5, so that the residuals are 77/15 and 163/15.
    assert seen[3] == "L = 16249/225"
    assert len(set(seen)) == 4


def test_the_boundary_over_two_inputs_has_its_ghost_and_its_loss(bench) -> None:
    made = bench("data_plot", logistic(2))
    view = made.panel.view
    before = [line.copy() for line in view.plane.ghost]
    gradient, parameters = made.session.snapshot.gradient, made.document.state.network.parameters
    w1, w2, b = (float(parameters[name]) - float(gradient[name]) / 2 for name in ("w1", "w2", "n.bias"))
    frame = view.picture.frame
    for x, y in before[0].T:
        across, up = frame.value(QPointF(x, y))
        assert w1 * across + w2 * up + b == pytest.approx(0.0, abs=1e-6)
    assert view._model.ghost_words[1].startswith("L ~ ")
    made.document.edit("Rate", edits.set_learning_rate, F(2))
    made.frame()
    assert not np.array_equal(before[0], view.plane.ghost[0])


def test_where_no_ghost_is_in_view_the_loss_after_the_step_stands_in_the_note(squared) -> None:
    made = squared(logistic(2))
    assert made.view.note_box().isEmpty()
    made.document.edit("Far away", edits.set_parameters, {"n.bias": F(-90)})
    made.frame()
    assert made.view.plane.ghost == []
    said = " · ".join(made.view._model._note_rows())
    assert said.startswith("The boundary is out of view. · after one step: L ~ "), said
    assert not made.view.note_box().isEmpty()
    assert not made.view.note_box().intersects(made.squares.area.caption.box)


@settings(max_examples=60, deadline=None)
@given(state=states())
def test_the_loss_ahead_is_the_loss_after_the_step(state) -> None:
    snapshot = evaluate(state.network, state.dataset, state.training)
    ahead = Foresight(RememberingEvaluator()).of(snapshot)
    if ahead is None:
        return
    document = Document(state)
    session = TrainingSession(document)
    session.full_step()
    after = session.snapshot.loss
    session.close()
    if after is None:
        assert ahead.loss is None
    else:
        assert ahead.loss is not None
        assert float(ahead.loss) == pytest.approx(float(after), rel=1e-9, abs=1e-12)
        assert isinstance(ahead.loss, Fraction) == isinstance(after, Fraction)


def test_the_loss_ahead_of_a_hidden_network_with_adam_and_batches() -> None:
    state = hidden_state()
    ahead = Foresight(RememberingEvaluator()).of(evaluate(state.network, state.dataset, state.training))
    session = TrainingSession(Document(state))
    session.full_step()
    assert ahead is not None
    assert ahead.loss == pytest.approx(session.snapshot.loss, rel=1e-12)
    session.close()


def test_for_large_data_the_ghost_has_no_number() -> None:
    state = with_points(MOST_TERMS // 2 + 1)
    ahead = Foresight(RememberingEvaluator()).of(evaluate(state.network, state.dataset, state.training))
    assert ahead is not None
    assert ahead.loss is None
    assert set(ahead.network.parameters) == {"a", "n.bias"}


def test_words_about_the_step_hide_neither_points_nor_numbers(squared) -> None:
    for state in (lecture_state(), four_points()):
        made = squared(state)
        before = picture(made)
        model = made.view._model
        words, model.ghost_words = model.ghost_words, ()
        model.changed()
        without = picture(made)
        model.ghost_words = words
        box = _changed(before, without, QRect())
        place = QPointF(made.view.place_in_viewport(QPointF(0, 0)))
        for number in made.squares.area.numbers:
            assert not number.box.translated(place).toAlignedRect().intersects(box)
        for row in range(state.dataset.n_rows):
            assert not box.contains((made.view.picture.place_of(row) + place).toPoint())
