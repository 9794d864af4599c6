"""Where a neuron's output changes sides: kept in the document for each neuron, with a default for each activation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.network import Neuron
from neurosim.engine.response_map import natural_threshold
from neurosim.numbers.exact import Number, as_number
from neurosim.numbers.parse import NumberError, parse_number

PART, NAME = "decision", "thresholds"
"""Where in the view part of the file the thresholds stand: ``{"decision": {"thresholds": {"n": "3/4"}}}``."""


def threshold_of(state: DocumentState, node: str, classes: tuple[Number, Number] | None) -> Number:
    """The threshold of *node*: as set, else half way between its *classes*, else what suits its activation."""
    own = _number(_kept(state.view).get(node))
    if own is not None:
        return own
    if classes is not None:
        low, high = classes
        return (low + high) / 2
    found = state.network.node_by_id.get(node)
    return natural_threshold(found.activation) if isinstance(found, Neuron) else Fraction(0)


def set_threshold(state: DocumentState, node: str, value: Number) -> DocumentState:
    """Give *node* a threshold of its own; those of nodes that are gone are forgotten.

    Raises:
        EditError: *value* is not finite, or there is no such node.
    """
    if node not in state.network.node_by_id:
        raise EditError(f"There is no node {node}.")
    try:
        number = as_number(value)
    except ValueError as error:
        raise EditError("A threshold must be a finite number.") from error
    kept = {name: kept for name, kept in _kept(state.view).items() if name in state.network.node_by_id}
    kept[node] = str(number) if isinstance(number, Fraction) else number
    part = {**_mapping(state.view.get(PART)), NAME: MappingProxyType(kept)}
    return replace(state, view=MappingProxyType({**state.view, PART: MappingProxyType(part)}))


def _kept(view: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(view.get(PART)).get(NAME))


def _mapping(value: object) -> Mapping[str, Any]:
    """What a file may hold instead of a mapping counts as none."""
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> Number | None:
    if isinstance(value, str):
        try:
            return parse_number(value, ".")
        except NumberError:
            return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return as_number(value)
        except ValueError:
            return None
    return None
