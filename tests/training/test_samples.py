"""Histories of parameters and of the test loss, and the curves beside the present one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.training import other_curves as curves_module
from neurosim.training import samples as module
from neurosim.training.samples import TEST_LOSS, Samples, loss_of_test_rows
from neurosim.training.session import TrainingSession
from runs import run_for
from samples import hidden_state, lecture_state

Open = Callable[[DocumentState], TrainingSession]


def finish(samples: Samples, quantity: str) -> None:
    while samples.work(quantity, 0.002):
        pass


def pairs(session: TrainingSession, quantity: str) -> list[tuple[int, float]]:
    trace = session.samples.trace(quantity)
    return list(zip(trace.steps.tolist(), trace.values.tolist(), strict=True))


def with_test_rows(state: DocumentState, rows: tuple[int, ...]) -> DocumentState:
    return replace(state, dataset=replace(state.dataset, test_rows=rows))


# -- parameters --------------------------------------------------------------------------------------------------------


def test_the_weight_of_the_lecture_over_its_steps_and_an_edit(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(2)
    session.document.edit("Set a", edits.set_weight, "a", 1)
    session.full_step()
    trace = session.samples.trace("a")
    assert trace.complete
    assert trace.steps.tolist() == [0, 1, 2, 2, 3]
    # LECTURE.md, slide 12; then by hand from a = 1, b = -27/5: dL/da = 2 (-17/5) + 4 (-27/5) = -142/5
    assert trace.values == pytest.approx([1 / 3, 83 / 45, 1522 / 675, 1, 1 + 142 / 150], rel=1e-15)
    assert pairs(session, "n.bias")[1] == (1, pytest.approx(-83 / 15, rel=1e-15))


def test_every_step_inside_a_run_comes_from_its_own_state(open_session: Open) -> None:
    session = open_session(hidden_state())
    states = [session.document.state, *run_for(session, 60)]
    record = session.document.history.head.record
    del record.trajectory.checkpoints[::2]
    samples = session.samples
    assert not samples.trace("w1").complete
    finish(samples, "w1")
    assert samples.trace("w1").complete
    assert pairs(session, "w1") == [(n, float(state.network.parameters["w1"])) for n, state in enumerate(states)]
    assert pairs(session, "skip") == [(n, float(Fraction(1, 7))) for n in range(61)]
    assert np.isnan(session.samples.trace("no such").values).all()


def test_a_long_run_is_sampled_at_the_resolution_of_a_plot(open_session: Open, monkeypatch) -> None:
    monkeypatch.setattr(module, "RESOLUTION", 16)
    session = open_session(hidden_state())
    states = [session.document.state, *run_for(session, 100)]
    session.document.history.head.record.trajectory.checkpoints.clear()
    finish(session.samples, "w1")
    found = pairs(session, "w1")
    assert [step for step, _ in found] == [0, *range(8, 100, 8), 100]
    assert all(value == states[step].network.parameters["w1"] for step, value in found)


def test_with_large_data_the_checkpoints_have_to_do(open_session: Open, monkeypatch) -> None:
    monkeypatch.setattr(module, "LONG_WORK", 0)
    session = open_session(hidden_state())
    run_for(session, 30)
    checkpoints = session.document.history.head.record.trajectory.checkpoints
    checkpoints[:] = checkpoints[::10]
    trace = session.samples.trace("w1")
    assert trace.complete
    assert trace.steps.tolist() == [0, 1, 11, 21, 30]


def test_a_run_that_goes_on_is_there_as_far_as_it_is(open_session: Open) -> None:
    session = open_session(hidden_state())
    session.run()
    for _ in range(5):
        session.advance()
    assert [step for step, _ in pairs(session, "w1")] == [0, 1, 2, 3, 4, 5]
    assert pairs(session, "w1")[-1][1] == session.document.state.network.parameters["w1"]
    session.pause()
    assert [step for step, _ in pairs(session, "w1")] == [0, 1, 2, 3, 4, 5]


def test_a_rewind_begins_anew_and_a_visit_shows_the_curve_it_is_on(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(4)
    session.rewind()
    session.full_step(2)
    assert [step for step, _ in pairs(session, "a")] == [0, 1, 2]
    assert session.loss_trace().steps.tolist() == [0, 1, 2]
    session.timeline.go(3)
    assert [step for step, _ in pairs(session, "a")] == [0, 1, 2, 3, 4]
    assert session.loss_trace().steps.tolist() == [0, 1, 2, 3, 4]
    session.timeline.go(session.timeline.track.last)
    assert session.loss_trace().steps.tolist() == [0, 1, 2]


# -- test rows ---------------------------------------------------------------------------------------------------------


def test_the_loss_of_the_test_rows_at_every_step(open_session: Open) -> None:
    session = open_session(with_test_rows(lecture_state(), (1,)))
    session.full_step()
    finish(session.samples, TEST_LOSS)
    # by hand: only (2, 0) trains: d = 2 (-16/3); a = 1/3 + 64/90, b = -6 + 32/90; at x = 4: 4 a + b = -22/15
    assert pairs(session, TEST_LOSS) == [(0, pytest.approx(676 / 9)), (1, pytest.approx((22 / 15 + 4) ** 2))]
    assert loss_of_test_rows(session.snapshot) == pytest.approx((22 / 15 + 4) ** 2)
    session.document.edit("No test rows", lambda state: with_test_rows(state, ()))
    assert loss_of_test_rows(session.snapshot) is None


def test_the_test_loss_inside_a_run_is_that_of_its_states_without_the_penalty(open_session: Open) -> None:
    state = with_test_rows(hidden_state(), (0, 5, 7))
    session = open_session(replace(state, training=replace(state.training, l2=Fraction(1, 10))))
    states = [session.document.state, *run_for(session, 20)]
    finish(session.samples, TEST_LOSS)
    for step, value in pairs(session, TEST_LOSS):
        snapshot = evaluate(states[step].network, states[step].dataset, states[step].training)
        assert value == pytest.approx(loss_of_test_rows(snapshot), rel=1e-12)
        assert value == pytest.approx(snapshot.row_losses[[0, 5, 7]].mean(), rel=1e-12)


# -- other curves ------------------------------------------------------------------------------------------------------


def others(session: TrainingSession) -> list[tuple[str, list[int]]]:
    return [(curve.name, curve.log.steps.tolist()) for curve in session.other_curves.newest()[0]]


def test_branches_earlier_runs_and_what_lies_ahead_have_curves_and_names(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(4)
    losses = session.loss_trace().losses.tolist()
    assert others(session) == []
    session.back()
    assert others(session) == [("ahead: redo leads there", [3, 4])]
    session.document.edit("Learning rate 1/11", edits.set_learning_rate, Fraction(1, 11))
    session.full_step(2)
    assert others(session) == [("branch 1, from step 3: step 4", [3, 4])]
    assert session.other_curves.newest()[0][0].log.losses.tolist() == losses[3:]
    session.rewind()
    session.full_step()
    assert others(session) == [
        ("run 1: learning rate 1/11", [0, 1, 2, 3, 4, 5]),
        ("branch 1, from step 3: step 4", [3, 4]),
    ]
    session.timeline.go(2)  # looks at the first run
    assert [name for name, _ in others(session)] == ["run 2: learning rate 1/11", "branch 1, from step 3: step 4"]


def test_only_the_newest_curves_are_given_and_the_others_counted(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(2)
    for rate in range(40, 40 + curves_module.MOST + 3):
        session.timeline.go(1)
        session.document.edit(f"Learning rate 1/{rate}", edits.set_learning_rate, Fraction(1, rate))
        session.full_step()
    found, more = session.other_curves.newest()
    assert [curve.name.split(": ")[1] for curve in found] == [f"learning rate 1/{rate}" for rate in (45, 44, 43, 42)]
    assert more == 3


def test_a_branch_without_a_step_has_no_curve(open_session: Open) -> None:
    session = open_session(lecture_state())
    session.full_step(2)
    session.document.edit("A", edits.set_bias, "n", 1)
    session.document.undo()
    session.document.edit("B", edits.set_bias, "n", 2)
    assert session.other_curves.newest() == ((), 0)
    assert len(session.timeline.lanes) == 1
