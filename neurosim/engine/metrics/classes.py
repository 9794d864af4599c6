"""Which targets are classes rather than quantities, and which row belongs to which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import Dataset
from neurosim.numbers.exact import Number, as_number

CLASSIFYING = frozenset({"cross_entropy", "softmax_cross_entropy", "hinge"})
"""Losses whose targets are classes, also where only one of the classes is there."""

Classes = tuple[Number, Number]
"""The values of class 0 and of class 1."""

MOST_CLASSES = 12
"""A column of whole numbers with more values than this is taken for a quantity."""


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


def strata_of(dataset: Dataset, columns: tuple[str, ...]) -> NDArray[np.intp] | None:
    """The group of each row by the values of *columns* together, (n_rows,); ``None`` where these are quantities.

    One-hot targets make one group for each class; a column of words or of whole numbers one for each of its values,
    at most ``MOST_CLASSES``.
    """
    found = [dataset.columns[name].floats for name in columns if name in dataset.columns]
    for name in columns:
        if name in dataset.texts:
            places = {word: float(at) for at, word in enumerate(dict.fromkeys(dataset.texts[name]))}
            found.append(np.array([places[word] for word in dataset.texts[name]]))
    if not found or not dataset.n_rows:
        return None
    table = np.stack(found, axis=1)
    if not np.all(table == np.rint(table)):
        return None
    groups, member = np.unique(table, axis=0, return_inverse=True)
    if not 2 <= len(groups) <= MOST_CLASSES:
        return None
    return np.asarray(member, dtype=np.intp).reshape(-1)
