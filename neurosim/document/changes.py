"""What differs between two states: the one comparison behind edits, undo, opening a file and all their signals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Node, Output
from neurosim.records import fields, is_dataclass


def changed_parts(old: DocumentState, new: DocumentState) -> tuple[str, ...]:
    """The parts in which *old* and *new* differ, by name; none when they are the same to the last bit."""
    parts = (
        ("network", old.network, new.network),
        ("rows", old.dataset, new.dataset),
        ("training", old.training, new.training),
        ("view", old.view, new.view),
        ("lesson", old.lesson, new.lesson),
    )
    return tuple([name for name, before, after in parts if before is not after and not identical(before, after)])


def identical(a: object, b: object) -> bool:
    """Whether two frozen values are the same to the last bit: 1/2 and 0.5, or 0.0 and -0.0, are not.

    ``==`` alone would take an exact number for a rounded one, and the "~" on the screen would be wrong. What two
    values share is passed over at once: the states of a drag have nearly everything in common.
    """
    if a is b:
        return True
    kind = type(a)
    names = _FIELDS.get(kind)
    if names is None and is_dataclass(kind):
        names = _FIELDS[kind] = tuple(field.name for field in fields(kind))
    if names is not None:
        if kind is not type(b):
            return False
        for name in names:
            x, y = getattr(a, name), getattr(b, name)
            if x is not y and not identical(x, y):
                return False
        return True
    if kind in _MAPPINGS or isinstance(a, Mapping):
        return isinstance(b, Mapping) and _same_items(cast("Mapping[object, object]", a), b)
    if kind is not type(b):
        return False
    if isinstance(a, float) and isinstance(b, float):
        return a == b and math.copysign(1.0, a) == math.copysign(1.0, b)
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(x is y or identical(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b)


_FIELDS: dict[type, tuple[str, ...]] = {}
"""The names of the fields of each data class that was compared."""

_MAPPINGS = (MappingProxyType, dict)
"""The usual kinds of mappings, which are told quicker than by asking whether they are any."""


def _same_items(a: Mapping[object, object], b: Mapping[object, object]) -> bool:
    if list(a) != list(b):
        return False
    for key, value in a.items():
        other = b[key]
        if value is not other and not identical(value, other):
            return False
    return True


def same_function(old: DocumentState, new: DocumentState) -> bool:
    """Whether *old* and *new* have the same loss and the same training ahead: names, places and steps do not count."""
    return (
        same_network(old.network, new.network)
        and same_data(old.dataset, new.dataset)
        and identical(_settings(old), _settings(new))
    )


def same_network(old: Network, new: Network) -> bool:
    """Whether two networks compute and learn the same; labels and places do not count."""
    if old is new:
        return True
    if [node.id for node in old.nodes] != [node.id for node in new.nodes]:
        return False
    pairs = zip(old.nodes, new.nodes, strict=True)
    return (
        all(a is b or identical(_computed(a), _computed(b)) for a, b in pairs)
        and identical(old.edges, new.edges)
        and [_met(output) for output in old.outputs] == [_met(output) for output in new.outputs]
    )


def same_data(old: Dataset, new: Dataset) -> bool:
    """Whether two datasets hold the same columns and test rows."""
    return old is new or (identical(old.columns, new.columns) and old.test_rows == new.test_rows)


def size(state: DocumentState, beside: DocumentState | None = None) -> int:
    """Roughly how many bytes *state* takes beyond what it shares with *beside*."""
    total = 500
    network, training = state.network, state.training
    other = beside.network if beside is not None else None
    if other is None or network is not other:
        if other is None or network.nodes is not other.nodes:
            total += 220 * len(network.nodes)
        if other is None or network.edges is not other.edges:
            total += 240 * len(network.edges)
    shared = {id(column) for column in beside.dataset.columns.values()} if beside is not None else set[int]()
    total += sum(_column_size(column) for column in state.dataset.columns.values() if id(column) not in shared)
    total += _size_beside(state.dataset, beside.dataset if beside is not None else None)
    then = beside.training if beside is not None else None
    if training.optimizer_state is not None and (then is None or training.optimizer_state is not then.optimizer_state):
        total += sum(130 * len(values) for values in training.optimizer_state.values())
    if training.start is not None and (then is None or training.start is not then.start):
        total += 130 * len(training.start)
    return total


def _computed(node: Node) -> tuple[object, ...]:
    """What of a node the arithmetic reads."""
    if isinstance(node, InputNode):
        return (node.id, node.column)
    if isinstance(node, Feature):
        return (node.id, node.transform, node.sources, node.settings)
    return (node.id, node.bias, node.activation, node.trainable, node.muted)


def _met(output: Output) -> tuple[object, ...]:
    """What an output is compared with."""
    return output.node, output.column, output.transform, output.settings


def _settings(state: DocumentState) -> tuple[object, ...]:
    progress = ("step", "optimizer_state", "start", "method_state", "stop")
    return tuple(getattr(state.training, f.name) for f in fields(state.training) if f.name not in progress)


def _size_beside(data: Dataset, other: Dataset | None) -> int:
    """Words, rows set aside and spellings."""
    shared = {id(words) for words in other.texts.values()} if other is not None else set[int]()
    total = sum(70 * len(words) for words in data.texts.values() if id(words) not in shared)
    if other is None or data.aside is not other.aside:
        total += sum(300 + 70 * len(row.cells) for row in data.aside)
    known = {id(rows) for rows in other.spelling.cells.values()} if other is not None else set[int]()
    return total + sum(130 * len(rows) for rows in data.spelling.cells.values() if id(rows) not in known)


def _column_size(column: Column) -> int:
    return 8 * len(column) + (100 * len(column) if column.numbers is not None else 0)
