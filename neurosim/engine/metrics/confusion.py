"""How often which class was taken for which: the confusion matrix, and the shares that are read off it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Members = NDArray[np.intp]


def confusion_matrix(actual: Members, predicted: Members, n_classes: int) -> Counts:
    """Entry (i, j) counts the rows of class i that were taken for class j; shape (n_classes, n_classes).

    Args:
        actual, predicted: the class of each row, from 0, of equal shape (n_rows,).
        n_classes: how many classes there are, also such as no row has.
    """
    counts = np.bincount(actual * n_classes + predicted, minlength=n_classes * n_classes)
    return np.asarray(counts.reshape(n_classes, n_classes), dtype=np.int64)


def accuracy(counts: Counts) -> Fraction | None:
    """The share of rows on the diagonal: right rows / all rows; ``None`` without rows."""
    total = int(counts.sum())
    return Fraction(int(np.trace(counts)), total) if total else None


def precision(counts: Counts, index: int) -> Fraction | None:
    """Of the rows taken for class *index*, the share that belongs to it; ``None`` when none was."""
    taken = int(counts[:, index].sum())
    return Fraction(int(counts[index, index]), taken) if taken else None


def recall(counts: Counts, index: int) -> Fraction | None:
    """Of the rows of class *index*, the share that was taken for it; ``None`` when there are none."""
    there = int(counts[index].sum())
    return Fraction(int(counts[index, index]), there) if there else None
