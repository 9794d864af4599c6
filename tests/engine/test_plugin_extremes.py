"""Every activation, loss and optimizer at the edges: a finite number or a sentence, never NaN on show."""

import itertools
import math

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.trainer import Trainer

TARGETS = {"numbers": [1.0, -2.5, 4.0], "signs": [1.0, -1.0, 1.0], "classes": [1.0, 0.0, 1.0], "one class": [1.0] * 3}
ROWS = {
    "ordinary": [0.5, -1.0, 2.0],
    "equal": [3.0, 3.0, 3.0],
    "far": [1000.0, -1000.0, 0.0],
    "enormous": [1e308, -1e308, 1e200],
    "tiny": [5e-324, -5e-324, 0.0],
}
WEIGHTS = [0.0, 1.0, -1000.0, 1e154, 1e308]


def network(activation: str, outputs: int, weight: float, last: str) -> Network:
    """x -> h (activation) -> one or two outputs, with a skip connection into the first."""
    names = [f"o{k}" for k in range(outputs)]
    return Network(
        (
            InputNode("x", "x"),
            Neuron("h", bias=0.5, activation=activation),
            *(Neuron(name, bias=0.25, activation=last) for name in names),
        ),
        (
            Edge("xh", "x", "h", weight),
            *(Edge(f"h{name}", "h", name, weight) for name in names),
            Edge("skip", "x", "o0", weight),
        ),
        tuple(Output(name, f"y{k}") for k, name in enumerate(names)),
    )


def table(rows: list[float], targets: list[float], outputs: int) -> Dataset:
    columns = {"x": rows, "y0": targets[: len(rows)]}
    if outputs == 2:
        columns["y1"] = [1.0 - value for value in columns["y0"]]
    return Dataset({name: Column(values) for name, values in columns.items()})


def setups(loss: str) -> tuple[int, str]:
    found = LOSSES[loss]
    return (2 if found.joint else 1), (found.pairs_with or "identity")


def check(snapshot: Snapshot) -> None:
    """Nothing on show is NaN or infinite; without a loss there is a sentence."""
    for values in (*snapshot.activations.values(), *snapshot.pre_activations.values(), snapshot.row_losses):
        assert np.isfinite(values).all()
    assert all(math.isfinite(value) for value in snapshot.gradient.values())
    if snapshot.problem is None:
        assert snapshot.loss is not None
        assert math.isfinite(snapshot.loss)
        assert set(snapshot.gradient) == set(snapshot.network.parameters)
    else:
        assert snapshot.loss is None
        assert not snapshot.gradient
        assert snapshot.problem[0].isupper()
        assert snapshot.problem.endswith(".")


pairs = pytest.mark.parametrize(("activation", "loss"), list(itertools.product(ACTIVATIONS, LOSSES)))


@pairs
def test_evaluate_never_shows_nan(activation: str, loss: str):
    outputs, last = setups(loss)
    for rows, targets, weight in itertools.product(ROWS.values(), TARGETS.values(), WEIGHTS):
        check(
            evaluate(network(activation, outputs, weight, last), table(rows, targets, outputs), TrainingSettings(loss))
        )


@pytest.mark.parametrize("loss", list(LOSSES))
def test_no_rows_one_row_one_class(loss: str):
    outputs, last = setups(loss)
    net = network("tanh", outputs, 1.0, last)
    empty = evaluate(net, table([], [], outputs), TrainingSettings(loss))
    assert empty.problem is not None
    with pytest.raises(TrainingError, match=r"\.$"):
        Trainer(net, table([], [], outputs), TrainingSettings(loss))
    for reduction in REDUCTIONS:
        one = evaluate(net, table([2.0], [1.0], outputs), TrainingSettings(loss, reduction))
        assert one.problem is None
        check(one)
        same = evaluate(net, table(ROWS["ordinary"], TARGETS["one class"], outputs), TrainingSettings(loss, reduction))
        assert same.problem is None
        check(same)


@pytest.mark.slow
@pytest.mark.parametrize(("loss", "optimizer"), list(itertools.product(LOSSES, OPTIMIZERS)))
@pytest.mark.parametrize("rate", [0.05, 1e6, 1e300])
def test_training_ends_finite_or_in_a_sentence(loss: str, optimizer: str, rate: float):
    outputs, last = setups(loss)
    for rows, activation in itertools.product(("ordinary", "far", "enormous"), ("relu", "tanh", "identity")):
        settings = TrainingSettings(loss, optimizer=OptimizerSettings(optimizer), learning_rate=rate)
        data = table(ROWS[rows], TARGETS["one class"], outputs)
        try:
            trainer = Trainer(network(activation, outputs, 1.0, last), data, settings)
        except TrainingError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
            continue
        taken = trainer.advance(200)
        assert all(math.isfinite(value) for value in trainer.parameters().values())
        assert math.isfinite(trainer.loss)
        assert np.isfinite(trainer.take_losses()).all()
        assert taken == 200 or (trainer.stopped is not None and trainer.stopped.sentence.endswith("."))
        check(evaluate(trainer.network(), data, trainer.settings()))
