"""Finite differences: the slope along each parameter from two losses, one to each side; then a step as usual.

    dL/dw ~ (L(w + h) - L(w - h)) / (2 h)

No derivative is needed, but two losses for every parameter (J. Kiefer and J. Wolfowitz 1952). For a quadratic loss the
quotient is the derivative itself, whatever h is.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.calls import run
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import Descent, FullBatch
from neurosim.engine.divergence import Stop, settled
from neurosim.engine.exact_update import exact_update, is_rational
from neurosim.engine.methods._losses import exact_loss, free_names
from neurosim.engine.methods.base import Job, Method, Stepped
from neurosim.engine.network import Network
from neurosim.engine.plugin_setting import POSITIVE, Setting
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings

NUDGE = Setting("nudge", "Nudge h", Fraction(1, 100), "How far each parameter is moved to both sides.", POSITIVE)


class FiniteDifferences:
    """Owns the slopes at the present parameters, each from two losses."""

    measures_each_step = True
    epochs_between = 1
    ends_by_itself = False

    def __init__(self, job: Job) -> None:
        """Measure the loss and the slopes."""
        self._parameters = job.parameters
        position = job.parameters.compiled.position
        self._places = [position[name] for name in free_names(job.network, position)]
        self._h = float(PLUGIN.complete(job.settings.method_settings)[NUDGE.name])
        self._whole = FullBatch(job.data, job.parameters, job.settings)
        self.refresh()

    def refresh(self) -> None:
        """Take the optimizer's calls anew; measure the loss and the slopes at the present parameters."""
        self.rebind()
        self._loss = self._whole.forward_loss()
        self._measure()

    def rebind(self) -> None:
        """Take the optimizer's calls anew."""
        self._update = self._parameters.step_calls()

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; fill in the loss after each."""
        del step  # all rows: every step is like the last
        for i in range(len(losses)):
            np.copyto(self._parameters.gradient, self._slopes)
            run(self._update)
            self._loss = losses[i] = self._whole.forward_loss()
            self._measure()

    def loss(self) -> float:
        """The loss at the present parameters, penalty included."""
        return self._loss

    def largest_slope(self) -> float:
        """The largest of the measured slopes by its size."""
        return float(np.abs(self._slopes).max(initial=0.0))

    def convergence(self, step: int) -> Stop | None:
        """The stop when the measured slopes are close to 0."""
        return settled(step, self.largest_slope())

    def exact_values(self) -> None:
        """A run works in float64."""

    def _measure(self) -> None:
        theta, h = self._parameters.theta, self._h
        self._slopes = np.zeros_like(theta)
        for place in self._places:
            here = theta[place]
            theta[place] = here + h
            above = self._whole.forward_loss()
            theta[place] = here - h
            below = self._whole.forward_loss()
            theta[place] = here
            self._slopes[place] = (above - below) / (2.0 * h)


def exact_slopes(
    network: Network, dataset: Dataset, settings: TrainingSettings
) -> dict[str, tuple[Fraction, Fraction, Fraction]] | None:
    """For each parameter that may change: the losses to both sides and the slope; ``None`` where they are no fractions.

    The order is: the loss above, the loss below, the slope.
    """
    h = PLUGIN.complete(settings.method_settings)[NUDGE.name]
    if not isinstance(h, Fraction):
        return None
    found = {}
    for name in free_names(network):
        value = network.parameters[name]
        if not isinstance(value, Fraction):
            return None
        above = exact_loss(network, dataset, settings, {name: value + h})
        below = exact_loss(network, dataset, settings, {name: value - h})
        if above is None or below is None:
            return None
        found[name] = above, below, (above - below) / (2 * h)
    return found


def _exact_step(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stepped | None:
    if not is_rational(settings):
        return None
    slopes = exact_slopes(network, dataset, settings)
    if slopes is None:
        return None
    return exact_update(network, settings, {name: slope for name, (_, _, slope) in slopes.items()})


def _descent(job: Job) -> Descent:
    return FiniteDifferences(job)


_WHOLE = "Finite differences compare the loss of all rows to both sides of each parameter."

PLUGIN = Method(
    name="finite_difference",
    title="Finite differences",
    help="Without calculus: nudges each parameter to both sides, takes the slope from the two losses, and steps.",
    formula="dL/dw ~ (L(w + h) - L(w - h)) / (2h); then a step of the optimizer",
    descent=_descent,
    exact_step=_exact_step,
    rests=lambda before, after: not after.optimizer_state and bool(coming_rate(before)),
    settings=(NUDGE,),
    idle=MappingProxyType({"batch": _WHOLE, "shuffle": _WHOLE}),
    order=4,
)
