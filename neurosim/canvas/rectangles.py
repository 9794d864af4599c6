"""Many rectangles at once: which of them overlap, by how much, and what runs through them; each by its corners."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from neurosim.engine.dataset import FloatArray


def boxes(rects: Iterable[QRectF]) -> FloatArray:
    """Rectangles as an array (n, 4): left, top, right, bottom."""
    return np.array([rect.getCoords() for rect in rects], dtype=np.float64).reshape(-1, 4)


def overlaps(low: FloatArray, high: FloatArray, others: FloatArray) -> NDArray[np.bool_]:
    """Which of the rectangles from *low* to *high*, both (n, 2), overlap any of the *others* (k, 4)."""
    left, top, right, bottom = others.T
    meet = (low[:, :1] < right) & (high[:, :1] > left)
    meet &= (low[:, 1:] < bottom) & (high[:, 1:] > top)
    return np.asarray(meet.any(axis=1))


def covered(low: FloatArray, high: FloatArray, others: FloatArray) -> FloatArray:
    """How much of the *others* (k, 4) each of the rectangles from *low* to *high*, both (n, 2), covers; shape (n,)."""
    left, top, right, bottom = others.T
    wide = np.minimum(high[:, :1], right) - np.maximum(low[:, :1], left)
    tall = np.minimum(high[:, 1:], bottom) - np.maximum(low[:, 1:], top)
    return np.asarray((np.maximum(wide, 0.0) * np.maximum(tall, 0.0)).sum(axis=1))


def crossings(lines: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """How many of *lines* (n, m, 2) have a point in each of the rectangles from *low* to *high*, both (k, 2)."""
    x, y = lines[..., 0], lines[..., 1]
    (left, top), (right, bottom) = low.min(axis=0), high.max(axis=0)
    near = ((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).any(axis=1)
    x, y = x[near].ravel(), y[near].ravel()
    inside = (x >= low[:, :1]) & (x <= high[:, :1])
    inside &= (y >= low[:, 1:]) & (y <= high[:, 1:])
    per_line = inside.reshape(len(low), -1, lines.shape[1]).any(axis=2)
    return np.asarray(per_line.sum(axis=1), dtype=float)
