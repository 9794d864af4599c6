"""Going back one training step in a history that holds steps, runs and edits."""

from __future__ import annotations

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.records import dataclass
from neurosim.training.dividing import visit_inside
from neurosim.training.trajectory import TrainingRecord


@dataclass(frozen=True)
class WentBack:
    """How many steps were taken back, and the names of the edits that were undone with them, oldest first."""

    steps: int
    undone: tuple[str, ...]


def last_trained(head: Entry) -> Entry | None:
    """The latest entry up to *head* in which training took place."""
    entry: Entry | None = head
    while entry is not None and entry.record is None:
        entry = entry.parent
    return entry if entry is not None and entry.parent is not None else None


def go_back(document: Document) -> WentBack | None:
    """Return to the state before the latest training step, to the last bit; ``None`` when there is none.

    A run is split by exact replay, and what lies ahead stays where redo goes. Edits since the step are undone with
    it. Training that took place during a drag cannot be parted from it: both go.
    """
    document.settle()
    document.finish_gesture()
    entry = last_trained(document.history.head)
    if entry is None or entry.parent is None or not isinstance(entry.record, TrainingRecord):
        return None
    undone = []
    later = document.history.head
    while later is not entry and later.parent is not None:
        undone.append(later.text)
        later = later.parent
    record = entry.record
    if record.steps > 1 and record.trajectory is not None:
        steps = record.steps - 1
        document.visit(visit_inside(entry, steps, *record.trajectory.state_after(steps)))
        document.settle()
        return WentBack(1, tuple(reversed(undone)))
    document.go_to(entry.parent)
    if entry.kind == "edit":
        undone.append(entry.text)
    return WentBack(record.steps, tuple(reversed(undone)))
