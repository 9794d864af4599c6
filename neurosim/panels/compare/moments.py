"""The moments that can be compared with the present: where the branch began, one that was marked, ends of others."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.records import dataclass
from neurosim.training.lanes import Lane, grouped
from neurosim.training.timeline import Timeline
from neurosim.training.trace_builder import curve_branch, restarts

START = "start"
MARKED = "marked"


@dataclass(frozen=True, eq=False)
class Moment:
    """A state to compare with, and what it is called. ``key`` stays the same while it is the same choice."""

    key: str
    name: str
    state: DocumentState


class Moments:
    """Owns the moment that was marked and the one that is chosen; it begins with the start of the branch."""

    def __init__(self, document: Document, timeline: Timeline) -> None:
        self._document = document
        self._timeline = timeline
        self._marked: Moment | None = None
        self._branch: Moment | None = None
        self._key = START

    @property
    def chosen(self) -> Moment:
        """The moment that counts as before."""
        return next((moment for moment in self.all() if moment.key == self._key), self._start())

    def all(self) -> list[Moment]:
        """Every moment there is to choose: the start first, then the marked one, then the ends of branches."""
        found = [self._start()]
        if self._marked is not None:
            found.append(self._marked)
        found += [branch_end(lane) for lane in self._timeline.lanes]
        if self._branch is not None and self._branch.key not in [moment.key for moment in found]:
            found.append(self._branch)  # it was chosen, and one has gone there since
        return found

    def choose(self, key: str) -> None:
        """Take the moment with this key as before; the start when there is none."""
        found = next((moment for moment in self.all() if moment.key == key), None)
        self._key = START if found is None else key
        self._branch = found if found is not None and key not in (START, MARKED) else None

    def mark(self) -> None:
        """Take what the document shows now as before."""
        state = self._document.state
        name = QCoreApplication.translate("ComparePanel", "marked, step {step}")
        self._marked = Moment(MARKED, name.format(step=grouped(state.training.step)), state)
        self.choose(MARKED)

    def forget(self) -> None:
        """Another document: begin with its start."""
        self._marked = self._branch = None
        self._key = START

    def _start(self) -> Moment:
        state = start_of_branch(self._document, running=self._timeline.track.tail > 0)
        name = QCoreApplication.translate("ComparePanel", "start, step {step}")
        return Moment(START, name.format(step=grouped(state.training.step)), state)


def branch_end(lane: Lane) -> Moment:
    """The end of another branch."""
    name = QCoreApplication.translate("ComparePanel", "end of {branch}").format(branch=lane.name)
    return Moment(f"branch {lane.tip.id}", name, lane.tip.state)


def start_of_branch(document: Document, *, running: bool = False) -> DocumentState:
    """The state before the first training step of the present curve; without a step, where the branch begins.

    *running*: the steps of a run are still to be recorded.
    """
    branch = curve_branch(document)
    first = max((index for index, entry in enumerate(branch) if restarts(entry)), default=0)
    for before, entry in zip(branch[first:], branch[first + 1 :], strict=False):
        if entry.record is not None:
            return before.state
    return branch[-1].state if running else branch[first].state
