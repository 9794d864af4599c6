"""Reads a table while the window stays alive: small ones at once, large ones in a thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.document.csv_table import read_table
from neurosim.document.table import Table, TableError
from neurosim.main_window.open_data.layout_row import Choices
from neurosim.training.worker import Worker

AT_ONCE = 200_000
"""Bytes up to which a table is read without a thread: it takes less than a frame or two."""
FOUND_OUT = Choices()
LOOK_EVERY = 30
"""Milliseconds between two looks at whether the thread has finished."""


class TableReader(QObject):
    """Owns the thread. A newer request replaces one that is still being read.

    Signals:
        started(str): a large table is being read; its name.
        finished(object): the ``Table``.
        failed(str): why there is none, as a sentence.
    """

    started = Signal(str)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker[Table] = Worker("neurosim-table")
        self._next: tuple[str | Path, str, Choices] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._cancelled = False

    @property
    def busy(self) -> bool:
        """Whether a table is being read in the thread."""
        return self._worker.busy

    def read(self, source: str | Path, name: str = "", choices: Choices = FOUND_OUT) -> None:
        """Read a file, or pasted text of more than one line; its layout is found out where *choices* leave it open."""
        called = name or (source.name if isinstance(source, Path) else self.tr("pasted data"))
        if _size(source) <= AT_ONCE and not self._worker.busy:
            try:
                table = _read(source, called, choices)
            except TableError as error:
                self.failed.emit(str(error))
                return
            self.finished.emit(table)
            return
        self._next = (source, called, choices)
        self._cancelled = False
        self.started.emit(called)
        self._submit_next()
        self._timer.start()

    def cancel(self) -> None:
        """Drop what is being read; the thread reads on to the end of it, but nobody hears of it."""
        self._next = None
        self._cancelled = True

    def close(self) -> None:
        """End the thread."""
        self._timer.stop()
        self.cancel()
        self._worker.close()

    def look(self) -> None:
        """Take the result if there is one."""
        if not self._worker.ready:
            return
        unwanted = self._next is not None or self._cancelled
        try:
            table = self._worker.take()
        except TableError as error:
            if not unwanted:
                self.failed.emit(str(error))
        else:
            if not unwanted:
                self.finished.emit(table)
        self._submit_next()
        if not self._worker.busy:
            self._timer.stop()

    def _submit_next(self) -> None:
        if self._next is None or self._worker.busy:
            return
        (source, name, choices), self._next = self._next, None
        self._worker.submit(lambda: _read(source, name, choices))


def _read(source: str | Path, name: str, choices: Choices) -> Table:
    return read_table(source, name=name, delimiter=choices.delimiter, decimal=choices.decimal, header=choices.header)


def _size(source: str | Path) -> int:
    if isinstance(source, str):
        return len(source)
    try:
        return source.stat().st_size
    except OSError:
        return 0  # reading it will say what is wrong
