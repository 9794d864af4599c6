"""Descent for one sigmoid neuron with cross-entropy and targets 0 and 1: logistic regression.

With s = 1 - 2y (1 for class 0, -1 for class 1) and the rows multiplied by it once, u = w . (s x),

    loss of a row = log(1 + exp(u))
    d_w           = sum of (s x) sigmoid(u)

so that a step needs one exponential per row and no pass over the targets.
"""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.all_rows import AllRows
from neurosim.engine.calls import CACHE_LINE, aligned, zeros
from neurosim.engine.dataset import FloatArray
from neurosim.engine.objective import reduction_factor
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.vectors import Parameters, TrainingData

CHUNK = 16_384
"""Rows of a chunk: they stay in the cache."""

LINE = CACHE_LINE // 8
"""A chunk of so many rows, or a multiple, lets each of its columns begin at a cache line."""

FOLD = 1_024
"""From this many rows on the logarithm of a product of eight is taken instead of eight logarithms."""

_ONE = np.array(1.0)


def is_logistic_neuron(data: TrainingData) -> bool:
    """Whether the network is one sigmoid neuron on inputs, with cross-entropy and no target between 0 and 1."""
    compiled = data.compiled
    if data.loss.name != "cross_entropy" or len(compiled.levels) != 1 or len(data.outputs) != 1:
        return False
    level = compiled.levels[0]
    return (
        level.shape[0] == 1
        and compiled.row[data.outputs[0]] == level.first
        and bool(np.all((data.targets == 0.0) | (data.targets == 1.0)))
    )


class LogisticDescent(AllRows):
    """Descent on all rows; between steps loss and gradient at the present parameters are known."""

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Multiply the rows by their signs, chunk by chunk, and measure."""
        factor = float(reduction_factor(settings.reduction, data.n))
        super().__init__(parameters, factor, factor)
        level = data.compiled.levels[0]
        samples = data.samples(data.block)[level.low : level.high]
        signs = 1.0 - 2.0 * data.targets[0]
        width = -(-data.n // -(-data.n // CHUNK))
        width = min(data.n, -(-width // LINE) * LINE)
        places = [zeros((width,)) for _ in range(3)]
        self._chunks: list[Chunk] = []
        for start in range(0, data.n, width):
            rows = aligned(samples[:, start : start + width] * signs[start : start + width])
            u, p, total = (place[: rows.shape[1]] for place in places)
            self._chunks.append((rows, u, p, total))
        self._part = np.empty(len(samples))
        self.refresh()

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; fill in the loss after each."""
        del step  # all rows: every step is like the last
        update, measure, factor = self._update, self._measure, self._factor
        theta, penalty = self._parameters.theta, self._parameters.penalty
        total = self._total
        for i in range(len(losses)):
            for function, arguments in update:
                function(*arguments)
            total = measure()
            losses[i] = total * factor
            if penalty.active:
                losses[i] += penalty.value(theta)
        self._total = total

    def _measure(self) -> float:
        theta, gradient = self._parameters.theta, self._parameters.gradient
        chunks, part = self._chunks, self._part
        if len(chunks) == 1:
            return _one_chunk(theta, chunks[0], gradient)
        gradient.fill(0.0)
        total = 0.0
        for chunk in chunks:
            total += _one_chunk(theta, chunk, part)
            np.add(gradient, part, gradient)
        return total


Chunk = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def _one_chunk(theta: FloatArray, chunk: Chunk, gradient: FloatArray) -> float:
    """Write the sum over the chunk of the rows' gradients, and return the sum of their losses."""
    rows, u, p, s = chunk
    np.dot(theta, rows, u)
    np.exp(u, p)
    np.add(p, _ONE, s)
    np.divide(p, s, p)  # sigmoid(u)
    np.dot(rows, p, gradient)
    total = _sum_of_logarithms(s)
    return total if math.isfinite(total) else _carefully(rows, u, p, gradient)


def _sum_of_logarithms(s: FloatArray) -> float:
    """The sum of log(s); infinite where a product of eight of them overflows. Overwrites ``s``."""
    rest, few = 0.0, s
    if len(s) >= FOLD:
        size = len(s) // 8
        if len(s) % 8:
            rest = float(np.add.reduce(np.log(s[8 * size :])))
        for parts in (4, 2, 1):
            few = s[: parts * size]
            np.multiply(few, s[parts * size : 2 * parts * size], few)
    np.log(few, few)
    return float(np.add.reduce(few)) + rest


def _carefully(rows: FloatArray, u: FloatArray, p: FloatArray, gradient: FloatArray) -> float:
    """The same where exp(u) overflows: log(1 + exp(u)) = max(u, 0) + log(1 + exp(-|u|))."""
    np.negative(u, p)
    np.exp(p, p)
    np.add(p, _ONE, p)
    np.reciprocal(p, p)
    np.dot(rows, p, gradient)
    return float(np.sum(np.maximum(u, 0.0) + np.log1p(np.exp(-np.abs(u)))))
