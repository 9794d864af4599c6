"""The triangular factor R of tall tables of numbers: R^T R = A^T A, so that |A w| = |R w| for every w.

It holds all that a sum of squares needs to know of any number of rows (the Gram matrix A^T A does as well, but forming
that squares the condition: years as inputs would cost ten digits). Tables side by side are factored in one call, and
factors put together again: R of both is the R of one R above the other (J. Demmel et al. 2012, Communication-optimal
parallel and sequential QR, SIAM J. Sci. Comput. 34, A206).
"""

from __future__ import annotations

import numpy as np

from neurosim.engine.dataset import FloatArray

LEAF = 1024
"""Rows that are factored at once: they stay in the cache."""


def triangle(rows: FloatArray) -> FloatArray:
    """R (k, k) of a table (n, k), or one for each of several tables (..., n, k); rows of 0 where n < k."""
    n, k = rows.shape[-2:]
    if n < k:
        padding = np.zeros((*rows.shape[:-2], k - n, k))
        rows = np.concatenate([rows, padding], axis=-2)
    return np.asarray(np.linalg.qr(rows, mode="r"))


def leaves(rows: FloatArray) -> FloatArray:
    """R of each ``LEAF`` rows of a table (n, k), and of what is left over: (n / LEAF rounded up, k, k)."""
    n, k = rows.shape
    full = n // LEAF * LEAF
    found = [triangle(rows[:full].reshape(-1, LEAF, k))] if full else []
    if full < n:
        found.append(triangle(rows[full:])[None])
    return np.concatenate(found) if found else np.zeros((0, k, k))


def together(*factors: FloatArray) -> FloatArray:
    """R of all rows for which the *factors*, tables of k columns, stand."""
    return triangle(np.concatenate([factor.reshape(-1, factor.shape[-1]) for factor in factors]))
