"""Descent for one linear neuron with squared error, whose loss is a quadratic bowl.

With few rows the residuals come from one product with the targets as one more row, weighted by -1. From ``GRAM_ROWS``
rows on the rows are summed up once: with an anchor w0 at the bottom of the bowl, the true residuals r0 there and
d = w - w0,

    sum of r^2          = r0 . r0 + 2 (X r0) . d + d . (X X^T) d
    half its derivative = X r0 + (X X^T) d

so that a step costs the same for a thousand rows as for ten million. The anchor depends on the data alone: a step stays
a pure function of the parameters. At the bottom nothing cancels, so that a loss near 0 keeps its digits.
"""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.all_rows import AllRows
from neurosim.engine.dataset import FloatArray
from neurosim.engine.objective import reduction_factor
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.vectors import Parameters, TrainingData

GRAM_ROWS = 256
"""From this many rows on the sums of products are used."""

CHUNK = 16_384
"""Rows of a chunk when the sums are formed."""


def is_linear_neuron(data: TrainingData) -> bool:
    """Whether the network is one linear neuron on inputs, with squared error."""
    compiled = data.compiled
    if data.loss.name != "squared_error" or len(compiled.levels) != 1 or len(data.outputs) != 1:
        return False
    level = compiled.levels[0]
    return (
        level.shape[0] == 1
        and ACTIVATIONS[level.kinds[0][0]].is_identity
        and compiled.row[data.outputs[0]] == level.first
    )


class LinearDescent(AllRows):
    """Descent on all rows of a linear neuron; between steps loss and gradient at the present parameters are known."""

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Lay out the rows, or sum them up."""
        factor = float(reduction_factor(settings.reduction, data.n))
        super().__init__(parameters, factor, 2.0 * factor)
        level = data.compiled.levels[0]
        samples = data.samples(data.block)[level.low : level.high]
        self._gram = data.n >= GRAM_ROWS
        if self._gram:
            self._sum_up(samples, data.targets[0])
        else:
            self._rows = np.vstack([samples, data.targets])
            self._samples = self._rows[:-1]
            self._residuals = np.empty(data.n)
        self.refresh()

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; fill in the loss after each."""
        del step  # all rows: every step is like the last
        if len(losses) == 0:
            return
        (self._run_gram if self._gram else self._run_rows)(losses)
        self._total = float(losses[-1])
        np.multiply(losses, self._factor, losses)

    def _run_rows(self, losses: FloatArray) -> None:
        parameters = self._parameters
        extended, gradient, theta, penalty = (
            parameters.extended,
            parameters.gradient,
            parameters.theta,
            parameters.penalty,
        )
        rows, samples, residuals, update, dot = self._rows, self._samples, self._residuals, self._update, np.dot
        square = residuals.dot
        for i in range(len(losses)):
            for function, arguments in update:
                function(*arguments)
            dot(extended, rows, residuals)  # w . x + b - y
            losses[i] = square(residuals)
            dot(samples, residuals, gradient)
            if penalty.active:
                losses[i] += penalty.value(theta) / self._factor

    def _run_gram(self, losses: FloatArray) -> None:
        parameters = self._parameters
        extended, gradient, theta, penalty = (
            parameters.extended,
            parameters.extended_gradient,
            parameters.theta,
            parameters.penalty,
        )
        anchor, away, products, update = self._anchor, self._away, self._products, self._update
        dot, subtract, total = np.dot, np.subtract, self._away.dot
        for i in range(len(losses)):
            for function, arguments in update:
                function(*arguments)
            subtract(extended, anchor, away)
            dot(products, away, gradient)
            losses[i] = total(gradient)
            if penalty.active:
                losses[i] += penalty.value(theta) / self._factor

    def _measure(self) -> float:
        parameters = self._parameters
        if self._gram:
            np.subtract(parameters.extended, self._anchor, self._away)
            np.dot(self._products, self._away, parameters.extended_gradient)
            return float(self._away.dot(parameters.extended_gradient))
        np.dot(parameters.extended, self._rows, self._residuals)
        np.dot(self._samples, self._residuals, parameters.gradient)
        return float(self._residuals.dot(self._residuals))

    def _sum_up(self, samples: FloatArray, targets: FloatArray) -> None:
        """Form ``_anchor`` (size + 1,) and ``_products`` (size + 1, size + 1), both with an entry for the residuals."""
        size = len(samples)
        real = self._parameters.compiled.real
        squares = samples @ samples.T
        anchor = np.zeros(size)
        slope, total = _residual_sums(samples, targets, anchor)
        if real.any():
            kept = squares[np.ix_(real, real)]
            scale = 1.0 / np.sqrt(np.maximum(np.diag(kept), np.finfo(np.float64).tiny))
            inverse = np.linalg.pinv(kept * np.outer(scale, scale), hermitian=True) * np.outer(scale, scale)
            for _ in range(3):  # the solution, and two refinements with the true residuals
                better = anchor.copy()
                better[real] -= inverse @ slope[real]
                better_slope, better_total = _residual_sums(samples, targets, better)
                if not better_total <= total:
                    break
                anchor, slope, total = better, better_slope, better_total
        self._anchor = np.append(anchor, -2.0)  # -1 - (-2) = 1: the constant terms are taken once
        self._products = np.empty((size + 1, size + 1))
        self._products[:size, :size] = squares
        self._products[size, :size] = self._products[:size, size] = slope
        self._products[size, size] = total
        self._away = np.empty(size + 1)


def _residual_sums(samples: FloatArray, targets: FloatArray, weights: FloatArray) -> tuple[FloatArray, float]:
    """X r and r . r for the residuals r = X^T w - y, chunk by chunk."""
    slope, total = np.zeros(len(samples)), 0.0
    for start in range(0, len(targets), CHUNK):
        part = np.ascontiguousarray(samples[:, start : start + CHUNK])
        residuals = weights @ part - targets[start : start + CHUNK]
        slope += part @ residuals
        total += float(residuals @ residuals)
    return slope, total
