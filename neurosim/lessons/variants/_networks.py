"""The networks of exercises: one linear or sigmoid neuron, and two neurons in a chain."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings

RIGHT = 240.0


def line_state(
    a: Fraction,
    b: Fraction,
    points: Sequence[tuple[Fraction, Fraction]],
    rate: Fraction = Fraction(1, 10),
    *,
    activation: str = "identity",
    loss: str = "squared_error",
) -> DocumentState:
    """One neuron with one input on data: the lecture's own network with other numbers."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", b, activation, position=(RIGHT, 0.0))),
        (Edge("a", "x", "n", a),),
        (Output("n", "y"),),
    )
    columns = {"x": Column([x for x, _ in points]), "y": Column([y for _, y in points])}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss=loss, learning_rate=rate))


def several_inputs(
    weights: Sequence[Fraction], inputs: Sequence[Fraction], b: Fraction, activation: str
) -> DocumentState:
    """One neuron with several inputs on one row, without a target."""
    places = [(0.0, 120.0 * i - 60.0 * (len(weights) - 1)) for i in range(len(weights))]
    nodes = [InputNode(f"x{i}", f"x{i}", position=place) for i, place in enumerate(places, start=1)]
    edges = tuple(Edge(f"w{i}", f"x{i}", "n", weight) for i, weight in enumerate(weights, start=1))
    neuron = Neuron("n", "f", b, activation, position=(RIGHT, 0.0))
    network = Network((*nodes, neuron), edges, (Output("n", None),))
    columns = {f"x{i}": Column([x]) for i, x in enumerate(inputs, start=1)}
    return DocumentState(network, Dataset(columns), TrainingSettings())


def chain_state(
    first: tuple[Fraction, Fraction], second: tuple[Fraction, Fraction], x: Fraction, y: Fraction, rate: Fraction
) -> DocumentState:
    """x through w and b into a ReLU h, then through v and c into a linear neuron, on one row."""
    network = Network(
        (
            InputNode("x", "x"),
            Neuron("h", "h", first[1], "relu", position=(RIGHT, 0.0)),
            Neuron("n", "f", second[1], position=(2 * RIGHT, 0.0)),
        ),
        (Edge("w", "x", "h", first[0]), Edge("v", "h", "n", second[0])),
        (Output("n", "y"),),
    )
    return DocumentState(network, Dataset({"x": Column([x]), "y": Column([y])}), TrainingSettings(learning_rate=rate))
