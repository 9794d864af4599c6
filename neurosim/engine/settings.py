"""How a network is trained: loss, reduction, regularisation, optimizer, batches, and where the training stands."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

Reduction = Literal["sum", "mean", "half_sum", "half_mean"]
REDUCTIONS: tuple[Reduction, ...] = ("sum", "mean", "half_sum", "half_mean")

OptimizerState = Mapping[str, Mapping[str, Number]]
"""Per state variable (``"momentum_buffer"``, ``"exp_avg"``, ...) its value for each parameter id."""


@dataclass(frozen=True)
class OptimizerSettings:
    """An optimizer's name and those of its settings that differ from the defaults."""

    name: str = "sgd"
    settings: Mapping[str, Number | bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ScheduleSettings:
    """A learning-rate schedule's name and those of its settings that differ from the defaults."""

    name: str = "constant"
    settings: Mapping[str, Number | bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class StopSettings:
    """What ends a run besides convergence and divergence; ``None`` for what does not.

    Attributes:
        loss_below: the loss, penalty included, is below this.
        gradient_below: no partial derivative of a trainable parameter is as large as this.
        no_progress: so many steps in a row have not brought the loss below its lowest of the run.
        at_step: so many steps have been taken since the start of the training.
    """

    loss_below: Number | None = None
    gradient_below: Number | None = None
    no_progress: int | None = None
    at_step: int | None = None

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return self != StopSettings()


@dataclass(frozen=True)
class TrainingSettings:
    """Everything about training that is saved.

    ``step`` counts optimizer updates since the start. ``start`` holds the parameters at step 0 once training has left
    it (``None`` while ``step`` is 0), so that Rewind returns to the same start. Batches are drawn from ``seed`` and
    the epoch's number alone, so that a step is a pure function of this state. ``method_settings`` holds those settings
    of the method that differ from its defaults, ``method_state`` what it counts from step to step (the mistakes of the
    perceptron rule).
    """

    loss: str = "squared_error"
    reduction: Reduction = "mean"
    method: str = "gradient_descent"
    method_settings: Mapping[str, Number | bool] = field(default_factory=lambda: MappingProxyType({}))
    optimizer: OptimizerSettings = OptimizerSettings()
    learning_rate: Number = Fraction(1, 10)
    schedule: ScheduleSettings = ScheduleSettings()
    batch_size: int | None = None
    shuffle: bool = False
    l2: Number = Fraction(0)
    l1: Number = Fraction(0)
    seed: int = 0
    step: int = 0
    optimizer_state: OptimizerState | None = None
    start: Mapping[str, Number] | None = None
    method_state: Mapping[str, Number] | None = None
    stop: StopSettings = StopSettings()
