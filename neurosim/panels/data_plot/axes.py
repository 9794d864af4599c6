"""What the axes of the data plot mean: which input runs across, what runs up, and what the rest are held at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import InputNode, Network
from neurosim.engine.representation import own_columns
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

CLASSIFYING = frozenset({"cross_entropy", "softmax_cross_entropy", "hinge"})
"""Losses whose targets are classes: a dragged target jumps from class to class."""


@dataclass(frozen=True)
class Choice:
    """What the user chose for the axes; ``None`` leaves it to the network. Ids of nodes."""

    across: str | None = None
    up: str | None = None
    output: str | None = None


@dataclass(frozen=True)
class Axes:
    """The meaning of the plot.

    Attributes:
        kind: ``"line"``: an input across, a target up; ``"plane"``: two inputs, seen from above.
        across: the input node that runs across, and its column.
        up: in the plane the input node that runs up.
        up_column: the column that runs up: a target for a line, an input in the plane; ``None``: no target chosen.
        output: the node whose activation is drawn.
        target: the target column of that node.
        fixed: the values at which the other inputs are held, by column.
        fixed_row: the row that they were taken from; ``None``: they are means.
        inputs: all inputs that have their column, by node id.
        outputs: all outputs, by node id their target columns.
    """

    kind: Literal["line", "plane"]
    across: str
    across_column: str
    up: str | None
    up_column: str | None
    output: str | None
    target: str | None
    fixed: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    fixed_row: int | None = None
    inputs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    outputs: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Empty:
    """Why nothing can be plotted, and what would mend it: ``"input"``, ``"point"`` or nothing that we can do."""

    sentence: str
    remedy: Literal["input", "point"] | None = None


def find_axes(network: Network, dataset: Dataset, choice: Choice, row: int | None) -> Axes | Empty:
    """What to plot of *network* on *dataset*; *row* is the one row selected, at which other inputs are held."""
    tr = QCoreApplication.translate
    if not network.inputs:
        return Empty(tr("DataPlot", "The network has no input yet, so there is nothing to plot against."), "input")
    inputs = {node.id: node.column for node in network.inputs if node.column in dataset.columns}
    if not inputs:
        return Empty(tr("DataPlot", "The inputs have no data yet: open a table, or choose their columns."))
    if dataset.n_rows == 0:
        return Empty(tr("DataPlot", "There are no data points yet."), "point")
    outputs = {output.node: output.target for output in network.outputs}
    with_target = [node for node, column in outputs.items() if column in dataset.columns]
    output = choice.output if choice.output in outputs else None
    if choice.up in outputs:
        output = choice.up
    if output is None:
        output = next(iter(with_target), next(iter(outputs), None))
    target = outputs.get(output) if output is not None else None
    if target not in dataset.columns:
        target = None
    across = choice.across if choice.across in inputs else next(iter(inputs))
    up = _input_up(choice, inputs, outputs, across)
    if up is None and target is None:
        up = next((node for node in inputs if node != across), None)
    up_column = target if up is None else inputs[up]
    if up is None and target is None:
        up_column = _some_other_column(dataset, set(inputs.values()))
    if up_column is None:
        return Empty(tr("DataPlot", "No target column is chosen yet: there is nothing to plot upwards."))
    used = {inputs[across]} | ({inputs[up]} if up is not None else set())
    others = [column for column in dict.fromkeys(inputs.values()) if column not in used]
    held = row if row is not None and 0 <= row < dataset.n_rows else None
    return Axes(
        kind="line" if up is None else "plane",
        across=across,
        across_column=inputs[across],
        up=up,
        up_column=up_column,
        output=output,
        target=target,
        fixed=MappingProxyType({column: _held(dataset, column, held) for column in others}),
        fixed_row=held if others else None,
        inputs=MappingProxyType(inputs),
        outputs=MappingProxyType(outputs),
    )


def classes_of(dataset: Dataset, target: str | None, loss: str) -> tuple[Number, ...] | None:
    """The two classes (0 and 1, or -1 and 1) when the *loss* is one for classes and *target* holds them, else ``None``.

    The loss decides, not the numbers alone: a point that is dragged over 0 or 1 must not change its looks.
    """
    if loss not in CLASSIFYING or target is None or target not in dataset.columns:
        return None
    floats = dataset.columns[target].floats
    for low in (0, -1):
        if np.all((floats == low) | (floats == 1)):
            both = bool((floats == low).any() and (floats == 1).any())
            if both or (low == 0) == (loss != "hinge"):
                column = dataset.columns[target]
                exact = column.exact or column.numbers is None
                return _like(low, exact), _like(1, exact)
    return None


def title_of(network: Network, node: str) -> str:
    """The name of *node* on an axis: the column for an input, else what the user calls it."""
    found = network.node_by_id[node]
    return found.column if isinstance(found, InputNode) and not found.label else network.title(node)


@cache
def _like(value: int, exact: bool) -> Number:
    """The same object each time: what is the same one need not be compared."""
    from fractions import Fraction

    return Fraction(value) if exact else float(value)


def _input_up(choice: Choice, inputs: Mapping[str, str], outputs: Mapping[str, str | None], across: str) -> str | None:
    if choice.up in outputs:
        return None
    if choice.up in inputs and choice.up != across:
        return choice.up
    # Two inputs are seen from above unless the user asks for something else.
    if len(inputs) == 2:
        return next(node for node in inputs if node != across)
    return None


def _some_other_column(dataset: Dataset, used: set[str]) -> str | None:
    return next((column for column in own_columns(dataset) if column not in used), None)


def _held(dataset: Dataset, column: str, row: int | None) -> Number:
    values = dataset.columns[column]
    return values[row] if row is not None else float(values.floats.mean())
