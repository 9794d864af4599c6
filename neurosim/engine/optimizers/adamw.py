"""AdamW: Adam with weight decay beside the gradient instead of inside it."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.dataset import FloatArray
from neurosim.engine.optimizers._adam import SETTINGS, bind, state_names
from neurosim.engine.optimizers.base import Optimizer, SettingValues, State, Step, number
from neurosim.engine.plugin_setting import NOT_NEGATIVE, Setting


def _bind(theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues) -> Step:
    return bind(theta, gradient, state, learning_rate, settings, weight_decay=number(settings, "weight_decay"))


PLUGIN = Optimizer(
    name="adamw",
    title="AdamW",
    help="Adam, and before each step every parameter (a bias too, as in PyTorch) shrinks by its share of the decay.",
    formula="w <- w - lr decay w, then as Adam",
    learning_rate=Fraction(1, 1000),
    settings=(
        *SETTINGS,
        Setting(
            "weight_decay", "Weight decay", Fraction(1, 100), "What each step takes off every parameter.", NOT_NEGATIVE
        ),
    ),
    state_names=state_names,
    bind=_bind,
    order=4,
)
