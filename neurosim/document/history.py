"""The history: a tree of frozen states in which undo goes to the parent and nothing that was done is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from neurosim.document.changes import size
from neurosim.document.state import DocumentState
from neurosim.records import dataclass, field

Kind = Literal["start", "edit", "step", "run"]

ENTRIES = 2000
"""So many entries are kept before the oldest side branches, and then the oldest ancestors, go."""

ANCESTORS = 600
"""The number of entries never counts against the latest so many entries that lead to the present."""

BYTES = 512 * 1024 * 1024
"""So much memory the history may take, roughly, beyond the present state."""


class Record(Protocol):
    """What training keeps with an entry: its losses and how to get to any state within it."""

    @property
    def nbytes(self) -> int:
        """Roughly how much memory it takes."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class Entry:
    """One thing that was done: its name, the state after it, and where it hangs in the tree.

    ``kind`` is ``start`` for the root, ``step`` for one training step, ``run`` for several, else ``edit``. While
    ``open``, edits with an equal ``gesture`` merge into the entry. ``record`` belongs to the training layer.
    """

    id: int
    text: str
    state: DocumentState
    parent: Entry | None
    kind: Kind = "edit"
    gesture: object | None = None
    open: bool = False
    record: Record | None = None
    children: list[Entry] = field(default_factory=list)
    nbytes: int = 0

    def __repr__(self) -> str:
        return f"Entry({self.id}, {self.text!r}, {self.kind})"


class History:
    """Owns the tree and the place in it. Children are in the order in which they were last visited, newest last."""

    def __init__(self, state: DocumentState, entries: int = ENTRIES, nbytes: int = BYTES) -> None:
        self._next_id = 1
        self.max_entries = entries
        self.max_bytes = nbytes
        self.root = Entry(0, "", state, None, "start")
        self.head = self.root
        self.count = 1
        self.version = 0
        """Goes up when entries come, go or hold other training; while a gesture moves its entry on it stays."""
        self.nbytes = 0
        self._branch: tuple[tuple[int, Entry, Entry], list[Entry]] | None = None
        self.dropped_ancestors = 0

    # -- asking ----------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.count

    @property
    def newer(self) -> Entry | None:
        """Where redo goes: the child visited last."""
        return self.head.children[-1] if self.head.children else None

    def branch(self) -> list[Entry]:
        """The entries from the root to the present, both included."""
        now = (self.version, self.root, self.head)
        if self._branch is None or self._branch[0] != now:  # views ask several times a frame
            path: list[Entry] = []
            entry: Entry | None = self.head
            while entry is not None:
                path.append(entry)
                entry = entry.parent
            path.reverse()
            self._branch = (now, path)
        return self._branch[1].copy()

    def line(self) -> list[Entry]:
        """The branch through the present and on to where redo leads in the end."""
        path = self.branch()
        while path[-1].children:
            path.append(path[-1].children[-1])
        return path

    def entries(self) -> Iterator[Entry]:
        """Every entry, each after its parent."""
        waiting = [self.root]
        while waiting:
            entry = waiting.pop()
            yield entry
            waiting.extend(reversed(entry.children))

    def find(self, identifier: int) -> Entry | None:
        """The entry with this id, unless it has been dropped."""
        return next((entry for entry in self.entries() if entry.id == identifier), None)

    # -- changing --------------------------------------------------------------------------------------------------

    def append(
        self,
        text: str,
        state: DocumentState,
        kind: Kind = "edit",
        gesture: object | None = None,
        record: Record | None = None,
    ) -> Entry:
        """Add an entry after the present one and go there; a gesture leaves it open for merging."""
        entry = Entry(self._next_id, text, state, self.head, kind, gesture, gesture is not None, record)
        self._next_id += 1
        self.head.open = False
        self.head.children.append(entry)
        self.head = entry
        self.count += 1
        self.version += 1
        self._weigh(entry)
        return entry

    def amend(self, state: DocumentState, text: str | None = None, record: Record | None = None) -> None:
        """Let the present entry lead to *state* instead."""
        self.head.state = state
        if text is not None:
            self.head.text = text
        if record is not None:
            self.head.record = record
            self.version += 1
        self._weigh(self.head)

    def remove_head(self) -> None:
        """Go to the parent and forget the present entry (a gesture that came to nothing). It must have no children."""
        entry, parent = self.head, self.head.parent
        if parent is None or entry.children:
            raise ValueError("only an entry with a parent and without children can be removed")
        self.version += 1
        parent.children.remove(entry)
        self.nbytes -= entry.nbytes
        self.count -= 1
        self.head = parent

    def split_head(self, text: str, state: DocumentState, kind: Kind, record: Record | None, rest: str) -> Entry:
        """Put an entry leading to *state* between the present entry and its parent, and go there.

        The present entry, now called *rest* and with what follows it, is where redo goes.

        Returns:
            the entry that was split, so that its kind and record can be replaced (then ``weigh`` it).
        """
        old, parent = self.head, self.head.parent
        if parent is None:
            raise ValueError("the start of the history cannot be split")
        entry = Entry(self._next_id, text, state, parent, kind, record=record)
        self._next_id += 1
        parent.children[parent.children.index(old)] = entry
        entry.children.append(old)
        old.parent, old.text, old.open = entry, rest, False
        self.head = entry
        self.count += 1
        self.version += 1
        self._weigh(entry)
        self._weigh(old)
        return old

    def go(self, entry: Entry) -> None:
        """Make *entry* the present one; redo from each of its ancestors will lead back towards it."""
        self.version += 1
        self.head.open = False
        self.head = entry
        while entry.parent is not None:
            siblings = entry.parent.children
            if siblings[-1] is not entry:
                siblings.remove(entry)
                siblings.append(entry)
            entry = entry.parent

    def weigh(self, entry: Entry) -> None:
        """Measure an entry again whose record has changed."""
        self._weigh(entry)

    def trim(self) -> str | None:
        """Drop what exceeds the bounds: the oldest side branches first, then the oldest ancestors.

        Returns:
            a sentence that says what went, ``None`` when nothing did.
        """
        if self.count <= self.max_entries and self.nbytes <= self.max_bytes:
            return None
        self.version += 1
        branches = self._drop_branches()
        ancestors = self._drop_ancestors()
        self.dropped_ancestors += ancestors
        if not branches and not (ancestors and self.dropped_ancestors == ancestors):
            return None  # that old entries go is said once, not with every edit from then on
        parts = []
        if branches:
            parts.append(f"{branches} of the oldest entries on side branches")
        if ancestors:
            parts.append(f"{ancestors} of the oldest entries")
        return f"The history is full: it let go {' and '.join(parts)}."

    def _over(self) -> bool:
        # A tenth is made free at once, so that a full history does not trim on every edit.
        return self.count > 0.9 * self.max_entries or self.nbytes > 0.9 * self.max_bytes

    def _drop_branches(self) -> int:
        kept = {entry.id for entry in self.branch()}
        ahead: Entry | None = self.newer
        while ahead is not None:
            kept.add(ahead.id)
            ahead = ahead.children[-1] if ahead.children else None
        dropped = 0
        leaves = sorted((e for e in self.entries() if not e.children and e.id not in kept), key=lambda e: e.id)
        while leaves and self._over():
            leaf = leaves.pop(0)
            parent = leaf.parent
            while parent is not None and leaf.id not in kept and not leaf.children:
                parent.children.remove(leaf)
                self.nbytes -= leaf.nbytes
                self.count -= 1
                dropped += 1
                leaf, parent = parent, parent.parent
        return dropped

    def _drop_ancestors(self) -> int:
        dropped = 0
        depth = len(self.branch()) - 1
        while depth > 0 and self._over():
            if self.nbytes <= 0.9 * self.max_bytes and depth <= min(ANCESTORS, self.max_entries // 2):
                break
            root, heir = self.root, self._towards_head()
            for child in [child for child in root.children if child is not heir]:
                dropped += self._drop_subtree(child)
            heir.parent = None
            self.nbytes -= heir.nbytes  # the new root counts as the present state does
            heir.nbytes = 0
            heir.kind, heir.text, heir.record = "start", "", None
            self.root = heir
            self.count -= 1
            dropped += 1
            depth -= 1
        return dropped

    def _towards_head(self) -> Entry:
        entry = self.head
        while entry.parent is not None and entry.parent is not self.root:
            entry = entry.parent
        return entry

    def _drop_subtree(self, top: Entry) -> int:
        number = 0
        waiting = [top]
        while waiting:
            entry = waiting.pop()
            waiting.extend(entry.children)
            self.nbytes -= entry.nbytes
            self.count -= 1
            number += 1
        return number

    def _weigh(self, entry: Entry) -> None:
        self.nbytes -= entry.nbytes
        entry.nbytes = size(entry.state, entry.parent.state if entry.parent is not None else None)
        if entry.record is not None:
            entry.nbytes += entry.record.nbytes
        self.nbytes += entry.nbytes
