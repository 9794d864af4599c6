"""Taking training steps without a window: exact while the numbers stay rational, float64 from there on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from neurosim.cli.errors import UsageError
from neurosim.document.state import DocumentState
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.exact_step import exact_step
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.trainer import Trainer

Watcher = Callable[[DocumentState], None]


def take_steps(state: DocumentState, steps: int, watch: Watcher | None = None) -> tuple[DocumentState, str | None]:
    """*state* after up to *steps* steps, and why they ended early (``converged``, ``diverged: ...``) or ``None``.

    *watch* is called after each step.

    Raises:
        UsageError: the network cannot be trained as it is.
    """
    taken = 0
    while taken < steps:
        found = exact_step(state.network, state.dataset, state.training)
        if found is None:
            return _take_rounded(state, steps - taken, watch)
        network, training = found
        if network == state.network and not training.optimizer_state and training.batch_size is None:
            return state, "converged"  # the gradient is exactly 0: no further step would move anything
        state = replace(state, network=network, training=training)
        taken += 1
        if watch is not None:
            watch(state)
    return state, None


def _take_rounded(state: DocumentState, steps: int, watch: Watcher | None) -> tuple[DocumentState, str | None]:
    try:
        trainer = Trainer(state.network, state.dataset, state.training)
        if watch is None:
            trainer.advance(steps)
        else:
            for _ in range(steps):
                if not trainer.advance(1):
                    break
                watch(replace(state, network=trainer.network(), training=trainer.settings()))
    except TrainingError as error:
        raise UsageError(str(error)) from error
    after = replace(state, network=trainer.network(), training=trainer.settings())
    stop = trainer.stopped
    if stop is None or stop.kind == "limit":
        return after, None
    return after, "converged" if stop.kind == "converged" else _sentence(stop.kind, stop.sentence)


def _sentence(kind: str, sentence: str) -> str:
    return sentence if sentence.startswith(kind) else f"{kind}: {sentence}"


def at_step(state: DocumentState, step: int) -> DocumentState:
    """*state* when its training stood, or will stand, at *step*; an earlier step is made again from the start."""
    training = state.training
    if step < training.step:
        network = state.network if training.start is None else state.network.with_parameters(training.start)
        training = replace(training, step=0, start=None, optimizer_state=None)
        state = replace(state, network=network, training=training)
    state, stopped = take_steps(state, step - state.training.step)
    if state.training.step != step:
        raise UsageError(f"Step {step} is never reached: training stops after step {state.training.step} ({stopped}).")
    return state


def snapshot_of(state: DocumentState, evaluator: Evaluator | None = None) -> Snapshot:
    """The numbers of *state*.

    Raises:
        UsageError: no loss can be computed; the message says what is missing.
    """
    snapshot = (evaluator or Evaluator()).evaluate(state.network, state.dataset, state.training)
    if snapshot.problem is not None or snapshot.loss is None:
        raise UsageError(snapshot.problem or "There is no loss to compute.")
    return snapshot
