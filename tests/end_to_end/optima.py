"""The best losses of convex problems, worked out without the engine, for the tests that train towards them."""

from __future__ import annotations

import numpy as np


def logistic_optimum(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Iteratively reweighted least squares (Newton's method) for logistic regression with a constant."""
    design = np.column_stack([x, np.ones(len(y))])
    w = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ w))
        w = w + np.linalg.solve(design.T @ (design * (p * (1 - p))[:, None]), design.T @ (y - p))
    z = design @ w
    return w, float(np.mean(np.logaddexp(0, z) - y * z))


def softmax_infimum(x: np.ndarray, y: np.ndarray) -> float:
    """The mean cross-entropy that softmax regression comes down to; *x* has a column of ones.

    Where a class can be told apart for certain the loss has no minimum: it falls ever more slowly towards this value.
    """
    # Newton's method with a little ridge for the direction in which the loss is flat, halved where it would rise.
    w, loss = np.zeros((x.shape[1], y.shape[1])), float(np.log(y.shape[1]))
    for _ in range(200):
        z = x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ (p - y)
        hessian = np.zeros((w.size, w.size))
        for row, q in zip(x, p, strict=True):
            hessian += np.kron(np.diag(q) - np.outer(q, q), np.outer(row, row))
        step = np.linalg.solve(hessian + 1e-9 * np.eye(w.size), gradient.T.reshape(-1)).reshape(w.T.shape).T
        size = 1.0
        while size > 1e-6:
            tried = w - size * step
            z = x @ tried
            new = float(
                np.mean(np.log(np.exp(z - z.max(axis=1)[:, None]).sum(axis=1)) + z.max(axis=1) - (z * y).sum(axis=1))
            )
            if new <= loss:
                w, loss = tried, new
                break
            size /= 2
    return loss
