"""RMSprop: each gradient over the root of its running mean square, as torch.optim.RMSprop defines it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers.base import Optimizer, SettingValues, State, Step, constant, number
from neurosim.engine.plugin_setting import PART, POSITIVE, Setting

_ZERO = constant(0.0)


def _state_names(settings: SettingValues) -> tuple[str, ...]:
    names = ["square_avg"]
    if settings["momentum"]:
        names.append("momentum_buffer")
    if settings["centered"]:
        names.append("grad_avg")
    return tuple(names)


def _bind(theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues) -> Step:
    alpha = number(settings, "alpha")
    kept, new = constant(alpha), constant(1.0 - alpha)
    epsilon = constant(number(settings, "epsilon"))
    rate = constant(learning_rate)
    momentum = constant(number(settings, "momentum"))
    square = state["square_avg"]
    buffer = state.get("momentum_buffer")
    mean = state.get("grad_avg")
    change, size = np.empty_like(theta), np.empty_like(theta)

    def step() -> None:
        # v <- alpha v + (1 - alpha) g^2
        np.multiply(gradient, gradient, change)
        np.multiply(change, new, change)
        np.multiply(square, kept, square)
        np.add(square, change, square)
        if mean is None:
            np.sqrt(square, size)
        else:
            # centred: the mean square less the squared mean
            np.subtract(gradient, mean, change)
            np.multiply(change, new, change)
            np.add(mean, change, mean)
            np.multiply(mean, mean, change)
            np.subtract(square, change, size)
            np.maximum(size, _ZERO, out=size)  # a steady gradient can round the difference to just below 0
            np.sqrt(size, size)
        np.add(size, epsilon, size)
        np.divide(gradient, size, change)
        if buffer is not None:
            np.multiply(buffer, momentum, buffer)
            np.add(buffer, change, buffer)
            np.multiply(buffer, rate, change)
        else:
            np.multiply(change, rate, change)
        np.subtract(theta, change, theta)

    return step


PLUGIN = Optimizer(
    name="rmsprop",
    title="RMSprop",
    help="Divides each gradient by the root of its running mean square, so that all parameters move alike.",
    formula="v <- alpha v + (1 - alpha) g^2, w <- w - lr g / (sqrt(v) + eps)",
    learning_rate=Fraction(1, 100),
    settings=(
        Setting("alpha", "Alpha", Fraction(99, 100), "How much of the mean square is kept.", PART),
        Setting("epsilon", "Epsilon", Fraction(1, 10**8), "Keeps the division from 0.", POSITIVE),
        Setting("momentum", "Momentum", Fraction(0), "How much of the last change is kept.", PART),
        Setting("centered", "Centred", False, "Takes the squared mean gradient off the mean square."),
    ),
    state_names=_state_names,
    bind=_bind,
    order=1,
)
