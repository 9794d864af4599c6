"""Many rows take other ways through the engine (products of columns, chunks): the steps are those of plain numpy."""

from collections.abc import Callable

import numpy as np
import pytest

from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer

STEPS = 60
RATE = 0.125


def data(n: int, logistic: bool) -> tuple[FloatArray, FloatArray]:
    """Two inputs (2, n) and a target (n,)."""
    random = np.random.default_rng(n)
    x = random.normal(size=(2, n)) + np.array([[0.5], [-0.25]])
    y = 0.75 * x[0] - 1.5 * x[1] + 0.3 + 0.1 * random.normal(size=n)
    return x, (y > 0).astype(np.float64) if logistic else y


def neuron(
    n: int, activation: str, frozen: bool = False, test_rows: tuple[int, ...] = ()
) -> tuple[Network, Dataset, FloatArray, FloatArray]:
    x, y = data(n, activation == "sigmoid")
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=0.1, activation=activation)),
        (Edge("w1", "x1", "n", 0.5), Edge("w2", "x2", "n", -0.25, trainable=not frozen)),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x1": Column(x[0]), "x2": Column(x[1]), "y": Column(y)}, test_rows)
    keep = np.setdiff1d(np.arange(n), test_rows)
    return network, dataset, x[:, keep], y[keep]


def plain(
    x: FloatArray, y: FloatArray, logistic: bool, moving: FloatArray, l2: float
) -> tuple[list[float], list[list[float]]]:
    """Textbook descent: the loss after each step, and the parameters w1, w2, b."""
    w, losses, path = np.array([0.5, -0.25, 0.1]), [], []
    samples = np.vstack([x, np.ones(x.shape[1])])
    shrink = np.array([l2, l2, 0.0])

    def loss_and_gradient() -> tuple[float, FloatArray]:
        z = w @ samples
        penalty = float(shrink @ (w * w)) / 2
        if logistic:
            value = float(np.mean(np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0.0) - y * z))
            return value + penalty, samples @ (1 / (1 + np.exp(-z)) - y) / len(y) + shrink * w
        return float(np.mean((z - y) ** 2)) + penalty, 2 * samples @ (z - y) / len(y) + shrink * w

    for _ in range(STEPS):
        _, gradient = loss_and_gradient()
        w = w - RATE * moving * gradient
        losses.append(loss_and_gradient()[0])
        path.append(w.tolist())
    return losses, path


sizes = pytest.mark.parametrize("n", [255, 256, 300, 5_000, 16_001, 70_000])
kinds = pytest.mark.parametrize(("activation", "loss"), [("identity", "squared_error"), ("sigmoid", "cross_entropy")])


@sizes
@kinds
@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_steps_and_losses(n: int, activation: str, loss: str, l2: float):
    network, dataset, x, y = neuron(n, activation)
    trainer = Trainer(network, dataset, TrainingSettings(loss, learning_rate=RATE, l2=l2))
    assert trainer.advance(STEPS) == STEPS
    losses, path = plain(x, y, activation == "sigmoid", np.ones(3), l2)
    assert list(trainer.parameters().values()) == pytest.approx(path[-1], rel=1e-11)
    assert trainer.take_losses() == pytest.approx(losses, rel=1e-10)
    assert trainer.loss == pytest.approx(losses[-1], rel=1e-10)
    snapshot = evaluate(trainer.network(), dataset, trainer.settings())
    assert snapshot.loss == pytest.approx(losses[-1], rel=1e-11)


@sizes
@kinds
def test_frozen_weights_and_test_rows(n: int, activation: str, loss: str):
    network, dataset, x, y = neuron(n, activation, frozen=True, test_rows=(0, 7, n - 1))
    trainer = Trainer(network, dataset, TrainingSettings(loss, learning_rate=RATE))
    trainer.advance(STEPS)
    losses, path = plain(x, y, activation == "sigmoid", np.array([1.0, 0.0, 1.0]), 0.0)
    assert list(trainer.parameters().values()) == pytest.approx(path[-1], rel=1e-11)
    assert trainer.parameters()["w2"] == -0.25
    assert trainer.loss == pytest.approx(losses[-1], rel=1e-10)


@sizes
@kinds
def test_one_call_or_many_give_the_same_bits(n: int, activation: str, loss: str):
    network, dataset, _, _ = neuron(n, activation)
    settings = TrainingSettings(loss, learning_rate=RATE)

    def at_once() -> dict[str, float]:
        trainer = Trainer(network, dataset, settings)
        trainer.advance(STEPS)
        return trainer.parameters()

    def one_by_one() -> dict[str, float]:
        trainer = Trainer(network, dataset, settings)
        for _ in range(STEPS):
            trainer.advance(1)
        return trainer.parameters()

    def resumed() -> dict[str, float]:
        now, training = network, settings
        for steps in (1, 22, 37):
            trainer = Trainer(now, dataset, training)
            trainer.advance(steps)
            now, training = trainer.network(), trainer.settings()
        return dict(now.parameters)

    ways: list[Callable[[], dict[str, float]]] = [at_once, one_by_one, resumed]
    first, *others = (way() for way in ways)
    assert all(other == first for other in others)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
@pytest.mark.parametrize("shuffle", [False, True])
def test_mini_batches_out_of_many_rows(optimizer: str, shuffle: bool):
    """Each batch has its own mean, the last one is smaller; gradients of plain numpy go through the same optimizer."""
    n, batch = 1003, 250
    network, dataset, x, y = neuron(n, "sigmoid")
    settings = TrainingSettings(
        "cross_entropy",
        optimizer=OptimizerSettings(optimizer),
        learning_rate=0.01,
        batch_size=batch,
        shuffle=shuffle,
        seed=4,
    )
    trainer = Trainer(network, dataset, settings)
    trainer.advance(11)
    samples, w, gradient = np.vstack([x, np.ones(n)]), np.array([0.5, -0.25, 0.1]), np.zeros(3)
    found = OPTIMIZERS[optimizer]
    step = found.bind(w, gradient, found.fresh_state(3, {}), 0.01, found.complete({}))
    for number in range(11):
        epoch, k = divmod(number, 5)
        order = np.random.default_rng([4, epoch]).permutation(n) if shuffle else np.arange(n)
        rows = order[k * batch : (k + 1) * batch]
        assert len(rows) == (3 if k == 4 else batch)
        z = w @ samples[:, rows]
        gradient[:] = samples[:, rows] @ (1 / (1 + np.exp(-z)) - y[rows]) / len(rows)
        step()
    assert list(trainer.parameters().values()) == pytest.approx(w.tolist(), rel=1e-11)


def test_an_output_without_free_parameters_keeps_its_loss_at_the_optimum():
    n = 100_000
    x, y = np.linspace(0.0, 1.0, n), np.full(n, 2.0)
    network = Network(
        (InputNode("x", "x"), Neuron("p", bias=0.0), Neuron("q", bias=0.0, trainable=False)),
        (Edge("a", "x", "p", 1.0), Edge("c", "x", "q", 0.0, trainable=False)),
        (Output("p", "y"), Output("q", "y")),
    )
    form = quadratic_form(network, Dataset({"x": Column(x), "y": Column(y)}), TrainingSettings())
    # p can be 2 everywhere; q stays 0, so that its mean square is 2².
    assert form is not None
    assert form.minimum_loss == pytest.approx(4.0, rel=1e-12)
