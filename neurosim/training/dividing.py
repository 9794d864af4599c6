"""How a run divides at a place inside it, so that one can settle there and go on from it."""

from __future__ import annotations

from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.document.visit import Division, Visit
from neurosim.engine.trainer import Trainer
from neurosim.training.loss_trace import LossLog
from neurosim.training.run import steps_text
from neurosim.training.trajectory import TrainingRecord, Trajectory


def visit_end(entry: Entry) -> Visit:
    """The end of *entry*: the state that it led to."""
    record = entry.record
    done = record.steps if isinstance(record, TrainingRecord) else 0
    return Visit(entry, entry.state, done, "" if entry.parent is None else entry.text)


def visit_inside(entry: Entry, done: int, state: DocumentState, recent: LossLog) -> Visit:
    """The place inside the run of *entry* after *done* of its steps, where it stood at *state*.

    *recent* are the losses of steps up to there, as a replay measured them; the log of a long run is thinned.

    Raises:
        ValueError: the entry has no place inside after so many steps.
    """
    record = entry.record
    if not isinstance(record, TrainingRecord) or record.trajectory is None or not 0 < done < record.steps:
        raise ValueError(f"{entry!r} has no place inside after {done} steps")
    known, trajectory = record, record.trajectory
    ahead = steps_text(record.steps - done)
    return Visit(
        entry, state, done, steps_text(done), ahead, lambda: _divide(known, trajectory, done, state, recent, ahead)
    )


def _divide(
    record: TrainingRecord, trajectory: Trajectory, done: int, state: DocumentState, recent: LossLog, ahead: str
) -> Division:
    last, rest = record.first + done - 1, record.steps - done
    log = record.log.until(last)
    if len(recent):
        log = log.until(int(recent.steps[0]) - 1).followed_by(recent)
    if len(log) and int(log.steps[-1]) == last:
        before = float(log.losses[-1])
    else:
        before = Trainer(state.network, state.dataset, state.training).loss
    return Division(
        steps_text(done),
        "run",
        TrainingRecord(record.first, done, record.before, log, trajectory.until(done)),
        ahead,
        "run" if rest > 1 else "step",
        TrainingRecord(
            last + 1, rest, before, record.log.after(last), trajectory.after(done, state) if rest > 1 else None
        ),
    )
