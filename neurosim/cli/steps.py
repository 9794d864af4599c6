"""Taking training steps without a window: exact while the numbers stay rational, float64 from there on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from neurosim.cli.errors import UsageError
from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.batches import steps_per_epoch
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.exact_step import exact_step
from neurosim.engine.methods import METHODS
from neurosim.engine.readiness import end_of_training, rows_per_step, training_problem
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.stopping import Stopping
from neurosim.engine.trainer import Trainer

Watcher = Callable[[DocumentState], None]


def asked_steps(state: DocumentState, steps: int | None, epochs: int | None) -> int:
    """How many steps are meant by so many *steps* or *epochs*; one when neither is named."""
    if epochs is None:
        return 1 if steps is None else steps
    rows = state.dataset.n_rows - len(state.dataset.test_rows)
    return epochs * steps_per_epoch(rows, rows_per_step(state.training))


def take_steps(state: DocumentState, steps: int, watch: Watcher | None = None) -> tuple[DocumentState, str | None]:
    """*state* after up to *steps* steps, and why they ended early (``converged``, ``diverged: ...``) or ``None``.

    *watch* is called after each step.

    Raises:
        UsageError: the network cannot be trained as it is.
    """
    taken = 0
    method = METHODS[state.training.method]
    stopping: Stopping | None = None
    if state.training.stop and steps:
        stopping = Stopping(state.training.stop, state.training.step, snapshot_of(state).loss or 0)
        goal = stopping.goal(state.training.step)
        steps = steps if goal is None else min(steps, goal - state.training.step)
    fit = training_problem(state.network, state.dataset, state.training) is None
    while taken < steps:
        stop = _stop(state, stopping) if fit else None
        if stop is not None:
            return state, _said(stop)
        found = exact_step(state.network, state.dataset, state.training)
        if found is None:
            return _take_rounded(state, steps - taken, watch)
        network, training = found
        if network == state.network and method.rests(state.training, training):
            return state, "converged"  # the gradient is exactly 0: no further step would move anything
        state = replace(state, network=network, training=training)
        taken += 1
        if watch is not None:
            watch(state)
    stop = None if stopping is None and not taken else _stop(state, stopping)
    if stop is None and stopping is not None:
        stop = stopping.at(state.training.step)
    return state, None if stop is None else _said(stop)


def _stop(state: DocumentState, stopping: Stopping | None) -> Stop | None:
    """Why training is over in *state*: the method's own end, or one of the user's conditions."""
    stop = end_of_training(state.network, state.dataset, state.training)
    if stop is not None or stopping is None:
        return stop
    snapshot = snapshot_of(state)
    if snapshot.loss is None:
        return None
    found = stopping.scan(state.training.step, [float(snapshot.loss)])
    if found is not None:
        return found[1]
    free = state.network.trainable
    slopes = [abs(float(value)) for name, value in snapshot.gradient.items() if free[name]]
    return stopping.flat(state.training.step, max(slopes, default=0.0))


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
    return after, None if stop is None or stop.kind == "limit" else _said(stop)


def _said(stop: Stop) -> str:
    """A stop as scripts read it: ``converged``, ``diverged: ...``, or which condition was met."""
    if stop.kind == "converged":
        return "converged"
    if stop.kind == "condition":
        return stop.sentence
    return stop.sentence if stop.sentence.startswith(stop.kind) else f"{stop.kind}: {stop.sentence}"


def at_step(state: DocumentState, step: int) -> DocumentState:
    """*state* when its training stood, or will stand, at *step*; an earlier step is made again from the start."""
    training = state.training
    if step < training.step:
        network = state.network if training.start is None else state.network.with_parameters(training.start)
        state = replace(state, network=network, training=edits.at_start(training))
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
