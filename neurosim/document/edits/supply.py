"""Give the data what the network asks for: columns that inputs and outputs read, a target, a first row."""

from __future__ import annotations

from dataclasses import replace

from neurosim.document.edits.common import with_network
from neurosim.document.state import DocumentState

TARGET = "y"
"""What a new target column is called, with a number behind it where the name is taken."""


def lacking_columns(state: DocumentState) -> tuple[str, ...]:
    """The columns that ``supply_data`` would add, in their order."""
    read = [node.column for node in state.network.inputs] + _targets(state)
    return tuple(name for name in dict.fromkeys(read) if name.strip() and name not in state.dataset.names)


def lacks_data(state: DocumentState) -> bool:
    """Whether there is anything for ``supply_data`` to do."""
    network, dataset = state.network, state.dataset
    asks = bool(network.inputs or network.outputs)
    targetless = any(output.column is None for output in network.outputs)
    return targetless or bool(lacking_columns(state)) or (asks and not dataset.n_rows)


def supply_data(state: DocumentState) -> DocumentState:
    """Add the columns that inputs and outputs read and the data lack, with 0 in every row.

    An output without a target is compared with a column that nothing reads yet, or with a new one. Data without any
    row get one. What is there already stays as it is.
    """
    if not lacks_data(state):
        return state
    from neurosim.document.edits.rows import add_column, add_row

    names, network = lacking_columns(state), state.network
    outputs = (replace(o, column=column) for o, column in zip(network.outputs, _targets(state), strict=True))
    state = with_network(state, replace(network, outputs=tuple(outputs)))
    for name in names:
        state = add_column(state, name)
    return state if state.dataset.n_rows else add_row(state, {})


def _targets(state: DocumentState) -> list[str]:
    """What each output is compared with, or shall be."""
    network = state.network
    taken = {node.column for node in network.inputs}
    taken.update(output.column for output in network.outputs if output.column is not None)
    found = []
    for output in network.outputs:
        column = output.column
        if column is None:
            free = (name for name in reversed(tuple(state.dataset.columns)) if name not in taken)
            column = next(free, None) or _new_target(taken)
            taken.add(column)
        found.append(column)
    return found


def _new_target(taken: set[str]) -> str:
    number, name = 1, TARGET
    while name in taken:
        number += 1
        name = f"{TARGET}{number}"
    return name
