"""What the edits share: the error they raise, and small helpers on states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, bias_id
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number, as_number


class EditError(Exception):
    """An edit cannot be done; the message is the sentence that the user reads."""


OUTPUT = "output:"
"""Outputs are named ``"output:<node id>"`` where nodes and edges are named by their ids."""


def with_dataset(state: DocumentState, data: Dataset) -> DocumentState:
    """*state* with *data*; the same state where it has them already."""
    return state if data is state.dataset else replace(state, dataset=data)


def finite(value: Fraction | float | int, what: str) -> Number:
    """*value* as an exact or finite number.

    Raises:
        EditError: it is NaN or infinite.
    """
    try:
        return as_number(value)
    except ValueError as error:
        raise EditError(f"{what} must be a finite number.") from error


def node_of(network: Network, node: str) -> Node:
    """The node with this id.

    Raises:
        EditError: there is none.
    """
    try:
        return network.node_by_id[node]
    except KeyError:
        raise EditError(f"There is no node {node}.") from None


def neuron_of(network: Network, node: str) -> Neuron:
    """The neuron with this id.

    Raises:
        EditError: there is none, or it is an input or a feature.
    """
    found = node_of(network, node)
    if not isinstance(found, Neuron):
        kind = "an input" if isinstance(found, InputNode) else "a feature"
        raise EditError(f"{network.title(node)} is {kind}: it has neither bias nor activation.")
    return found


def edge_of(network: Network, edge: str) -> Edge:
    """The edge with this id.

    Raises:
        EditError: there is none.
    """
    try:
        return network.edge_by_id[edge]
    except KeyError:
        raise EditError(f"There is no edge {edge}.") from None


def each(ids: Iterable[str] | str) -> tuple[str, ...]:
    """One id or several as a tuple without repetitions, in order."""
    return (ids,) if isinstance(ids, str) else tuple(dict.fromkeys(ids))


def with_network(state: DocumentState, network: Network) -> DocumentState:
    """*state* with *network*, in which what training remembers follows the parameters.

    A parameter that is gone is forgotten, so that a later one with the same id starts afresh; one that is new after
    the start counts as having started where it is now. Those that stay keep their optimizer state.
    """
    training = state.training
    if network.parameters.keys() != state.network.parameters.keys():
        training = _following(training, state.network.parameters, network.parameters)
    return replace(state, network=network, training=training)


def _following(training: TrainingSettings, old: Mapping[str, Number], new: Mapping[str, Number]) -> TrainingSettings:
    start = training.start
    if start is not None:
        start = {name: start[name] if name in start and name in old else value for name, value in new.items()}
    kept = training.optimizer_state
    if kept is not None:
        kept = {
            variable: {name: value for name, value in values.items() if name in new and name in old}
            for variable, values in kept.items()
        }
    return replace(training, start=start, optimizer_state=kept)


def parameter_exists(network: Network, name: str) -> bool:
    """Whether *name* is a weight's or a bias's parameter id."""
    return name in network.parameters


def bias_owner(name: str) -> str | None:
    """The node whose bias *name* (``"n.bias"``) is, or ``None`` when it is not a bias."""
    return name.removesuffix(".bias") if name.endswith(".bias") else None


__all__ = [
    "OUTPUT",
    "EditError",
    "bias_id",
    "bias_owner",
    "each",
    "edge_of",
    "finite",
    "neuron_of",
    "node_of",
    "parameter_exists",
    "with_network",
]
