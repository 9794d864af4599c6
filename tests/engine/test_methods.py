"""Closed form, random search and finite differences against numbers from elsewhere; and what holds for every method."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim.document.json_format import load
from neurosim.engine.coming_step import coming_step
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.methods import METHODS, Method
from neurosim.engine.methods.base import CONTROLS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.readiness import training_problem
from neurosim.engine.settings import OptimizerSettings
from neurosim.engine.trainer import Trainer
from samples import hidden_state, lecture_state

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
every = pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))


def by(state, name, **settings):
    return replace(state, training=replace(state.training, method=name, **settings))


def taken(state):
    found = exact_step(state.network, state.dataset, state.training)
    assert found is not None
    return replace(state, network=found[0], training=found[1])


def trainer_of(state):
    return Trainer(state.network, state.dataset, state.training)


@every
def test_is_described(method: Method):
    assert method.title
    assert method.formula
    assert method.help.endswith(".")
    assert set(method.idle) <= set(CONTROLS)
    assert all(reason.endswith(".") for reason in method.idle.values())
    assert method.unfit({}) is None
    assert method.unfit({"nonsense": Fraction(1)}) is not None
    for setting in method.settings:
        assert setting.help.endswith(".")
        assert method.unfit({setting.name: setting.default}) is None


@every
def test_a_step_is_a_pure_function_of_the_state(method: Method):
    """Taken one at a time by new trainers, as after a save and a load, a run is the same bit for bit."""
    state = by(hidden_state(), method.name, learning_rate=Fraction(1, 10))
    if method.name in ("perceptron_rule", "closed_form"):
        assert training_problem(state.network, state.dataset, state.training) is not None
        state = by(load(EXAMPLES / "food_trucks.neurosim"), method.name)
    if method.name == "perceptron_rule":
        signs = Column(tuple(Fraction(int(y > 5)) for y in state.dataset.columns["profit_10k"].floats))
        state = replace(state, dataset=Dataset({**state.dataset.columns, "profit_10k": signs}))
    whole = trainer_of(state)
    whole.advance(13)
    network, settings = state.network, state.training
    while settings.step < whole.step:
        part = Trainer(network, state.dataset, settings)
        part.advance(1)
        network, settings = part.network(), part.settings()
    assert (network, settings) == (whole.network(), whole.settings())


@every
def test_the_coming_step_is_the_step(method: Method):
    for state in (by(lecture_state(), method.name), by(hidden_state(), method.name)):
        if training_problem(state.network, state.dataset, state.training) is not None:
            coming = coming_step(evaluate(state.network, state.dataset, state.training))
            assert coming.problem == training_problem(state.network, state.dataset, state.training)
            continue
        coming = coming_step(evaluate(state.network, state.dataset, state.training))
        found = exact_step(state.network, state.dataset, state.training)
        if found is not None:
            assert coming.exact
            assert {name: found[0].parameters[name] for name in coming.values} == coming.values
        else:
            trainer = trainer_of(state)
            trainer.advance(1)
            after = trainer.network().parameters
            for name, value in coming.values.items():
                assert float(value) == pytest.approx(float(after[name]), rel=1e-13)


# -- closed form ---------------------------------------------------------------------------------------------------


def test_the_closed_form_is_one_exact_step():
    """The line through (2, 0) and (4, 4): slope 2, intercept -4."""
    state = taken(by(lecture_state(), "closed_form"))
    assert state.network.parameters == {"a": Fraction(2), "n.bias": Fraction(-4)}
    assert state.training.step == 1
    assert state.training.start == lecture_state().network.parameters
    assert taken(state).network == state.network


def test_a_run_of_the_closed_form_ends_after_one_step_and_stays_exact():
    trainer = trainer_of(by(lecture_state(), "closed_form"))
    assert trainer.advance(1000) == 1
    assert trainer.stopped is not None
    assert trainer.stopped.kind == "converged"
    assert trainer.network().parameters == {"a": Fraction(2), "n.bias": Fraction(-4)}


def test_food_trucks_are_solved_as_numpy_solves_them():
    state = by(load(EXAMPLES / "food_trucks.neurosim"), "closed_form")
    trainer = trainer_of(state)
    trainer.advance(5)
    columns = state.dataset.columns
    slope, intercept = np.polyfit(columns["population_10k"].floats, columns["profit_10k"].floats, 1)
    found = trainer.network().parameters
    assert float(found["w"]) == pytest.approx(slope, rel=1e-10)
    assert float(found["n.bias"]) == pytest.approx(intercept, rel=1e-10)


def test_ridge_by_hand():
    """Points (2, 0), (4, 4), mean of squares, l2 = 2: the loss (2a+b)²/2 + (4a+b-4)²/2 + a².

    Setting both derivatives to 0: 20a + 6b - 16 + 2a = 0 and 6a + 2b - 4 = 0, so b = 2 - 3a and 22a + 12 - 18a = 16:
    a = 1, b = -1.
    """
    state = taken(by(lecture_state(), "closed_form", l2=Fraction(2)))
    assert state.network.parameters == {"a": Fraction(1), "n.bias": Fraction(-1)}


def test_an_optimum_that_is_not_unique_is_said_and_ridge_makes_it_so():
    state = by(lecture_state(), "closed_form")
    columns = {"x": Column((Fraction(2), Fraction(2))), "y": Column((Fraction(0), Fraction(4)))}
    state = replace(state, dataset=Dataset(columns))
    assert exact_step(state.network, state.dataset, state.training) is None
    with pytest.raises(TrainingError, match=r"All values of x are equal.*ridge"):
        trainer_of(state)
    assert "All values of x are equal" in (
        coming_step(evaluate(state.network, state.dataset, state.training)).problem or ""
    )
    ridge = by(state, "closed_form", l2=Fraction(1, 100))
    # The weight only costs: it becomes 0, and the bias the mean of 0 and 4.
    assert taken(ridge).network.parameters == {"a": Fraction(0), "n.bias": Fraction(2)}


def test_where_there_is_no_closed_form_that_is_said():
    state = by(hidden_state(), "closed_form")
    assert "no closed form" in training_problem(state.network, state.dataset, state.training)
    lasso = by(lecture_state(), "closed_form", l1=Fraction(1))
    assert "no l1" in training_problem(lasso.network, lasso.dataset, lasso.training)


# -- random search -------------------------------------------------------------------------------------------------


def test_random_search_takes_what_is_better_and_leaves_the_rest():
    state = by(lecture_state(), "random_search", seed=4)
    kept = 0
    for step in range(60):
        draws = np.rint(100 * np.random.default_rng([4, step]).standard_normal(2))
        before = state.network.parameters
        tried = {
            name: before[name] + Fraction(1, 30) * Fraction(int(draw), 100)
            for name, draw in zip(("a", "n.bias"), draws, strict=True)
        }

        def loss(values: dict[str, Fraction]) -> Fraction:
            a, b = values["a"], values["n.bias"]
            return ((2 * a + b) ** 2 + (4 * a + b - 4) ** 2) / 2

        better = loss(tried) < loss(dict(before))
        kept += better
        state = taken(state)
        assert state.network.parameters == (tried if better else before)
    assert 15 < kept < 45


def test_random_search_comes_down_on_a_network_with_hidden_neurons():
    state = by(hidden_state(), "random_search", learning_rate=Fraction(1, 5))
    trainer = trainer_of(state)
    start = trainer.loss
    trainer.advance(2000)
    losses = trainer.take_losses()
    assert (np.diff(losses) <= 0).all()
    assert trainer.loss < start / 5
    assert trainer.network().parameters["skip"] == Fraction(1, 7)  # frozen


# -- finite differences --------------------------------------------------------------------------------------------


def test_finite_differences_of_a_quadratic_loss_are_the_gradient():
    """The central quotient of a parabola is its derivative: the lecture's own step comes out, whatever h is."""
    for nudge in (Fraction(1, 100), Fraction(3)):
        state = taken(by(lecture_state(), "finite_difference", method_settings={"nudge": nudge}))
        assert state.network.parameters == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_finite_differences_go_where_the_gradient_goes(optimizer: str):
    base = replace(hidden_state(), training=replace(hidden_state().training, batch_size=None))
    settings = OptimizerSettings(optimizer)
    descent = trainer_of(by(base, "gradient_descent", optimizer=settings))
    nudged = trainer_of(
        by(base, "finite_difference", optimizer=settings, method_settings={"nudge": Fraction(1, 10**5)})
    )
    descent.advance(25)
    nudged.advance(25)
    for name, value in descent.parameters().items():
        assert nudged.parameters()[name] == pytest.approx(value, rel=1e-5, abs=1e-6)


def test_a_run_by_differences_converges_at_the_optimum():
    state = by(lecture_state(), "finite_difference", learning_rate=Fraction(1, 11))
    trainer = trainer_of(state)
    trainer.advance(100_000)
    assert trainer.stopped is not None
    assert trainer.stopped.kind == "converged"
    assert trainer.parameters() == pytest.approx({"a": 2.0, "n.bias": -4.0}, abs=1e-4)


# -- in a frame ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if not method.by_gradient])
def test_a_large_table_does_not_hold_up_a_frame(name: str):
    """The step is taken, but not worked out beforehand; and what was worked out is not worked out twice."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=50_000)
    large = Dataset({"x": Column(x), "y": Column((x > 0.3).astype(float))})
    state = by(replace(lecture_state(), dataset=large), name)
    coming = coming_step(evaluate(state.network, state.dataset, state.training))
    assert coming.values == {}
    assert "With so many rows" in (coming.problem or "")
    trainer = trainer_of(state)
    assert trainer.advance(1) == 1
    assert trainer.network() != state.network or name == "random_search"
    small = by(lecture_state(), name)
    if name != "perceptron_rule":
        snapshot = evaluate(small.network, small.dataset, small.training)
        assert coming_step(snapshot) is coming_step(snapshot)
