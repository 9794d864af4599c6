"""Whether a column of targets holds two classes, and which row belongs to which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.numbers.exact import Number, as_number

CLASSIFYING = frozenset({"cross_entropy", "softmax_cross_entropy", "hinge"})
"""Losses whose targets are classes, also where only one of the classes is there."""

Classes = tuple[Number, Number]
"""The values of class 0 and of class 1."""


def classes_of(dataset: Dataset, target: str | None, loss: str) -> Classes | None:
    """0 and 1, or -1 and 1, when the column *target* holds nothing else; ``None`` when it holds no classes.

    Both must be there, unless the *loss* is one for classes.
    """
    if target is None or target not in dataset.columns or not dataset.n_rows:
        return None
    floats = dataset.columns[target].floats
    for low in (-1, 0) if loss == "hinge" else (0, -1):
        if np.all((floats == low) | (floats == 1)):
            both = bool((floats == low).any() and (floats == 1).any())
            if both or loss in CLASSIFYING:
                return as_number(low), as_number(1)
    return None


def classes_for(network: Network, dataset: Dataset, node: str, loss: str) -> tuple[str, Classes] | None:
    """The column and the classes by which the rows of *node* are told apart.

    An output's own; for another neuron those of the first output that has classes: what the network is to tell apart.
    """
    own = [output for output in network.outputs if output.node == node]
    for output in own or network.outputs:
        found = classes_of(dataset, output.column, loss)
        if found is not None and output.column is not None:
            return output.column, found
    return None


def class_of_rows(dataset: Dataset, column: str, classes: Classes) -> NDArray[np.intp]:
    """0 or 1 for each row."""
    return np.asarray(dataset.columns[column].floats == float(classes[1]), dtype=np.intp)
