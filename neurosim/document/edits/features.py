"""Edits of the representation: features of the inputs, what targets are made into, an output for each class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.document.edits.common import OUTPUT, EditError, node_of, with_network
from neurosim.document.edits.settings import set_loss
from neurosim.document.state import DocumentState
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output, Point
from neurosim.engine.representation import Represented, represented, words_of
from neurosim.engine.transforms import TRANSFORMS, Transform
from neurosim.engine.transforms.base import Choice, Chosen
from neurosim.numbers.exact import Number

MOST_CLASSES = 12
"""A column with more different values than this is a quantity, or a name of each row."""

GAP = 200.0
"""A feature stands so far to the right of its source, in pixels at 100 %."""
ROOM, WIDEST = 340.0, 480.0
"""What reads features stands at least, and need not stand farther than, so far to the right of them."""
ROW = 96.0
"""Features of one source stand so far below one another."""

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
    found = _transform(transform)
    network = state.network
    _check_sources(network, found, sources)
    _check_settings(found, settings)
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
    network = _make_room(state.network, name, source)
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
    network = _make_room(state.network, name, *sources)
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
    reason = network.reason_to_refuse(source, feature)
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
    found, kind = _feature(state.network, feature), _transform(transform)
    changed = replace(found, transform=transform, settings=(), sources=found.sources[: kind.sources[1]])
    return with_network(state, state.network.with_node(changed))


def set_feature_setting(state: DocumentState, feature: str, name: str, value: Choice) -> DocumentState:
    """Choose one setting of a feature's transform."""
    found = _feature(state.network, feature)
    settings = _with_setting(found.transform, found.settings, name, value)
    return with_network(state, state.network.with_node(replace(found, settings=settings)))


def set_target_transform(
    state: DocumentState, node: str, transform: str | None, settings: Chosen = ()
) -> DocumentState:
    """Compare an output with what *transform* makes of its column; ``None``: with the column as it is."""
    output = _output(state.network, node)
    if transform is not None:
        found = _transform(transform)
        if not found.of_target:
            raise EditError(f"{found.title} makes no sense for a target.")
        _check_settings(found, settings)
    changed = replace(output, transform=transform, settings=settings if transform is not None else ())
    return _with_output(state, changed)


def set_target_setting(state: DocumentState, node: str, name: str, value: Choice) -> DocumentState:
    """Choose one setting of the transform of an output's target."""
    output = _output(state.network, node)
    if output.transform is None:
        raise EditError("The target is met as it is: there is nothing to set.")
    settings = _with_setting(output.transform, output.settings, name, value)
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


def classes_in(state: DocumentState, column: str) -> tuple[Choice, ...]:
    """The different values of a column, words in the order in which they come, numbers rising.

    Raises:
        EditError: there is no such column, or it has more than ``MOST_CLASSES`` values.
    """
    dataset = state.dataset
    words = words_of(dataset, column)
    if words is not None:
        found: list[Choice] = [word for word in dict.fromkeys(words) if word]
    elif column in dataset.columns:
        values = dataset.columns[column]
        numbers = set(values.numbers) if values.numbers is not None else set(np.unique(values.floats).tolist())
        found = sorted(_whole(value) for value in numbers)
    else:
        raise EditError(f"The data have no column {column!r}.")
    if len(found) > MOST_CLASSES:
        raise EditError(f"{column} has {len(found)} different values: a class for each would be too many.")
    return tuple(found)


# -- helpers -----------------------------------------------------------------------------------------------------------


def _whole(value: Number) -> Number:
    return Fraction(int(value)) if not isinstance(value, Fraction) and float(value).is_integer() else value


def _transform(name: str) -> Transform:
    if name not in TRANSFORMS:
        raise EditError(f"There is no transform {name!r}; there are: {', '.join(TRANSFORMS)}.")
    return TRANSFORMS[name]


def _feature(network: Network, name: str) -> Feature:
    found = node_of(network, name)
    if not isinstance(found, Feature):
        raise EditError(f"{network.title(name)} is no feature: it is not calculated from columns.")
    return found


def _output(network: Network, node: str) -> Output:
    found = network.output_of(node.removeprefix(OUTPUT))
    if found is None:
        raise EditError(f"{node} is not an output.")
    return found


def _with_output(state: DocumentState, output: Output) -> DocumentState:
    network = state.network
    outputs = tuple(output if old.node == output.node else old for old in network.outputs)
    return with_network(state, replace(network, outputs=outputs))


def _check_sources(network: Network, transform: Transform, sources: Sequence[str]) -> None:
    for source in sources:
        if isinstance(node_of(network, source), Neuron):
            raise EditError(
                f"{network.title(source)} is a neuron: features are calculated from the data, before any training."
            )
    if len(set(sources)) < len(sources) or len(sources) > transform.sources[1]:
        most = transform.sources[1]
        raise EditError(f"{transform.title} takes {most} different {'column' if most == 1 else 'columns'} at most.")


def _check_settings(transform: Transform, settings: Chosen) -> None:
    reason = transform.settings_refusal(settings)
    if reason is not None:
        raise EditError(reason)


def _with_setting(transform: str, settings: Chosen, name: str, value: Choice) -> Chosen:
    """*settings* with one more; what is as by default is left out."""
    found = _transform(transform)
    _check_settings(found, ((name, value),))
    chosen = {**dict(settings), name: value}
    return tuple((s.name, chosen[s.name]) for s in found.settings if s.name in chosen and chosen[s.name] != s.default)


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


def free_place(network: Network, sources: Sequence[str]) -> Point:
    """Where a feature of *sources* stands: to their right, below what stands there already."""
    if not sources:
        return (0.0, 0.0)
    places = [network.node_by_id[source].position for source in sources]
    x = max(place[0] for place in places) + GAP
    y = sum(place[1] for place in places) / len(places)
    taken = [node.position for node in network.sources]
    while any(abs(x - a) < GAP / 2 and abs(y - b) < ROW - 1 for a, b in taken):
        y += ROW
    return x, y


def _make_room(network: Network, feature: str, *sources: str) -> Network:
    """Everything that a feature's sources lead to moves to the right of it, as far off as it was from the sources."""
    node = network.node_by_id[feature]
    behind = _behind(network, sources) - {feature}
    nearest = min((network.node_by_id[name].position[0] for name in behind), default=None)
    if nearest is None:
        return network
    alone = not any(abs(f.position[0] - node.position[0]) < GAP / 2 for f in network.features if f.id != feature)
    before = max(network.node_by_id[source].position[0] for source in sources)
    wanted = max(ROOM, min(nearest - before, WIDEST)) if alone else ROOM
    by = node.position[0] + wanted - nearest
    if by <= 0:
        return network
    nodes = tuple(_moved(one, by) if one.id in behind else one for one in network.nodes)
    outputs = tuple(
        replace(o, position=(o.position[0] + by, o.position[1])) if o.position is not None and o.node in behind else o
        for o in network.outputs
    )
    return replace(network, nodes=nodes, outputs=outputs)


def _moved(node: Node, by: float) -> Node:
    return replace(node, position=(node.position[0] + by, node.position[1]))


def _behind(network: Network, sources: Sequence[str]) -> set[str]:
    """The neurons that *sources* lead to, over any number of edges."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        for edge in network.outgoing[waiting.pop()]:
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found


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
