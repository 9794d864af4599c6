"""Keeps a side file of the work after each change, and offers it again after a crash."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.document import autosave, edits
from neurosim.document.autosave import Recovered
from neurosim.document.document import Document

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

PAUSE = 250
"""Milliseconds that changes are gathered for, so that a drag does not write a file per frame."""


class AutoSaver(QObject):
    """Owns the thread that writes, and the work that a crash left behind until it is restored or thrown away.

    Signals:
        recovered_changed(): there is, or is no longer, work to restore.
        failed(str): the side file cannot be written; said once.
    """

    recovered_changed = Signal()
    failed = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._path: Path | None = document.path
        self._recovered: Recovered | None = None
        self._writing: Future[Path] | None = None
        self._complained = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.write_now)
        document.history_changed.connect(self._history_changed)
        document.modified_changed.connect(self._modified_changed)
        document.was_reset.connect(self.look)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """The thread, which begins with what there is to write first."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="neurosim-autosave")

    @property
    def recovered(self) -> Recovered | None:
        """The work that a crash left behind, or ``None``."""
        return self._recovered

    @property
    def is_idle(self) -> bool:
        """Whether all that is to be kept so far is on the disk."""
        return not self._timer.isActive() and (self._writing is None or self._writing.done())

    def look(self) -> None:
        """Look for work on the present document that a crash left behind."""
        self._timer.stop()
        if self._path != self._document.path:
            self._forget(self._path)
            self._path = self._document.path
        found = autosave.pending(self._path)
        if found is not self._recovered:
            self._recovered = found
            self.recovered_changed.emit()

    def restore(self) -> None:
        """Bring the work back as one edit that can be undone."""
        if self._recovered is not None:
            recovered, self._recovered = self._recovered, None
            self._document.edit(self.tr("Restore unsaved work"), edits.replace_all, recovered.state)
            autosave.discard(None, recovered)
            self.recovered_changed.emit()

    def throw_away(self) -> None:
        """Forget the work for good."""
        if self._recovered is not None:
            recovered, self._recovered = self._recovered, None
            autosave.discard(recovered.path, recovered)
            self.recovered_changed.emit()

    def write_now(self) -> None:
        """Write the side file in the thread; while one is being written, wait for the next turn."""
        if self._writing is not None:
            if not self._writing.done():
                self._timer.start()
                return
            self._check(self._writing)
        self._path = self._document.path
        state = self._document.unsaved_state
        if state is not None:
            self._writing = self._pool.submit(autosave.write, state, self._path)

    def close(self) -> None:
        """End properly: nothing to restore at the next start."""
        # What still changes, such as a point in hand that goes back to its place, is not kept any more.
        self._document.history_changed.disconnect(self._history_changed)
        self._document.modified_changed.disconnect(self._modified_changed)
        self._document.was_reset.disconnect(self.look)
        self._timer.stop()
        if "_pool" in self.__dict__:
            self._pool.shutdown(wait=True)
        autosave.discard(self._path)

    def _history_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _modified_changed(self, modified: bool) -> None:
        if not modified:
            self._timer.stop()
            self._forget(self._path)
            self._path = self._document.path

    def _forget(self, path: Path | None) -> None:
        self._pool.submit(autosave.discard, path)

    def _check(self, written: Future[Path]) -> None:
        error = written.exception()
        if error is not None and not self._complained:
            self._complained = True
            self.failed.emit(self.tr("Unsaved work cannot be kept safe against a crash: {reason}").format(reason=error))
