"""Learning-rate schedules: their values by hand, that a run follows them, and that they change nothing else."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.exact_step import exact_step
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.rate import coming_rate, rate_at, steady_steps
from neurosim.engine.schedules import SCHEDULES, Schedule
from neurosim.engine.settings import OptimizerSettings, ScheduleSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state

every = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=list(SCHEDULES))


def scheduled(state, name, **settings):
    chosen = ScheduleSettings(name, settings)
    return replace(state, training=replace(state.training, schedule=chosen))


@every
def test_is_described(schedule: Schedule):
    assert schedule.title
    assert schedule.formula
    assert schedule.help.endswith(".")
    assert schedule.refusal({}) is None
    assert schedule.refusal({"nonsense": Fraction(1)}) is not None
    for setting in schedule.settings:
        assert setting.help.endswith(".")
    factors = [float(schedule.factor(t, schedule.complete({}))) for t in range(3000)]
    assert all(0 < factor <= 1 for factor in factors)
    assert schedule.is_constant == (set(factors) == {1.0})


@pytest.mark.parametrize(
    ("name", "settings", "factors"),
    [
        ("constant", {}, {0: 1, 7: 1}),
        ("step_decay", {"every": Fraction(3), "factor": Fraction(1, 2)}, {0: 1, 2: 1, 3: "1/2", 8: "1/4", 9: "1/8"}),
        ("exponential", {"factor": Fraction(9, 10)}, {0: 1, 1: "9/10", 3: "729/1000"}),
        ("inverse_time", {"decay": Fraction(1, 2)}, {0: 1, 1: "2/3", 2: "1/2", 6: "1/4"}),
        ("warm_up", {"steps": Fraction(4)}, {0: "1/4", 1: "1/2", 3: 1, 4: 1, 99: 1}),
        ("cosine", {"steps": Fraction(10), "least": Fraction(1, 5)}, {0: 1, 5: 0.6, 10: "1/5", 11: "1/5"}),
    ],
)
def test_values_by_hand(name, settings, factors):
    training = TrainingSettings(learning_rate=Fraction(3, 10), schedule=ScheduleSettings(name, settings))
    for step, factor in factors.items():
        found = rate_at(training, step)
        if isinstance(factor, float):
            assert found == pytest.approx(0.3 * factor, rel=1e-15)
        else:
            assert found == Fraction(3, 10) * Fraction(factor)
            assert isinstance(found, Fraction)


def test_cosine_between_its_ends():
    training = TrainingSettings(learning_rate=Fraction(1), schedule=ScheduleSettings("cosine", {"steps": Fraction(6)}))
    # A third of the way: (1 + cos 60°) / 2 = 3/4 of the way down from 1 to 1/100.
    assert rate_at(training, 2) == pytest.approx(0.01 + 0.99 * 0.75, rel=1e-14)


def test_steady_stretches():
    training = TrainingSettings(schedule=ScheduleSettings("step_decay", {"every": Fraction(5)}))
    assert [steady_steps(training, step, 128) for step in (0, 3, 4, 5)] == [5, 2, 1, 5]
    assert steady_steps(training, 0, 2) == 2
    assert steady_steps(TrainingSettings(), 17, 128) == 128


def test_exact_steps_follow_the_schedule_by_hand():
    """Lecture: gradient (-136/3, -14); at rate 1/30 · 1/2 the first step leads to 1/3 + 136/180, -6 + 14/60."""
    state = scheduled(lecture_state(), "warm_up", steps=Fraction(2))
    network, training = exact_step(state.network, state.dataset, state.training)
    assert network.parameters == {"a": Fraction(1, 3) + Fraction(136, 180), "n.bias": Fraction(-6) + Fraction(14, 60)}
    assert coming_rate(training) == Fraction(1, 30)


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("batch", [None, 5])
def test_a_run_is_its_steps_with_the_rate_set_by_hand(name, optimizer, batch):
    """Each step with a constant rate that is chosen before it gives the same bits as the scheduled run."""
    state = scheduled(hidden_state(), name)
    few = {"every": Fraction(7)} if name == "step_decay" else {"steps": Fraction(20)} if name != "exponential" else {}
    few = {} if name == "inverse_time" else few
    training = replace(
        state.training,
        schedule=ScheduleSettings(name, few),
        optimizer=OptimizerSettings(optimizer),
        batch_size=batch,
    )
    run = Trainer(state.network, state.dataset, training)
    run.advance(30)
    network, settings = state.network, replace(training, schedule=ScheduleSettings())
    for step in range(30):
        rate = rate_at(training, step)
        single = Trainer(network, state.dataset, replace(settings, learning_rate=rate))
        single.advance(1)
        network, settings = single.network(), single.settings()
    assert network == run.network()
    assert settings.optimizer_state == run.settings().optimizer_state


def test_too_large_a_start_that_is_warmed_up_diverges_at_the_same_step_however_it_is_run():
    state = scheduled(lecture_state(), "warm_up", steps=Fraction(1000))
    training = replace(state.training, learning_rate=Fraction(4))
    whole = Trainer(state.network, state.dataset, training)
    whole.advance(100_000)
    assert whole.stopped is not None
    assert whole.stopped.kind == "diverged"
    parts = Trainer(state.network, state.dataset, training)
    while parts.stopped is None:
        parts.advance(3)
    assert parts.step == whole.step
    assert parts.network() == whole.network()


def test_robbins_monro_averages_the_rows():
    """One weight, squares, a rate of 1/(2t) on one row a step: the weight is the mean of the targets seen so far."""
    from neurosim.engine.dataset import Column, Dataset
    from neurosim.engine.network import Network, Neuron, Output

    targets = [3.0, -1.0, 4.0, 1.5, -5.0, 9.0]
    network = Network((Neuron("n", bias=0.0),), (), (Output("n", "y"),))
    training = TrainingSettings(
        batch_size=1, learning_rate=Fraction(1, 2), schedule=ScheduleSettings("inverse_time", {"decay": Fraction(1)})
    )
    trainer = Trainer(network, Dataset({"y": Column(np.array(targets))}), training)
    for count in range(1, 7):
        trainer.advance(1)
        mean = math.fsum(targets[:count]) / count
        assert trainer.parameters()["n.bias"] == pytest.approx(mean, abs=1e-14)
