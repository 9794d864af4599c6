"""Whether a change by hand touches what the instructor has locked, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.document.state import DocumentState
from neurosim.engine.network import InputNode, Network, bias_id
from neurosim.lessons.hands import Hand, read_hand


def refusal(hand: Hand, old: DocumentState, new: DocumentState) -> str | None:
    """Why the change from *old* to *new* is not made, as a sentence for the learner; ``None``: nothing locked changes.

    Going to another step of training is no change by hand: weights move by themselves there.
    """
    by_hand = old.training.step == new.training.step
    for phrase in sorted(hand.locked):
        kind, name = read_hand(phrase)
        if kind.word == "points" and old.dataset is not new.dataset and old.dataset != new.dataset:
            return "The points are locked in this document: they stay where they are."
        if kind.word == "row" and _row(old, name) != _row(new, name):
            return f"Point {name} is locked in this document: it stays where it is."
        if kind.word in {"weights", "edge", "bias"} and by_hand:
            for parameter in _parameters(kind.word, name, old.network):
                if old.network.parameters.get(parameter) != new.network.parameters.get(parameter):
                    shown = "The weights and biases are" if kind.word == "weights" else f"{_words(kind.word, name)} is"
                    return f"{shown} locked in this document: only training changes them."
        if kind.word == "graph" and _shape(old.network) != _shape(new.network):
            return "The graph is locked in this document: its nodes and edges stay as they are."
        if kind.word == "rate" and old.training.learning_rate != new.training.learning_rate:
            return "The learning rate is locked in this document."
        if kind.word == "training" and by_hand and _settings(old) != _settings(new):
            return "How it is trained is locked in this document: loss, optimizer and batches stay as they are."
    return None


def _row(state: DocumentState, name: str) -> object:
    at = int(name) - 1 if name.isdigit() else -1
    return dict(state.dataset.row(at)) if 0 <= at < state.dataset.n_rows else None


def _parameters(kind: str, name: str, network: Network) -> Iterator[str]:
    if kind == "weights":
        yield from network.parameters
    else:
        yield name if kind == "edge" else bias_id(name)


def _words(kind: str, name: str) -> str:
    return f"Weight {name}" if kind == "edge" else f"The bias of {name}"


def _shape(network: Network) -> object:
    """What is drawn, without places, labels and values."""
    nodes = [
        (node.id, node.column) if isinstance(node, InputNode) else (node.id, getattr(node, "activation", None))
        for node in network.nodes
    ]
    edges = [(edge.id, edge.source, edge.target, edge.muted) for edge in network.edges]
    return nodes, edges, [output.node for output in network.outputs]


def _settings(state: DocumentState) -> object:
    training = state.training
    return (
        training.loss, training.reduction, training.optimizer, training.batch_size, training.shuffle, training.l2,
        training.l1, training.method,
    )  # fmt: skip
