"""What a network is made of: inputs, features, neurons, weighted edges and outputs; and what each has to fulfil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from neurosim.engine.errors import NetworkError
from neurosim.engine.feature import Feature, Point, target_column
from neurosim.engine.transforms.base import Chosen
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class InputNode:
    """A source of values: one column of the dataset."""

    id: str
    column: str
    label: str = ""
    position: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Neuron:
    """z = sum of weight * incoming activation + bias; a = f(z).

    ``bias`` is ``None`` for a neuron without one. ``trainable`` and ``muted`` speak of the bias: a frozen bias keeps
    its value while training, a muted one counts as 0.
    """

    id: str
    label: str = ""
    bias: Number | None = Fraction(0)
    activation: str = "identity"
    trainable: bool = True
    muted: bool = False
    position: Point = (0.0, 0.0)


Source = InputNode | Feature
"""A node without parameters: its values are a column, read or calculated."""

Node = InputNode | Feature | Neuron


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight from one node's activation to one neuron's sum. Frozen: not ``trainable``. Muted: counts as 0."""

    id: str
    source: str
    target: str
    weight: Number
    trainable: bool = True
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """A node whose activation is compared with a target column; ``column`` is ``None`` until one is chosen.

    With a ``transform`` (by its name in ``TRANSFORMS``, with ``settings``) it is compared with what that makes of the
    column: 1 where it holds one class, for example.
    """

    node: str
    column: str | None
    position: Point | None = None
    transform: str | None = None
    settings: Chosen = ()

    @property
    def target(self) -> str | None:
        """The column, among those of a represented dataset, that holds the numbers to be met."""
        return self.column if self.transform is None or self.column is None else target_column(self.node)


def bias_id(node: str) -> str:
    """The parameter id of a neuron's bias."""
    return f"{node}.bias"


def check_sources(feature: Feature, nodes: Mapping[str, Node]) -> None:
    """Raise ``NetworkError`` where *feature* cannot be calculated from its sources."""
    for source in feature.sources:
        if source not in nodes:
            raise NetworkError(f"feature {feature.id}: there is no node {source}.")
        if isinstance(nodes[source], Neuron):
            raise NetworkError(
                f"feature {feature.id}: {source} is a neuron; only inputs and features can lead into it."
            )
    if len(set(feature.sources)) < len(feature.sources):
        raise NetworkError(f"feature {feature.id}: a source is named twice.")


def reading_less(node: Node, gone: set[str]) -> Node:
    """*node* without the sources that are *gone*."""
    if isinstance(node, Feature) and not gone.isdisjoint(node.sources):
        return replace(node, sources=tuple(source for source in node.sources if source not in gone))
    return node


def check_ids(nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
    """Raise ``NetworkError`` where an id cannot be used, or is used twice."""
    seen: set[str] = set()
    for kind, identifier in [("node", n.id) for n in nodes] + [("edge", e.id) for e in edges]:
        if not identifier or "." in identifier:
            raise NetworkError(f"{kind} {identifier!r}: an id needs at least one character and no full stop.")
        if identifier in seen:
            raise NetworkError(f"{kind} {identifier}: the id is used twice.")
        seen.add(identifier)
