"""Training: simultaneous, repeatable to the bit, at rest in memory, and at an end with a sentence."""

import tracemalloc
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer

LINE = Network(
    (InputNode("x", "x"), Neuron("n", "f", bias=Fraction(-6))),
    (Edge("a", "x", "n", Fraction(1, 3)),),
    (Output("n", "y"),),
)
LECTURE = Dataset({"x": Column([Fraction(2), Fraction(4)]), "y": Column([Fraction(0), Fraction(4)])})


def curve(n: int, seed: int = 0) -> Dataset:
    x = np.random.default_rng(seed).normal(size=n)
    return Dataset({"x": Column(x), "y": Column(2 * x - 1 + 0.1 * np.sin(9 * x))})


def classes(n: int) -> Dataset:
    x = np.random.default_rng(1).normal(size=n)
    return Dataset({"x": Column(x), "y": Column((x > 0.3).astype(float))})


def hidden(output: str = "identity") -> Network:
    nodes = (
        InputNode("x", "x"),
        Neuron("h1", bias=0.1, activation="tanh"),
        Neuron("h2", bias=-0.2, activation="sigmoid"),
        Neuron("n", bias=0.0, activation=output),
    )
    edges = (
        Edge("a", "x", "h1", 0.5),
        Edge("b", "x", "h2", -0.4),
        Edge("c", "h1", "n", 0.3),
        Edge("d", "h2", "n", 0.9),
        Edge("e", "x", "n", 0.2),
    )
    return Network(nodes, edges, (Output("n", "y"),))


def logistic() -> Network:
    neuron = Neuron("n", bias=0.25, activation="sigmoid")
    return Network((InputNode("x", "x"), neuron), (Edge("a", "x", "n", -0.5),), (Output("n", "y"),))


CASES = {
    "rows of a line": (LINE, curve(40), TrainingSettings(learning_rate=0.05)),
    "sums of a line": (LINE, curve(400), TrainingSettings(learning_rate=0.05)),
    "logistic": (logistic(), classes(60), TrainingSettings(loss="cross_entropy", learning_rate=0.5)),
    "logistic, many rows": (logistic(), classes(3001), TrainingSettings(loss="cross_entropy", learning_rate=0.5)),
    "hidden": (hidden(), curve(30), TrainingSettings(learning_rate=0.02)),
    "hidden, chunks": (hidden(), curve(20_000), TrainingSettings(learning_rate=0.02)),
    "batches": (hidden(), curve(30), TrainingSettings(learning_rate=0.02, batch_size=7)),
    "shuffled": (hidden(), curve(30), TrainingSettings(learning_rate=0.02, batch_size=7, shuffle=True, seed=4)),
    "momentum": (
        hidden(),
        curve(30),
        TrainingSettings(
            learning_rate=0.01, optimizer=OptimizerSettings("sgd", {"momentum": 0.9, "dampening": 0.1}), l2=0.01
        ),
    ),
    "adam": (
        hidden(),
        curve(30),
        TrainingSettings(learning_rate=0.01, optimizer=OptimizerSettings("adam"), batch_size=11, shuffle=True, l1=0.01),
    ),
}


@pytest.fixture(params=CASES, ids=lambda name: name.replace(" ", "-"))
def case(request: pytest.FixtureRequest) -> tuple[Network, Dataset, TrainingSettings]:
    return CASES[request.param]


def test_replay_gives_the_same_bits_however_it_is_cut(case: tuple[Network, Dataset, TrainingSettings]):
    network, dataset, settings = case
    whole = Trainer(network, dataset, settings)
    assert whole.advance(300, watch=False) == 300
    pieces = Trainer(network, dataset, settings)
    for steps in (1, 2, 50, 100, 7, 140):
        pieces.advance(steps, watch=False)
        pieces = Trainer(pieces.network(), dataset, pieces.settings())
    assert pieces.step == whole.step == 300
    assert pieces.parameters() == whole.parameters()
    assert pieces.settings().start == whole.settings().start == network.parameters


def test_the_loss_recorded_is_the_loss_shown(case: tuple[Network, Dataset, TrainingSettings]):
    network, dataset, settings = case
    trainer = Trainer(network, dataset, settings)
    assert trainer.loss == pytest.approx(float(evaluate(network, dataset, settings).loss), rel=1e-12)
    for _ in range(3):
        trainer.advance(5, watch=False)
        steps, losses = trainer.take_trace()
        shown = evaluate(trainer.network(), dataset, settings).loss
        assert steps[-1] == trainer.step
        assert losses[-1] == trainer.loss == pytest.approx(float(shown), rel=1e-10)
        if settings.batch_size is None:
            assert steps.tolist() == list(range(trainer.step - 4, trainer.step + 1))


def test_all_parameters_move_at_once(case: tuple[Network, Dataset, TrainingSettings]):
    """One plain step is theta - rate * gradient with the gradient of the snapshot before it, for all of them."""
    network, dataset, settings = case
    settings = replace(settings, optimizer=OptimizerSettings(), batch_size=None)
    gradient = evaluate(network, dataset, settings).gradient
    trainer = Trainer(network, dataset, settings)
    trainer.advance(1)
    rate = float(settings.learning_rate)
    expected = {name: float(value) - rate * float(gradient[name]) for name, value in network.parameters.items()}
    assert trainer.parameters() == pytest.approx(expected, rel=1e-12, abs=1e-14)


def test_a_step_allocates_nothing(case: tuple[Network, Dataset, TrainingSettings]):
    network, dataset, settings = case
    if settings.batch_size is not None and settings.shuffle:
        pytest.skip("an order is drawn for each epoch")
    trainer = Trainer(network, dataset, settings)
    trainer.advance(300, watch=False)
    trainer.take_trace()
    descent, losses = trainer._descent, np.empty(100)
    with np.errstate(all="ignore"):
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            descent.run(trainer.step, losses)
            peak = tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()
    assert peak < 2000  # a few Python numbers; one vector of the largest case alone has 160,000 bytes


def test_few_rows_and_sums_of_many_agree():
    """The form by sums of products against the plain one on the same data: descent over 1,000 steps."""
    x = np.random.default_rng(2).normal(size=255)
    few = Dataset({"x": Column(x), "y": Column(3 * x + np.cos(5 * x))})
    many = Dataset({name: Column(np.concatenate([column.floats] * 2)) for name, column in few.columns.items()})
    settings = TrainingSettings(learning_rate=0.01, l2=0.1)
    plain, summed = Trainer(LINE, few, settings), Trainer(LINE, many, settings)
    plain.advance(1000, watch=False)
    summed.advance(1000, watch=False)
    assert summed.parameters() == pytest.approx(plain.parameters(), rel=1e-12)
    assert summed.take_losses() == pytest.approx(plain.take_losses(), rel=1e-12)


def test_a_perfect_fit_of_many_rows_keeps_its_digits():
    x = np.random.default_rng(3).normal(size=1000)
    dataset = Dataset({"x": Column(x), "y": Column(2 * x - 1)})
    trainer = Trainer(LINE, dataset, TrainingSettings(learning_rate=0.3))
    trainer.advance(128, watch=False)
    assert trainer.loss < 1e-28
    assert trainer.parameters() == pytest.approx({"a": 2.0, "n.bias": -1.0}, rel=1e-14)


@pytest.mark.parametrize(("rate", "stops"), [(Fraction(1, 30), "converged"), (Fraction(1, 10), "diverged")])
def test_the_lectures_line_ends_with_a_sentence(rate: Fraction, stops: str):
    trainer = Trainer(LINE, LECTURE, TrainingSettings(learning_rate=rate))
    done = trainer.advance(100_000)
    stop = trainer.stopped
    assert stop is not None
    assert stop.kind == stops
    assert trainer.step == done < 100_000
    assert trainer.advance(10) == 0
    if stops == "diverged":
        # 51.78 * 1e6 is passed where (0.1 * 21.8167 - 1)^(2k) * 51.78 > 5.178e7: at k = 42
        assert done == 42
        assert f"step {done}" in stop.sentence
        assert "1/10 is above 0.0917, the largest stable rate" in stop.sentence
        assert np.isfinite(list(trainer.parameters().values())).all()
    else:
        assert trainer.parameters() == pytest.approx({"a": 2.0, "n.bias": -4.0}, abs=1e-5)


@pytest.mark.parametrize("batch", [None, 1])
@pytest.mark.parametrize("power", [3, 30, 160, 300])
def test_divergence_keeps_the_last_finite_state(power: int, batch: int | None):
    settings = TrainingSettings(learning_rate=Fraction(10**power), batch_size=batch)
    trainer = Trainer(LINE, LECTURE, settings)
    trainer.advance(1000)
    assert trainer.stopped is not None
    assert trainer.stopped.kind == "diverged"
    assert np.isfinite(trainer.loss)
    snapshot = evaluate(trainer.network(), LECTURE, trainer.settings())
    assert snapshot.problem is None
    assert float(snapshot.loss) == pytest.approx(trainer.loss, rel=1e-9)
    assert np.isfinite(trainer.take_losses()).all()


def test_mini_batches_find_the_step_that_went_too_far():
    """The step named is the first whose full loss is a million times the start, as single steps show."""
    settings = TrainingSettings(learning_rate=Fraction(3, 2), batch_size=1)
    dataset = curve(50)
    trainer = Trainer(LINE, dataset, settings)
    trainer.advance(10_000)
    assert trainer.stopped is not None
    single = Trainer(LINE, dataset, settings)
    start = single.loss
    while single.stopped is None and single.loss <= 1e6 * start:
        single.advance(1)
    assert trainer.step <= single.step + 50
    assert f"step {trainer.step}" in trainer.stopped.sentence


def test_a_time_limit_is_kept_and_takes_one_step_at_least():
    trainer = Trainer(hidden(), curve(30), TrainingSettings(learning_rate=0.001))
    assert trainer.advance(10**9, seconds=0.0) >= 1
    before = trainer.step
    done = trainer.advance(10**9, seconds=0.02)
    assert 1 <= done < 10**6
    assert trainer.step == before + done


@pytest.mark.parametrize(
    ("network", "dataset", "settings", "word"),
    [
        (LINE, LECTURE, TrainingSettings(loss="cross_entropy"), "sigmoid"),
        (LINE, LECTURE, TrainingSettings(loss="nonsense"), "nonsense"),
        (LINE, LECTURE, TrainingSettings(optimizer=OptimizerSettings("magic")), "magic"),
        (LINE, LECTURE, TrainingSettings(optimizer=OptimizerSettings("sgd", {"momentum": 2.0})), "Momentum"),
        (LINE, LECTURE, TrainingSettings(batch_size=0), "row"),
        (LINE, Dataset({}), TrainingSettings(), "data"),
        (LINE, replace(LECTURE, test_rows=(0, 1)), TrainingSettings(), "test rows"),
        (replace(LINE, outputs=()), LECTURE, TrainingSettings(), "output"),
        (LINE.with_parameters({"a": 1e308}), LECTURE, TrainingSettings(), "too large"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_a_sentence(
    network: Network, dataset: Dataset, settings: TrainingSettings, word: str
):
    with pytest.raises(TrainingError, match=word):
        Trainer(network, dataset, settings)
    assert exact_step(network, dataset, settings) is None
