"""Forward, loss and backward on fractions, for hand-sized data: the numbers that a pencil gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Dataset
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.network import InputNode, Network, Neuron, bias_id
from neurosim.engine.objective import reduction_factor
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import ExactRows
from neurosim.numbers.exact import all_exact, is_exact, within_limit

HAND_SIZED = 2000
"""Up to this many products of a row's value with a parameter the fractions are worked out."""

Rows = tuple[Fraction, ...]


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
        dataset: its rows are the samples.
        settings: loss, reduction and regularisation.
        with_loss: whether loss and gradient are wanted; the network and the loss fit together.
        rows: the rows that loss and gradient are taken over, such as a mini-batch; ``None``: all training rows.
    """
    if not is_hand_sized(network, dataset):
        return None
    sums: dict[str, Rows] = {}
    activations: dict[str, Rows] = {}
    for name in network.order:
        node = network.node_by_id[name]
        if isinstance(node, InputNode):
            column = dataset.columns.get(node.column)
            if column is not None and column.numbers is not None and column.exact:
                activations[name] = tuple(value for value in column.numbers if isinstance(value, Fraction))
        else:
            _add_neuron(network, node, dataset.n_rows, sums, activations)
    values = ExactPass(MappingProxyType(sums), MappingProxyType(activations))
    if not with_loss:
        return values
    chosen = _training_rows(dataset) if rows is None else list(rows)
    return _with_loss(network, dataset, settings, values, chosen) or values


def _training_rows(dataset: Dataset) -> list[int]:
    test = set(dataset.test_rows)
    return [row for row in range(dataset.n_rows) if row not in test]


def _add_neuron(
    network: Network, node: Neuron, n_rows: int, sums: dict[str, Rows], activations: dict[str, Rows]
) -> None:
    bias = Fraction(0) if node.bias is None or node.muted else node.bias
    edges = [edge for edge in network.incoming[node.id] if not edge.muted]
    if not isinstance(bias, Fraction) or any(edge.source not in activations for edge in edges):
        return
    z = [bias] * n_rows
    for edge in edges:
        weight = edge.weight
        if not isinstance(weight, Fraction):
            return
        z = [total + weight * a for total, a in zip(z, activations[edge.source], strict=True)]
    activation = ACTIVATIONS.get(node.activation)
    if not within_limit(z):
        return
    sums[node.id] = tuple(z)
    if activation is None or activation.exact_value is None:
        return
    a = tuple(z) if activation.is_identity else tuple(activation.exact_value(value) for value in z)
    if within_limit(a):
        activations[node.id] = a


def _with_loss(
    network: Network, dataset: Dataset, settings: TrainingSettings, values: ExactPass, rows: list[int]
) -> ExactPass | None:
    loss = LOSSES[settings.loss]
    l1, l2 = settings.l1, settings.l2
    if not isinstance(l1, Fraction) or not isinstance(l2, Fraction) or loss.exact_loss is None:
        return None
    found = _output_terms(network, dataset, loss, values, rows)
    if found is None:
        return None
    total, d_output = found
    factor = reduction_factor(settings.reduction, len(rows))
    gradient = _backward(network, loss, values, rows, d_output, factor)
    if gradient is None:
        return None
    weights = [edge for edge in network.edges if not edge.muted]
    if (l1 or l2) and not all_exact(edge.weight for edge in weights):
        return None
    penalty = Fraction(0)
    if l1 or l2:
        for edge in weights:
            w = Fraction(edge.weight)
            penalty += l2 / 2 * w * w + l1 * abs(w)
            gradient[edge.id] = gradient.get(edge.id, Fraction(0)) + l2 * w + l1 * ((w > 0) - (w < 0))
    data_loss = factor * total
    if not within_limit([data_loss, penalty, data_loss + penalty, *gradient.values()]):
        return None
    ordered = {name: gradient[name] for name in network.parameters if name in gradient}
    return ExactPass(
        values.pre_activations, values.activations, data_loss, penalty, data_loss + penalty, MappingProxyType(ordered)
    )


def _output_terms(
    network: Network, dataset: Dataset, loss: Loss, values: ExactPass, rows: list[int]
) -> tuple[Fraction, dict[str, list[Fraction]]] | None:
    """The sum of the loss over *rows* and its derivative at each output and row."""
    if loss.exact_loss is None or loss.exact_gradient is None:
        return None
    total = Fraction(0)
    d_output: dict[str, list[Fraction]] = {}
    for output in network.outputs:
        column = dataset.columns[output.column or ""]
        a = _fractions(values.activations.get(output.node, ()), rows)
        y = _fractions(column.numbers or (), rows)
        if a is None or y is None:
            return None
        total += sum((loss.exact_loss(p, t) for p, t in zip(a, y, strict=True)), Fraction(0))
        d_output[output.node] = [loss.exact_gradient(p, t) for p, t in zip(a, y, strict=True)]
    return total, d_output


def _fractions(values: Iterable[object], rows: list[int]) -> list[Fraction] | None:
    listed = list(values)
    if not listed:
        return None
    chosen = [listed[row] for row in rows]
    found = [value for value in chosen if isinstance(value, Fraction)]
    return found if len(found) == len(chosen) else None


def _backward(
    network: Network,
    loss: Loss,
    values: ExactPass,
    rows: list[int],
    d_output: Mapping[str, list[Fraction]],
    factor: Fraction,
) -> dict[str, Fraction] | None:
    gradient: dict[str, Fraction] = {}
    d_sums: dict[str, list[Fraction]] = {}
    for name in reversed(network.order):
        node = network.node_by_id[name]
        if isinstance(node, InputNode):
            continue
        d_z = _delta(network, node, loss, values, rows, d_output, d_sums)
        if d_z is None:
            return None
        if d_z:
            d_sums[name] = d_z
        for edge in network.incoming[name]:
            if edge.muted:
                continue
            total = Fraction(0)
            if d_z:
                a = values.activations[edge.source]
                total = sum((d * a[row] for d, row in zip(d_z, rows, strict=True)), total)
            gradient[edge.id] = factor * total
        if node.bias is not None and not node.muted:
            gradient[bias_id(name)] = factor * sum(d_z, Fraction(0))
    return gradient


def _delta(
    network: Network,
    node: Neuron,
    loss: Loss,
    values: ExactPass,
    rows: list[int],
    d_output: Mapping[str, list[Fraction]],
    d_sums: Mapping[str, list[Fraction]],
) -> list[Fraction] | None:
    """d_z of *node* in each row; empty when no output depends on it, ``None`` when it is not a fraction."""
    edges = [edge for edge in network.outgoing[node.id] if not edge.muted and edge.target in d_sums]
    seen = node.id in d_output
    if not edges and not seen:
        return []
    d_a = [Fraction(0)] * len(rows)
    d_direct = [Fraction(0)] * len(rows)
    if seen and loss.from_logit:
        d_direct = list(d_output[node.id])
    elif seen:
        d_a = list(d_output[node.id])
    for edge in edges:
        if not is_exact(edge.weight):
            return None
        weight = Fraction(edge.weight)
        d_a = [total + weight * d for total, d in zip(d_a, d_sums[edge.target], strict=True)]
    activation = ACTIVATIONS[node.activation]
    if activation.is_identity:
        found = [d + e for d, e in zip(d_a, d_direct, strict=True)]
    else:
        derivative = activation.exact_derivative
        z = values.pre_activations.get(node.id)
        if derivative is None or z is None:
            return None
        slopes = [derivative(Fraction(z[row])) for row in rows]
        found = [d * slope + e for d, slope, e in zip(d_a, slopes, d_direct, strict=True)]
    return found if within_limit(found) else None
