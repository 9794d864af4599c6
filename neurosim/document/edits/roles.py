"""Edits of what a column is for: an input that reads it, an output compared with it, or nothing."""

from __future__ import annotations

from neurosim.document.edits.common import EditError, with_network
from neurosim.document.edits.features import one_hot
from neurosim.document.edits.fitting import COLUMN_GAP, ROW_GAP
from neurosim.document.edits.graph import add_input, add_output, delete
from neurosim.document.edits.values import set_output_column
from neurosim.document.state import DocumentState


def use_as_input(state: DocumentState, column: str) -> DocumentState:
    """Add an input node that reads *column*, under the inputs that are there; of words, with a feature for each word.

    Raises:
        EditError: there is no such column, it is read already, or it has too many different words.
    """
    if column not in state.dataset.names:
        raise EditError(f"The table has no column {column!r}.")
    inputs = state.network.inputs
    if any(node.column == column for node in inputs):
        raise EditError(f"{column} is an input already.")
    lowest = max(inputs, key=lambda node: node.position[1], default=None)
    place = (-COLUMN_GAP, 0.0) if lowest is None else (lowest.position[0], lowest.position[1] + ROW_GAP)
    name = state.network.fresh_id("x")
    state = add_input(state, column, place, identifier=name)
    return one_hot(state, name) if column in state.dataset.texts else state


def use_as_target(state: DocumentState, column: str, node: str | None = None) -> DocumentState:
    """Compare the output *node* with *column*; by default the first output, or the last neuron as a new one.

    Raises:
        EditError: the column holds words, or there is no neuron that could be an output.
    """
    _check_numbers(state, column)
    network = state.network
    if node is None:
        node = next((output.node for output in network.outputs), None)
    if node is not None:
        return set_output_column(state, node, column)
    ends = [neuron.id for neuron in network.neurons if not network.outgoing.get(neuron.id)]
    if not ends:
        raise EditError("There is no neuron to compare with a target: fit one to this column, or draw one first.")
    return add_output(state, ends[-1], column)


def stop_using(state: DocumentState, column: str) -> DocumentState:
    """Take away the inputs that read *column*, with their edges, and compare no output with it."""
    gone = [node.id for node in state.network.inputs if node.column == column]
    if gone:
        state = delete(state, gone)
    for output in state.network.outputs:
        if output.column == column:
            state = set_output_column(state, output.node, None)
    return with_network(state, state.network)


def _check_numbers(state: DocumentState, column: str) -> None:
    if column in state.dataset.texts:
        raise EditError(f"{column} holds words: give each of them an output of its own.")
    if column not in state.dataset.columns:
        raise EditError(f"The table has no column {column!r}.")
