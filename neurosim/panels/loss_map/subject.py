"""Which two parameters the map runs over, and which it holds still."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from neurosim.engine.network import Network, bias_id
from neurosim.numbers.exact import Number
from neurosim.records import dataclass


@dataclass(frozen=True)
class Choice:
    """What the user chose, as ids of parameters; ``None`` leaves it to the network."""

    across: str | None = None
    up: str | None = None


@dataclass(frozen=True)
class Subject:
    """The two parameters that run across and up; ids of an edge, or ``"n.bias"``."""

    across: str
    up: str


@dataclass(frozen=True)
class Nothing:
    """Why there is no map, as a sentence; *neuron* is one that could be given a bias so that there is."""

    sentence: str
    neuron: str | None = None


def find_subject(network: Network, choice: Choice) -> Subject | Nothing:
    """The parameters that were chosen, as far as there are such; by default the first weight and the bias beside it."""
    offered = tuple(network.parameters)
    if len(offered) < 2:
        sentence = QCoreApplication.translate("LossMap", "A map needs two weights or biases, one for each direction.")
        bare = next((neuron.id for neuron in network.neurons if neuron.bias is None), None)
        return Nothing(sentence, bare if offered else None)
    across = choice.across if choice.across in offered else _first(network, offered, choice.up)
    up = choice.up if choice.up in offered and choice.up != across else _second(network, offered, across)
    return Subject(across, up)


def held_values(network: Network, subject: Subject) -> Mapping[str, Number]:
    """The parameters that run in no direction, with their values."""
    return {name: value for name, value in network.parameters.items() if name not in (subject.across, subject.up)}


def _first(network: Network, offered: tuple[str, ...], taken: str | None) -> str:
    """The first weight that training may change, else the first at all."""
    free = [name for name in offered if name != taken]
    weights = [name for name in free if name in network.edge_by_id]
    return next((name for name in weights if network.trainable[name]), (weights or free)[0])


def _second(network: Network, offered: tuple[str, ...], across: str) -> str:
    """The bias of the neuron that the weight leads to; else what training may change, else the first at all."""
    edge = network.edge_by_id.get(across)
    bias = bias_id(edge.target) if edge is not None else ""
    if bias in offered:
        return bias
    free = [name for name in offered if name != across]
    return next((name for name in free if network.trainable[name]), free[0])
