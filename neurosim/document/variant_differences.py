"""In what variants differ: aspect by aspect, with the value that each of them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from neurosim.document.variants import Variant
from neurosim.engine.layers import depths
from neurosim.engine.network import Network, Neuron
from neurosim.engine.problems import output_activations
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Aspect = Literal[
    "architecture",
    "connections",
    "features",
    "activation",
    "output",
    "start",
    "loss",
    "reduction",
    "method",
    "optimizer",
    "learning_rate",
    "schedule",
    "batch",
    "shuffle",
    "l2",
    "l1",
    "seed",
    "stop",
]
Value = Number | str
"""A number, or a name: of an activation, a loss, an optimizer, or a shape such as ``2-3-1``."""


@dataclass(frozen=True)
class Difference:
    """An aspect in which not all variants are alike, and each one's value, in their order."""

    aspect: Aspect
    values: tuple[Value, ...]


def differences(found: Sequence[Variant]) -> tuple[Difference, ...]:
    """Every aspect in which not all of *found* are alike; the network's first.

    The start counts as an aspect of its own only where networks and seeds are alike: other architectures cannot have
    the same start, and from another seed another one is drawn.
    """
    aspects = [(aspect, tuple(_value(aspect, variant) for variant in found)) for aspect in _ORDER]
    differing = [Difference(aspect, values) for aspect, values in aspects if len(set(values)) > 1]
    if any(one.aspect == "architecture" for one in differing):  # of which the number of edges follows
        differing = [one for one in differing if one.aspect != "connections"]
    differing = [_without_common(one) for one in differing]
    others = {"architecture", "connections", "features", "seed"}  # with which the start is another one anyway
    if not any(one.aspect in others for one in differing):
        start = _starts(found)
        if len(set(start)) > 1:
            differing.append(Difference("start", start))
    return tuple(differing)


def shape_of(network: Network) -> str:
    """The numbers of nodes from those that weights lead out of first to the outputs: ``2-3-1``."""
    depth = depths(network)
    sizes: dict[int, int] = {}
    for node in network.nodes:
        if isinstance(node, Neuron) or network.outgoing[node.id] or not network.features:
            level = depth[node.id] if isinstance(node, Neuron) else 0
            sizes[level] = sizes.get(level, 0) + 1
    return "-".join(str(sizes[level]) for level in sorted(sizes)) or "0"


def hidden_activations(network: Network) -> str:
    """The activations of the hidden neurons, each once, in drawing order; empty where there are none."""
    hidden = [neuron.activation for neuron in network.neurons if network.output_of(neuron.id) is None]
    return "+".join(dict.fromkeys(hidden))


def _value(aspect: Aspect, variant: Variant) -> Value:
    network, training = variant.network, variant.training
    found: dict[Aspect, Value] = {
        "architecture": shape_of(network),
        "connections": str(len(network.edges)),
        "features": _features(network),
        "activation": hidden_activations(network),
        "output": "+".join(dict.fromkeys(output_activations(network))),
        "loss": training.loss,
        "reduction": training.reduction,
        "method": _with_settings(training.method, training.method_settings),
        "optimizer": _with_settings(training.optimizer.name, training.optimizer.settings),
        "learning_rate": training.learning_rate,
        "schedule": _with_settings(training.schedule.name, training.schedule.settings),
        "batch": "all" if training.batch_size is None else str(training.batch_size),
        "shuffle": str(training.shuffle),
        "l2": training.l2,
        "l1": training.l1,
        "seed": str(training.seed),
        "stop": str(training.stop),
    }
    return found[aspect]


_ORDER: tuple[Aspect, ...] = tuple(aspect for aspect in get_args(Aspect) if aspect != "start")


def _features(network: Network) -> str:
    """What is calculated from the columns: features, then transformed targets, as they are called."""
    targets = [network.target_title(o.node) or "" for o in network.outputs if o.transform is not None]
    return ", ".join([*(network.title(feature.id) for feature in network.features), *targets])


def _without_common(one: Difference) -> Difference:
    """Of a representation only what not all of them have."""
    if one.aspect != "features":
        return one
    lists = [str(value).split(", ") for value in one.values]
    common = set(lists[0]).intersection(*lists[1:])
    return Difference(one.aspect, tuple(", ".join(name for name in names if name not in common) for names in lists))


def _with_settings(name: str, settings: Mapping[str, Number | bool]) -> str:
    """A plug-in's name, with those of its settings that differ from the defaults."""
    items = sorted(settings.items())
    return name if not items else f"{name} ({', '.join(f'{key} {value}' for key, value in items)})"


def _starts(found: Sequence[Variant]) -> tuple[Value, ...]:
    """A letter for each start: the same for the same numbers."""
    seen: list[object] = []
    letters = []
    for variant in found:
        numbers = tuple(variant.network.parameters.values())
        if numbers not in seen:
            seen.append(numbers)
        letters.append(str(seen.index(numbers) + 1))
    return tuple(letters)
