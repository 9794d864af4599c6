"""The user's own stop conditions: at which step they end a run, and what they say."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.settings import OptimizerSettings, StopSettings
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state


def trainer_of(state, **training):
    return Trainer(state.network, state.dataset, replace(state.training, **training))


def losses_of(state, steps, **training):
    trainer = trainer_of(state, **training)
    trainer.advance(steps)
    return np.concatenate([[trainer_of(state, **training).loss], trainer.take_losses()])


@pytest.mark.parametrize("pieces", [1, 7, 1000])
def test_loss_below_ends_at_the_first_step_below(pieces: int):
    """The lecture's published run: below 0.01 first at step 240."""
    trainer = trainer_of(lecture_state(), stop=StopSettings(loss_below=Fraction(1, 100)))
    while trainer.stopped is None:
        trainer.advance(pieces)
    assert trainer.step == 240
    assert trainer.loss == losses_of(lecture_state(), 240)[240]
    assert trainer.stopped.kind == "condition"
    assert "below 1/100" in trainer.stopped.sentence
    assert trainer.take_trace()[0].tolist()[-1] == 240


def test_a_loss_that_is_below_from_the_start_takes_no_step():
    trainer = trainer_of(lecture_state(), stop=StopSettings(loss_below=Fraction(1000)))
    assert trainer.advance(50) == 0
    assert trainer.stopped is not None
    assert trainer.stopped.kind == "condition"


def test_at_a_step():
    trainer = trainer_of(lecture_state(), stop=StopSettings(at_step=57))
    assert trainer.advance(1000) == 57
    assert trainer.stopped is not None
    assert "at step 57" in trainer.stopped.sentence
    onward = Trainer(trainer.network(), lecture_state().dataset, trainer.settings())
    assert onward.advance(10) == 10  # who runs again from there wants to go on


def test_gradient_below_ends_at_the_first_step_below():
    bound = Fraction(1, 10)
    trainer = trainer_of(lecture_state(), stop=StopSettings(gradient_below=bound))
    trainer.advance(10_000)

    def slope(steps: int) -> float:
        other = trainer_of(lecture_state())
        other.advance(steps)
        a, b = other.parameters()["a"], other.parameters()["n.bias"]
        first, second = 2 * a + b, 4 * a + b - 4
        return max(abs(2 * first + 4 * second), abs(first + second))

    assert slope(trainer.step) < 0.1 <= slope(trainer.step - 1)
    assert "below 1/10" in trainer.stopped.sentence


def test_no_progress():
    """Momentum far too large lets the loss swing: the run ends so many steps after its lowest point."""
    optimizer = OptimizerSettings("sgd", {"momentum": Fraction(99, 100)})
    losses = losses_of(lecture_state(), 400, optimizer=optimizer)
    trainer = trainer_of(lecture_state(), optimizer=optimizer, stop=StopSettings(no_progress=12))
    trainer.advance(400)
    best, since = losses[0], 0
    for step, loss in enumerate(losses):
        if loss < best * (1 - 1e-4):
            best, since = loss, step
        elif step - since >= 12:
            break
    assert trainer.step == step
    assert "in 12 steps" in trainer.stopped.sentence


@pytest.mark.parametrize("batch", [4, 1])
def test_mini_batches_are_looked_at_after_each_epoch(batch: int):
    state = hidden_state()
    trainer = trainer_of(state, batch_size=batch, stop=StopSettings(loss_below=Fraction(1)))
    trainer.advance(100_000)
    assert trainer.stopped is not None
    assert trainer.loss < 1
    assert trainer.step % (12 // batch) == 0


def test_a_replay_does_not_stop():
    trainer = trainer_of(lecture_state(), stop=StopSettings(loss_below=Fraction(1, 100), at_step=10))
    assert trainer.advance(300, watch=False) == 300


def test_conditions_change_no_number():
    state = hidden_state()
    plain = trainer_of(state)
    plain.advance(200)
    stop = StopSettings(loss_below=Fraction(1, 10**9), gradient_below=Fraction(1, 10**9), no_progress=10_000)
    watched = trainer_of(state, stop=stop)
    watched.advance(200)
    assert watched.network() == plain.network()
