"""What the symbols of a formula stand for, so that ``(a x + b − y) x`` is taken for ``(ŷ − y) x``."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.network import InputNode, Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.lessons.question import Question

_ACTIVATIONS = {"identity": "{}", "sigmoid": "sigma({})", "tanh": "tanh({})", "relu": "relu({})"}


def meanings_of(question: Question) -> Mapping[str, str]:
    """The question's own, or those of the lecture's neuron where it is about one: z = a x + b and ŷ = f(z)."""
    if question.where:
        return question.where
    line = None if question.snapshot is None else _line(question.snapshot)
    if line is None:
        return {}
    total, activation = line
    return {"ŷ": activation.format(total), "z": total} if activation else {"z": total}


def _line(snapshot: Snapshot) -> tuple[str, str] | None:
    """``a x + b`` of one neuron with one input, and how its activation is written; ``None`` for other networks."""
    network = snapshot.network
    if len(network.neurons) != 1 or len(network.edges) != 1:
        return None
    edge, neuron = network.edges[0], network.neurons[0]
    source = network.node_by_id[edge.source]
    if not isinstance(source, InputNode) or len(edge.id) != 1 or len(source.column) != 1:
        return None
    bias = " + b" if _has_bias(neuron) else ""
    return f"{edge.id} {source.column}{bias}", _ACTIVATIONS.get(neuron.activation, "")


def _has_bias(neuron: Neuron) -> bool:
    return neuron.bias is not None and not neuron.muted
