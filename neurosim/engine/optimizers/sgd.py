"""Gradient descent, with momentum, dampening and Nesterov's look ahead as torch.optim.SGD defines them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers.base import (
    ExactVectors,
    Optimizer,
    SettingValues,
    State,
    Step,
    constant,
    number,
)
from neurosim.engine.plugin_setting import PART, Setting

_ONE = constant(1.0)


def _state_names(settings: SettingValues) -> tuple[str, ...]:
    if not settings["momentum"]:
        return ()
    # Dampening spares the first gradient, so that the steps must be counted; without it 0 is the right beginning.
    return ("momentum_buffer", "step") if settings["dampening"] else ("momentum_buffer",)


def _bind(theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues) -> Step:
    rate = constant(learning_rate)
    change = np.empty_like(theta)
    if not settings["momentum"]:

        def descend() -> None:
            np.multiply(gradient, rate, change)
            np.subtract(theta, change, theta)

        return descend

    momentum = constant(number(settings, "momentum"))
    buffer = state["momentum_buffer"]
    nesterov = bool(settings["nesterov"])
    steps = state.get("step")
    taken: FloatArray | None = None
    later = 1.0 - number(settings, "dampening")
    if steps is not None:
        taken = np.where(steps == 0.0, 1.0, later)

    def remember() -> None:
        np.multiply(buffer, momentum, buffer)
        if steps is None or taken is None:
            np.add(buffer, gradient, buffer)
        else:
            np.multiply(gradient, taken, change)
            np.add(buffer, change, buffer)
            np.add(steps, _ONE, steps)
            taken.fill(later)  # from now on no gradient is a first one
        if nesterov:
            np.multiply(buffer, momentum, change)
            np.add(change, gradient, change)
            np.multiply(change, rate, change)
        else:
            np.multiply(buffer, rate, change)
        np.subtract(theta, change, theta)

    return remember


def _exact_update(
    theta: Sequence[Fraction],
    gradient: Sequence[Fraction],
    state: ExactVectors,
    learning_rate: Fraction,
    settings: SettingValues,
) -> tuple[list[Fraction], dict[str, list[Fraction]]] | None:
    momentum, dampening = settings["momentum"], settings["dampening"]
    if not isinstance(momentum, Fraction) or not isinstance(dampening, Fraction):
        return None
    if not momentum:
        return [w - learning_rate * g for w, g in zip(theta, gradient, strict=True)], {}
    buffer = list(state["momentum_buffer"])
    new_state: dict[str, list[Fraction]] = {}
    taken = [Fraction(1)] * len(buffer)
    if dampening:
        taken = [Fraction(1) if step == 0 else 1 - dampening for step in state["step"]]
        new_state["step"] = [step + 1 for step in state["step"]]
    buffer = [momentum * b + t * g for b, t, g in zip(buffer, taken, gradient, strict=True)]
    new_state["momentum_buffer"] = buffer
    change = [momentum * b + g for b, g in zip(buffer, gradient, strict=True)] if settings["nesterov"] else buffer
    return [w - learning_rate * c for w, c in zip(theta, change, strict=True)], new_state


def _refused_together(settings: SettingValues) -> str | None:
    if settings["nesterov"] and (not settings["momentum"] or settings["dampening"]):
        return "Nesterov needs a momentum above 0 and a dampening of 0."
    return None


PLUGIN = Optimizer(
    name="sgd",
    title="Gradient descent",
    help="Steps against the gradient; momentum lets it keep part of its speed.",
    formula="w <- w - lr g; with momentum m: v <- m v + (1 - dampening) g, w <- w - lr v",
    learning_rate=Fraction(1, 1000),
    settings=(
        Setting("momentum", "Momentum", Fraction(0), "How much of the last change is kept.", PART),
        Setting("dampening", "Dampening", Fraction(0), "How much of each new gradient is left out.", PART),
        Setting("nesterov", "Nesterov", False, "Looks ahead along the momentum before it steps."),
    ),
    state_names=_state_names,
    bind=_bind,
    refused_together=_refused_together,
    exact_update=_exact_update,
    is_plain=lambda settings: not settings["momentum"],
    order=0,
)
