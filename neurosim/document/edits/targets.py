"""Edits of what outputs are compared with: a transform of their column, an output for each class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import OUTPUT, EditError, with_network
from neurosim.document.edits.settings import set_loss
from neurosim.document.edits.transforms import check_settings, classes_in, transform_named, with_setting
from neurosim.document.state import DocumentState
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output, Point
from neurosim.engine.transforms.base import Choice, Chosen


def set_target_transform(
    state: DocumentState, node: str, transform: str | None, settings: Chosen = ()
) -> DocumentState:
    """Compare an output with what *transform* makes of its column; ``None``: with the column as it is."""
    output = _output(state.network, node)
    if transform is not None:
        found = transform_named(transform)
        if not found.of_target:
            raise EditError(f"{found.title} makes no sense for a target.")
        check_settings(found, settings)
    changed = replace(output, transform=transform, settings=settings if transform is not None else ())
    return _with_output(state, changed)


def set_target_setting(state: DocumentState, node: str, name: str, value: Choice) -> DocumentState:
    """Choose one setting of the transform of an output's target."""
    output = _output(state.network, node)
    if output.transform is None:
        raise EditError("The target is met as it is: there is nothing to set.")
    settings = with_setting(output.transform, output.settings, name, value)
    return _with_output(state, replace(output, settings=settings))


def output_per_class(state: DocumentState, column: str) -> DocumentState:
    """A neuron and an output for each class of *column*, and the softmax cross-entropy.

    They take the place of the outputs that there are, and read what those read, with weights of 0.

    Raises:
        EditError: the column has fewer than two classes, or more than ``MOST_CLASSES``.
    """
    classes = classes_in(state, column)
    network = state.network
    if len(classes) < 2:
        raise EditError(f"{column} has one value in all rows: there is nothing to tell apart.")
    old = [output.node for output in network.outputs]
    neurons = [name for name in old if isinstance(network.node_by_id[name], Neuron)]
    feeding = [edge.source for name in neurons for edge in network.incoming[name]] or _loose_ends(network, column)
    sources = [name for name in dict.fromkeys(feeding) if name not in neurons]
    x, y = _middle(network, neurons or sources, beside=not neurons)
    network = replace(network, outputs=()).without(*(name for name in neurons if not network.outgoing[name]))
    for number, value in enumerate(classes):
        name = network.fresh_id("n")
        place = (x, y + 150.0 * (number - (len(classes) - 1) / 2))
        network = network.with_node(Neuron(name, label=str(value) if isinstance(value, str) else "", position=place))
        for source in sources:
            network = network.with_edge(Edge(network.fresh_id("w"), source, name, Fraction(0)))
        output = Output(name, column, transform="indicator", settings=(("class", value),))
        network = replace(network, outputs=(*network.outputs, output))
    return set_loss(with_network(state, network), "softmax_cross_entropy")


def _output(network: Network, node: str) -> Output:
    found = network.output_of(node.removeprefix(OUTPUT))
    if found is None:
        raise EditError(f"{node} is not an output.")
    return found


def _with_output(state: DocumentState, output: Output) -> DocumentState:
    network = state.network
    outputs = tuple(output if old.node == output.node else old for old in network.outputs)
    return with_network(state, replace(network, outputs=outputs))


def _loose_ends(network: Network, column: str) -> list[str]:
    """What could feed an output in a network without one: the neurons that lead nowhere, else inputs and features."""
    neurons = [neuron.id for neuron in network.neurons if not network.outgoing[neuron.id]]
    if neurons:
        return neurons
    plain = [node for node in network.sources if not (isinstance(node, InputNode) and node.column == column)]
    return [node.id for node in plain if not network.readers(node.id)]


def _middle(network: Network, nodes: Sequence[str], *, beside: bool) -> Point:
    places = [network.node_by_id[name].position for name in nodes] or [(0.0, 0.0)]
    x = max(place[0] for place in places) + (240.0 if beside else 0.0)
    return x, sum(place[1] for place in places) / len(places)
