"""The closed form: the normal equations of a linear neuron with squared error, solved in one step.

    (2 c X X^T + l2) w = 2 c X y

(C. F. Gauss 1809; with l2 > 0 it is ridge regression, A. Hoerl and R. Kennard 1970). Exact where data and settings are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import Descent, FullBatch
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.methods.base import Job, Method, Stepped
from neurosim.engine.network import Network
from neurosim.engine.quadratic import Quadratic, is_quadratic, quadratic_form
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number, all_exact

NO_FORM = (
    "There is no closed form here: it needs squared error, no l1, and linear neurons that read inputs alone. "
    "Take gradient descent instead."
)


HAND_SIZED = 4_000
"""Up to this many products the equations are formed and solved in fractions."""


class ClosedForm:
    """Owns the optimum; the first step leads there, and every further one stays."""

    measures_each_step = True
    epochs_between = 1
    ends_by_itself = True

    def __init__(self, job: Job) -> None:
        """Solve the normal equations.

        Raises:
            TrainingError: there is no single optimum.
        """
        form = solved(job.network, job.dataset, job.settings)
        if form is None or form.optimum is None:
            raise TrainingError(NO_FORM if form is None else not_unique(form, job.settings))
        self._optimum = form.optimum
        self._parameters = job.parameters
        position = job.parameters.compiled.position
        names = [name for name in form.names if name in position]
        self._places = np.array([position[name] for name in names], dtype=np.intp)
        self._values = np.array([float(form.optimum[name]) for name in names])
        self._whole = FullBatch(job.data, job.parameters, job.settings)
        self._there = False

    def refresh(self) -> None:
        """Nothing is kept between steps."""

    def rebind(self) -> None:
        """There is no learning rate."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Go to the optimum; fill in the loss there."""
        del step
        if len(losses):
            self._parameters.theta[self._places] = self._values
            self._there = True
            losses.fill(self.loss())

    def loss(self) -> float:
        """The loss at the present parameters, penalty included."""
        return self._whole.forward_loss()

    def largest_slope(self) -> float:
        """The largest absolute partial derivative by a trainable parameter."""
        self._whole.refresh()
        return self._whole.largest_slope()

    def convergence(self, step: int) -> Stop | None:
        """The stop once the optimum has been reached."""
        return reached(step) if self._there else None

    def exact_values(self) -> Mapping[str, Fraction] | None:
        """The optimum as fractions, where it is."""
        found = {name: value for name, value in self._optimum.items() if isinstance(value, Fraction)}
        return found if self._there and len(found) == len(self._optimum) else None


def solved(network: Network, dataset: Dataset, settings: TrainingSettings) -> Quadratic | None:
    """The bowl with its lowest point, in fractions where a pencil would get there: it is asked for in each frame."""
    return quadratic_form(network, dataset, settings, HAND_SIZED)


def reached(step: int) -> Stop:
    """The stop at the optimum."""
    return Stop(
        "converged",
        f"converged: step {step} solved the normal equations and leads to the lowest point; there is no better one.",
    )


def not_unique(form: Quadratic, settings: TrainingSettings) -> str:
    """Why there is no single optimum, and what would make one."""
    reason = form.problem or "The loss has no single lowest point."
    return reason if settings.l2 else f"{reason} A small l2 penalty (ridge) would choose the one with small weights."


def _exact_step(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stepped | None:
    form = solved(network, dataset, settings)
    if form is None or form.optimum is None or not all_exact(form.optimum.values()):
        return None
    changed = {name: value for name, value in form.optimum.items() if network.parameters[name] != value}
    found = replace(
        settings,
        step=settings.step + 1,
        start=settings.start if settings.start is not None else network.parameters,
    )
    return network.with_parameters(changed) if changed else network, found


def _finished(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stop | None:
    if not settings.step:
        return None
    form = solved(network, dataset, settings)
    if form is None or form.optimum is None:
        return None
    there = all(_same(network.parameters[name], value) for name, value in form.optimum.items())
    return reached(settings.step) if there else None


def _same(value: Number, best: Number) -> bool:
    """Whether a parameter is at its best, but for rounding where it is rounded."""
    if isinstance(value, Fraction) and isinstance(best, Fraction):
        return value == best
    return math.isclose(value, best, rel_tol=1e-12, abs_tol=1e-300)


def _refusal(network: Network, _dataset: Dataset, settings: TrainingSettings) -> str | None:
    return None if is_quadratic(network, settings) else NO_FORM


def _descent(job: Job) -> Descent:
    return ClosedForm(job)


_ONE_STEP = "The closed form goes to the optimum in one step"

PLUGIN = Method(
    name="closed_form",
    title="Closed form",
    help="Solves the normal equations: one step to the lowest point, for linear neurons with squared error.",
    formula="w <- the solution of (2c X X^T + l2) w = 2c X y",
    descent=_descent,
    exact_step=_exact_step,
    refusal=_refusal,
    finished=_finished,
    rests=lambda _before, _after: True,
    idle=MappingProxyType(
        {
            "learning_rate": f"{_ONE_STEP}: there is no learning rate to choose.",
            "schedule": f"{_ONE_STEP}: there is no learning rate to change.",
            "optimizer": f"{_ONE_STEP}: there is nothing for an optimizer to do.",
            "batch": f"{_ONE_STEP}, from all rows.",
            "shuffle": f"{_ONE_STEP}, from all rows: their order does not matter.",
            "l1": "With l1 the loss has kinks, so that there is no closed form.",
        }
    ),
    order=2,
)
