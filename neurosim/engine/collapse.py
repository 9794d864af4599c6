"""Two linear layers become one: the products of their weights, summed, exactly where they are exact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from neurosim.engine.errors import NetworkError
from neurosim.engine.layers import depths, hidden_neurons, neuron_layers
from neurosim.engine.network import Edge, Network, Neuron, bias_id
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace

Factors = tuple[tuple[str, Number], ...]
"""A product: parameter ids with their values."""


@dataclass(frozen=True)
class CollapsedParameter:
    """A weight or bias of the one layer: ``value`` is the sum of the products ``terms``.

    Attributes:
        name: its parameter id afterwards.
        source: where the edge begins; ``None`` for a bias.
        target: the neuron that it belongs to.
        terms: each product with the parameters of the two layers; one factor: what was there already.
    """

    name: str
    source: str | None
    target: str
    terms: tuple[Factors, ...]
    value: Number


@dataclass(frozen=True)
class Collapse:
    """What becomes of two layers: the neurons that go, the network without them, and each new number."""

    gone: tuple[str, ...]
    network: Network
    parameters: tuple[CollapsedParameter, ...]


def linear_layer(network: Network, chosen: Iterable[str] = ()) -> tuple[str, ...]:
    """The hidden neurons to collapse: those of *chosen*, or else the first hidden layer that is linear throughout.

    Of chosen neurons in several layers those of the first one: layers are multiplied together two at a time.

    Raises:
        NetworkError: they cannot be; the message says which neuron is in the way.
    """
    picked = [node for node in dict.fromkeys(chosen) if isinstance(network.node_by_id.get(node), Neuron)]
    hidden = set(hidden_neurons(network))
    if not hidden:
        raise NetworkError("There is no hidden layer, so there is nothing to collapse.")
    wanted = [node for node in picked if node in hidden]
    if picked and not wanted:
        raise NetworkError(
            f"{network.title(picked[0])} is an output: choose the hidden neurons that are to be multiplied away."
        )
    if wanted:
        bent = next((node for node in wanted if not is_linear(network, node)), None)
        if bent is not None:
            raise NetworkError(_bend(network, bent))
        depth = depths(network)
        first = min(depth[node] for node in wanted)
        return tuple(node for node in wanted if depth[node] == first)
    for layer in neuron_layers(network):
        inner = [node for node in layer if node in hidden]
        if inner and all(is_linear(network, node) for node in inner):
            return tuple(inner)
    raise NetworkError(_bend(network, next(node for node in hidden_neurons(network) if not is_linear(network, node))))


def is_linear(network: Network, node: str) -> bool:
    """Whether a node is a neuron that passes its sum on as it is."""
    found = network.node_by_id[node]
    return isinstance(found, Neuron) and found.activation == "identity"


def collapse(network: Network, gone: Iterable[str]) -> Collapse:
    """Multiply the linear hidden neurons *gone* away: what the network computes stays the same.

    The weight from s to t becomes the sum over the neurons h that go of (weight h to t) times (weight s to h), plus
    the weight from s to t where there was one; the bias of t grows by (weight h to t) times (bias of h). A muted
    weight or bias counts as 0. Neurons that feed one another go one after the other.

    Raises:
        NetworkError: one of them is not linear, is an output, or is no neuron.
    """
    names = tuple(dict.fromkeys(gone))
    for name in names:
        if network.output_of(name) is not None:
            raise NetworkError(f"{network.title(name)} is an output and stays.")
        if not is_linear(network, name):
            raise NetworkError(_bend(network, name))
    inner = [edge for edge in network.edges if edge.source in names and edge.target in names]
    if inner:  # one after another, so that no product has more than two factors
        first = next(node for node in network.order if node in names)
        rest = tuple(name for name in names if name != first)
        return replace(collapse(collapse(network, (first,)).network, rest), gone=names)
    bare = network.without(*names)
    found: list[CollapsedParameter] = []
    for target in dict.fromkeys(edge.target for edge in network.edges if edge.source in names):
        through = [edge for edge in network.incoming[target] if edge.source in names]
        for source in _sources(network, through):
            parameter, edge = _edge(network, bare, source, target, through)
            bare = bare.with_edge(edge)
            found.append(parameter)
        bias = _bias(network, target, through)
        if bias is not None:
            neuron = bare.node_by_id[target]
            if isinstance(neuron, Neuron):
                bare = bare.with_node(replace(neuron, bias=bias.value, muted=False))
            found.append(bias)
    return Collapse(names, bare, tuple(found))


def _sources(network: Network, through: Iterable[Edge]) -> list[str]:
    """What flows into the neurons that go, in drawing order."""
    read = {edge.source for second in through for edge in network.incoming[second.source]}
    return [node.id for node in network.nodes if node.id in read]


def _edge(
    network: Network, bare: Network, source: str, target: str, through: Iterable[Edge]
) -> tuple[CollapsedParameter, Edge]:
    old = next((edge for edge in bare.incoming[target] if edge.source == source), None)
    terms: list[Factors] = [] if old is None or old.muted else [((old.id, old.weight),)]
    learns = old is not None and old.trainable
    for second in through:
        for first in network.incoming[second.source]:
            if first.source == source and not (first.muted or second.muted):
                terms.append(((second.id, second.weight), (first.id, first.weight)))
                learns = learns or first.trainable or second.trainable
    name = old.id if old is not None else bare.fresh_id("w")
    value = _total(terms)
    return CollapsedParameter(name, source, target, tuple(terms), value), Edge(name, source, target, value, learns)


def _bias(network: Network, target: str, through: Iterable[Edge]) -> CollapsedParameter | None:
    own = network.node_by_id[target]
    terms: list[Factors] = []
    if isinstance(own, Neuron) and own.bias is not None and not own.muted:
        terms.append(((bias_id(target), own.bias),))
    brought = False
    for second in through:
        neuron = network.node_by_id[second.source]
        if isinstance(neuron, Neuron) and neuron.bias is not None and not (neuron.muted or second.muted):
            terms.append(((second.id, second.weight), (bias_id(neuron.id), neuron.bias)))
            brought = True
    if not brought:
        return None
    return CollapsedParameter(bias_id(target), None, target, tuple(terms), _total(terms))


def _total(terms: Iterable[Factors]) -> Number:
    total: Number = Fraction(0)
    for factors in terms:
        product: Number = Fraction(1)
        for _, value in factors:
            product = product * value
        total = total + product
    return total


def _bend(network: Network, node: str) -> str:
    found = network.node_by_id[node]
    kind = found.activation if isinstance(found, Neuron) else "input"
    return (
        f"{network.title(node)} lies between with the activation {kind}: a bend cannot be multiplied away. "
        "Only neurons with the identity can be collapsed."
    )
