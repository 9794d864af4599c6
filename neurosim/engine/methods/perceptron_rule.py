"""The perceptron rule: one row a step; where the answer is wrong, its row is added to the weights or taken away.

    z = w . x + b,  the answer o = 1 where z >= 0, else 0 (or -1),  w <- w + lr (t - o) x,  b <- b + lr (t - o)

(F. Rosenblatt 1958; the convergence theorem: A. Novikoff 1962). The whole arithmetic is rational: while data,
parameters and learning rate are fractions, a run works in fractions as well, for a sum that is 0 but for rounding
would fire or not by chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.batches import batch_rows
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import Descent, FullBatch
from neurosim.engine.divergence import Stop
from neurosim.engine.exact_pass import is_hand_sized
from neurosim.engine.exact_update import rows_of
from neurosim.engine.methods._perceptrons import Perceptron, perceptrons, why_not
from neurosim.engine.methods.base import Job, Method, Stepped
from neurosim.engine.network import Network
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import within_limit

MISTAKES, OF_EPOCH = "mistakes", "epoch_mistakes"
"""What is counted: wrong answers since the start, and in the present epoch."""


class PerceptronDescent:
    """Owns the rows as they are, a count of mistakes, and fractions beside the vector while everything is rational."""

    measures_each_step = False
    epochs_between = 1
    ends_by_itself = True

    def __init__(self, job: Job) -> None:
        """Lay out each neuron's columns and the places of its parameters."""
        self._job = job
        self._dataset, self._settings = job.dataset, job.settings
        self._units = perceptrons(job.network, job.dataset)
        self._training = np.arange(job.dataset.n_rows)[job.dataset.train_rows]
        self._n = len(self._training)
        rows = job.dataset.train_rows
        self._inputs: list[FloatArray] = []
        self._places = []
        self._free = []
        for unit in self._units:
            columns = [np.ones(self._n) if c is None else job.dataset.columns[c].floats[rows] for c in unit.columns]
            self._inputs.append(np.array(columns).reshape(len(columns), self._n).T.copy())
            self._places.append(
                np.array([job.parameters.compiled.position[name] for name in unit.names], dtype=np.intp)
            )
            self._free.append(np.array(unit.free, dtype=bool))
        self._targets = np.array([job.dataset.columns[unit.target].floats[rows] for unit in self._units])
        self._whole: FullBatch | None = None
        self._exact = _exact_values(job.network, job.dataset, job.settings)
        for name in (MISTAKES, OF_EPOCH):
            job.parameters.counts.setdefault(name, 0)

    def refresh(self) -> None:
        """Take the vector as it is now: from here on in float64."""
        self._exact = None

    def rebind(self) -> None:
        """The learning rate is read anew in each step."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps, each on one row; the full loss is not measured."""
        losses.fill(np.nan)
        settings, counts = self._settings, self._job.parameters.counts
        for number in range(step, step + len(losses)):
            found = batch_rows(self._n, 1, settings.shuffle, settings.seed, number)
            row = found.start if isinstance(found, slice) else int(found[0])
            if number % self._n == 0:
                counts[OF_EPOCH] = 0
            wrong = self._rounded(row) if self._exact is None else self._exactly(row, number)
            counts[OF_EPOCH] += wrong
            counts[MISTAKES] += wrong

    def loss(self) -> float:
        """The full loss at the present parameters."""
        if self._whole is None:
            self._whole = FullBatch(self._job.data, self._job.parameters, self._settings)
        return self._whole.forward_loss()

    def largest_slope(self) -> float:
        """The rule has no gradient; infinite, so that nothing counts as flat."""
        return float("inf")

    def convergence(self, step: int) -> Stop | None:
        """The stop when the epoch that ends after *step* steps had no mistake."""
        if step % self._n or self._job.parameters.counts[OF_EPOCH] or not self._all_right():
            return None
        return clean_epoch(step, self._n, int(self._job.parameters.counts[MISTAKES]))

    def exact_values(self) -> Mapping[str, Fraction] | None:
        """The parameters as fractions; ``None`` once they are rounded."""
        return self._exact

    def _all_right(self) -> bool:
        """Whether each row is answered as it should be, as the data and the parameters are now."""
        theta = self._job.parameters.theta
        for unit, inputs, places, targets in zip(self._units, self._inputs, self._places, self._targets, strict=True):
            if self._exact is not None:
                if any(_wrong(unit, self._exact, self._dataset, int(row)) for row in self._training):
                    return False
            elif not np.array_equal(np.where(inputs @ theta[places] >= 0.0, 1.0, float(unit.low)), targets):
                return False
        return True

    def _rounded(self, row: int) -> int:
        theta, rate, mistakes = self._job.parameters.theta, self._job.parameters.rate, 0
        for k, unit in enumerate(self._units):
            values, places, free = self._inputs[k][row], self._places[k], self._free[k]
            error = self._targets[k][row] - unit.answer(float(values @ theta[places]))
            if error:
                mistakes += 1
                theta[places[free]] += rate * error * values[free]
        return mistakes

    def _exactly(self, row: int, step: int) -> int:
        values = self._exact or {}
        at = replace(self._settings, step=step)
        after, mistakes = _updated(self._units, values, self._dataset, int(self._training[row]), at)
        if after is None:
            self._exact = None
            return self._rounded(row)
        if mistakes:
            self._exact = after
            position, theta = self._job.parameters.compiled.position, self._job.parameters.theta
            for unit in self._units:
                for name in unit.names:
                    theta[position[name]] = float(after[name])
        return mistakes


def clean_epoch(step: int, n: int, mistakes: int) -> Stop:
    """The stop after an epoch of *n* rows without a mistake."""
    rows = "the only row was" if n == 1 else f"all {n} rows were"
    total = "1 mistake" if mistakes == 1 else f"{mistakes} mistakes"
    return Stop(
        "converged",
        f"converged: in epoch {step // n} {rows} answered right, so that nothing changes any more; "
        f"it took {step} steps and {total} to come here.",
    )


def mistakes_of(settings: TrainingSettings) -> tuple[int, int]:
    """The mistakes counted since the start, and in the present (or just ended) epoch."""
    state = settings.method_state or {}
    return int(state.get(MISTAKES, Fraction(0))), int(state.get(OF_EPOCH, Fraction(0)))


def _exact_values(network: Network, dataset: Dataset, settings: TrainingSettings) -> dict[str, Fraction] | None:
    """The parameters while everything that a step reads is a fraction, and few enough; else ``None``."""
    if not is_hand_sized(network, dataset) or not isinstance(coming_rate(settings), Fraction):
        return None
    units = perceptrons(network, dataset)
    used = {c for unit in units for c in (*unit.columns, unit.target) if c is not None}
    if not all(dataset.columns[name].exact for name in used):
        return None
    found = {name: network.parameters[name] for unit in units for name in unit.names}
    exact = {name: value for name, value in found.items() if isinstance(value, Fraction)}
    return exact if len(exact) == len(found) else None


def _sum(unit: Perceptron, values: Mapping[str, Fraction], dataset: Dataset, row: int) -> Fraction:
    total = Fraction(0)
    for name, column in zip(unit.names, unit.columns, strict=True):
        total += values[name] if column is None else values[name] * Fraction(dataset.columns[column][row])
    return total


def _wrong(unit: Perceptron, values: Mapping[str, Fraction], dataset: Dataset, row: int) -> Fraction:
    """Target minus answer."""
    return Fraction(dataset.columns[unit.target][row]) - unit.answer(_sum(unit, values, dataset, row))


def _updated(
    units: tuple[Perceptron, ...],
    values: Mapping[str, Fraction],
    dataset: Dataset,
    row: int,
    settings: TrainingSettings,
) -> tuple[dict[str, Fraction] | None, int]:
    """The parameters after the step on *row*, and how many answers were wrong; ``None`` where fractions end."""
    rate, after, mistakes = coming_rate(settings), dict(values), 0
    for unit in units:
        error = _wrong(unit, values, dataset, row)
        if not error:
            continue
        if not isinstance(rate, Fraction):
            return None, 0
        mistakes += 1
        for name, column, free in zip(unit.names, unit.columns, unit.free, strict=True):
            if free:
                after[name] += rate * error * (1 if column is None else Fraction(dataset.columns[column][row]))
    return (after if within_limit(after.values()) else None), mistakes


def _exact_step(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stepped | None:
    values = _exact_values(network, dataset, settings)
    if values is None:
        return None
    (row,) = rows_of(dataset, settings, 1)
    after, wrong = _updated(perceptrons(network, dataset), values, dataset, row, settings)
    if after is None:
        return None
    total, in_epoch = mistakes_of(settings)
    n = dataset.n_rows - len(set(dataset.test_rows))
    in_epoch = 0 if settings.step % n == 0 else in_epoch
    counts = {MISTAKES: Fraction(total + wrong), OF_EPOCH: Fraction(in_epoch + wrong)}
    found = replace(
        settings,
        step=settings.step + 1,
        start=settings.start if settings.start is not None else network.parameters,
        method_state=MappingProxyType(counts),
    )
    changed = {name: value for name, value in after.items() if value != values[name]}
    return network.with_parameters(changed) if changed else network, found


def _finished(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stop | None:
    n = dataset.n_rows - len(set(dataset.test_rows))
    mistakes, in_epoch = mistakes_of(settings)
    if not settings.step or settings.step % n or in_epoch or settings.method_state is None:
        return None
    rows = np.arange(dataset.n_rows)[dataset.train_rows]
    for unit in perceptrons(network, dataset):
        values = {name: Fraction(network.parameters[name]) for name in unit.names}
        if any(_wrong(unit, values, dataset, int(row)) for row in rows):
            return None
    return clean_epoch(settings.step, n, mistakes)


def _descent(job: Job) -> Descent:
    return PerceptronDescent(job)


def _refusal(network: Network, dataset: Dataset, _settings: TrainingSettings) -> str | None:
    return why_not(network, dataset)


_PENALTY = "The perceptron rule follows no gradient, so that no penalty can bend it."

PLUGIN = Method(
    name="perceptron_rule",
    title="Perceptron rule",
    help="One row a step: where the answer is wrong, the row is added to the weights or taken away from them.",
    formula="w <- w + lr (target - answer) x; fires at z >= 0",
    descent=_descent,
    exact_step=_exact_step,
    refusal=_refusal,
    finished=_finished,
    rows_per_step=lambda _settings: 1,
    idle=MappingProxyType(
        {
            "optimizer": "The perceptron rule has its own update: no gradient, so nothing for an optimizer to do.",
            "batch": "The perceptron rule looks at one row a step.",
            "l2": _PENALTY,
            "l1": _PENALTY,
        }
    ),
    order=1,
)
