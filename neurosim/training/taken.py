"""The training steps taken so far on the present branch, each with the state from which it was taken."""

from __future__ import annotations

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.training.trajectory import TrainingRecord


def steps_taken(document: Document, most: int) -> tuple[list[DocumentState], int]:
    """The states before the first *most* steps of the present branch, and how many more steps were taken.

    A state inside a run is replayed to the last bit. A run during an edit, of which no trajectory is kept, counts as
    steps that cannot be shown.
    """
    document.flush()
    found: list[DocumentState] = []
    more = 0
    for entry in document.history.branch():
        record = entry.record
        if not isinstance(record, TrainingRecord) or entry.parent is None:
            continue
        for done in range(record.steps):
            if len(found) >= most or (done and record.trajectory is None):
                more += record.steps - done
                break
            before = entry.parent.state
            if done and record.trajectory is not None:
                before, _ = record.trajectory.state_after(done)
            found.append(before)
    return found, more
