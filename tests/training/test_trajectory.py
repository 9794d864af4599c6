"""Trajectories: any state within a run, to the last bit, from bounded memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neurosim.document.changes import identical
from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.engine.trainer import Trainer
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


def test_a_replay_leaves_checkpoints_so_that_the_next_is_short() -> None:
    state = hidden_state()
    trajectory, states = run(state, [800])
    trajectory.state_after(799)
    nearest = max(c.done for c in trajectory.checkpoints if c.done < 799)
    assert 799 - nearest <= 50
    assert identical(trajectory.state_after(798)[0], states[798])
    shorter = trajectory.until(500)
    assert max(c.done for c in shorter.checkpoints) <= 500
    assert identical(shorter.state_after(499)[0], states[499])
