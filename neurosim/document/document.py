"""The document: one frozen state, the history of how it came about, and signals that say what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from neurosim.document.changes import changed_parts, identical
from neurosim.document.edits.common import EditError
from neurosim.document.history import Entry, History, Kind, Record
from neurosim.document.state import DocumentState
from neurosim.document.visit import Visit
from neurosim.engine.errors import DatasetError, NetworkError, TrainingError
from neurosim.records import fields

if TYPE_CHECKING:
    from neurosim.document.runner import Runner

PARTS = tuple([field.name for field in fields(DocumentState)])
"""What a state is made of."""

Guard = Callable[[DocumentState, DocumentState], str | None]
"""Asked with the states before and after an edit: why it is not to be made, as a sentence, or ``None``."""


class Document(QObject):
    """Owns the state, its history and the file it belongs to. ``edit`` is the only way to change the state.

    After every change (an edit, undo, redo, opening a file) the same signals follow in this order: ``state_changed``,
    then one for each part but the network that differs, ``modified_changed`` and ``path_changed`` where they apply, and
    ``history_changed`` last (after a ``reset``: ``was_reset``).

    Signals:
        state_changed(old, new): the two states.
        rows_changed(), training_changed(), view_changed(), lesson_changed()
        history_changed(): the place in the history, or the names of undo and redo.
        history_trimmed(sentence): the history was full and let go of old entries.
        modified_changed(modified), path_changed(), was_reset()
    """

    state_changed = Signal(object, object)
    rows_changed = Signal()
    training_changed = Signal()
    view_changed = Signal()
    lesson_changed = Signal()
    history_changed = Signal()
    history_trimmed = Signal(str)
    modified_changed = Signal(bool)
    path_changed = Signal()
    was_reset = Signal()

    def __init__(
        self, state: DocumentState | None = None, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        state = state if state is not None else DocumentState()
        self._history = History(state)
        self._opened = state
        self._saved = state
        self._path = path
        self._compared: dict[str, tuple[object, object, bool]] = {}
        self._was_modified = False
        self._runner: Runner | None = None
        self._visit: Visit | None = None
        self._guard: Guard | None = None

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> DocumentState:
        """What all views show: the newest state, or that of the place that is visited."""
        return self._visit.state if self._visit is not None else self.present_state

    @property
    def present_state(self) -> DocumentState:
        """The newest state, including the steps of a run that are not in the history yet, wherever one looks."""
        newest = self._runner.newest() if self._runner is not None else None
        return newest if newest is not None else self._history.head.state

    @property
    def unsaved_state(self) -> DocumentState | None:
        """What a crash would lose: the present without what a hand has not let go of; ``None``: nothing."""
        head, present = self._history.head, self.present_state
        if head.open and head.parent is not None and present is head.state:
            present = head.parent.state
        return None if self._is_saved(present) else present

    @property
    def opened_state(self) -> DocumentState:
        """The state as opened (or as first created): where Reset All goes."""
        return self._opened

    @property
    def path(self) -> Path | None:
        """The file that the document belongs to."""
        return self._path

    @property
    def modified(self) -> bool:
        """Whether the state differs from the one last saved or opened; looking back loses sight of nothing."""
        shown, present = self.state, self.present_state
        return not (self._is_saved(shown) and (present is shown or self._is_saved(present)))

    def _is_saved(self, state: DocumentState) -> bool:
        """Whether *state* is the one last saved or opened; parts that were compared before are not compared again."""
        for part in PARTS:
            saved, now = getattr(self._saved, part), getattr(state, part)
            if saved is now:
                continue
            known = self._compared.get(part)
            if known is None or known[0] is not saved or known[1] is not now:
                known = self._compared[part] = (saved, now, identical(saved, now))
            if not known[2]:
                return False
        return True

    @property
    def history(self) -> History:
        """The tree of what was done. For reading; ``edit``, ``undo`` and ``redo`` change it."""
        return self._history

    @property
    def visited(self) -> Visit | None:
        """The place that is looked at instead of the present; ``None`` when the document shows its present."""
        return self._visit

    @property
    def place(self) -> Entry:
        """The entry that led to the state shown, or passed through it."""
        return self._visit.entry if self._visit is not None else self._history.head

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return self.place.parent is not None or self._ahead()

    @property
    def can_redo(self) -> bool:
        """Whether there is anything to redo."""
        inside = self._visit is not None and self._visit.inside
        return inside or (bool(self.place.children) and not self._ahead())

    @property
    def undo_text(self) -> str:
        """The name of what undo would undo; empty when there is nothing."""
        if self._visit is not None:
            return self._visit.behind
        if self._runner is not None and self._ahead():
            return self._runner.text
        return "" if self._history.head.parent is None else self._history.head.text

    @property
    def redo_text(self) -> str:
        """The name of what redo would do again; empty when there is nothing."""
        if self._visit is not None and self._visit.inside:
            return self._visit.ahead
        return self.place.children[-1].text if self.place.children else ""

    # -- changing --------------------------------------------------------------------------------------------------

    def edit(
        self,
        text: str,
        function: Callable[..., DocumentState],
        *args: object,
        gesture: object | None = None,
        **kwargs: object,
    ) -> None:
        """Replace the newest state by ``function(state, *args)``.

        An edit that changes nothing leaves no entry. Edits in a row with an equal *gesture* are one entry until the
        gesture is finished.

        Args:
            text: what is done, as the menu names it after "Undo": ``"Move point 2"``.
            function: a pure function, one of ``neurosim.document.edits``; further arguments are passed on to it.
            gesture: any value that names the gesture under way, such as one ``object()`` per drag.

        Raises:
            EditError: it cannot be done; the message is the sentence for the user, and nothing has changed.
        """
        base = self.state
        try:
            state = function(base, *args, **kwargs)
        except (NetworkError, DatasetError, TrainingError) as error:
            raise EditError(str(error)) from error
        parts = changed_parts(base, state)
        if not parts:
            return
        reason = self._guard(base, state) if self._guard is not None else None
        if reason is not None:
            raise EditError(reason)
        if self._runner is not None:
            self._runner.flush()
        self._settle()
        old, head = self._history.head.state, self._history.head
        if gesture is not None and head.open and head.gesture == gesture:
            self._history.amend(state, text)
        else:
            self._history.append(text, state, gesture=gesture)
        self._announce(old, state, parts if old is base else None)

    def finish(self, gesture: object) -> None:
        """End a gesture: later edits start a new entry. A gesture that ended where it began leaves no entry."""
        head = self._history.head
        if not (head.open and head.gesture == gesture):
            return
        head.open = False
        if head.parent is not None and head.record is None and identical(head.parent.state, head.state):
            self._history.remove_head()
        self.history_changed.emit()

    def finish_gesture(self) -> None:
        """End whatever gesture is under way."""
        self.finish(self._history.head.gesture)

    def cancel(self, gesture: object) -> None:
        """Return to the state before a gesture that is not finished, as if it had never been."""
        head = self._history.head
        if not (head.open and head.gesture == gesture):
            return
        old = self.state
        if self._runner is not None:
            self._runner.discard()
        self._history.remove_head()
        self._announce(old, self._history.head.state)

    def undo(self) -> None:
        """Go back to before the latest entry; a run is ended and recorded first."""
        if self._runner is not None:
            self._runner.halt()
        self._settle()
        parent = self._history.head.parent
        if parent is not None:
            self.go_to(parent)

    def redo(self) -> None:
        """Go forward to the entry visited last."""
        if self._runner is not None:
            self._runner.halt()
        self._settle()
        newer = self._history.newer
        if newer is not None:
            self.go_to(newer)

    def go_to(self, entry: Entry) -> None:
        """Make any entry of the history the present one."""
        if self._runner is not None:
            self._runner.halt()
        old, self._visit = self.state, None
        self._history.go(entry)
        self._announce(old, entry.state)

    def visit(self, visit: Visit) -> None:
        """Show a place of the history without going there: nothing in the tree changes until something is done.

        Whatever is done next (an edit, a step, a run, undo) follows from the state that is shown: the document settles
        there first. Going elsewhere, or ``leave``, leaves no trace. A run is ended and recorded first.
        """
        if self._runner is not None:
            self._runner.halt()
        self.finish_gesture()
        old = self.state
        present = visit.entry is self._history.head and not visit.inside
        self._visit = None if present else visit
        self._announce(old, self.state)

    def leave(self) -> None:
        """Show the present again."""
        if self._visit is not None:
            old, self._visit = self._visit.state, None
            self._announce(old, self.state)

    def settle(self) -> None:
        """Make the place that is visited the present one; an entry is divided where one stands inside it."""
        if self._visit is not None:
            self._settle()
            self._announce(self.state, self.state)

    def flush(self) -> None:
        """Record the steps of a run, if one is going on, so that the history holds the newest state."""
        if self._runner is not None:
            self._runner.flush()

    def reset(self, state: DocumentState, path: Path | None = None) -> None:
        """Begin anew with *state*, as after opening a file: a new history, nothing modified."""
        old, self._visit = self.state, None
        if self._runner is not None:
            self._runner.discard()
        self._history = History(state)
        self._opened = self._saved = state
        moved, self._path = self._path != path, path
        self._announce(old, state)
        if moved:
            self.path_changed.emit()
        self.was_reset.emit()

    def mark_saved(self, path: Path) -> None:
        """Remember that what is shown is what the file *path* holds. A place that is visited becomes the present."""
        self._saved = self.state
        moved, self._path = self._path != path, path
        self.settle()
        self._check_modified()
        if moved:
            self.path_changed.emit()

    def set_guard(self, guard: Guard | None) -> None:
        """Let *guard* be asked before each edit; its sentence, when it gives one, refuses the edit."""
        self._guard = guard

    # -- for training ----------------------------------------------------------------------------------------------

    def set_runner(self, runner: Runner | None) -> None:
        """Let *runner* be asked for the newest state and told to record it before anything else changes."""
        self._runner = runner

    def record(self, text: str, state: DocumentState, kind: Kind, record: Record | None) -> None:
        """Record training steps that lead to *state* as one entry.

        A step that was taken from here before, to the very same state, is gone along again instead of grown anew.
        """
        self._settle()
        for child in reversed(self._history.head.children) if kind == "step" else ():
            if child.kind == "step" and identical(child.state, state):
                self.go_to(child)
                return
        old = self._history.head.state
        self._history.append(text, state, kind, record=record)
        self._announce(old, state)

    def amend(self, state: DocumentState, record: Record | None, text: str | None = None) -> None:
        """Let the present entry, a gesture under way or a run, lead to *state*, with *record*."""
        old = self._history.head.state
        self._history.amend(state, text, record)
        self._announce(old, state)

    # -- telling ---------------------------------------------------------------------------------------------------

    def _ahead(self) -> bool:
        return self._runner is not None and self._runner.newest() is not None

    def _settle(self) -> None:
        visit, self._visit = self._visit, None
        if visit is None:
            return
        self._history.go(visit.entry)
        if visit.divide is None:
            return
        found = visit.divide()
        rest = self._history.split_head(found.text, visit.state, found.kind, found.record, found.rest_text)
        rest.kind, rest.record = found.rest_kind, found.rest_record
        self._history.weigh(rest)

    def _announce(self, old: DocumentState, new: DocumentState, parts: tuple[str, ...] | None = None) -> None:
        """Tell what differs, *parts* where that is known. *old* is what the views were last told of."""
        parts = changed_parts(old, new) if parts is None else parts
        trimmed = self._history.trim()
        if parts:
            self.state_changed.emit(old, new)
        told = (self.rows_changed, self.training_changed, self.view_changed, self.lesson_changed)
        for name, signal in zip(("rows", "training", "view", "lesson"), told, strict=True):
            if name in parts:
                signal.emit()
        self._check_modified()
        self.history_changed.emit()
        if trimmed is not None:
            self.history_trimmed.emit(trimmed)

    def _check_modified(self) -> None:
        modified = self.modified
        if modified != self._was_modified:
            self._was_modified = modified
            self.modified_changed.emit(modified)
