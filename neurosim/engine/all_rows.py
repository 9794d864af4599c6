"""What descents on all rows share: between steps they know the loss and its gradient at the present parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction

from neurosim.engine.divergence import Stop, settled
from neurosim.engine.vectors import Parameters


class AllRows(ABC):
    """Owns the sum of the rows' losses; how it is measured, and how steps are taken, is the kind's own."""

    measures_each_step = True
    epochs_between = 1
    ends_by_itself = False

    def __init__(self, parameters: Parameters, factor: float, slope_factor: float) -> None:
        """Prepare; call ``refresh`` when everything that measuring needs is there.

        Args:
            parameters: what the steps change.
            factor: what the sum of the losses is multiplied by.
            slope_factor: what the vector ``parameters.gradient`` is multiplied by, to be the gradient.
        """
        self._parameters, self._factor, self._slope_factor = parameters, factor, slope_factor

    @abstractmethod
    def _measure(self) -> float:
        """Fill in ``parameters.gradient`` and return the sum of the losses."""

    def refresh(self) -> None:
        """Take the optimizer's calls anew; measure loss and gradient at the present parameters."""
        self.rebind()
        self._total = self._measure()

    def rebind(self) -> None:
        """Take the optimizer's calls anew."""
        self._update = self._parameters.update_calls(self._slope_factor)

    def convergence(self, step: int) -> Stop | None:
        """The stop when the gradient is close to 0."""
        return settled(step, self.largest_slope())

    def exact_values(self) -> Mapping[str, Fraction] | None:
        """Nothing: the steps are taken in float64."""
        return None

    def loss(self) -> float:
        """The loss at the present parameters, penalty included."""
        return self._total * self._factor + self._parameters.penalty.value(self._parameters.theta)

    def largest_slope(self) -> float:
        """The largest absolute partial derivative by a trainable parameter."""
        return self._parameters.largest_slope(self._slope_factor)
