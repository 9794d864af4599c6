"""The names and short texts that several panels share."""

from __future__ import annotations

from neurosim.engine.network import Network, Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display


def parameter_name(network: Network, parameter: str) -> str:
    """A parameter's short name: the edge's id for a weight; ``b`` for the only bias, else ``b(h1)``."""
    if parameter in network.edge_by_id:
        return parameter
    node = parameter.removesuffix(".bias")
    biased = [neuron.id for neuron in network.neurons if neuron.bias is not None]
    if biased == [node]:
        return "b"
    return f"b({network.title(node)})" if isinstance(network.node_by_id.get(node), Neuron) else parameter


def moves(gradient: Number) -> str:
    """The arrow that says where descent moves a parameter: up when its gradient is negative; none at rest."""
    return "↑" if gradient < 0 else "↓" if gradient > 0 else "·"


def signed(display: Display, value: Number) -> str:
    """*value* with its sign always written; 0 has none."""
    text = display.text(value)
    if value <= 0:
        return text
    return f"~+{text[1:].lstrip()}" if text.startswith("~") else f"+{text}"


def gradients(snapshot: Snapshot) -> list[tuple[str, Number]]:
    """Name and gradient of each trainable parameter, in the canonical order."""
    network = snapshot.network
    return [
        (parameter_name(network, name), snapshot.gradient[name])
        for name, trainable in network.trainable.items()
        if trainable and name in snapshot.gradient
    ]
