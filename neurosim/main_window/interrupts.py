"""Ctrl+C in the terminal, and a polite kill."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from neurosim.document import autosave
from neurosim.document.json_format import DocumentFormatError
from neurosim.main_window.window import MainWindow

INTERRUPTED = 130


class Interrupts:
    """Ctrl+C in the terminal and a polite kill end the program, and what was not saved is offered at the next start.

    Python runs its handlers only between its own instructions, and a resting window runs none: a socket wakes it.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)

    def __enter__(self) -> None:
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._reading.close()
        self._writing.close()

    def _drain(self) -> None:
        with suppress(OSError):
            self._reading.recv(4096)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        document = self._window.document
        if document.modified:
            with suppress(OSError, DocumentFormatError):
                autosave.write(document.present_state, document.path)
        QCoreApplication.exit(INTERRUPTED)
