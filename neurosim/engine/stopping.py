"""The user's own stop conditions: loss below, gradient below, no progress over so many steps, at a step."""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.engine.divergence import Stop
from neurosim.engine.settings import StopSettings
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number

PROGRESS = 1e-4
"""Only a loss that is lower by more than this part of the lowest one so far counts as progress."""


class Stopping:
    """Watches one run for its stop conditions; a new run begins to count anew."""

    def __init__(self, settings: StopSettings, step: int, loss: Number) -> None:
        """Begin at *loss*, after *step* steps."""
        self._settings = settings
        self._best, self._since = float(loss), step

    @property
    def needs_slope(self) -> bool:
        """Whether the gradient is to be looked at after each step."""
        return self._settings.gradient_below is not None

    def goal(self, step: int) -> int | None:
        """The step at which the run is to end, if it lies ahead of *step*."""
        last = self._settings.at_step
        return last if last is not None and last > step else None

    def at(self, step: int) -> Stop | None:
        """The stop after *step* steps, if that is where the run was to end."""
        if self._settings.at_step != step:
            return None
        return Stop("condition", f"stopped at step {step}, as the stop condition says.", step)

    def below(self, step: int, loss: Number) -> Stop | None:
        """The stop where *loss* is below its bound."""
        bound = self._settings.loss_below
        if bound is None or not loss < bound:
            return None
        said = f"the loss {_plain(loss)} is below {format_number(bound)}, as the stop condition asks."
        return Stop("condition", f"stopped at step {step}: {said}", step, float(loss))

    def scan(self, first: int, losses: Sequence[float]) -> tuple[int, Stop] | None:
        """The first of *losses*, measured after step *first* and those that follow, at which the run ends.

        Returns:
            how many of them may be kept, and why; ``None`` when none ends it.
        """
        patience = self._settings.no_progress
        for i, loss in enumerate(losses):
            step = first + i
            stop = self.below(step, loss)
            if stop is not None:
                return i + 1, stop
            if loss < self._best - PROGRESS * abs(self._best):
                self._best, self._since = float(loss), step
            elif patience is not None and step - self._since >= patience:
                said = (
                    f"in {patience} steps the loss has not fallen noticeably below {_plain(self._best)}, "
                    "as the stop condition asks."
                )
                return i + 1, Stop("condition", f"stopped at step {step}: {said}", step, float(loss))
        return None

    def flat(self, step: int, slope: float) -> Stop | None:
        """The stop where the largest partial derivative, *slope*, is below its bound."""
        bound = self._settings.gradient_below
        if bound is None or not slope < bound:
            return None
        said = f"the largest slope {_plain(slope)} is below {format_number(bound)}, as the stop condition asks."
        return Stop("condition", f"stopped at step {step}: {said}", step)


def _plain(value: Number) -> str:
    return f"{float(value):.4g}"
