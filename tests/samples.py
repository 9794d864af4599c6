"""Documents that many tests begin with."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings


def lecture_state() -> DocumentState:
    """Slide 12 of the lecture: a = 1/3, b = -6, the points (2, 0) and (4, 4), learning rate 1/30."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", Fraction(-6), position=(240.0, 0.0))),
        (Edge("a", "x", "n", Fraction(1, 3)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(2), Fraction(4))), "y": Column((Fraction(0), Fraction(4)))})
    return DocumentState(network, dataset, TrainingSettings(learning_rate=Fraction(1, 30)))
