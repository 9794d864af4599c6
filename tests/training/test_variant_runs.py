"""Variants side by side: each one's trace is that of a trainer of its own, bit for bit, and all stand at one step."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim import paths
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.edits import Plan
from neurosim.document.json_format import load
from neurosim.document.variants import add_pair, add_variant, change_variant, variants
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.trainer import Trainer
from neurosim.training.frame_clock import FrameClock
from neurosim.training.session import TrainingSession
from samples import lecture_state

F = Fraction


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def session(qapp) -> TrainingSession:
    """XOR in four variants: the document, another rate, Adam, and another architecture."""
    state = add_variant(load(Path(paths.example("xor"))))
    state = add_variant(state, edits.set_learning_rate, F(1, 11))
    state = add_variant(state, edits.set_optimizer, "adam")
    state = add_variant(
        state, edits.draw_architecture, Plan("layered", ("x1", "x2"), ("y",), (4, 3), "tanh", "xavier", 2)
    )
    made = TrainingSession(Document(state), FrameClock(now=Time()))
    yield made
    made.close()


def alone(session: TrainingSession, place: int, steps: int) -> tuple[np.ndarray, np.ndarray, dict[str, float]]:
    """What a separate trainer does."""
    variant = variants(session.document.state)[place]
    trainer = Trainer(variant.network, session.document.state.dataset, variant.training)
    first = trainer.loss
    trainer.advance(steps)
    taken, losses = trainer.take_trace()
    return np.append(0, taken), np.append(first, losses), trainer.parameters()


def test_each_trace_is_that_of_its_own_trainer_bit_for_bit(session) -> None:
    runs = session.variants
    runs.run()
    for _ in range(12):
        session.advance(16.0)
    steps = [run.now.step for run in runs.runs]
    assert len(set(steps)) == 1
    assert steps[0] > 12
    for place, run in enumerate(runs.runs):
        taken, losses, parameters = alone(session, place, steps[0])
        shown = run.now.log
        common = np.isin(taken, shown.steps)  # a long log is thinned where it is old
        assert np.array_equal(taken[common], shown.steps)
        assert np.array_equal(losses[common], shown.losses)
        network = dict(run.now.network.parameters)
        assert {name: float(value) for name, value in network.items()} == parameters


def test_step_by_step_they_go_together(session) -> None:
    session.variants.take()
    session.variants.take(4)
    assert [run.now.step for run in session.variants.runs] == [5, 5, 5, 5]
    for place, run in enumerate(session.variants.runs):
        assert np.array_equal(run.now.log.losses, alone(session, place, 5)[1])
    assert session.document.state.training.step == 0
    session.variants.restart()
    assert [run.now.step for run in session.variants.runs] == [0, 0, 0, 0]


def test_speed_is_four_steps_a_second_for_all(session) -> None:
    session.variants.set_speed("1x")
    session.variants.run()
    session.advance(0.0)
    for _ in range(10):
        session.advance(100.0)
    assert [run.now.step for run in session.variants.runs] == [5, 5, 5, 5]
    with pytest.raises(ValueError, match="no speed"):
        session.variants.set_speed("2x")


def test_an_edit_of_one_begins_all_anew_and_the_run_goes_on(session) -> None:
    told = []
    session.variants.changed.connect(lambda: told.append(1))
    session.variants.run()
    session.advance(16.0)
    before = session.variants.runs
    session.document.edit("Rate", change_variant, "B", edits.set_learning_rate, F(1, 7))
    assert told
    after = session.variants.runs
    assert after is not before
    assert [run.now.step for run in after] == [0, 0, 0, 0]
    assert session.variants.running
    session.advance(16.0)
    assert min(run.now.step for run in session.variants.runs) > 0
    session.document.undo()
    assert session.variants.runs[1].variant.training.learning_rate == F(1, 11)


def test_other_edits_leave_the_runs_alone_and_moved_data_begin_them_anew(session) -> None:
    session.variants.take(3)
    runs = session.variants.runs
    session.document.edit("Rate", edits.set_learning_rate, F(1, 100))
    session.full_step(2)
    assert session.variants.runs is runs
    session.document.edit("Move", edits.move_row, 0, {"y": F(1)})
    assert session.variants.runs is not runs
    assert [run.now.step for run in session.variants.runs] == [0, 0, 0, 0]


def test_what_cannot_be_trained_says_why_and_the_others_go_on(session) -> None:
    session.document.edit("Loss", change_variant, "C", edits.set_activation, ["out"], "tanh")
    session.variants.take(2)
    third = session.variants.runs[2]
    assert third.problem is not None
    assert (third.now.loss, third.goes_on) == (None, False)
    assert [run.now.step for run in session.variants.runs] == [2, 2, 0, 2]


def test_one_that_diverges_stops_and_the_run_ends_when_all_have(qapp) -> None:
    state = add_pair(lecture_state(), edits.set_learning_rate, F(1))
    session = TrainingSession(Document(state), FrameClock(now=Time()))
    session.variants.run()
    for _ in range(400):
        session.advance(16.0)
        if not session.variants.running:
            break
    first, second = session.variants.runs
    assert first.now.stop is not None
    assert second.now.stop is not None
    assert (first.now.stop.kind, second.now.stop.kind) == ("converged", "diverged")
    assert not session.variants.running
    assert not session.variants.can_go_on
    session.close()


def test_the_document_and_its_variants_share_a_frame(session) -> None:
    session.set_speed("max")
    session.run()
    session.variants.run()
    for _ in range(4):
        session.advance(16.0)
    assert session.document.state.training.step > 0
    assert min(run.now.step for run in session.variants.runs) > 0
    session.pause()


def test_long_steps_are_taken_in_a_thread(qapp) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=60_000)
    data = Dataset({"x": Column(x), "y": Column(np.sin(x))})
    state = edits.draw_architecture(
        edits.use_dataset(lecture_state(), data), Plan("layered", ("x",), ("y",), (8,), "tanh")
    )
    state = add_pair(state, edits.set_learning_rate, F(1, 50))
    session = TrainingSession(Document(state), FrameClock(now=Time()))
    session.variants.run()
    for _ in range(3):
        session.advance(16.0)
    (steps,) = {run.now.step for run in session.variants.runs}
    assert steps >= 3
    for place, run in enumerate(session.variants.runs):
        assert np.array_equal(run.now.log.losses, alone(session, place, steps)[1])
    session.close()
