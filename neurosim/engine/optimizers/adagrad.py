"""Adagrad: each gradient over the root of the sum of all its squares, as torch.optim.Adagrad defines it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers.base import Optimizer, SettingValues, State, Step, constant, number
from neurosim.engine.plugin_setting import NOT_NEGATIVE, POSITIVE, Setting

_ONE = constant(1.0)


def _state_names(_settings: SettingValues) -> tuple[str, ...]:
    return ("sum", "step")


def _bind(theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues) -> Step:
    rate = constant(learning_rate)
    epsilon = constant(number(settings, "epsilon"))
    decay = constant(number(settings, "lr_decay"))
    decays = bool(settings["lr_decay"])
    total, steps = state["sum"], state["step"]
    change, size = np.empty_like(theta), np.empty_like(theta)

    def step() -> None:
        np.multiply(gradient, gradient, change)
        np.add(total, change, total)
        np.sqrt(total, size)
        np.add(size, epsilon, size)
        np.divide(gradient, size, change)
        np.multiply(change, rate, change)
        if decays:
            # the learning rate of a parameter's step t is lr / (1 + (t - 1) lr_decay)
            np.multiply(steps, decay, size)
            np.add(size, _ONE, size)
            np.divide(change, size, change)
        np.add(steps, _ONE, steps)
        np.subtract(theta, change, theta)

    return step


PLUGIN = Optimizer(
    name="adagrad",
    title="Adagrad",
    help="Divides each gradient by the root of the sum of all its squares, so that steps shrink with use.",
    formula="s <- s + g^2, w <- w - lr g / (sqrt(s) + eps)",
    learning_rate=Fraction(1, 100),
    settings=(
        Setting(
            "lr_decay",
            "Decay",
            Fraction(0),
            "How fast the learning rate falls: lr / (1 + (t - 1) decay).",
            NOT_NEGATIVE,
        ),
        Setting("epsilon", "Epsilon", Fraction(1, 10**10), "Keeps the division from 0.", POSITIVE),
    ),
    state_names=_state_names,
    bind=_bind,
    order=2,
)
