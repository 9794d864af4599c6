"""The coming update: every parameter and what the optimizer remembers, all from the old values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from neurosim.engine.exact_update import exact_update
from neurosim.engine.readiness import training_problem
from neurosim.engine.rounded_update import moving, rounded_update
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

TOO_FAR = "The update leads to numbers too large to calculate with: choose a smaller learning rate."


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

    @property
    def too_far(self) -> str | None:
        """Why its numbers cannot be written down, as a sentence for the user; ``None`` when they can."""
        for values in (self.values, *self.state.values()):
            for value in values.values():
                if isinstance(value, float) and not math.isfinite(value):
                    return TOO_FAR
        return None


def next_step(snapshot: Snapshot) -> NextStep | None:
    """The update along the gradient of *snapshot*, whose rows are those that the step reads.

    In fractions as long as ``engine.exact_step`` would take it in fractions, else in float64 by the optimizer itself.
    ``None`` when no step can be taken; ``step_problem`` says why.
    """
    return None if step_problem(snapshot) is not None else update_of(snapshot)


def update_of(snapshot: Snapshot) -> NextStep:
    """``next_step`` where nothing stands against it."""
    network, settings = snapshot.network, snapshot.settings
    if snapshot.exact:
        found = exact_update(network, settings, snapshot.gradient)
        if found is not None:
            after, training = found
            names = moving(network, snapshot.gradient)
            values = {name: after.parameters[name] for name in names}
            return NextStep(MappingProxyType(values), training.optimizer_state or MappingProxyType({}), exact=True)
    values_after, state = rounded_update(network, settings, snapshot.gradient)
    remembered = {variable: MappingProxyType(by_name) for variable, by_name in state.items()}
    return NextStep(MappingProxyType(values_after), MappingProxyType(remembered), exact=False)


def step_problem(snapshot: Snapshot) -> str | None:
    """Why no step can be taken, as a sentence; ``None`` when it can."""
    if snapshot.problem is not None:
        return snapshot.problem
    return training_problem(snapshot.network, snapshot.dataset, snapshot.settings)
