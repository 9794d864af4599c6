"""Trajectories: any state within a run, to the last bit, from bounded memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document.changes import identical
from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.engine.trainer import Trainer
from neurosim.training import replay as replay_module
from neurosim.training import trajectory as module
from neurosim.training.trajectory import Trajectory
from samples import hidden_state


def run(state: DocumentState, slices: list[int]) -> tuple[Trajectory, list[DocumentState]]:
    """A trajectory that was given a state after each slice, and every state on the way."""
    trainer = Trainer(state.network, state.dataset, state.training)
    states = [state]
    found = Trajectory(state)
    for steps in slices:
        for _ in range(steps):
            trainer.advance(1, watch=False)
            states.append(apply_step(state, trainer.network(), trainer.settings()))
        found.add(len(states) - 1, trainer.network(), trainer.settings())
    return found, states


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop", "adagrad", "adamw"])
@pytest.mark.parametrize("batch", [None, 5])
def test_every_state_comes_back(optimizer: str, batch: int | None) -> None:
    state = hidden_state()
    training = replace(state.training, optimizer=replace(state.training.optimizer, name=optimizer), batch_size=batch)
    state = replace(state, training=training)
    trajectory, states = run(state, [1, 7, 40, 2, 50])
    for steps in (100, 99, 98, 60, 50, 49, 48, 47, 9, 8, 7, 1, 0):
        found, log = trajectory.state_after(steps)
        assert identical(found, states[steps])
        assert log.steps.tolist() == sorted(set(log.steps.tolist()))
        assert not len(log) or log.steps[-1] == steps


def test_a_run_that_did_not_begin_at_step_0() -> None:
    _, first = run(hidden_state(), [9])
    trajectory, states = run(first[-1], [30])
    assert states[-1].training.step == 39
    assert states[-1].training.start == hidden_state().network.parameters
    for steps in (29, 11, 0):
        assert identical(trajectory.state_after(steps)[0], states[steps])


def test_memory_is_bounded_however_long_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BYTES", 4000)
    trajectory, states = run(hidden_state(), [3] * 200)
    assert trajectory.nbytes <= 4000
    assert len(trajectory.checkpoints) >= 2
    assert trajectory.checkpoints[-1].done == 600
    for steps in (599, 301, 5):
        assert identical(trajectory.state_after(steps)[0], states[steps])


def test_a_replay_leaves_checkpoints_so_that_the_next_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_module, "PIECE", 0.0)  # a state is left behind after every call of the trainer
    state = replace(hidden_state(), training=replace(hidden_state().training, batch_size=None))
    trajectory, states = run(state, [300])
    assert trajectory.nearest_done(299) == 0
    trajectory.state_after(299)
    assert trajectory.nearest_done(299) >= 250
    assert identical(trajectory.state_after(298)[0], states[298])
    shorter = trajectory.until(150)
    assert shorter.nearest_done(10_000) <= 150
    assert identical(shorter.state_after(149)[0], states[149])


def test_the_rest_of_a_run_is_a_trajectory_of_its_own() -> None:
    trajectory, states = run(hidden_state(), [40, 40, 40])
    rest = trajectory.after(50, states[50])
    assert [found.done for found in rest.checkpoints] == [30, 70]
    for steps in (0, 1, 29, 30, 31, 70):
        assert identical(rest.state_after(steps)[0], states[50 + steps])


def test_a_replay_in_slices_passes_true_states_of_the_run() -> None:
    trajectory, states = run(hidden_state(), [60])
    replay = trajectory.replay(59)
    seen = []
    while not replay.finished:
        replay.advance(0.0)  # no time at all is one step
        seen.append(replay.done)
        assert identical(replay.state, states[replay.done])
    assert seen[-1] == 59
    assert len(seen) > 1


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=400, unique=True), st.integers(2, 40))
def test_checkpoints_stay_sorted_few_and_evenly_spread(dones: list[int], room: int) -> None:
    found = Trajectory(hidden_state())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST", room)
        for done in dones:
            found.add(done, hidden_state().network, hidden_state().training)
            kept = [checkpoint.done for checkpoint in found.checkpoints]
            assert kept == sorted(set(kept))
            assert len(kept) <= room
    assert found.checkpoints[-1].done == max(dones)
