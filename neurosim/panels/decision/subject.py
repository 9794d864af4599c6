"""What the decision map shows: which neuron over which inputs, and what the rows' targets say about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QCoreApplication

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.engine.representation import constants_of, held_columns
from neurosim.engine.response_map import input_columns
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms.base import Constants
from neurosim.numbers.exact import Number, as_number
from neurosim.panels._classes import Classes, classes_of
from neurosim.records import dataclass, field

ALL = ".all"
"""Instead of a node: all outputs together, by the largest probability (no node's id has a full stop)."""


@dataclass(frozen=True)
class Choice:
    """What the user chose; ``None`` leaves it to the network. Columns across and up, a node or ``ALL``."""

    node: str | None = None
    across: str | None = None
    up: str | None = None


@dataclass(frozen=True)
class Subject:
    """The meaning of the map.

    Attributes:
        kind: ``"line"``: one input across, the value up; ``"plane"``: two inputs.
        node: the neuron, or ``ALL`` for the regions of all outputs.
        across, up: the input columns that run across and up (``None`` on a line).
        columns: all input columns.
        fixed: the values at which the other input columns are held.
        fixed_row: the row they were taken from; ``None``: they are means.
        target: the column that the neuron is compared with, if it is an output.
        classes: the two values of the target, lower first, when it holds classes; on regions ``None``.
        outputs: the outputs of the regions with the words for them.
        features: the values at which features are held that no input column leads to.
        constants: what the transforms of features read off the training rows.
    """

    kind: Literal["line", "plane"]
    node: str
    across: str
    up: str | None
    columns: tuple[str, ...]
    fixed: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    fixed_row: int | None = None
    target: str | None = None
    classes: Classes | None = None
    outputs: tuple[tuple[str, str], ...] = ()
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, Constants] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_regions(self) -> bool:
        """Whether all outputs are shown together."""
        return self.node == ALL


def nodes_offered(network: Network, snapshot: Snapshot) -> tuple[str, ...]:
    """What can be shown: all outputs together where the loss shares one probability among them, then every neuron.

    Outputs come first, then the others from the back of the network to the front.
    """
    outputs = [output.node for output in network.outputs if output.node not in {node.id for node in network.sources}]
    hidden = [neuron.id for neuron in network.neurons if neuron.id not in outputs]
    together = [ALL] if snapshot.settings.loss == "softmax_cross_entropy" and len(outputs) > 1 else []
    return (*together, *outputs, *reversed(hidden))


def find_subject(snapshot: Snapshot, choice: Choice, row: int | None) -> Subject | str:
    """What to show of *snapshot*, or a sentence why nothing can be; *row*: the one row that others are held at."""
    tr = QCoreApplication.translate
    network, dataset = snapshot.network, snapshot.dataset
    if not network.inputs:
        return tr("DecisionMap", "The network has no input yet, so there is nothing to decide by.")
    columns = input_columns(network, dataset)
    if not columns:
        return tr("DecisionMap", "The inputs have no data yet: open a table, or choose their columns.")
    offered = nodes_offered(network, snapshot)
    if not offered:
        return tr("DecisionMap", "There is no neuron yet: add one and connect the inputs to it.")
    node = choice.node if choice.node in offered else offered[0]
    free = [column for column in columns if column != choice.up] or list(columns)
    across = choice.across if choice.across in columns else free[0]
    free = [column for column in columns if column != across]
    up = choice.up if choice.up in free else next(iter(free), None)
    others = [column for column in columns if column not in {across, up}]
    held = row if row is not None and 0 <= row < dataset.n_rows else None
    target = None if node == ALL else _target(network, dataset, node)
    features = held_columns(dataset, columns)
    if held is not None:
        features = {name: float(dataset.columns[name].floats[held]) for name in features}
    return Subject(
        kind="line" if up is None else "plane",
        node=node,
        across=across,
        up=up,
        columns=columns,
        fixed=MappingProxyType({column: _held(dataset, column, held) for column in others}),
        fixed_row=held if others else None,
        target=target,
        classes=classes_of(dataset, target, snapshot.settings.loss),
        outputs=tuple((output.node, network.class_title(output.node)) for output in network.outputs)
        if node == ALL
        else (),
        features=MappingProxyType(dict(features)),
        constants=constants_of(dataset),
    )


def _target(network: Network, dataset: Dataset, node: str) -> str | None:
    output = network.output_of(node)
    return output.target if output is not None and output.target in dataset.columns else None


def _held(dataset: Dataset, column: str, row: int | None) -> Number:
    values = dataset.columns[column]
    if row is not None:
        return values[row]
    return float(values.floats.mean()) if len(values) else as_number(0)
