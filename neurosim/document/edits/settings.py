"""Edits of how the network is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from neurosim.document.edits.common import EditError, finite
from neurosim.document.state import DocumentState
from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import (
    REDUCTIONS,
    OptimizerSettings,
    ScheduleSettings,
    StopSettings,
    TrainingSettings,
)
from neurosim.numbers.exact import Number


def set_learning_rate(state: DocumentState, value: Fraction | float | int) -> DocumentState:
    """Choose the learning rate; parameters and optimizer state stay."""
    rate = finite(value, "The learning rate")
    if rate <= 0:
        raise EditError("The learning rate must be above 0: with 0 nothing is learnt, below 0 the loss is climbed.")
    return _with(state, replace(state.training, learning_rate=rate))


def set_optimizer(
    state: DocumentState, name: str, settings: Mapping[str, Number | bool] | None = None
) -> DocumentState:
    """Choose an optimizer and those of its settings that differ from the defaults.

    Another optimizer begins with an empty memory; another setting of the same one keeps it.
    """
    if name not in OPTIMIZERS:
        raise EditError(f"There is no optimizer {name!r}; there are: {', '.join(OPTIMIZERS)}.")
    chosen = _finite_all(settings)
    reason = OPTIMIZERS[name].refusal(chosen)
    if reason is not None:
        raise EditError(reason)
    training = state.training
    kept = training.optimizer_state if name == training.optimizer.name else None
    if kept is not None:
        names = OPTIMIZERS[name].state_names(OPTIMIZERS[name].complete(chosen))
        kept = {variable: values for variable, values in kept.items() if variable in names}
    optimizer = OptimizerSettings(name, MappingProxyType(chosen))
    return _with(state, replace(training, optimizer=optimizer, optimizer_state=kept))


def set_method(state: DocumentState, name: str, settings: Mapping[str, Number | bool] | None = None) -> DocumentState:
    """Choose a training method and those of its settings that differ from the defaults.

    Another method counts its mistakes anew; everything else (learning rate, optimizer, batch) is kept for later.
    """
    if name not in METHODS:
        raise EditError(f"There is no training method {name!r}; there are: {', '.join(METHODS)}.")
    chosen = _finite_all(settings)
    reason = METHODS[name].unfit(chosen)
    if reason is not None:
        raise EditError(reason)
    training = state.training
    kept = training.method_state if name == training.method else None
    return _with(state, replace(training, method=name, method_settings=MappingProxyType(chosen), method_state=kept))


def set_schedule(state: DocumentState, name: str, settings: Mapping[str, Number | bool] | None = None) -> DocumentState:
    """Choose a learning-rate schedule and those of its settings that differ from the defaults."""
    if name not in SCHEDULES:
        raise EditError(f"There is no schedule {name!r}; there are: {', '.join(SCHEDULES)}.")
    chosen = _finite_all(settings)
    reason = SCHEDULES[name].refusal(chosen)
    if reason is not None:
        raise EditError(reason)
    return _with(state, replace(state.training, schedule=ScheduleSettings(name, MappingProxyType(chosen))))


def set_stop(state: DocumentState, condition: str, value: Number | None) -> DocumentState:
    """Choose one of the conditions that end a run (a field of ``StopSettings``); ``None`` takes it away."""
    known = [field.name for field in fields(StopSettings)]
    if condition not in known:
        raise EditError(f"There is no stop condition {condition!r}; there are: {', '.join(known)}.")
    bound: Number | int | None = None if value is None else finite(value, "A stop condition")
    if bound is not None and condition in ("no_progress", "at_step"):
        if bound != int(bound) or bound < 1:
            raise EditError("Steps are counted in whole numbers, from 1 on.")
        bound = int(bound)
    if bound is not None and condition == "gradient_below" and bound <= 0:
        raise EditError("The bound of the gradient must be above 0: no slope is ever smaller.")
    changed: dict[str, Any] = {condition: bound}
    return _with(state, replace(state.training, stop=replace(state.training.stop, **changed)))


def set_loss(state: DocumentState, name: str) -> DocumentState:
    """Choose the loss."""
    if name not in LOSSES:
        raise EditError(f"There is no loss {name!r}; there are: {', '.join(LOSSES)}.")
    return _with(state, replace(state.training, loss=name))


def set_reduction(state: DocumentState, name: str) -> DocumentState:
    """Choose how the rows' losses become one number: sum, mean, half_sum or half_mean."""
    for reduction in REDUCTIONS:
        if reduction == name:
            return _with(state, replace(state.training, reduction=reduction))
    raise EditError(f"There is no reduction {name!r}; there are: {', '.join(REDUCTIONS)}.")


def set_batch(state: DocumentState, size: int | None) -> DocumentState:
    """Choose how many rows each step sees; ``None`` for all of them."""
    if size is not None and size < 1:
        raise EditError("A batch needs at least one row.")
    return _with(state, replace(state.training, batch_size=size))


def set_shuffle(state: DocumentState, shuffle: bool) -> DocumentState:
    """Choose whether each epoch takes the rows in a new order, drawn from the seed."""
    return _with(state, replace(state.training, shuffle=shuffle))


def set_regularisation(
    state: DocumentState, *, l2: Fraction | float | int | None = None, l1: Fraction | float | int | None = None
) -> DocumentState:
    """Choose the strengths of the penalties on the weights; ``None`` leaves one as it is."""
    training = state.training
    for value, name in ((l2, "l2"), (l1, "l1")):
        if value is not None:
            strength = finite(value, name)
            if strength < 0:
                raise EditError(f"{name} must not be negative: that would reward large weights.")
            training = replace(training, l2=strength) if name == "l2" else replace(training, l1=strength)
    return _with(state, training)


def set_seed(state: DocumentState, seed: int) -> DocumentState:
    """Choose the seed from which batches and random starts are drawn."""
    if seed < 0:
        raise EditError("A seed is a whole number from 0 on.")
    return _with(state, replace(state.training, seed=seed))


def _finite_all(settings: Mapping[str, Number | bool] | None) -> dict[str, Number | bool]:
    return {key: value if isinstance(value, bool) else finite(value, key) for key, value in (settings or {}).items()}


def _with(state: DocumentState, training: TrainingSettings) -> DocumentState:
    return replace(state, training=training)
