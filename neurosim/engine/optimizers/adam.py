"""Adam: each parameter's step is its mean gradient over the root of its mean squared gradient."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.optimizers._adam import SETTINGS, bind, state_names
from neurosim.engine.optimizers.base import Optimizer

PLUGIN = Optimizer(
    name="adam",
    title="Adam",
    help="Keeps a running mean of the gradient and of its square, and steps by the one over the root of the other.",
    formula="m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g^2, w <- w - lr (m / (1 - b1^t)) / "
    "(sqrt(v / (1 - b2^t)) + eps)",
    learning_rate=Fraction(1, 1000),
    settings=SETTINGS,
    state_names=state_names,
    bind=bind,
    order=3,
)
