"""Cross-entropy of one sigmoid output with targets 0 and 1, where z is a value along x plus a value along y.

With s = 1 - 2y the loss of a row is log(1 + exp(s z)), and exp(s z) = exp(s z_x) exp(s z_y): exponentials are needed
along the axes only. A logarithm needs to be taken once for many rows,

    sum of log(1 + E_i) = log(1 + Q),    1 + Q = product of (1 + E_i),

and Q is built up from positive terms alone, Q <- Q + P (1 + Q), so that small losses keep their digits. The P of three
rows is a sum of seven products of a function of x with a function of y (E_1 + E_2 + E_3 + E_1 E_2 + ...): one small
matrix product over the grid.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.loss_map.rows import IntArray, TrainRows
from neurosim.engine.loss_map.terms import Block, Plane, Terms

STEEPEST = 100.0
"""Rows with a larger \\|z_x\\| or \\|z_y\\| go the long way: exp of three of them together must not overflow."""

HIGHEST = 600.0
"""A product is closed before its logarithm could exceed this."""

TRIPLES = 64
"""Three rows each whose P are worked out at once, at most: each adds a rounding to Q."""

VALUES = 48_000
"""About how many float64 are worked on at once, so that they stay in the cache."""


def is_logistic(terms: Terms) -> bool:
    """Whether the network has one sigmoid output with cross-entropy, whose z splits into two sides."""
    return terms.loss.name == "cross_entropy" and len(terms.outputs) == 1 and terms.forward.splits()


class LogisticTerms:
    """The same sums as those of ``Terms``, several times faster."""

    error = 32 * float(np.finfo(np.float64).eps)

    def __init__(self, terms: Terms) -> None:
        """*terms* is what goes the long way; see ``is_logistic``."""
        self._terms = terms
        ny, nx = terms.grid.shape
        self._most = max(1, min(TRIPLES, VALUES // (ny * nx)))
        self._rows = 3 * max(self._most, min(TRIPLES, 16 * VALUES // (ny * nx)))
        self._factors = np.empty((2, self._most, ny, nx))
        self._ranks = np.empty((self._rows // 3, 7, nx)), np.empty((self._rows // 3, 7, ny))

    def block(self, rows: TrainRows, which: slice | IntArray) -> Block:
        """*which* of the training rows, made ready."""
        return self._terms.block(rows, which)

    @property
    def at_once(self) -> int:
        """How many rows to make ready at once, at most."""
        return 8 * self._rows

    def pieces(self, n: int) -> Iterator[tuple[int, int, slice]]:
        """Parts of *n* rows, each on the whole grid."""
        for start in range(0, n, self._rows):
            yield start, min(n, start + self._rows), slice(0, self._terms.grid.shape[0])

    def sum(self, block: Block, ys: slice) -> Plane:
        """The sum of the losses of *block*; to be called within ``np.errstate``."""
        targets = block.prepared[0][0]
        along_x, along_y = self._terms.forward.two_sides(block.fixed, ys)
        signs = (1.0 - 2.0 * targets)[:, None]
        along_x, along_y = signs * along_x, signs * along_y
        steepest = np.maximum(np.abs(along_x).max(axis=1), np.abs(along_y).max(axis=1))
        quick = (steepest <= STEEPEST) & ((targets == 0.0) | (targets == 1.0))
        if quick.all():
            return Plane(self._product(along_x, along_y))
        return self._slowly(block.chosen(~quick), ys).plus(Plane(self._product(along_x[quick], along_y[quick])))

    def _slowly(self, block: Block, ys: slice) -> Plane:
        """Row by row: a block of this class is larger than ``Terms`` likes."""
        found = Plane(np.zeros(self._terms.grid.shape))
        for row in range(block.n):
            found = found.plus(self._terms.sum(block.part(row, row + 1), ys))
        return found

    def _product(self, along_x: FloatArray, along_y: FloatArray) -> FloatArray:
        """The sum of log(1 + exp(u)) over the rows, u = along_x + along_y."""
        highest = np.maximum(along_x.max(axis=1) + along_y.max(axis=1), 0.0) + 1.0
        highest = _by_three(highest[:, None])[:, :, 0].sum(axis=1)
        right = _ranks(_by_three(np.exp(along_x)), self._ranks[0])
        left = _ranks(_by_three(np.exp(along_y)), self._ranks[1]).transpose(0, 2, 1)
        found: FloatArray = np.zeros(self._factors.shape[2:])
        q: FloatArray | None = None
        height, start = 0.0, 0
        while start < len(highest):
            heights = height + np.cumsum(highest[start : start + self._most])
            count = int(np.searchsorted(heights, HIGHEST))
            if count == 0 and q is not None:
                found += np.log1p(q, q)
                q, height = None, 0.0
                continue
            stop = start + max(1, count)  # three rows alone are never too high
            height = float(heights[max(1, count) - 1])
            factors = np.matmul(left[start:stop], right[start:stop], self._factors[0, : stop - start])
            factor = _multiplied(factors, self._factors[1])
            q = factor.copy() if q is None else _times(q, factor, q, self._factors[1, 0])
            start = stop
        if q is not None:
            found += np.log1p(q, q)
        return found


def _by_three(rows: FloatArray) -> FloatArray:
    """*rows* (n, length) three at a time, (n / 3, 3, length); the last ones are filled up with 0."""
    n, length = rows.shape
    if n % 3:
        rows = np.concatenate([rows, np.zeros((3 - n % 3, length))])
    return rows.reshape(-1, 3, length)


def _ranks(threes: FloatArray, out: FloatArray) -> FloatArray:
    """All products of one, two and three different ones of three rows: (n, 3, length) to (n, 7, length) of *out*."""
    found = out[: len(threes)]
    found[:, :3] = threes
    np.multiply(threes[:, 0], threes[:, 1], found[:, 3])
    np.multiply(threes[:, :2], threes[:, 2:], found[:, 4:6])
    np.multiply(found[:, 3], threes[:, 2], found[:, 6])
    return found


def _multiplied(factors: FloatArray, scratch: FloatArray) -> FloatArray:
    """The P of all *factors* (count, ny, nx) together; overwrites them."""
    while len(factors) > 1:
        half = len(factors) // 2
        _times(factors[:half], factors[half : 2 * half], factors[:half], scratch[:half])
        if len(factors) % 2:
            _times(factors[0], factors[-1], factors[0], scratch[0])
        factors = factors[:half]
    product: FloatArray = factors[0]
    return product


def _times(p: FloatArray, q: FloatArray, out: FloatArray, scratch: FloatArray) -> FloatArray:
    """(1 + P) (1 + Q) - 1 = P + Q + P Q, into *out*."""
    np.multiply(p, q, scratch)
    np.add(scratch, q, scratch)
    np.add(p, scratch, out)
    return out
