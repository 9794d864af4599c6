"""One full step: exact while the arithmetic is rational, else one step of the trainer."""

from __future__ import annotations

from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.exact_step import exact_step
from neurosim.engine.trainer import Trainer
from neurosim.records import dataclass


@dataclass(frozen=True, eq=False)
class Stepped:
    """What became of a step: the state after it, or why there is none."""

    state: DocumentState | None
    stop: Stop | None


class Stepper:
    """Keeps the trainer from one float step to the next, so that a step on a large table builds nothing anew."""

    def __init__(self) -> None:
        self._trainer: Trainer | None = None
        self._state: DocumentState | None = None

    def step(self, state: DocumentState) -> Stepped:
        """The state after one step from *state*, which must be fit for training."""
        exact = exact_step(state.network, state.dataset, state.training)
        if exact is not None:
            self.forget()
            return Stepped(apply_step(state, *exact), None)
        if self._trainer is None or self._state is not state:
            try:
                self._trainer = Trainer(state.network, state.dataset, state.training)
            except TrainingError as error:  # seen only by looking closely: the optimum is not one point
                return Stepped(None, Stop("refused", str(error)))
        trainer = self._trainer
        trainer.advance(1)
        settings = trainer.settings()
        if settings.step == state.training.step:
            self.forget()
            return Stepped(None, trainer.stopped)
        after = apply_step(state, trainer.network(), settings)
        self._state = after
        if trainer.stopped is not None:
            self.forget()
        return Stepped(after, None)

    def forget(self) -> None:
        """Let the trainer go."""
        self._trainer = self._state = None
