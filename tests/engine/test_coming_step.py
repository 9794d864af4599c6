"""Where the coming step leads is where the trainer goes, for every optimizer, on all rows and on mini-batches."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.engine.coming_step import coming_step
from neurosim.engine.evaluate import evaluate
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state


@pytest.mark.parametrize("batch", [None, 5])
@pytest.mark.parametrize(
    "optimizer",
    [
        *(OptimizerSettings(name) for name in OPTIMIZERS),
        OptimizerSettings("sgd", {"momentum": Fraction(9, 10)}),
        OptimizerSettings("sgd", {"momentum": Fraction(1, 2), "nesterov": True}),
        OptimizerSettings("sgd", {"momentum": Fraction(1, 2), "dampening": Fraction(1, 4)}),
        OptimizerSettings("rmsprop", {"momentum": Fraction(1, 2), "centered": True}),
    ],
    ids=lambda value: f"{value.name}-{len(value.settings)}" if isinstance(value, OptimizerSettings) else None,
)
def test_it_is_the_trainers(optimizer: OptimizerSettings, batch: int | None) -> None:
    state = hidden_state()
    training = replace(state.training, optimizer=optimizer, batch_size=batch, l2=Fraction(1, 10), l1=Fraction(1, 20))
    network = state.network
    for _ in range(4):  # what the optimizer remembers counts from the second step on
        found = coming_step(evaluate(network, state.dataset, training))
        trainer = Trainer(network, state.dataset, training)
        trainer.advance(1)
        after = trainer.network()
        assert found.problem is None
        assert found.values.keys() == {name for name, free in network.trainable.items() if free}
        for name, value in found.values.items():
            assert value == pytest.approx(after.parameters[name], rel=1e-13, abs=1e-15)
        network, training = after, trainer.settings()


def test_the_lectures_step_is_exact() -> None:
    state = lecture_state()
    found = coming_step(evaluate(state.network, state.dataset, state.training))
    assert found.exact
    assert dict(found.values) == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}
    # on a mini-batch of the first row, (2, 0): d_a = 2 * 2 * (-16/3), d_b = 2 * (-16/3)
    one = coming_step(evaluate(state.network, state.dataset, replace(state.training, batch_size=1)))
    assert one.exact
    assert one.values["a"] == Fraction(1, 3) + Fraction(64, 3) / 30
    assert one.values["n.bias"] == -6 + Fraction(32, 3) / 30


def test_why_there_is_none() -> None:
    state = lecture_state()
    loose = coming_step(evaluate(replace(state.network, outputs=()), state.dataset, state.training))
    assert loose.problem is not None
    assert "no output" in loose.problem
    assert not loose.values
    batch = coming_step(evaluate(state.network, state.dataset, replace(state.training, batch_size=0)))
    assert batch.problem == "A batch needs at least one row."
    far = coming_step(evaluate(state.network, state.dataset, replace(state.training, learning_rate=1e308)))
    assert far.problem is not None
    assert "smaller learning rate" in far.problem


def test_nothing_to_learn_is_no_problem() -> None:
    state = lecture_state()
    frozen = replace(
        state.network,
        nodes=tuple(replace(n, trainable=False) if n.id == "n" else n for n in state.network.nodes),
        edges=tuple(replace(edge, trainable=False) for edge in state.network.edges),
    )
    found = coming_step(evaluate(frozen, state.dataset, TrainingSettings()))
    assert found.problem is None
    assert not found.values
