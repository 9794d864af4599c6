"""One click from a table to a neuron that fits it: inputs, one neuron, one output, and a rate that does not diverge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.document.edits.common import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings

COLUMN_GAP = 240.0
ROW_GAP = 110.0


def fit_neuron_to(state: DocumentState, dataset: Dataset, inputs: Sequence[str], target: str) -> DocumentState:
    """Draw one neuron that fits *target* from *inputs*, with every parameter 0, at step 0.

    A target of zeros and ones gets sigmoid + cross_entropy, any other identity + squared_error. Nothing is scaled:
    the learning rate is chosen so that plain descent on the data as they are does not diverge.
    """
    names = list(dict.fromkeys(inputs))
    if not names:
        raise EditError("Choose at least one column as an input.")
    for name in (*names, target):
        if name not in dataset.columns:
            raise EditError(f"The data have no column {name!r}.")
    if target in names:
        raise EditError(f"{target} cannot be both input and target: the neuron would only copy it.")
    if dataset.n_rows == 0:
        raise EditError("The data have no rows, so there is nothing to fit.")
    yes_no = is_yes_no(dataset, target)
    network = one_neuron(names, target, "sigmoid" if yes_no else "identity")
    training = TrainingSettings(
        loss="cross_entropy" if yes_no else "squared_error", reduction="mean", seed=state.training.seed
    )
    limit = largest_stable_learning_rate(dataset, names, curvature=0.25 if yes_no else 2.0)
    training = replace(training, learning_rate=round_rate_below(limit * 2 / 3))
    return replace(state, network=network, dataset=dataset, training=training)


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
    a sigmoid (Boyd and Vandenberghe, Convex Optimization, 9.3; s (1 - s) <= 1/4).
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
