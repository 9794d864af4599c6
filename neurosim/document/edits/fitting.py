"""One click from a table to a neuron that fits it: inputs, one neuron, one output, and a rate that does not diverge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.document.edits.common import EditError
from neurosim.document.edits.features import one_hot, read_through
from neurosim.document.edits.settings import set_learning_rate
from neurosim.document.edits.targets import output_per_class, set_target_transform
from neurosim.document.edits.transforms import classes_in
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings

CURVATURES = {"cross_entropy": 0.25, "softmax_cross_entropy": 0.5, "squared_error": 2.0}
"""The largest second derivative of a row's loss by z; of the softmax the largest eigenvalue (Boehning 1992: 1/2)."""

COLUMN_GAP = 284.0
"""From the inputs to the sum: room for a fraction of four digits over four on an edge."""
ROW_GAP = 110.0


def fit_neuron_to(state: DocumentState, dataset: Dataset, inputs: Sequence[str], target: str) -> DocumentState:
    """Draw one neuron that fits *target* from *inputs*, with every parameter 0, at step 0.

    A target of zeros and ones gets sigmoid + cross_entropy, any other identity + squared_error. Of words, two get one
    sigmoid (1 for the second of them), more get a neuron each and the softmax. An input of words is read by a feature
    for each of them. Nothing is scaled: the learning rate is chosen so that plain descent on the data as they are does
    not diverge.
    """
    names = list(dict.fromkeys(inputs))
    if not names:
        raise EditError("Choose at least one column as an input.")
    for name in (*names, target):
        if name not in dataset.columns and name not in dataset.texts:
            raise EditError(f"The data have no column {name!r}.")
    if target in names:
        raise EditError(f"{target} cannot be both input and target: the neuron would only copy it.")
    if dataset.n_rows == 0:
        raise EditError("The data have no rows, so there is nothing to fit.")
    words = target in dataset.texts
    classes = classes_in(replace(state, dataset=dataset), target) if words else ()
    yes_no = len(classes) == 2 if words else is_yes_no(dataset, target)
    network = one_neuron(names, target, "sigmoid" if yes_no else "identity")
    training = TrainingSettings(
        loss="cross_entropy" if yes_no else "squared_error", reduction="mean", seed=state.training.seed
    )
    state = _words_read_by_features(replace(state, network=network, dataset=dataset, training=training))
    if words and yes_no:
        state = set_target_transform(state, "n", "indicator", (("class", classes[1]),))
    elif words:
        state = output_per_class(state, target)
    return set_learning_rate(state, safe_rate(state))


def _words_read_by_features(state: DocumentState) -> DocumentState:
    """A feature for each word of the inputs that hold words, in place of an edge, for words cannot be multiplied."""
    words = [node.id for node in state.network.inputs if node.column in state.dataset.texts]
    if not words:
        return state
    gone = [edge.id for name in words for edge in state.network.outgoing[name]]
    for name in words:
        state = one_hot(state, name)
    network = state.network.without(*gone)
    read = [network.node_by_id[edge.source].position[1] for edge in network.edges]
    (neuron,) = network.neurons
    place = (neuron.position[0], (min(read) + max(read)) / 2)
    return replace(state, network=network.with_node(replace(neuron, position=place)))


def fit_classes_to(state: DocumentState, dataset: Dataset, inputs: Sequence[str], target: str) -> DocumentState:
    """``fit_neuron_to`` for a *target* whose values name classes, words or numbers.

    Zeros and ones, and two words, get one sigmoid; of more classes each gets a neuron, with the softmax.
    """
    state = fit_neuron_to(state, dataset, inputs, target)
    if target in dataset.texts or is_yes_no(dataset, target):
        return state
    state = output_per_class(state, target)
    return set_learning_rate(state, safe_rate(state))


def standardised(state: DocumentState) -> DocumentState:
    """Put a node that standardises it behind each input that a neuron reads, and choose the rate anew.

    What the network says stays as it is.
    """
    for node in state.network.inputs:
        if node.column in state.dataset.columns and state.network.outgoing[node.id]:
            state = read_through(state, "standardise", node.id)
    return set_learning_rate(state, safe_rate(state))


def safe_rate(state: DocumentState) -> Fraction:
    """A rate with which plain descent on neurons that read inputs and features alone does not diverge."""
    data = represented(state.network, state.dataset)
    read = dict.fromkeys(edge.source for edge in state.network.edges)
    columns = [state.network.column_of(name) for name in read if not isinstance(state.network.node_by_id[name], Neuron)]
    curvature = CURVATURES.get(state.training.loss, 2.0)
    limit = largest_stable_learning_rate(data, [name for name in columns if name in data.columns], curvature)
    return round_rate_below(limit * 2 / 3)


def one_neuron(inputs: Sequence[str], target: str, activation: str) -> Network:
    """Inputs below each other, one neuron to their right, compared with *target*; every parameter 0."""
    top = -ROW_GAP * (len(inputs) - 1) / 2
    ids = ["x"] if len(inputs) == 1 else [f"x{number}" for number in range(1, len(inputs) + 1)]
    edges = ["w"] if len(inputs) == 1 else [f"w{number}" for number in range(1, len(inputs) + 1)]
    nodes = [
        InputNode(name, column, position=(0.0, top + ROW_GAP * row))
        for row, (name, column) in enumerate(zip(ids, inputs, strict=True))
    ]
    neuron = Neuron("n", label="f", activation=activation, position=(COLUMN_GAP, 0.0))
    wires = tuple(Edge(edge, name, "n", Fraction(0)) for edge, name in zip(edges, ids, strict=True))
    return Network((*nodes, neuron), wires, (Output("n", target),))


def is_yes_no(dataset: Dataset, column: str) -> bool:
    """Whether a column holds zeros and ones, both of them, and nothing else."""
    values = np.unique(dataset.columns[column].floats[dataset.train_rows])
    return bool(np.array_equal(values, [0.0, 1.0]))


def largest_stable_learning_rate(dataset: Dataset, inputs: Sequence[str], curvature: float) -> float:
    """The rate above which plain descent on the mean loss of one neuron can overshoot without end: 2 / L.

    L is *curvature* times the largest eigenvalue of X^T X / n, where X has the inputs and a column of ones. The
    second derivative of a row's loss with respect to z is 2 for the square, and at most 1/4 for the cross-entropy of
    a sigmoid (Boyd and Vandenberghe, Convex Optimization, 9.3; s (1 - s) <= 1/4). *dataset* may be a represented one.
    """
    rows = dataset.train_rows
    columns = [dataset.columns[name].floats[rows] for name in inputs]
    n = len(columns[0])
    if n == 0:
        return 1.0
    gram = np.empty((len(columns) + 1, len(columns) + 1))
    with np.errstate(over="ignore"):
        for i, left in enumerate(columns):
            gram[i, -1] = gram[-1, i] = left.sum() / n
            for j in range(i + 1):
                gram[i, j] = gram[j, i] = float(left @ columns[j]) / n
    gram[-1, -1] = 1.0
    if not np.isfinite(gram).all():
        return math.ulp(0.0)
    return 2 / (curvature * float(np.linalg.eigvalsh(gram)[-1]))


def round_rate_below(limit: float) -> Fraction:
    """The largest of 1, 2 and 5 times a power of ten that does not exceed *limit*, exactly; at most 1."""
    if limit >= 1:
        return Fraction(1)
    power = Fraction(10) ** max(math.floor(math.log10(limit)) if limit > 0 else -300, -300)
    return max((factor * power for factor in (Fraction(1, 2), 1, 2, 5) if factor * power <= limit), default=power / 10)
