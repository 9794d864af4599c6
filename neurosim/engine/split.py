"""Which rows are kept for testing: a share of them, drawn by a seed, on demand the same share of every class."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


def draw_test_rows(n_rows: int, share: Fraction, seed: int, strata: NDArray[np.intp] | None = None) -> tuple[int, ...]:
    """The rows (rising, from 0) that are kept out: ``share * n_rows`` of them, rounded half up, but never all.

    The rows are shuffled by *seed* and the first ones taken, so that a larger share keeps the rows of a smaller one:
    a slider moves rows one after another instead of drawing anew.

    Args:
        n_rows: how many rows there are.
        share: from 0 to 1.
        seed: any whole number from 0.
        strata: (n_rows,) the class of each row; then the shuffled classes take turns so that each has given the same
            share as nearly as whole rows allow (the method of Sainte-Lague: the j-th row of a class of m comes at
            (j - 1/2) / m).
    """
    wanted = min(half_up(share * n_rows), max(n_rows - 1, 0))
    order = np.random.default_rng(seed).permutation(n_rows)
    if strata is not None:
        turn = np.empty(n_rows)
        member = strata[order]
        for group in np.unique(member):
            places = np.flatnonzero(member == group)
            turn[places] = (np.arange(len(places)) + 0.5) / len(places)
        order = order[np.argsort(turn, kind="stable")]
    return tuple(sorted(order[:wanted].tolist()))


def half_up(value: Fraction) -> int:
    """The nearest whole number; of two equally near the larger."""
    return int((2 * value + 1) // 2)
