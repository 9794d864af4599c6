"""Layers of a drawing: the neurons that stand equally far from the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from neurosim.engine.network import Network, Neuron


def depths(network: Network) -> Mapping[str, int]:
    """For each node the number of edges on the longest path to it; 0 for what nothing flows into."""
    found: dict[str, int] = {}
    for node in network.order:
        found[node] = max((found[edge.source] + 1 for edge in network.incoming[node]), default=0)
    return found


def neuron_layers(network: Network) -> tuple[tuple[str, ...], ...]:
    """The neurons of each depth that has any, from the inputs on, in drawing order."""
    depth = depths(network)
    levels: dict[int, list[str]] = {}
    for neuron in network.neurons:
        levels.setdefault(depth[neuron.id], []).append(neuron.id)
    return tuple(tuple(levels[level]) for level in sorted(levels))


def hidden_neurons(network: Network) -> tuple[str, ...]:
    """The neurons that are no outputs, in drawing order."""
    return tuple(neuron.id for neuron in network.neurons if network.output_of(neuron.id) is None)


def layer_of(network: Network, nodes: Iterable[str]) -> tuple[str, ...]:
    """The neurons that stand in the layer of one of *nodes*, in drawing order; what is no neuron is passed over."""
    depth = depths(network)
    chosen = {depth[node] for node in nodes if isinstance(network.node_by_id.get(node), Neuron)}
    return tuple(neuron.id for neuron in network.neurons if depth[neuron.id] in chosen)
