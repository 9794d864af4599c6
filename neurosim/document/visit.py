"""A place in the history that is looked at without being gone to, and how an entry divides where one settles in it."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.document.history import Entry, Kind, Record
from neurosim.document.state import DocumentState
from neurosim.records import dataclass


@dataclass(frozen=True, eq=False)
class Division:
    """An entry in two: what leads to the place inside it, and the rest.

    ``text``, ``kind`` and ``record`` describe the new entry before the place; those with ``rest`` what is left of the
    old one after it.
    """

    text: str
    kind: Kind
    record: Record | None
    rest_text: str
    rest_kind: Kind
    rest_record: Record | None


@dataclass(frozen=True, eq=False)
class Visit:
    """What the document shows instead of its present: *state*, which *entry* led to, or passed through.

    Attributes:
        done: how many training steps of the entry lie before the place; all of them at its end, and 0 for an edit.
        behind: the name of what undo would undo from here.
        ahead: inside an entry: the name of what redo would do again; empty at its end.
        divide: inside an entry: how it divides here; asked only when something is done from here. ``None`` at its end.
    """

    entry: Entry
    state: DocumentState
    done: int
    behind: str
    ahead: str = ""
    divide: Callable[[], Division] | None = None

    @property
    def inside(self) -> bool:
        """Whether the place is inside the entry, not at its end."""
        return self.divide is not None
