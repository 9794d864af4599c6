"""Edits of the representation: features of the inputs, put before or beside what reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import EditError, node_of, with_network
from neurosim.document.edits.feature_places import free_place, make_room
from neurosim.document.edits.transforms import check_settings, classes_in, transform_named, with_setting
from neurosim.document.state import DocumentState
from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Point
from neurosim.engine.representation import Represented, represented
from neurosim.engine.transforms import TRANSFORMS, Transform
from neurosim.engine.transforms.base import Choice, Chosen
from neurosim.numbers.exact import Number

STEMS: Mapping[str, str] = {"standardise": "s", "min_max": "m", "power": "p", "product": "m", "indicator": "k"}


def add_feature(
    state: DocumentState,
    transform: str,
    sources: Sequence[str] = (),
    position: Point | None = None,
    settings: Chosen = (),
    *,
    identifier: str | None = None,
) -> DocumentState:
    """Add a feature calculated from *sources* (inputs or features), which nothing reads yet.

    Without a *position* it stands to the right of its sources. Its id is *identifier*, by default
    ``feature_id(network, transform)``.
    """
    found = transform_named(transform)
    network = state.network
    _check_sources(network, found, sources)
    check_settings(found, settings)
    name = identifier if identifier is not None else feature_id(network, transform)
    place = position if position is not None else free_place(network, sources)
    return with_network(state, network.with_node(Feature(name, transform, tuple(sources), settings, position=place)))


def feature_id(network: Network, transform: str) -> str:
    """The id that ``add_feature`` gives the next feature."""
    return network.fresh_id(STEMS.get(transform, "f"))


def read_through(
    state: DocumentState, transform: str, source: str, settings: Chosen = (), *, identifier: str | None = None
) -> DocumentState:
    """Put a feature between *source* and everything that reads it.

    Where the transform is a straight line (standardise, min-max) and the neurons have biases, their weights and biases
    are written in the new units, so that the network says what it said: w' = w / scale, b' = b - w shift / scale.
    """
    name = identifier if identifier is not None else feature_id(state.network, transform)
    edges, readers = state.network.outgoing[source], state.network.readers(source)
    state = add_feature(state, transform, (source,), settings=settings, identifier=name)
    network = make_room(state.network, name, source)
    scale, shift = _straight(replace(state, network=network), name)
    for edge in edges:
        neuron = network.node_by_id[edge.target]
        weight, moves = edge.weight, isinstance(neuron, Neuron) and (not shift or _movable(neuron)) and not edge.muted
        if isinstance(neuron, Neuron) and moves:
            weight = _over(edge.weight, scale)
            if shift and neuron.bias is not None:
                network = network.with_node(replace(neuron, bias=neuron.bias - _times(weight, shift)))
        network = network.with_edge(replace(edge, source=name, weight=weight))
    for reader in readers:
        sources = tuple(name if one == source else one for one in reader.sources)
        network = network.with_node(replace(reader, sources=sources))
    return with_network(state, network)


def read_besides(
    state: DocumentState,
    transform: str,
    sources: Sequence[str],
    settings: Chosen = (),
    *,
    identifier: str | None = None,
) -> DocumentState:
    """Add a feature of *sources* and connect it, with weight 0, to every neuron that reads one of them.

    With the weight 0 the network says what it said. A source that no neuron reads yet is taken to lead to the only
    neuron there is, if there is one.
    """
    name = identifier if identifier is not None else feature_id(state.network, transform)
    state = add_feature(state, transform, sources, settings=settings, identifier=name)
    network = make_room(state.network, name, *sources)
    targets = list(dict.fromkeys(e.target for source in sources for e in network.outgoing[source]))
    if not targets and len(network.neurons) == 1:
        targets = [network.neurons[0].id]
    for target in targets:
        network = network.with_edge(Edge(network.fresh_id("w"), name, target, Fraction(0)))
    return with_network(state, network)


def one_hot(state: DocumentState, source: str) -> DocumentState:
    """Add a feature for each class of an input's column, connected with weight 0 to what reads the input."""
    node = node_of(state.network, source)
    if not isinstance(node, InputNode):
        raise EditError(f"{state.network.title(source)} is no input: it has no column of classes.")
    for value in classes_in(state, node.column):
        state = read_besides(state, "indicator", (source,), (("class", value),))
    return state


def connect_wire(state: DocumentState, source: str, feature: str) -> DocumentState:
    """Let a feature be calculated from *source* too."""
    network = state.network
    reason = reason_to_refuse(network, source, feature)
    found = _feature(network, feature)
    if reason is not None:
        raise EditError(f"This wire {reason}." if reason.startswith("would") else reason)
    return with_network(state, network.with_node(replace(found, sources=(*found.sources, source))))


def disconnect_wire(state: DocumentState, source: str, feature: str) -> DocumentState:
    """Take a wire away; the feature stays, and lacks its source."""
    found = _feature(state.network, feature)
    if source not in found.sources:
        raise EditError(f"There is no wire from {source} to {feature}.")
    left = tuple(one for one in found.sources if one != source)
    return with_network(state, state.network.with_node(replace(found, sources=left)))


def set_transform(state: DocumentState, feature: str, transform: str) -> DocumentState:
    """Let a feature do something else, with the settings that the new transform has by default.

    Sources beyond what it takes are let go.
    """
    found, kind = _feature(state.network, feature), transform_named(transform)
    changed = replace(found, transform=transform, settings=(), sources=found.sources[: kind.sources[1]])
    return with_network(state, state.network.with_node(changed))


def set_feature_setting(state: DocumentState, feature: str, name: str, value: Choice) -> DocumentState:
    """Choose one setting of a feature's transform."""
    found = _feature(state.network, feature)
    settings = with_setting(found.transform, found.settings, name, value)
    return with_network(state, state.network.with_node(replace(found, settings=settings)))


# -- helpers -----------------------------------------------------------------------------------------------------------


def _feature(network: Network, name: str) -> Feature:
    found = node_of(network, name)
    if not isinstance(found, Feature):
        raise EditError(f"{network.title(name)} is no feature: it is not calculated from columns.")
    return found


def _check_sources(network: Network, transform: Transform, sources: Sequence[str]) -> None:
    for source in sources:
        if isinstance(node_of(network, source), Neuron):
            raise EditError(
                f"{network.title(source)} is a neuron: features are calculated from the data, before any training."
            )
    if len(set(sources)) < len(sources) or len(sources) > transform.sources[1]:
        most = transform.sources[1]
        raise EditError(f"{transform.title} takes {most} different {'column' if most == 1 else 'columns'} at most.")


def _straight(state: DocumentState, feature: str) -> tuple[Number, Number]:
    """Scale and shift of a feature that is a straight line in its source; 1 and 0 of any other."""
    data = represented(state.network, state.dataset)
    node = _feature(state.network, feature)
    transform = TRANSFORMS[node.transform]
    if transform.affine is None or not isinstance(data, Represented) or node.column not in data.constants:
        return Fraction(1), Fraction(0)
    return transform.affine(data.constants[node.column], transform.complete(node.settings))


def _movable(neuron: Neuron) -> bool:
    return neuron.bias is not None and not neuron.muted


def _over(a: Number, b: Number) -> Number:
    return Fraction(0) if a == 0 else a / b


def _times(a: Number, b: Number) -> Number:
    return Fraction(0) if a == 0 else a * b
