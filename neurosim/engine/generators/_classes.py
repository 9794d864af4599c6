"""Rows in classes: so many for each, as even as they can be, and noise around a shape in the plane."""

from __future__ import annotations

import numpy as np

from neurosim.engine.column import FloatArray


def class_sizes(n_rows: int, n_classes: int) -> list[int]:
    """How many rows each class has; the first ones get what is over."""
    return [n_rows // n_classes + (index < n_rows % n_classes) for index in range(n_classes)]


def labels(sizes: list[int]) -> FloatArray:
    """(n_rows,): 0 for each row of the first class, 1 for the second, and so on."""
    return np.repeat(np.arange(len(sizes), dtype=np.float64), sizes)


def blurred(points: FloatArray, random: np.random.Generator, noise: float) -> FloatArray:
    """*points* (n_rows, 2) with normal noise on both coordinates."""
    result: FloatArray = points + noise * random.standard_normal(points.shape)
    return result
