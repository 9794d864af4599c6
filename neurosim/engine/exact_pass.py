"""Forward, loss and backward on fractions, for hand-sized data: the numbers that a pencil gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.compiled import incomputable_nodes
from neurosim.engine.dataset import Dataset
from neurosim.engine.exact_vector import ExactVector, LazyRows
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.engine.objective import reduction_factor
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import ExactRows
from neurosim.numbers.exact import within_limit
from neurosim.records import dataclass, field

HAND_SIZED = 2000
"""Up to this many products of a row's value with a parameter the fractions are worked out."""


@dataclass(frozen=True)
class ExactPass:
    """The exact values, as far as they go: a sigmoid's z may be a fraction while its a is not.

    ``data_loss``, ``penalty``, ``loss`` and ``gradient`` are fractions together, or ``None`` and empty.
    """

    pre_activations: ExactRows
    activations: ExactRows
    data_loss: Fraction | None = None
    penalty: Fraction | None = None
    loss: Fraction | None = None
    gradient: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))


def is_hand_sized(network: Network, dataset: Dataset) -> bool:
    """Whether the fractions are worked out at all for this many rows and parameters."""
    return dataset.n_rows * max(1, len(network.parameters)) <= HAND_SIZED


def exact_pass(
    network: Network,
    dataset: Dataset,
    settings: TrainingSettings,
    with_loss: bool = True,
    rows: Sequence[int] | None = None,
) -> ExactPass | None:
    """The network on *dataset* in fractions; ``None`` when it is not hand-sized.

    Args:
        network: any network; neurons that depend on rounded numbers or irrational functions are left out.
        dataset: represented; its rows are the samples.
        settings: loss, reduction and regularisation.
        with_loss: whether loss and gradient are wanted; the network and the loss fit together.
        rows: the rows that loss and gradient are taken over, such as a mini-batch; ``None``: all training rows.
    """
    if not is_hand_sized(network, dataset):
        return None
    sums: dict[str, ExactVector] = {}
    activations: dict[str, ExactVector] = {}
    for name in network.order:
        node = network.node_by_id[name]
        if isinstance(node, Neuron):
            _add_neuron(network, node, dataset.n_rows, sums, activations)
            continue
        column = _vector(dataset, node.column)
        if column is not None:
            activations[name] = column
    found = None
    if with_loss and LOSSES[settings.loss].is_exact:
        chosen = _training_rows(dataset) if rows is None else list(rows)
        found = _Objective(network, dataset, settings, sums=sums, activations=activations, rows=chosen).values()
    values = ExactPass(LazyRows(sums), LazyRows(activations))
    if found is None:
        return values
    data_loss, penalty, gradient = found
    ordered = {name: gradient[name] for name in network.parameters if name in gradient}
    return ExactPass(
        values.pre_activations,
        values.activations,
        data_loss,
        penalty,
        data_loss + penalty,
        MappingProxyType(ordered),
    )


def _training_rows(dataset: Dataset) -> list[int]:
    test = set(dataset.test_rows)
    return [row for row in range(dataset.n_rows) if row not in test]


def _vector(dataset: Dataset, name: str | None) -> ExactVector | None:
    """A column of fractions, or ``None`` when it is missing or holds rounded numbers."""
    column = dataset.columns.get(name or "")
    return None if column is None else column.vector


def _add_neuron(
    network: Network, node: Neuron, n_rows: int, sums: dict[str, ExactVector], activations: dict[str, ExactVector]
) -> None:
    bias = Fraction(0) if node.bias is None or node.muted else node.bias
    edges = [edge for edge in network.incoming[node.id] if not edge.muted]
    if not isinstance(bias, Fraction) or any(edge.source not in activations for edge in edges):
        return
    z = ExactVector.full(bias, n_rows)
    for edge in edges:
        if not isinstance(edge.weight, Fraction):
            return
        z = z.plus(activations[edge.source], edge.weight)
    if not z.within_limit():
        return
    sums[node.id] = z
    activation = ACTIVATIONS.get(node.activation)
    if activation is None or activation.exact_value is None:
        return
    a = z if activation.is_identity else ExactVector.of([activation.exact_value(value) for value in z.fractions()])
    if a.within_limit():
        activations[node.id] = a


class _Objective:
    """Loss, penalty and gradient over chosen rows, given the values of the forward pass."""

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        settings: TrainingSettings,
        *,
        sums: Mapping[str, ExactVector],
        activations: Mapping[str, ExactVector],
        rows: list[int],
    ) -> None:
        self.network, self.dataset, self.settings, self.rows = network, dataset, settings, rows
        self.loss: Loss = LOSSES[settings.loss]
        everything = len(rows) == dataset.n_rows and rows == list(range(dataset.n_rows))
        self.sums = sums if everything else {name: vector.rows(rows) for name, vector in sums.items()}
        self.activations = activations if everything else {name: v.rows(rows) for name, v in activations.items()}
        self._incomputable = incomputable_nodes(network, dataset)
        self._d_output: dict[str, ExactVector] = {}

    def values(self) -> tuple[Fraction, Fraction, dict[str, Fraction]] | None:
        """Data loss, penalty and gradient; ``None`` when one of them is not a readable fraction."""
        l1, l2 = self.settings.l1, self.settings.l2
        if not isinstance(l1, Fraction) or not isinstance(l2, Fraction):
            return None
        total = self._total()
        gradient = self._gradient() if total is not None else None
        if total is None or gradient is None:
            return None
        penalty = Fraction(0)
        if l1 or l2:
            for edge in self.network.edges:
                w = edge.weight
                if edge.muted or edge.target in self._incomputable:
                    continue
                if not isinstance(w, Fraction):
                    return None
                penalty += l2 / 2 * w * w + l1 * abs(w)
                gradient[edge.id] += l2 * w + l1 * ((w > 0) - (w < 0))
        data_loss = self._factor * total
        if not within_limit([data_loss, penalty, data_loss + penalty, *gradient.values()]):
            return None
        return data_loss, penalty, gradient

    @property
    def _factor(self) -> Fraction:
        return reduction_factor(self.settings.reduction, len(self.rows))

    def _total(self) -> Fraction | None:
        """The sum of the loss over the rows; keeps its derivative at each output."""
        loss = self.loss
        if loss.exact_loss is None or loss.exact_gradient is None:
            return None
        total = Fraction(0)
        for output in self.network.outputs:
            column = _vector(self.dataset, output.target)
            a = self.activations.get(output.node)
            if column is None or a is None:
                return None
            y = column.rows(self.rows)
            if loss.name == "squared_error":  # the same as below, many rows at once
                residuals = a.plus(y, Fraction(-1))
                total += residuals.dot(residuals)
                slopes = ExactVector([2 * r for r in residuals.numerators], residuals.denominator)
            else:
                pairs = list(zip(a.fractions(), y.fractions(), strict=True))
                total += ExactVector.of([loss.exact_loss(p, t) for p, t in pairs]).sum()
                slopes = ExactVector.of([loss.exact_gradient(p, t) for p, t in pairs])
            self._d_output[output.node] = slopes
        return total

    def _gradient(self) -> dict[str, Fraction] | None:
        gradient: dict[str, Fraction] = {}
        d_sums: dict[str, ExactVector] = {}
        for name in reversed(self.network.order):
            node = self.network.node_by_id[name]
            if not isinstance(node, Neuron) or name in self._incomputable:
                continue
            edges = [edge for edge in self.network.incoming[name] if not edge.muted]
            biased = node.bias is not None and not node.muted
            if not self._reaches_output(name, d_sums):
                gradient.update({edge.id: Fraction(0) for edge in edges})
                if biased:
                    gradient[bias_id(name)] = Fraction(0)
                continue
            d_z = self._delta(node, d_sums)
            if d_z is None or not d_z.within_limit():
                return None
            d_sums[name] = d_z
            for edge in edges:
                gradient[edge.id] = self._factor * d_z.dot(self.activations[edge.source])
            if biased:
                gradient[bias_id(name)] = self._factor * d_z.sum()
        return gradient

    def _reaches_output(self, name: str, d_sums: Mapping[str, ExactVector]) -> bool:
        onward = self.network.outgoing[name]
        return name in self._d_output or any(not edge.muted and edge.target in d_sums for edge in onward)

    def _delta(self, node: Neuron, d_sums: Mapping[str, ExactVector]) -> ExactVector | None:
        """d_z of *node* in each row; ``None`` when it is not a fraction."""
        d_a = ExactVector.full(Fraction(0), len(self.rows))
        at_output = self._d_output.get(node.id)
        if at_output is not None and not self.loss.from_logit:
            d_a = at_output
        for edge in self.network.outgoing[node.id]:
            if not edge.muted and edge.target in d_sums:
                if not isinstance(edge.weight, Fraction):
                    return None
                d_a = d_a.plus(d_sums[edge.target], edge.weight)
        activation = ACTIVATIONS[node.activation]
        d_z = d_a
        if not activation.is_identity:
            derivative, z = activation.exact_derivative, self.sums.get(node.id)
            if derivative is None or z is None:
                return None
            d_z = d_a.times(ExactVector.of([derivative(value) for value in z.fractions()]))
        return d_z.plus(at_output) if at_output is not None and self.loss.from_logit else d_z
