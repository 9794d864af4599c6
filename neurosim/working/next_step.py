"""The coming update: every parameter and what the optimizer remembers, all from the old values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from neurosim.engine.exact_update import exact_update
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.rate import coming_rate
from neurosim.engine.readiness import training_problem
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass


@dataclass(frozen=True)
class NextStep:
    """What the update makes of the trainable parameters.

    Attributes:
        values: each trainable parameter after the step.
        state: the optimizer's state variables after the step, by parameter.
        exact: whether all of it is in fractions.
    """

    values: Mapping[str, Number]
    state: Mapping[str, Mapping[str, Number]]
    exact: bool


def next_step(snapshot: Snapshot) -> NextStep | None:
    """The update along the gradient of *snapshot*, whose rows are those that the step reads.

    In fractions as long as ``engine.exact_step`` would take it in fractions, else in float64 by the optimizer itself.
    ``None`` when no step can be taken; ``step_problem`` says why.
    """
    if step_problem(snapshot) is not None:
        return None
    network, settings = snapshot.network, snapshot.settings
    if snapshot.exact:
        found = exact_update(network, settings, snapshot.gradient)
        if found is not None:
            after, training = found
            names = _moving(snapshot)
            values = {name: after.parameters[name] for name in names}
            return NextStep(MappingProxyType(values), training.optimizer_state or MappingProxyType({}), True)
    return _rounded(snapshot)


def step_problem(snapshot: Snapshot) -> str | None:
    """Why no step can be taken, as a sentence; ``None`` when it can."""
    if snapshot.problem is not None:
        return snapshot.problem
    return training_problem(snapshot.network, snapshot.dataset, snapshot.settings)


def _moving(snapshot: Snapshot) -> list[str]:
    """The parameters that the step may change."""
    return [name for name, free in snapshot.network.trainable.items() if free and name in snapshot.gradient]


def _rounded(snapshot: Snapshot) -> NextStep:
    network, settings = snapshot.network, snapshot.settings
    names = _moving(snapshot)
    optimizer = OPTIMIZERS[settings.optimizer.name]
    options = optimizer.complete(settings.optimizer.settings)
    theta = np.array([float(network.parameters[name]) for name in names])
    gradient = np.array([float(snapshot.gradient[name]) for name in names])
    state = optimizer.fresh_state(len(names), options)
    saved = settings.optimizer_state or {}
    for variable, array in state.items():
        array[:] = [float(saved.get(variable, {}).get(name, 0.0)) for name in names]
    with np.errstate(all="ignore"):
        optimizer.update(theta, gradient, state, float(coming_rate(settings)), options)
    return NextStep(
        MappingProxyType(dict(zip(names, theta.tolist(), strict=True))),
        MappingProxyType(
            {
                variable: MappingProxyType(dict(zip(names, array.tolist(), strict=True)))
                for variable, array in state.items()
            }
        ),
        False,
    )
