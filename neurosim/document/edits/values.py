"""Edits of what stands on the drawing: weights, biases, activations, muting, freezing, columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import (
    EditError,
    bias_owner,
    each,
    edge_of,
    finite,
    neuron_of,
    node_of,
    with_network,
)
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.numbers.exact import Number


def set_weight(state: DocumentState, edge: str, value: Fraction | float | int) -> DocumentState:
    """Give an edge a weight."""
    found = replace(edge_of(state.network, edge), weight=finite(value, "A weight"))
    return with_network(state, state.network.with_edge(found))


def set_bias(state: DocumentState, node: str, value: Fraction | float | int) -> DocumentState:
    """Give a neuron a bias; one that had none gets one."""
    found = replace(neuron_of(state.network, node), bias=finite(value, "A bias"))
    return with_network(state, state.network.with_node(found))


def add_bias(state: DocumentState, node: str, value: Fraction | float | int = Fraction(0)) -> DocumentState:
    """Give a neuron without a bias one."""
    if neuron_of(state.network, node).bias is not None:
        raise EditError(f"{state.network.title(node)} already has a bias.")
    return set_bias(state, node, value)


def remove_bias(state: DocumentState, node: str) -> DocumentState:
    """Take a neuron's bias away."""
    if neuron_of(state.network, node).bias is None:
        raise EditError(f"{state.network.title(node)} has no bias.")
    found = replace(neuron_of(state.network, node), bias=None, trainable=True, muted=False)
    return with_network(state, state.network.with_node(found))


def set_parameter(state: DocumentState, name: str, value: Fraction | float | int) -> DocumentState:
    """Set a weight by its edge's id or a bias as ``"<node id>.bias"``."""
    node = bias_owner(name)
    return set_weight(state, name, value) if node is None else set_bias(state, node, value)


def set_parameters(state: DocumentState, values: Mapping[str, Fraction | float | int]) -> DocumentState:
    """Set several weights and biases by their parameter ids."""
    for name in values:
        if name not in state.network.parameters:
            raise EditError(f"There is no weight or bias {name}.")
    numbers: dict[str, Number] = {name: finite(value, name) for name, value in values.items()}
    return with_network(state, state.network.with_parameters(numbers))


def set_activation(state: DocumentState, ids: Iterable[str] | str, name: str) -> DocumentState:
    """Give neurons an activation function."""
    if name not in ACTIVATIONS:
        raise EditError(f"There is no activation {name!r}; there are: {', '.join(ACTIVATIONS)}.")
    network = state.network
    for node in each(ids):
        network = network.with_node(replace(neuron_of(network, node), activation=name))
    return with_network(state, network)


def set_muted(state: DocumentState, ids: Iterable[str] | str, muted: bool) -> DocumentState:
    """Let edges and biases (named by ``"n.bias"`` or by their neuron) count as 0, or count again."""
    network = state.network
    for identifier in each(ids):
        if identifier in network.edge_by_id:
            network = network.with_edge(replace(network.edge_by_id[identifier], muted=muted))
        else:
            network = network.with_node(replace(_biased(network, identifier), muted=muted))
    return with_network(state, network)


def set_frozen(state: DocumentState, ids: Iterable[str] | str, frozen: bool) -> DocumentState:
    """Keep edges and biases (named by ``"n.bias"`` or by their neuron) as they are in training, or let them learn."""
    network = state.network
    for identifier in each(ids):
        if identifier in network.edge_by_id:
            network = network.with_edge(replace(network.edge_by_id[identifier], trainable=not frozen))
        else:
            network = network.with_node(replace(_biased(network, identifier), trainable=not frozen))
    return with_network(state, network)


def set_input_column(state: DocumentState, node: str, column: str) -> DocumentState:
    """Let an input read another column."""
    found = node_of(state.network, node)
    if not isinstance(found, InputNode):
        raise EditError(f"{state.network.title(node)} is no input: it reads what leads into it, not a column.")
    _check_column(state, column)
    return with_network(state, state.network.with_node(replace(found, column=column)))


def set_output_column(state: DocumentState, node: str, column: str | None) -> DocumentState:
    """Compare an output with another column, as it is; ``None``: with none yet."""
    network = state.network
    if network.output_of(node) is None:
        raise EditError(f"{node} is not an output.")
    if column is not None:
        _check_column(state, column)
    outputs = tuple(
        replace(output, column=column, transform=None, settings=()) if output.node == node else output
        for output in network.outputs
    )
    return with_network(state, replace(network, outputs=outputs))


def _biased(network: Network, identifier: str) -> Neuron:
    owner = bias_owner(identifier)
    name = identifier if owner is None else owner
    if name not in network.node_by_id:
        raise EditError(f"There is no edge or bias {identifier}.")
    neuron = neuron_of(network, name)
    if neuron.bias is None:
        raise EditError(f"{network.title(name)} has no bias.")
    return neuron


def _check_column(state: DocumentState, column: str) -> None:
    if column not in state.dataset.names:
        names = ", ".join(state.dataset.names) or "none"
        raise EditError(f"The data have no column {column!r}; there are: {names}.")
