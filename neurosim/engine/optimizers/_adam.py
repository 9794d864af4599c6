"""The step of Adam, with or without decoupled weight decay, as torch.optim.Adam and AdamW make it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers._age import bias_corrections
from neurosim.engine.optimizers.base import SettingValues, State, Step, constant, number
from neurosim.engine.plugin_setting import PART, POSITIVE, Setting

SETTINGS = (
    Setting("beta1", "Beta 1", Fraction(9, 10), "How much of the mean gradient is kept.", PART),
    Setting("beta2", "Beta 2", Fraction(999, 1000), "How much of the mean square is kept.", PART),
    Setting("epsilon", "Epsilon", Fraction(1, 10**8), "Keeps the division from 0.", POSITIVE),
)


def state_names(_settings: SettingValues) -> tuple[str, ...]:
    """The mean gradient, the mean squared gradient, and the steps that each parameter has seen."""
    return ("exp_avg", "exp_avg_sq", "step")


def bind(
    theta: FloatArray,
    gradient: FloatArray,
    state: State,
    learning_rate: float,
    settings: SettingValues,
    *,
    weight_decay: float = 0.0,
) -> Step:
    """One step: both means, their bias corrections, and the change; see D. P. Kingma and J. Ba 2015, algorithm 1.

    Args:
        theta: the parameters, changed in place.
        gradient: the derivative of the loss by each of them.
        state: the vectors of ``state_names``, changed in place.
        learning_rate: the step size.
        settings: beta1, beta2 and epsilon.
        weight_decay: what each parameter loses of itself per step, times the learning rate, before the step
            (I. Loshchilov and F. Hutter 2019).
    """
    beta1, beta2 = number(settings, "beta1"), number(settings, "beta2")
    kept, new, new_square = constant(beta2), constant(1.0 - beta1), constant(1.0 - beta2)
    epsilon = constant(number(settings, "epsilon"))
    rate = constant(learning_rate)
    shrink = constant(1.0 - learning_rate * weight_decay)
    mean, square = state["exp_avg"], state["exp_avg_sq"]
    corrections = bias_corrections(state["step"], beta1, beta2)
    change = np.empty_like(theta)

    def step() -> None:
        correction1, correction2 = corrections()
        if weight_decay:
            np.multiply(theta, shrink, theta)
        # m <- m + (1 - beta1) (g - m);  v <- beta2 v + (1 - beta2) g^2
        np.subtract(gradient, mean, change)
        np.multiply(change, new, change)
        np.add(mean, change, mean)
        np.multiply(gradient, gradient, change)
        np.multiply(change, new_square, change)
        np.multiply(square, kept, square)
        np.add(square, change, square)
        # w <- w - lr / c1 * m / (sqrt(v) / sqrt(c2) + epsilon)
        np.sqrt(square, change)
        np.divide(change, np.sqrt(correction2), change)
        np.add(change, epsilon, change)
        np.divide(mean, change, change)
        np.multiply(change, rate / correction1, change)
        np.subtract(theta, change, theta)

    return step
