"""The gradient against central differences of the loss that is shown, parameter by parameter."""

from __future__ import annotations

from dataclasses import dataclass

from neurosim.engine.dataset import Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings

STEP = 6e-6
"""About the cube root of a float64's precision, where the errors of the formula and of rounding balance."""

TOLERANCE = 1e-6
"""Relative difference up to which the two agree; a kink of an activation or loss nearby may exceed it rightly."""


@dataclass(frozen=True)
class GradientCheck:
    """One parameter: the derivative by backpropagation, by central difference, and how far they are apart.

    ``error`` is |backward - numeric| / max(1, |backward|, |numeric|); ``agrees`` when it is at most ``TOLERANCE``.
    """

    parameter: str
    backward: float
    numeric: float
    error: float

    @property
    def agrees(self) -> bool:
        """Whether the two derivatives are the same but for rounding."""
        return self.error <= TOLERANCE


def gradient_check(network: Network, dataset: Dataset, settings: TrainingSettings) -> tuple[GradientCheck, ...]:
    """Check each parameter that has a gradient; empty when there is no loss (see ``Snapshot.problem``).

    The central difference is (L(w + h) - L(w - h)) / 2h with h = 6e-6 max(1, |w|), everything in float64; its own
    error is about 1e-10 of the loss (Press et al., Numerical Recipes, 5.7).
    """
    evaluator = Evaluator(exact=False)
    here = evaluator.evaluate(network, dataset, settings)
    found: list[GradientCheck] = []
    for name, slope in here.gradient.items():
        value = float(network.parameters[name])
        h = STEP * max(1.0, abs(value))
        high, low = value + h, value - h
        above = evaluator.evaluate(network.with_parameters({name: high}), dataset, settings).loss
        below = evaluator.evaluate(network.with_parameters({name: low}), dataset, settings).loss
        if above is None or below is None:
            continue
        backward = float(slope)
        numeric = (float(above) - float(below)) / (high - low)
        error = abs(backward - numeric) / max(1.0, abs(backward), abs(numeric))
        found.append(GradientCheck(name, backward, numeric, error))
    return tuple(found)
