"""The session: steps, back, runs, edits during runs, rewind, and what it tells."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.representation import constants_of
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.trainer import Trainer
from neurosim.training import run as run_module
from neurosim.training.frame_clock import FrameClock
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession
from runs import run_for
from samples import hidden_state, lecture_state


@pytest.fixture
def session(open_session) -> TrainingSession:
    return open_session(lecture_state())


def parameters(session: TrainingSession) -> dict[str, object]:
    return dict(session.snapshot.network.parameters)


def notices(session: TrainingSession) -> list[Notice]:
    said: list[Notice] = []
    session.message.connect(said.append)
    return said


def one_by_one(state: DocumentState, steps: int) -> list[DocumentState]:
    """Each state of *steps* steps, taken by a trainer of its own each."""
    found = [state]
    for _ in range(steps):
        here = found[-1]
        trainer = Trainer(here.network, here.dataset, here.training)
        assert trainer.advance(1) == 1
        found.append(replace(here, network=trainer.network(), training=trainer.settings()))
    return found


# -- steps -------------------------------------------------------------------------------------------------------------


def test_the_lecture_step_by_step(session: TrainingSession) -> None:
    # LECTURE.md, slide 12, worked out by hand
    assert session.snapshot.loss == Fraction(466, 9)
    assert session.snapshot.gradient == {"a": Fraction(-136, 3), "n.bias": Fraction(-14)}
    trace = [
        (Fraction(83, 45), Fraction(-83, 15), Fraction(8149, 2025)),
        (Fraction(1522, 675), Fraction(-27, 5), Fraction(1709, 3645)),
        (Fraction(4789, 2025), Fraction(-18082, 3375), None),
    ]
    for number, (a, b, loss) in enumerate(trace, start=1):
        session.full_step()
        assert parameters(session) == {"a": a, "n.bias": b}
        assert session.snapshot.settings.step == number
        assert session.document.undo_text == f"Step {number}"
        assert session.snapshot.exact
        if loss is not None:
            assert session.snapshot.loss == loss


def test_a_step_that_is_not_rational_is_one_float_step(open_session) -> None:
    state = edits.set_activation(edits.set_loss(lecture_state(), "squared_error"), "n", "sigmoid")
    session = open_session(state)
    session.full_step()
    # by hand: a = s(z), dL/dz = 1/2 * 2 (a - y) * a (1 - a) for each of the two rows
    x, y = np.array([2.0, 4.0]), np.array([0.0, 4.0])
    a = 1 / (1 + np.exp(-(x / 3 - 6)))
    d_z = (a - y) * a * (1 - a)
    assert session.snapshot.network.parameters["a"] == pytest.approx(1 / 3 - (d_z @ x) / 30, rel=1e-14)
    assert session.snapshot.network.parameters["n.bias"] == pytest.approx(-6 - d_z.sum() / 30, rel=1e-14)
    assert session.snapshot.settings.step == 1


def test_float_steps_go_on_with_the_same_bits_as_trainers_of_their_own(open_session) -> None:
    session = open_session(hidden_state())
    expected = one_by_one(hidden_state(), 20)
    for state in expected[1:]:
        session.full_step()
        assert identical(session.document.state, state)


def test_back_is_bit_exact_five_hundred_deep(session: TrainingSession) -> None:
    seen = [session.document.state]
    for _ in range(520):
        session.full_step()
        seen.append(session.document.state)
    assert len({state.training.step for state in seen}) == 521
    for state in reversed(seen[:-1]):
        assert session.can_back
        session.back()
        assert identical(session.document.state, state)
    assert not session.can_back
    assert session.document.state is seen[0]
    for state in seen[1:]:
        session.document.redo()
        assert identical(session.document.state, state)


def test_back_at_the_start_says_why_nothing_happens(session: TrainingSession) -> None:
    said = notices(session)
    session.document.edit("Set bias", edits.set_bias, "n", 0)
    assert not session.can_back
    session.back()
    assert session.document.undo_text == "Set bias"
    assert "no step" in said[0].text


def test_back_within_a_run_of_adam_on_shuffled_batches(open_session) -> None:
    session = open_session(hidden_state())
    expected = one_by_one(hidden_state(), 700)
    session.set_speed("max")
    session.run()
    while session.snapshot.settings.step < 700:
        session.advance()
    session.pause()
    total = session.snapshot.settings.step
    expected = [*expected, *one_by_one(expected[-1], total - 700)[1:]]
    assert identical(session.document.state, expected[total])
    for step in range(total - 1, total - 201, -1):
        session.back()
        assert identical(session.document.state, expected[step])
    assert session.document.undo_text == f"Train {total - 200} steps"
    assert session.document.redo_text == "Train 1 step"
    for step in range(total - 199, total + 1):
        session.document.redo()
        assert identical(session.document.state, expected[step])
    assert not session.document.can_redo


def test_back_through_a_whole_run_to_its_start(open_session) -> None:
    session = open_session(hidden_state())
    session.full_step()
    run_for(session, 40)
    states = one_by_one(hidden_state(), 41)
    for step in range(40, -1, -1):
        session.back()
        assert identical(session.document.state, states[step])
    assert not session.can_back
    assert identical(session.document.state, hidden_state())


def test_back_undoes_edits_made_since_and_says_so(session: TrainingSession) -> None:
    said = notices(session)
    session.full_step()
    session.document.edit("Move point 2", edits.move_row, 1, {"x": 7})
    present = session.document.state
    session.back()
    assert session.document.state == lecture_state()
    assert said[0].text == "Went back one step; also undid: Move point 2."
    label, bring_back = said[0].actions[0]
    assert label == "Bring back"
    bring_back()
    assert session.document.state is present


def test_back_after_an_edit_that_followed_a_run(open_session) -> None:
    session = open_session(hidden_state())
    run_for(session, 10)
    session.document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 50))
    session.back()
    assert identical(session.document.state, one_by_one(hidden_state(), 9)[-1])


# -- runs --------------------------------------------------------------------------------------------------------------


def test_a_run_is_one_entry_and_the_same_as_its_steps(open_session) -> None:
    session = open_session(hidden_state())
    run_for(session, 12)
    assert session.document.undo_text == "Train 12 steps"
    assert identical(session.document.state, one_by_one(hidden_state(), 12)[-1])
    session.document.undo()
    assert identical(session.document.state, hidden_state())


@pytest.mark.parametrize(("speed", "steps"), [("1x", 1 + 4), ("10x", 1 + 40)])
def test_steps_per_second(session: TrainingSession, speed: str, steps: int) -> None:
    session.set_speed(speed)
    session.run()
    for _ in range(50):
        session.advance(20)
    assert session.snapshot.settings.step == steps
    session.pause()


def test_run_pressed_twice_is_one_run(session: TrainingSession) -> None:
    told: list[bool] = []
    session.running_changed.connect(told.append)
    session.run()
    session.run()
    for _ in range(4):
        session.advance(250)
    assert session.snapshot.settings.step == 5
    session.pause()
    session.pause()
    assert told == [True, False]
    assert len(session.document.history) == 2


def test_pause_at_once_leaves_no_entry(session: TrainingSession) -> None:
    session.run()
    session.pause()
    assert not session.document.can_undo
    assert session.document.state == lecture_state()


def test_at_full_speed_training_goes_on_between_the_frames(qtbot) -> None:
    shown: list[int] = []
    begun: list[int] = []
    clock, document = FrameClock(), Document(lecture_state())
    clock.ticked.connect(lambda _milliseconds: begun.append(document.state.training.step))
    session = TrainingSession(document, clock)
    document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 10**9))
    qtbot.waitUntil(lambda: not clock.pending)
    begins: list[int] = []

    def show(snapshot: Snapshot) -> None:
        shown.append(snapshot.settings.step)
        begins.append(begun[-1])

    session.snapshot_changed.connect(show)
    session.set_speed("max")
    session.run()
    qtbot.waitUntil(lambda: len(shown) > 5)
    assert shown == sorted(set(shown))
    assert shown[1:] == begins[1:]  # all that a frame shows was trained before it began
    session.pause()
    assert session.snapshot.settings.step == session.document.state.training.step
    assert session.document.undo_text.startswith("Train ")
    session.close()


def test_the_document_shows_the_newest_state_during_a_run(session: TrainingSession) -> None:
    session.run()
    session.advance()
    assert session.document.state.training.step == 1
    assert session.document.state.network is session.snapshot.network
    assert (session.document.can_undo, session.document.undo_text) == (True, "Train 1 step")
    assert not session.document.can_redo
    session.document.flush()
    assert session.document.undo_text == "Train 1 step"
    session.advance()
    session.pause()
    assert session.document.undo_text == "Train 2 steps"
    assert len(session.document.history) == 2


def test_another_learning_rate_during_a_run_keeps_the_weights(open_session) -> None:
    session = open_session(hidden_state())
    session.run()
    for _ in range(5):
        session.advance()
    session.document.edit("Learning rate 1/50", edits.set_learning_rate, Fraction(1, 50))
    five = one_by_one(hidden_state(), 5)[-1]
    assert identical(session.document.state, edits.set_learning_rate(five, Fraction(1, 50)))
    assert session.running
    for _ in range(3):
        session.advance()
    session.pause()
    expected = one_by_one(edits.set_learning_rate(five, Fraction(1, 50)), 3)[-1]
    assert identical(session.document.state, expected)
    names = [entry.text for entry in session.document.history.branch()]
    assert names == ["", "Train 5 steps", "Learning rate 1/50", "Train 3 steps"]


def test_a_drag_during_a_run_is_one_entry_and_the_run_goes_on(open_session) -> None:
    session = open_session(hidden_state())
    session.run()
    session.advance()
    drag = object()
    state = one_by_one(hidden_state(), 1)[-1]
    for value in range(3):
        session.document.edit("Move point 1", edits.move_row, 0, {"y": value}, gesture=drag)
        state = edits.move_row(state, 0, {"y": value})
        session.advance()
        state = one_by_one(state, 1)[-1]
    session.document.finish(drag)
    session.advance()
    state = one_by_one(state, 1)[-1]
    session.pause()
    assert identical(session.document.state, state)
    names = [entry.text for entry in session.document.history.branch()]
    assert names == ["", "Train 1 step", "Move point 1", "Train 2 steps"]
    trace = session.loss_trace()
    assert trace.steps.tolist() == [0, 1, 2, 3, 4, 5]


def test_escape_during_a_run_returns_to_before_the_drag(open_session) -> None:
    session = open_session(hidden_state())
    session.run()
    session.advance()
    drag = object()
    session.document.edit("Move point 1", edits.move_row, 0, {"y": 9}, gesture=drag)
    session.advance()
    session.document.cancel(drag)
    assert identical(session.document.state, one_by_one(hidden_state(), 1)[-1])
    assert session.running
    session.advance()
    session.pause()
    assert identical(session.document.state, one_by_one(hidden_state(), 2)[-1])


def test_a_refused_edit_during_a_run_changes_nothing(session: TrainingSession) -> None:
    session.run()
    session.advance()
    with pytest.raises(EditError):
        session.document.edit("Connect", edits.connect, "n", "x")
    assert session.document.state.training.step == 1
    assert session.running
    session.advance()
    session.pause()
    assert session.document.undo_text == "Train 2 steps"


def test_undo_during_a_run_pauses_it_and_undoes_it(session: TrainingSession) -> None:
    session.run()
    session.advance()
    session.document.undo()
    assert not session.running
    assert session.document.state == lecture_state()
    assert session.document.redo_text == "Train 1 step"


def test_opening_another_document_ends_the_run(session: TrainingSession) -> None:
    session.run()
    session.advance()
    session.document.reset(hidden_state())
    assert not session.running
    assert identical(session.document.state, hidden_state())
    assert not session.document.can_undo
    assert session.loss_trace().steps.tolist() == [0]


def test_an_edit_that_makes_training_impossible_pauses_the_run_with_a_sentence(session: TrainingSession) -> None:
    said = notices(session)
    session.run()
    session.advance()
    session.document.edit("Delete output", edits.delete, "output:n")
    session.advance()
    assert not session.running
    assert said
    assert "paused" in said[0].text
    session.document.undo()
    assert session.snapshot.settings.step == 1


def test_a_large_rate_stops_with_a_finite_state_a_sentence_and_a_way_out(open_session) -> None:
    # PEERS: rate 1/10 on the lecture's data: 51.8 -> 72.2 -> 100.8 -> ..., since 1/10 > 0.091673
    session = open_session(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    said, stops = notices(session), []
    session.stopped.connect(stops.append)
    session.set_speed("max")
    session.run()
    for _ in range(100):
        if not session.running:
            break
        session.advance()
    assert not session.running
    assert [stop.kind for stop in stops] == ["diverged"]
    losses = session.loss_trace().losses
    assert losses[:3] == pytest.approx([466 / 9, 72.2, 100.8], abs=0.1)
    assert np.isfinite(losses).all()
    assert session.snapshot.loss is not None
    assert all(np.isfinite(float(value)) for value in session.snapshot.network.parameters.values())
    texts = [text for text, _ in said[0].actions]
    assert texts == ["Undo", "Smaller step", "Why?"]
    assert said[0].text[0].isupper()
    said[0].actions[1][1]()
    state = session.document.state
    assert isinstance(state.training.learning_rate, Fraction)
    assert 0 < state.training.learning_rate < Fraction(91673, 10**6)
    assert state.network == lecture_state().network
    session.run()
    while session.running:
        session.advance()
    assert stops[-1].kind == "converged"
    assert session.snapshot.network.parameters["a"] == pytest.approx(2, abs=1e-5)
    assert session.snapshot.network.parameters["n.bias"] == pytest.approx(-4, abs=1e-5)


def test_a_run_that_cannot_take_one_step_offers_no_undo_of_an_earlier_one(open_session) -> None:
    # the largest float64 is about 1.8e308: the first step already leaves what can be calculated with
    session = open_session(edits.set_learning_rate(lecture_state(), Fraction(1, 1000)))
    run_for(session, 2)
    session.document.edit("Rate", edits.set_learning_rate, Fraction(10**200))
    session.document.undo()
    earlier = session.document.state
    session.document.redo()
    said = notices(session)
    session.run()
    while session.running:
        session.advance()
    assert session.snapshot.network.parameters == earlier.network.parameters
    assert [text for text, _ in said[0].actions] == ["Smaller step", "Why?"]
    assert session.document.undo_text == "Rate"


def test_undo_offered_after_divergence_brings_back_the_last_good_state(open_session) -> None:
    start = edits.set_learning_rate(lecture_state(), Fraction(1, 10))
    session = open_session(start)
    said = notices(session)
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    said[0].actions[0][1]()
    assert session.document.state is start
    assert session.snapshot.loss == Fraction(466, 9)


def test_a_run_that_gets_nowhere_pauses_at_the_limit_and_may_go_on(
    session: TrainingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "STEP_LIMIT", 300)
    session.document.edit("Rate", edits.set_learning_rate, Fraction(1, 10**6))
    said, stops = notices(session), []
    session.stopped.connect(stops.append)
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    assert session.document.undo_text == "Train 300 steps"
    assert [stop.kind for stop in stops] == ["limit"]
    assert [text for text, _ in said[0].actions] == ["Undo", "Go on"]
    said[0].actions[1][1]()
    assert session.running
    session.advance()
    assert session.snapshot.settings.step > 300


def test_refusals_are_sentences(session: TrainingSession) -> None:
    assert session.step_refusal is None
    session.document.edit("Freeze", edits.set_frozen, ["a", "n"], True)
    assert session.step_refusal is not None
    assert session.step_refusal.endswith(".")
    said = notices(session)
    session.run()
    session.full_step()
    assert not session.running
    assert [notice.text for notice in said] == [session.step_refusal] * 2
    session.document.undo()
    session.run()
    assert session.step_refusal is not None
    session.pause()
    assert session.step_refusal is None


# -- starts ------------------------------------------------------------------------------------------------------------


def test_rewind_goes_to_the_same_start_and_two_runs_are_the_same(open_session) -> None:
    session = open_session(hidden_state())
    run_for(session, 30)
    first = session.document.state
    session.rewind()
    assert identical(session.document.state, hidden_state())
    run_for(session, 30)
    assert identical(session.document.state, first)
    session.rewind()
    assert session.document.undo_text == "Rewind"
    session.document.undo()
    assert identical(session.document.state, first)


def test_rewind_keeps_the_data_and_what_was_typed(session: TrainingSession) -> None:
    session.full_step()
    session.document.edit("Move point 2", edits.move_row, 1, {"y": 2})
    session.full_step()
    session.rewind()
    assert session.document.state == edits.move_row(lecture_state(), 1, {"y": 2})
    assert session.snapshot.loss == Fraction(328, 9)  # EXPERIENCE: the loss with the right-hand point at (4, 2)


def test_new_random_starts_differ_and_can_be_undone(open_session) -> None:
    session = open_session(hidden_state())
    starts = []
    for _ in range(3):
        session.new_random_start()
        starts.append(session.document.state)
    assert [state.training.seed for state in starts] == [4, 5, 6]
    assert len({state.network.parameters["w1"] for state in starts}) == 3
    assert all(state.network.parameters["skip"] == Fraction(1, 7) for state in starts)  # frozen
    session.document.undo()
    assert session.document.state is starts[1]


def test_reset_all_returns_to_what_was_opened_and_can_be_undone(session: TrainingSession) -> None:
    session.full_step()
    session.document.edit("Move point 2", edits.move_row, 1, {"y": 2})
    before = session.document.state
    session.reset_all()
    assert session.document.state == lecture_state()
    assert not session.document.modified
    session.document.undo()
    assert session.document.state is before


# -- what is told ------------------------------------------------------------------------------------------------------


def test_one_frame_is_one_snapshot_after_the_signals_of_the_document(session: TrainingSession) -> None:
    session.advance()
    told: list[str] = []
    session.snapshot_changed.connect(lambda _snapshot: told.append("snapshot"))
    session.document.rows_changed.connect(lambda: told.append("rows"))
    for value in range(5, 9):
        session.document.edit("Move", edits.move_row, 1, {"x": value})
        assert session.snapshot.dataset.columns["x"][1] == value  # current before the frame
    session.advance()
    session.advance()
    assert told == ["rows"] * 4 + ["snapshot"]


def test_moving_a_node_keeps_what_features_read_off_the_data() -> None:
    state = edits.read_through(lecture_state(), "standardise", "x")
    made = TrainingSession(Document(state))
    before = made.snapshot
    made.document.edit("Move", edits.set_positions, {"n": (500.0, 20.0)})
    assert dict(constants_of(made.snapshot.dataset)) == dict(constants_of(before.dataset)) != {}
    made.close()


def test_moving_a_node_computes_nothing_anew(session: TrainingSession) -> None:
    before = session.snapshot
    session.document.edit("Move f", edits.move_nodes, {"n": (5.0, 6.0)})
    after = session.snapshot
    assert after.network.node_by_id["n"].position == (5.0, 6.0)
    assert after.activations is before.activations
    session.document.edit("Set bias", edits.set_bias, "n", 0)
    assert session.snapshot.activations is not before.activations


def test_the_loss_trace_begins_at_step_0_and_edits_add_no_point(session: TrainingSession) -> None:
    assert session.loss_trace().steps.tolist() == [0]
    assert session.loss_trace().losses.tolist() == [float(Fraction(466, 9))]
    session.full_step()
    session.full_step()
    session.document.edit("Move f", edits.move_nodes, {"n": (5.0, 6.0)})
    assert session.loss_trace().dividers == ()
    session.document.edit("Move point 2", edits.move_row, 1, {"y": 2})
    session.document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 40))
    trace = session.loss_trace()
    assert trace.steps.tolist() == [0, 1, 2]
    assert trace.losses.tolist() == [float(Fraction(466, 9)), float(Fraction(8149, 2025)), float(Fraction(1709, 3645))]
    assert trace.dividers == (2,)
    session.full_step()
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3]
    session.rewind()
    assert session.loss_trace().steps.tolist() == [0]
    session.document.undo()
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3]


def test_the_loss_trace_follows_a_run_and_its_branch(open_session) -> None:
    session = open_session(replace(hidden_state(), training=replace(hidden_state().training, batch_size=None)))
    told: list[int] = []
    session.loss_trace_changed.connect(lambda: told.append(len(session.loss_trace())))
    session.run()
    for _ in range(3):
        session.advance()
    assert told == [2, 3, 4]
    session.document.flush()
    session.advance()
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3, 4]
    session.pause()
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3, 4]
    session.back()
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3]
    session.document.undo()
    assert session.loss_trace().steps.tolist() == [0]


def test_a_long_run_keeps_its_trace_and_memory_bounded(session: TrainingSession) -> None:
    session.document.edit("Rate", edits.set_learning_rate, Fraction(1, 10**6))
    session.set_speed("max")
    session.run()
    while session.snapshot.settings.step < 30_000:
        session.advance()
        assert len(session.loss_trace()) <= 5000
    session.pause()
    trace = session.loss_trace()
    assert len(trace) <= 5000
    assert trace.steps[0] == 0
    assert trace.losses[0] == pytest.approx(466 / 9, rel=1e-14)
    assert trace.steps[-500:].tolist() == list(range(trace.steps[-1] - 499, trace.steps[-1] + 1))
    assert trace.losses[-1] == pytest.approx(float(session.snapshot.loss), rel=1e-12)
    assert session.document.history.nbytes < 2_000_000
