"""The values table: what each row brings to the loss and to each parameter's gradient, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network, Neuron
from neurosim.engine.objective import reduction_factor
from neurosim.engine.problems import output_targets
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.row_pass import RowPass, penalty_slopes, reaches_output


@dataclass(frozen=True)
class RowShares:
    """One row with its numbers, exact where the arithmetic is.

    Attributes:
        inputs: by input node, as typed.
        pre_activations, activations: z and a by neuron; those that can be computed.
        targets, residuals: y and a - y by output node.
        loss: before the reduction, summed over the outputs.
        term: what the row adds to the loss of the data: ``loss`` times the factor of the reduction; 0 for a test row.
        gradient: what it adds to each parameter's gradient; 0 for a test row.
    """

    inputs: Mapping[str, Number]
    pre_activations: Mapping[str, Number]
    activations: Mapping[str, Number]
    targets: Mapping[str, Number]
    residuals: Mapping[str, Number]
    loss: Number
    term: Number
    gradient: Mapping[str, Number]


@dataclass(frozen=True, eq=False)
class Shares:
    """Every row's part in loss and gradient.

    Attributes:
        snapshot: where the numbers come from.
        parameters: the parameters that have a gradient, in canonical order: the columns of ``gradient``.
        gradient: (n_rows, n_parameters), float64: each row's share of each derivative. The penalty is no row's.
        residuals: per output node a - y, (n_rows,).
        by_sum: the derivative of the loss by z of each neuron that an output depends on, (n_rows,): how strongly and
            which way a row pulls at it, with the factor of the reduction; 0 for test rows.
        terms: each row's share of the loss of the data, (n_rows,).
        trained: (n_rows,): whether the row is trained on; test rows have shares of 0.
        totals: the sums of the columns as the engine has them, exact where they are: the gradient less the penalty's.
    """

    snapshot: Snapshot
    parameters: tuple[str, ...]
    gradient: FloatArray
    residuals: Mapping[str, FloatArray]
    by_sum: Mapping[str, FloatArray]
    terms: FloatArray
    trained: NDArray[np.bool_]
    totals: Mapping[str, Number]

    @cached_property
    def factor(self) -> Fraction:
        """What the reduction multiplies each row's loss by."""
        n = int(self.trained.sum())
        return reduction_factor(self.snapshot.settings.reduction, n) if n else Fraction(0)

    def row(self, index: int) -> RowShares:
        """The row with *index*, exact where the arithmetic is. For the rows on view: it costs a pass through each.

        Raises:
            IndexError: there is no such row, or no loss at all.
        """
        if self.snapshot.problem is not None or not 0 <= index < len(self.trained):
            raise IndexError(f"There are no shares of row {index}.")
        return row_shares(self.snapshot, index, self.factor, self.parameters, trained=bool(self.trained[index]))


def row_shares(
    snapshot: Snapshot, index: int, factor: Fraction, parameters: Sequence[str], *, trained: bool
) -> RowShares:
    """One row's numbers without those of all the others: what a table needs of the few rows that are on view.

    Args:
        snapshot: has a loss; *index* is one of its rows.
        factor: what the reduction multiplies each row's loss by.
        parameters: whose shares are wanted.
        trained: whether the row is trained on; else its shares are 0.
    """
    network = snapshot.network
    values = RowPass(snapshot, index, factor)
    loss: Number = Fraction(0)
    for part in values.losses():
        loss = loss + part
    outputs = [output.node for output in network.outputs]
    computed = [neuron.id for neuron in network.neurons if neuron.id in snapshot.activations]
    zero = Fraction(0)
    return RowShares(
        {node.id: values.a(node.id) for node in network.sources if node.id in snapshot.activations},
        {name: values.z(name) for name in computed},
        {name: values.a(name) for name in computed},
        {node: values.y(node) for node in outputs},
        {node: values.a(node) - values.y(node) for node in outputs},
        loss,
        factor * loss if trained else zero,
        {name: values.share(name) if trained else zero for name in parameters},
    )


def shares(snapshot: Snapshot) -> Shares:
    """Each row's share, by one backward pass on arrays; without a loss there are no rows in it.

    The share of a weight is d_z of its neuron times the activation that its edge carries, of a bias d_z itself; d_z
    holds the factor of the reduction, so that the shares add up to the gradient.
    """
    nothing = np.zeros(0)
    if snapshot.problem is not None:
        empty, untrained = MappingProxyType[str, FloatArray]({}), np.zeros(0, dtype=bool)
        return Shares(snapshot, (), np.zeros((0, 0)), empty, empty, nothing, untrained, MappingProxyType({}))
    network, dataset = snapshot.network, snapshot.dataset
    trained = np.zeros(dataset.n_rows, dtype=bool)
    trained[dataset.train_rows] = True
    factor = float(reduction_factor(snapshot.settings.reduction, int(trained.sum())))
    parameters = tuple(snapshot.gradient)
    gradient = np.zeros((dataset.n_rows, len(parameters)))
    targets = output_targets(network, dataset)
    with np.errstate(all="ignore"):
        d_z = _deltas(snapshot, targets, factor, trained)
        for column, name in enumerate(parameters):
            edge = network.edge_by_id.get(name)
            delta = d_z.get(name.removesuffix(".bias") if edge is None else edge.target)
            if delta is not None:
                gradient[:, column] = delta if edge is None else delta * snapshot.activations[edge.source]
    for values in (gradient, *d_z.values()):
        values.setflags(write=False)
    residuals = {
        output.node: snapshot.activations[output.node] - target
        for output, target in zip(network.outputs, targets, strict=True)
    }
    slopes = penalty_slopes(snapshot)
    totals = {name: value - slopes.get(name, Fraction(0)) for name, value in snapshot.gradient.items()}
    terms = np.where(trained, snapshot.row_losses * factor, 0.0)
    return Shares(
        snapshot,
        parameters,
        gradient,
        MappingProxyType(residuals),
        MappingProxyType(d_z),
        terms,
        trained,
        MappingProxyType(totals),
    )


def _deltas(
    snapshot: Snapshot, targets: FloatArray, factor: float, trained: NDArray[np.bool_]
) -> dict[str, FloatArray]:
    """The derivative by z of each neuron that an output depends on, in each row."""
    network, loss = snapshot.network, LOSSES[snapshot.settings.loss]
    outputs = [output.node for output in network.outputs]
    a = np.array([snapshot.activations[node] for node in outputs])
    z = np.array([snapshot.pre_activations.get(node, snapshot.activations[node]) for node in outputs])
    direct = np.empty_like(a)
    loss.gradient(z, a, loss.prepare(targets), direct)
    direct *= factor * loss.gradient_factor
    direct[:, ~trained] = 0.0
    d_output = dict(zip(outputs, direct, strict=True))
    alive = reaches_output(network)
    d_z: dict[str, FloatArray] = {}
    for name in reversed(network.order):
        node = network.node_by_id[name]
        if name in alive and isinstance(node, Neuron):
            d_z[name] = _delta(snapshot, network, node, d_output.get(name), d_z)
    return d_z


def _delta(
    snapshot: Snapshot, network: Network, node: Neuron, direct: FloatArray | None, d_z: Mapping[str, FloatArray]
) -> FloatArray:
    by_z = LOSSES[snapshot.settings.loss].from_logit
    z, a = snapshot.pre_activations[node.id], snapshot.activations[node.id]
    total = np.zeros_like(z)
    if direct is not None and not by_z:
        total += direct
    for edge in network.outgoing[node.id]:
        if not edge.muted and edge.target in d_z:
            total += float(edge.weight) * d_z[edge.target]
    activation = ACTIVATIONS[node.activation]
    if not activation.is_identity:
        slope = np.empty_like(z)
        activation.derivative(z, a, slope)
        total *= slope
    if direct is not None and by_z:
        total += direct
    return total
