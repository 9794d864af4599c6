"""A network laid out for numpy: nodes as rows of one buffer, parameters as positions in one vector, level by level."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.layout import grouped, place, range_of, runs
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

BoolArray = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Level:
    """Neurons of equal depth: rows ``first`` to ``last`` of the buffer are ``W`` times rows ``low`` to ``high``.

    ``W`` is the part of the parameter vector from ``start``, of shape (last - first, high - low), its rows ``stride``
    apart; where a neuron has no edge from a row that the level reads, ``W`` holds a 0 that is never trained. The rows
    read include a row of ones, whose column of ``W`` holds the biases. ``kinds`` are the runs of rows that share an
    activation. Narrow levels in a row that read much the same rows form a ``group``, named by the number of its first
    level: they have the same ``low`` and ``stride``, so that one product gives the gradients of all.
    """

    first: int
    last: int
    low: int
    high: int
    start: int
    stride: int
    group: int
    kinds: tuple[tuple[str, int, int], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of ``W``."""
        return self.last - self.first, self.high - self.low

    @property
    def stop(self) -> int:
        """Where ``W`` ends in the parameter vector."""
        return self.start + (self.last - self.first) * self.stride

    def weights(self, vector: NDArray[Scalar]) -> NDArray[Scalar]:
        """The view of a parameter *vector* (or of anything else by position) that is this level's ``W``."""
        return vector[self.start : self.stop].reshape(-1, self.stride)[:, : self.high - self.low]


@dataclass(frozen=True)
class CompiledNetwork:
    """The layout of the computable part of a network; it knows where values go, but holds none.

    Attributes:
        n_rows: rows of the activation buffer: inputs, neurons, and rows of ones.
        n_inputs: the first rows, which hold the inputs and features named by ``inputs``.
        inputs: the column that each of these rows holds.
        ones: the rows that always hold 1: one after the inputs, one after each level that the next reads alone.
        row: the row of each node that can be computed.
        levels: in order of calculation.
        size: length of the parameter vector.
        position: where each parameter stands in the vector. Muted parameters and those of neurons that cannot be
            computed have no place.
        real: for each position whether a parameter stands there (the rest are the zeros of missing edges).
        is_weight: for each position whether it is a weight (which regularisation shrinks) rather than a bias.
        incomputable: the nodes that depend on a column that the data do not have, or on an unknown activation.
    """

    n_rows: int
    inputs: tuple[str, ...]
    ones: tuple[int, ...]
    row: Mapping[str, int]
    levels: tuple[Level, ...]
    size: int
    position: Mapping[str, int]
    real: BoolArray
    is_weight: BoolArray
    incomputable: frozenset[str]

    @property
    def n_inputs(self) -> int:
        """How many rows hold inputs: the first ones."""
        return len(self.inputs)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The position of each parameter, in the order of ``position``."""
        return np.fromiter(self.position.values(), dtype=np.intp, count=len(self.position))

    @cached_property
    def users(self) -> list[list[int]]:
        """For each level the numbers of the levels that read it, rising."""
        return _users(self.levels, self.real)

    def vector(self, values: Mapping[str, Number]) -> FloatArray:
        """A parameter vector (size,) that holds *values*; zeros elsewhere."""
        found = np.zeros(self.size)
        for name, at in self.position.items():
            found[at] = as_float(values[name])
        return found

    def by_id(self, vector: FloatArray) -> dict[str, float]:
        """The entries of a parameter or gradient *vector* by parameter id."""
        return dict(zip(self.position, vector[self.places].tolist(), strict=True))

    def mask(self, names: Iterable[str]) -> BoolArray:
        """For each position whether one of the parameters in *names* stands there."""
        found = np.zeros(self.size, dtype=bool)
        for name in names:
            if name in self.position:
                found[self.position[name]] = True
        return found


def as_float(value: Number) -> float:
    """*value* as a float64; infinite where a fraction is beyond it."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def structure(network: Network) -> tuple[object, ...]:
    """What the layout depends on: equal keys mean that one ``CompiledNetwork`` serves both networks."""
    return (
        tuple(
            (node.id, node.activation, node.bias is None or node.muted)
            if isinstance(node, Neuron)
            else (node.id, node.column)
            for node in network.nodes
        ),
        tuple((edge.id, edge.source, edge.target) for edge in network.edges if not edge.muted),
        tuple(output.node for output in network.outputs),
    )


def compile_network(network: Network, dataset: Dataset) -> CompiledNetwork:
    """Lay *network* out, without the nodes that cannot be computed from the columns of the represented *dataset*.

    Muted edges count as missing: their weight is 0 and has no gradient. The last layouts are kept, for everybody: they
    hold no values.
    """
    columns = available(network, dataset)
    for (shape, known), found in tuple(_LATEST):
        if shape is network.shape and known == columns:
            return found
    found = _lay_out(network, dataset)
    _LATEST.appendleft(((network.shape, columns), found))
    return found


_LATEST: deque[tuple[tuple[object, frozenset[str]], CompiledNetwork]] = deque(maxlen=8)
"""Layouts by the network's shape, which is held so that no other can be at its address, and the columns there are."""


def available(network: Network, dataset: Dataset) -> frozenset[str]:
    """The columns that the network reads and the represented *dataset* has."""
    return frozenset(node.column for node in network.sources) & dataset.columns.keys()


def _lay_out(network: Network, dataset: Dataset) -> CompiledNetwork:
    incoming = {node: tuple(edge for edge in edges if not edge.muted) for node, edges in network.incoming.items()}
    incomputable = incomputable_nodes(network, dataset)
    depth: dict[str, int] = {}
    for name in network.order:
        if name not in incomputable:
            sources = incoming[name]
            is_neuron = isinstance(network.node_by_id[name], Neuron)
            depth[name] = 1 + max((depth[edge.source] for edge in sources), default=0) if is_neuron else 0
    by_depth: list[list[str]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    drawing = {node.id: i for i, node in enumerate(network.nodes)}
    for name in sorted(depth, key=drawing.__getitem__):
        by_depth[depth[name]].append(name)
    outputs = {output.node for output in network.outputs}
    feeds = {edge.source for edges in incoming.values() for edge in edges}
    activation = {neuron.id: neuron.activation for neuron in network.neurons}
    for names in by_depth[1:]:
        # Rows that share an activation and a role lie side by side, so that one call serves them all.
        names.sort(key=lambda name: (activation[name], name in outputs, name in feeds))

    row, ones = place(by_depth, {name: [depth[edge.source] for edge in incoming[name]] for name in depth})
    ranges = [
        range_of(
            [row[name] for name in names],
            {row[edge.source] for name in names for edge in incoming[name]},
            ones,
            biased=any(_has_bias(network, name) for name in names),
        )
        for names in by_depth[1:]
    ]
    levels: list[Level] = []
    position: dict[str, int] = {}
    weights: set[int] = set()
    start = 0
    for number, (names, (group, low, high, stride)) in enumerate(zip(by_depth[1:], grouped(ranges), strict=True)):
        first = row[names[0]]
        one = next((r for r in reversed(ones) if low <= r < min(high, first)), low)
        for offset, name in enumerate(names):
            for edge in incoming[name]:
                position[edge.id] = start + offset * stride + row[edge.source] - low
                weights.add(position[edge.id])
            if _has_bias(network, name):
                position[bias_id(name)] = start + offset * stride + one - low
        kinds = runs([activation[name] for name in names], first)
        levels.append(Level(first, first + len(names), low, high, start, stride, group, kinds))
        start = levels[number].stop
    real = np.zeros(start, dtype=bool)
    real[list(position.values())] = True
    is_weight = np.zeros(start, dtype=bool)
    is_weight[list(weights)] = True
    if any(
        users and not covers(levels, level, users) for level, users in zip(levels, _users(levels, real), strict=True)
    ):
        # A last 0: it stands for the missing edges where the weights of several levels are gathered.
        real, is_weight = np.append(real, False), np.append(is_weight, False)
    return CompiledNetwork(
        n_rows=len(row) + len(ones),
        inputs=tuple(node.column for node in network.sources if node.id in row),
        ones=tuple(ones),
        row=MappingProxyType(row),
        levels=tuple(levels),
        size=len(real),
        position=MappingProxyType({name: position[name] for name in network.parameters if name in position}),
        real=real,
        is_weight=is_weight,
        incomputable=incomputable,
    )


def covers(levels: Sequence[Level], level: Level, users: Sequence[int]) -> bool:
    """Whether one level alone reads *level*, and reads all of its rows, so that its weights can be used in place."""
    return len(users) == 1 and levels[users[0]].low <= level.first and level.last <= levels[users[0]].high


def _users(levels: Sequence[Level], real: BoolArray) -> list[list[int]]:
    found: list[list[int]] = []
    for level in levels:
        readers = []
        for number, other in enumerate(levels):
            low, high = max(level.first, other.low) - other.low, min(level.last, other.high) - other.low
            if low < high and bool(other.weights(real)[:, low:high].any()):
                readers.append(number)
        found.append(readers)
    return found


def incomputable_nodes(network: Network, dataset: Dataset) -> frozenset[str]:
    """The nodes that depend on a column that *dataset* lacks, or on an activation that is not known."""
    found: set[str] = set()
    for name in network.order:
        node = network.node_by_id[name]
        if isinstance(node, Neuron):
            edges = network.incoming[name]
            missing = node.activation not in ACTIVATIONS or any(e.source in found for e in edges if not e.muted)
        else:
            missing = node.column not in dataset.columns
        if missing:
            found.add(name)
    return frozenset(found)


def _has_bias(network: Network, name: str) -> bool:
    node = network.node_by_id[name]
    return isinstance(node, Neuron) and node.bias is not None and not node.muted
