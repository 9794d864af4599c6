"""What the lines of one step are written from: its rows, their values, the names, and how numbers are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.exact_step import step_rows
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.methods import METHODS
from neurosim.engine.network import InputNode, Network, Neuron, bias_id
from neurosim.engine.objective import reduction_factor
from neurosim.engine.readiness import rows_per_step
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import row as markup_row
from neurosim.markup.build import sign_role, words
from neurosim.markup.tree import Markup, Role, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.names import (
    COUNT,
    Names,
    RowIndex,
    names_of,
    refs_of_activation,
    refs_of_node,
    refs_of_output,
    refs_of_sum,
)
from neurosim.working.row_pass import RowPass, penalty_slopes, reaches_output
from neurosim.working.terms import Leaf, NumberStyle, Term

IntArray = NDArray[np.intp]

Product = tuple[Term, Leaf]
"""A weight times what it is multiplied by, and the same as one quantity."""


@dataclass(frozen=True)
class Sheet:
    """The coming step of a network.

    Attributes:
        full: the snapshot of all rows.
        step: the snapshot whose loss and gradient the step takes: ``full``, or that of the mini-batch alone.
        rows: the indices of the rows that are worked out, in the order of the data.
        batch: the indices of the rows that the step reads, in rising order.
    """

    full: Snapshot
    step: Snapshot
    rows: tuple[int, ...]
    batch: IntArray
    style: NumberStyle

    @property
    def network(self) -> Network:
        """The network."""
        return self.full.network

    @property
    def settings(self) -> TrainingSettings:
        """The settings."""
        return self.full.settings

    @cached_property
    def names(self) -> Names:
        """The symbols."""
        return names_of(self.network, self.full.dataset.n_rows)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """The output nodes, in their order."""
        return tuple(output.node for output in self.network.outputs)

    @cached_property
    def loss(self) -> Loss:
        """The loss."""
        return LOSSES[self.settings.loss]

    @property
    def n(self) -> int:
        """How many rows the step reads."""
        return len(self.batch)

    @cached_property
    def factor(self) -> Fraction:
        """What the sum of the rows' losses is multiplied by."""
        return reduction_factor(self.settings.reduction, self.n)

    @cached_property
    def summed(self) -> tuple[int, ...]:
        """The rows worked out that the step reads."""
        if self.step is self.full and not self.full.dataset.test_rows:
            return self.rows
        where = np.searchsorted(self.batch, self.rows)
        return tuple(
            row for row, i in zip(self.rows, where.tolist(), strict=True) if i < self.n and self.batch[i] == row
        )

    @property
    def n_rest(self) -> int:
        """How many rows the step reads besides."""
        return self.n - len(self.summed)

    @cached_property
    def passes(self) -> Mapping[int, RowPass]:
        """The values of the rows worked out, each row's when somebody looks at them."""
        return _Passes(self)

    @cached_property
    def products(self) -> dict[tuple[str, int], Product]:
        """What each edge brings to the sum of a row, as far as it has been written: two lines read it."""
        return {}

    @cached_property
    def alive(self) -> frozenset[str]:
        """The nodes that an output depends on."""
        return reaches_output(self.network)

    @cached_property
    def data_gradient(self) -> dict[str, Number]:
        """The gradient without the penalty's part."""
        slopes = penalty_slopes(self.step)
        return {name: value - slopes.get(name, Fraction(0)) for name, value in self.step.gradient.items()}

    @cached_property
    def row_losses(self) -> FloatArray:
        """The loss of each row of the batch."""
        losses = self.step.row_losses
        return losses if len(losses) == self.n else losses[self.batch]

    # -- quantities ------------------------------------------------------------------------------------------------

    def count(self) -> Leaf:
        """n, the number of rows that the step reads."""
        return Leaf(COUNT, Fraction(self.n))

    def weight(self, edge: str) -> Leaf:
        """A weight, coloured by its sign."""
        value = self.network.edge_by_id[edge].weight
        return Leaf(self.names.weight(edge), value, frozenset({edge}), sign_role(value))

    def bias(self, node: str, value: Number) -> Leaf:
        """A bias, coloured by its sign."""
        return Leaf(self.names.bias(node), value, frozenset({bias_id(node)}), sign_role(value))

    def parameter(self, parameter: str) -> Leaf:
        """A weight or bias by its id."""
        if parameter in self.network.edge_by_id:
            return self.weight(parameter)
        return self.bias(parameter.removesuffix(".bias"), self.network.parameters[parameter])

    def activation(self, node: str, row: int) -> Leaf:
        """What a node passes on in a row."""
        is_input = isinstance(self.network.node_by_id[node], InputNode)
        refs = self.activation_refs(node, row)
        return Leaf(self.names.activation(node, row), self.passes[row].a(node), refs, is_datum=is_input)

    def activation_refs(self, node: str, row: int) -> frozenset[str]:
        """What that lights up."""
        refs = self.refs(node, row)
        if isinstance(self.network.node_by_id[node], Neuron):
            refs |= refs_of_activation(node, row)
        return refs

    def pre_activation(self, node: str, row: int) -> Leaf:
        """z of a neuron in a row."""
        return Leaf(self.names.pre_activation(node, row), self.passes[row].z(node), refs_of_sum(node, row))

    def pre_activation_or_input(self, node: str, row: int) -> Leaf:
        """z of an output; of an input that is an output its number."""
        return self.pre_activation(node, row) if node in self.full.pre_activations else self.activation(node, row)

    def target(self, node: str, row: int) -> Leaf:
        """The target of an output in a row."""
        refs = frozenset({f"output:{node}", f"row:{row}"})
        output = self.network.output_of(node)
        plain = output is not None and output.transform is None
        return Leaf(self.names.target(node, row), self.passes[row].y(node), refs, is_datum=plain)

    def delta(self, node: str, row: int) -> Leaf:
        """The derivative by z in a row; of a linear neuron by ŷ or a, which is the same."""
        part = refs_of_activation(node, row) if self._delta_is_by_a(node) else refs_of_sum(node, row)
        return Leaf(self.delta_symbol(node, row), self.passes[row].d_z[node], self.refs(node, row) | part, "gradient")

    def delta_symbol(self, node: str, row: RowIndex) -> Markup:
        """The symbol of ``delta``."""
        return self.names.by_activation(node, row) if self._delta_is_by_a(node) else self.names.by_sum(node, row)

    def _delta_is_by_a(self, node: str) -> bool:
        return self.is_identity(node) and not (self.loss.from_logit and self.network.output_of(node))

    def refs(self, node: str, row: int | None) -> frozenset[str]:
        """What a quantity of the node lights up."""
        return refs_of_output(node, row) if self.network.output_of(node) else refs_of_node(node, row)

    def is_identity(self, node: str) -> bool:
        """Whether a = z."""
        return getattr(self.network.node_by_id[node], "activation", "identity") == "identity"

    def rest(self, term: Markup, value: Number, role: Role | None = None) -> Leaf:
        """The sum of *term* over the rows that are not worked out, as one quantity."""
        label = "1 more row" if self.n_rest == 1 else f"{self.n_rest} more rows"
        sign = Script(Symbol("Σ", "upright"), None, words(label), big=True)
        return Leaf(markup_row(sign, term), value, frozenset(), role)


class _Passes(dict[int, RowPass]):
    """The values of rows by their indices."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def __missing__(self, row: int) -> RowPass:
        """The values of a row that is worked out."""
        sheet = self._sheet
        if row not in sheet.rows:
            raise KeyError(row)
        found = self[row] = RowPass(sheet.full, row, sheet.factor, sheet.full.problem is None)
        return found


def make_sheet(
    network: Network,
    dataset: Dataset,
    settings: TrainingSettings,
    *,
    rows: Iterable[int] | None,
    most_rows: int,
    style: NumberStyle,
    snapshot: Snapshot | None,
) -> Sheet:
    """The sheet of the coming step; see ``working.step_lines`` for the arguments."""
    full = snapshot if snapshot is not None else Evaluator().evaluate(network, dataset, settings)
    batch = np.arange(dataset.n_rows)[dataset.train_rows]
    step = full
    per_step = rows_per_step(settings)
    batched = per_step is not None and 1 <= per_step < len(batch)
    if batched and full.problem is None:
        batch = np.sort(np.array(step_rows(dataset, settings), dtype=np.intp))
        # What was read off all training rows (a mean, a range) stays as it is for some of them.
        step = Evaluator().evaluate(network, part_of(represented(network, dataset), batch), settings)
    if rows is None:
        shown = batch if len(batch) <= most_rows else batch[: max(1, most_rows - 1)]
        chosen: Sequence[int] = [int(row) for row in shown]
    else:
        turn = {int(batch[0])} if per_step == 1 and not METHODS[settings.method].by_gradient else set[int]()
        chosen = sorted({row for row in rows if 0 <= row < dataset.n_rows} | turn)
    return Sheet(full, step, tuple(chosen), batch, style)


def part_of(dataset: Dataset, rows: IntArray) -> Dataset:
    """The *rows* of a dataset, all of them to train on."""
    return dataset.numbers_only({name: column.taken(rows) for name, column in dataset.columns.items()})


def sheet_of(snapshot: Snapshot, rows: Sequence[int], style: NumberStyle) -> Sheet:
    """The sheet of all training rows at another snapshot of the same data, with the same *rows* worked out."""
    batch = np.arange(snapshot.dataset.n_rows)[snapshot.dataset.train_rows]
    return Sheet(snapshot, snapshot, tuple(rows), batch, style)
