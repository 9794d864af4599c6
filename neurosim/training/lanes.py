"""The branches of the history beside the present one, each with a number and a name that says what makes it differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from neurosim.document.history import Entry, History
from neurosim.records import dataclass


@dataclass(frozen=True)
class Lane:
    """A branch that was left: the entries that no newer branch shares.

    Attributes:
        number: 1 for the branch that came first; it stays the same wherever one goes.
        fork: the entry after which it goes another way than the present branch or a newer lane.
        entries: its own, the last of which is where it ends.
    """

    number: int
    fork: Entry
    entries: tuple[Entry, ...]

    @property
    def tip(self) -> Entry:
        """Where it ends."""
        return self.entries[-1]

    @property
    def name(self) -> str:
        """Such as "branch 2, from step 12: learning rate 1/11"."""
        text = self.entries[0].text
        return QCoreApplication.translate("Timeline", "branch {number}, from step {step}: {what}").format(
            number=self.number, step=grouped(self.fork.state.training.step), what=f"{text[:1].lower()}{text[1:]}"
        )


def lanes_beside(history: History, line: Sequence[Entry]) -> list[Lane]:
    """All branches that end elsewhere than *line*, which starts at the root; the newest first."""
    if len(line) == len(history):
        return []
    numbers = _numbers(history)
    taken = {entry.id for entry in line}
    leaves = sorted((e for e in history.entries() if not e.children), key=lambda e: e.id, reverse=True)
    found: list[Lane] = []
    for leaf in leaves:
        own: list[Entry] = []
        entry = leaf
        while entry.id not in taken and entry.parent is not None:
            own.append(entry)
            entry = entry.parent
        if own:
            taken.update(e.id for e in own)
            found.append(Lane(numbers[leaf.id], entry, tuple(reversed(own))))
    return found


def grouped(number: int) -> str:
    """A count with its thousands apart."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _numbers(history: History) -> dict[int, int]:
    """The number of the branch that each leaf ends, by the leaf's id.

    The oldest child goes on with its parent's branch, each other one begins a branch; they are counted in the order
    in which they began. So a number depends on nothing but what was done when.
    """
    entries = list(history.entries())
    age: dict[int, int] = {}
    leaf_of: dict[int, int] = {}
    divided: list[Entry] = []
    for entry in reversed(entries):
        children = entry.children
        if not children:
            age[entry.id] = leaf_of[entry.id] = entry.id
            continue
        oldest = children[0]
        if len(children) > 1:
            divided.append(entry)
            oldest = min(children, key=lambda child: age[child.id])
        # Where an entry was divided its first part is new, but not what it began.
        age[entry.id] = min(entry.id, age[oldest.id])
        leaf_of[entry.id] = leaf_of[oldest.id]
    began = [history.root]
    for entry in divided:
        began += sorted(entry.children, key=lambda child: age[child.id])[1:]
    began.sort(key=lambda entry: age[entry.id])
    return {leaf_of[entry.id]: number for number, entry in enumerate(began, start=1)}
