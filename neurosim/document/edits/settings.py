"""Edits of how the network is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from neurosim.document.edits.common import EditError, finite
from neurosim.document.state import DocumentState
from neurosim.engine.losses import LOSSES
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
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
    chosen: dict[str, Number | bool] = {
        key: value if isinstance(value, bool) else finite(value, key) for key, value in (settings or {}).items()
    }
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


def _with(state: DocumentState, training: TrainingSettings) -> DocumentState:
    return replace(state, training=training)
