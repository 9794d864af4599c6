"""By which column of classes the rows of a neuron are told apart, and which row belongs to which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import Dataset
from neurosim.engine.metrics.classes import Classes, classes_of
from neurosim.engine.network import Network

__all__ = ["Classes", "class_of_rows", "classes_for", "classes_of"]


def classes_for(network: Network, dataset: Dataset, node: str, loss: str) -> tuple[str, Classes] | None:
    """The column and the classes by which the rows of *node* are told apart.

    An output's own; for another neuron those of the first output that has classes: what the network is to tell apart.
    """
    own = [output for output in network.outputs if output.node == node]
    for output in own or network.outputs:
        found = classes_of(dataset, output.target, loss)
        if found is not None and output.target is not None:
            return output.target, found
    return None


def class_of_rows(dataset: Dataset, column: str, classes: Classes) -> NDArray[np.intp]:
    """0 or 1 for each row."""
    return np.asarray(dataset.columns[column].floats == float(classes[1]), dtype=np.intp)
