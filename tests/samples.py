"""Documents that many tests begin with."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings


def lecture_state() -> DocumentState:
    """Slide 12 of the lecture: a = 1/3, b = -6, the points (2, 0) and (4, 4), learning rate 1/30."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", Fraction(-6), position=(240.0, 0.0))),
        (Edge("a", "x", "n", Fraction(1, 3)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(2), Fraction(4))), "y": Column((Fraction(0), Fraction(4)))})
    return DocumentState(network, dataset, TrainingSettings(learning_rate=Fraction(1, 30)))


def hidden_state(rows: int = 12) -> DocumentState:
    """A small network with a skip connection on a bent curve, trained by Adam in shuffled mini-batches."""
    numbers = [Fraction(i, 4) for i in range(-rows // 2, rows - rows // 2)]
    dataset = Dataset({"x": Column(tuple(numbers)), "y": Column(tuple(value * value - value / 3 for value in numbers))})
    network = Network(
        (
            InputNode("x", "x"),
            Neuron("h1", bias=Fraction(1, 5), activation="tanh"),
            Neuron("h2", bias=Fraction(-1, 5), activation="tanh"),
            Neuron("n", bias=Fraction(0)),
        ),
        (
            Edge("w1", "x", "h1", Fraction(1, 2)),
            Edge("w2", "x", "h2", Fraction(-3, 4)),
            Edge("w3", "h1", "n", Fraction(1)),
            Edge("w4", "h2", "n", Fraction(1, 3)),
            Edge("skip", "x", "n", Fraction(1, 7), trainable=False),
        ),
        (Output("n", "y"),),
    )
    training = TrainingSettings(
        optimizer=OptimizerSettings("adam"), learning_rate=Fraction(1, 100), batch_size=5, shuffle=True, seed=3
    )
    return DocumentState(network, dataset, training)
