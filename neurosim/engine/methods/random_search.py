"""Random search: try a step in a random direction, and keep it when the loss falls. No derivative is needed.

    candidate = w + lr d,  each d drawn from a normal distribution, in hundredths;  w <- the better of the two

(R. L. Anderson 1953; J. Matyas 1965). The draw depends on the seed and the step's number alone, so that Back is exact;
with two decimals it can be copied onto paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import Descent, FullBatch
from neurosim.engine.divergence import Stop
from neurosim.engine.methods._losses import exact_loss, free_names
from neurosim.engine.methods.base import Job, Method, Stepped
from neurosim.engine.network import Network
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import within_limit

HUNDREDTHS = 100


class RandomSearch:
    """Owns the loss at the present parameters, and tries one candidate a step."""

    measures_each_step = True
    epochs_between = 1
    ends_by_itself = False

    def __init__(self, job: Job) -> None:
        """Measure the loss."""
        self._parameters, self._seed = job.parameters, job.settings.seed
        position = job.parameters.compiled.position
        self._places = np.array([position[name] for name in free_names(job.network, position)], dtype=np.intp)
        self._whole = FullBatch(job.data, job.parameters, job.settings)
        self._loss = self._whole.forward_loss()

    def refresh(self) -> None:
        """Measure the loss at the present parameters."""
        self._loss = self._whole.forward_loss()

    def rebind(self) -> None:
        """The learning rate is read anew in each step."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Try ``len(losses)`` candidates; fill in the loss after each."""
        theta, places = self._parameters.theta, self._places
        for i in range(len(losses)):
            before = theta[places]
            draws = drawn(len(places), self._seed, step + i) / float(HUNDREDTHS)
            theta[places] = before + self._parameters.rate * draws
            found = self._whole.forward_loss()
            if found < self._loss:
                self._loss = found
            else:
                theta[places] = before
            losses[i] = self._loss

    def loss(self) -> float:
        """The loss at the present parameters, penalty included."""
        return self._loss

    def largest_slope(self) -> float:
        """The largest absolute partial derivative by a trainable parameter: not used by the search itself."""
        self._whole.refresh()
        return self._whole.largest_slope()

    def convergence(self, step: int) -> Stop | None:
        """A search never knows that it is done."""
        del step
        return None

    def exact_values(self) -> None:
        """A run works in float64."""


def drawn(size: int, seed: int, step: int) -> FloatArray:
    """The directions of the step after *step* updates, in whole hundredths."""
    return np.rint(HUNDREDTHS * np.random.default_rng([seed, step]).standard_normal(size)) + 0.0


def candidate(
    network: Network, names: Sequence[str], settings: TrainingSettings
) -> tuple[dict[str, Fraction], dict[str, Fraction]] | None:
    """The directions of the coming step and where it would lead, as fractions; ``None`` where these end."""
    rate = coming_rate(settings)
    directions = {
        name: Fraction(int(value), HUNDREDTHS)
        for name, value in zip(names, drawn(len(names), settings.seed, settings.step).tolist(), strict=True)
    }
    found: dict[str, Fraction] = {}
    for name, direction in directions.items():
        value = network.parameters[name]
        if not isinstance(value, Fraction) or not isinstance(rate, Fraction):
            return None
        found[name] = value + rate * direction
    return (directions, found) if within_limit(found.values()) else None


def _exact_step(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stepped | None:
    tried = candidate(network, free_names(network), settings)
    if tried is None:
        return None
    here, there = (exact_loss(network, dataset, settings, values) for values in ({}, tried[1]))
    if here is None or there is None:
        return None
    found = replace(
        settings,
        step=settings.step + 1,
        start=settings.start if settings.start is not None else network.parameters,
    )
    return network.with_parameters(tried[1]) if there < here else network, found


def _descent(job: Job) -> Descent:
    return RandomSearch(job)


_WHOLE = "Random search compares the loss of all rows before and after."

PLUGIN = Method(
    name="random_search",
    title="Random search",
    help="Without calculus: tries a random step, as long as the learning rate says, and keeps it if the loss falls.",
    formula="try w + lr d with d drawn at random; keep it if the loss is lower",
    descent=_descent,
    exact_step=_exact_step,
    idle=MappingProxyType(
        {
            "optimizer": "Random search follows no gradient: there is nothing for an optimizer to do.",
            "batch": _WHOLE,
            "shuffle": _WHOLE,
        }
    ),
    order=3,
)
