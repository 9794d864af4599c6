"""Gradient descent: each step goes against the gradient of the loss, as the optimizer makes of it."""

from __future__ import annotations

from neurosim.engine.dataset import Dataset
from neurosim.engine.descent import Descent, descent_for
from neurosim.engine.exact_pass import exact_pass
from neurosim.engine.exact_update import exact_update, is_rational, rows_of
from neurosim.engine.methods.base import Job, Method, Stepped
from neurosim.engine.network import Network
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings


def _descent(job: Job) -> Descent:
    return descent_for(job.data, job.parameters, job.settings)


def _exact_step(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stepped | None:
    if not is_rational(settings):
        return None
    found = exact_pass(network, dataset, settings, rows=rows_of(dataset, settings, settings.batch_size))
    return None if found is None or found.loss is None else exact_update(network, settings, found.gradient)


def rests(before: TrainingSettings, after: TrainingSettings) -> bool:
    """Whether the gradient must be 0 when a step moves nothing: all rows were read, and no velocity is left."""
    return not after.optimizer_state and after.batch_size is None and bool(coming_rate(before))


PLUGIN = Method(
    name="gradient_descent",
    title="Gradient descent",
    help="Each step goes against the gradient of the loss: downhill, on all rows or on some of them.",
    formula="w <- w - lr dL/dw, or as the optimizer makes of it",
    descent=_descent,
    exact_step=_exact_step,
    rests=rests,
    rows_per_step=lambda settings: settings.batch_size,
    by_gradient=True,
    order=0,
)
