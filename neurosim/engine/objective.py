"""The one number that is shown and differentiated: the reduced loss plus the l1 and l2 terms."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.compiled import BoolArray, CompiledNetwork
from neurosim.engine.dataset import FloatArray
from neurosim.engine.settings import Reduction, TrainingSettings


def reduction_factor(reduction: Reduction, n_rows: int) -> Fraction:
    """What the sum of the rows' losses is multiplied by: 1, 1/n, 1/2 or 1/(2n).

    For a mini-batch *n_rows* is the number of rows in the batch: a batch is averaged by its own size.
    """
    factor = Fraction(1, n_rows) if reduction in ("mean", "half_mean") else Fraction(1)
    return factor / 2 if reduction in ("half_sum", "half_mean") else factor


class Penalty:
    """l2 / 2 * sum of w^2 + l1 * sum of |w| over the weights that count (muted ones are 0); biases are excluded."""

    def __init__(
        self, compiled: CompiledNetwork, settings: TrainingSettings, trainable: BoolArray | None = None
    ) -> None:
        """Prepare for vectors laid out by *compiled*; with *trainable* the gradient of the others is left alone."""
        self.l2, self.l1 = float(settings.l2), float(settings.l1)
        self.active = bool(self.l2 or self.l1)
        self._weights = compiled.is_weight.astype(np.float64)
        self._slopes = self._weights if trainable is None else self._weights * trainable
        self._term = np.empty(compiled.size)

    def value(self, parameters: FloatArray) -> float:
        """The penalty at *parameters*."""
        if not self.active:
            return 0.0
        np.multiply(parameters, self._weights, self._term)
        squares = float(self._term.dot(self._term))
        return self.l2 / 2 * squares + (self.l1 * float(np.abs(self._term).sum()) if self.l1 else 0.0)

    def add_gradient(self, parameters: FloatArray, gradient: FloatArray) -> None:
        """Add l2 * w + l1 * sign(w) to *gradient*; the derivative of \\|w\\| at 0 is taken as 0."""
        term = self._term
        if self.l2:
            np.multiply(parameters, self._slopes, term)
            np.multiply(term, self.l2, term)
            np.add(gradient, term, gradient)
        if self.l1:
            np.sign(parameters, term)
            np.multiply(term, self._slopes, term)
            np.multiply(term, self.l1, term)
            np.add(gradient, term, gradient)
