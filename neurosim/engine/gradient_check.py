"""The gradient against central differences of the loss that is shown, parameter by parameter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.records import dataclass

STEP = 6e-6
"""About the cube root of a float64's precision, where the errors of the formula and of rounding balance."""

STEPS = (1.0, 10.0, 100.0, 1e3, 1e4, 0.1, 0.01, 0.001)
"""Steps that are tried one after another, in units of ``STEP``, until one agrees: a large loss needs a wider one, large
inputs of a curved activation a finer one. A wrong derivative disagrees with all of them."""

TOLERANCE = 1e-6
"""Relative difference up to which the two agree; a kink of an activation or loss nearby may exceed it rightly."""

ROUNDING = 16 * float(np.finfo(np.float64).eps)
"""Relative error that rounding may leave in a loss; the central difference divides it by its step."""

LOOSEST = 1e-3
"""With a step after which rounding would allow more than this, nothing is decided."""


@dataclass(frozen=True)
class GradientCheck:
    """One parameter: the derivative by backpropagation, by central difference, and how far they are apart.

    ``error`` is |backward - numeric| / max(1, |backward|, |numeric|); ``allowed`` is ``TOLERANCE`` and what rounding
    may add to it, which counts where the loss is large. ``decided`` is false where no central difference says anything:
    the loss beside the parameter overflows, or is so large that rounding hides its slope.
    """

    parameter: str
    backward: float
    numeric: float
    error: float
    allowed: float = TOLERANCE
    decided: bool = True

    @property
    def agrees(self) -> bool:
        """Whether the two derivatives are the same but for rounding."""
        return self.decided and self.error <= self.allowed


class GradientChecker:
    """Checks again and again, as a user drags; keeps the layout and the buffers of its evaluator."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._evaluator = Evaluator(exact=False)
        self._stopped = False

    def stop(self) -> None:
        """Let a check that goes on in another thread end early, with the parameters that it has come to."""
        self._stopped = True

    def check(self, snapshot: Snapshot) -> tuple[GradientCheck, ...]:
        """Hold each derivative that *snapshot* shows against the central difference; empty when there is no loss.

        The central difference is (L(w + h) - L(w - h)) / 2h with h = 6e-6 max(1, |w|), everything in float64; its own
        error is about 1e-10 of the loss (Press et al., Numerical Recipes, 5.7). It takes two forward passes for each
        parameter, and more only where that does not agree at once.
        """
        if snapshot.problem is not None:
            return ()
        loss = self._evaluator.loss_along(snapshot.network, snapshot.dataset, snapshot.settings)
        if loss is None:
            return ()
        parameters = snapshot.network.parameters
        found: list[GradientCheck] = []
        with np.errstate(all="ignore"):
            for name, slope in snapshot.gradient.items():
                if self._stopped:
                    break
                found.append(_checked(loss, name, float(parameters[name]), float(slope)))
        return tuple(found)

    def kink_beside(self, snapshot: Snapshot, parameter: str) -> str | None:
        """Where a function bends or jumps between the two points of the central difference, as a phrase, or ``None``.

        For example "n meets the kink of ReLU, z = 0, in row 1".
        """
        value = float(snapshot.network.parameters[parameter])
        h = _step(value)
        low, high = (
            self._evaluator.evaluate(
                snapshot.network.with_parameters({parameter: at}), snapshot.dataset, snapshot.settings
            )
            for at in (value - h, value + h)
        )
        return _bent_activation(low, high) or _bent_loss(low, high) or _bent_penalty(snapshot, parameter)


def gradient_check(network: Network, dataset: Dataset, settings: TrainingSettings) -> tuple[GradientCheck, ...]:
    """Check each parameter that has a gradient; empty when there is no loss (see ``Snapshot.problem``)."""
    return GradientChecker().check(Evaluator(exact=False).evaluate(network, dataset, settings))


def _step(value: float) -> float:
    return STEP * max(1.0, abs(value))


def _checked(loss: Callable[[str, float], float], name: str, value: float, slope: float) -> GradientCheck:
    """The first step with which both agree, else the first one that decides, else the first."""
    found: GradientCheck | None = None
    for unit in STEPS:
        h = unit * _step(value)
        high, low = value + h, value - h
        above, below = loss(name, high), loss(name, low)
        numeric = (above - below) / (high - low)
        size = max(1.0, abs(slope), abs(numeric))
        allowed = TOLERANCE + ROUNDING * max(abs(above), abs(below)) / (high - low) / size
        one = GradientCheck(name, slope, numeric, abs(slope - numeric) / size, allowed, allowed <= LOOSEST)
        if one.agrees:
            return one
        if found is None or (one.decided and not found.decided):
            found = one
    assert found is not None  # noqa: S101 - there is at least one step
    return found


def _crossed(low: FloatArray, high: FloatArray, kink: float) -> int | None:
    """The first row whose quantity reaches or passes *kink* on the way from *low* to *high*, counted from 1."""
    rows = np.flatnonzero(((low - kink) * (high - kink) <= 0) & (low != high))
    return int(rows[0]) + 1 if rows.size else None


def _bent_activation(low: Snapshot, high: Snapshot) -> str | None:
    for neuron in low.network.neurons:
        activation = ACTIVATIONS.get(neuron.activation)
        if activation is None or neuron.id not in low.pre_activations or neuron.id not in high.pre_activations:
            continue
        for kink in activation.kinks:
            row = _crossed(low.pre_activations[neuron.id], high.pre_activations[neuron.id], kink)
            if row is not None:
                title = low.network.title(neuron.id)
                return f"{title} meets the kink of {activation.title}, z = {kink:g}, in row {row}"
    return None


def _bent_loss(low: Snapshot, high: Snapshot) -> str | None:
    loss = LOSSES[low.settings.loss]
    for output in low.network.outputs:
        if not loss.kinks or output.target is None or output.node not in low.activations:
            continue
        y = low.dataset.columns[output.target].floats
        margins = loss.name == "hinge"
        at = [one.activations[output.node] * y if margins else one.activations[output.node] - y for one in (low, high)]
        for kink in loss.kinks:
            row = _crossed(at[0], at[1], kink)
            if row is not None:
                quantity = "y ŷ" if margins else "ŷ − y"
                return f"row {row} meets the kink of the {loss.title.lower()}, {quantity} = {kink:g}"
    return None


def _bent_penalty(snapshot: Snapshot, parameter: str) -> str | None:
    if snapshot.settings.l1 and parameter in snapshot.network.edge_by_id:
        value = float(snapshot.network.parameters[parameter])
        if abs(value) <= _step(value):
            return "the L1 penalty has its kink where a weight is 0"
    return None
