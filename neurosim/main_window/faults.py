"""An error that nobody expected: the work is kept, the window stays, and one sentence says what happened."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from neurosim.document.autosave import user_data_folder
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession

LARGEST_LOG = 1_000_000
"""Bytes after which the log begins anew."""


def log_path() -> Path:
    """Where the details of unexpected errors are kept."""
    return user_data_folder() / "errors.log"


class FaultCatcher(QObject):
    """Stands in for ``sys.excepthook`` while it is entered. The same fault is told once, not at every frame.

    Signals:
        caught(str): an error was caught, in whatever thread; the sentence for the user.
    """

    caught = Signal(str)

    def __init__(
        self, session: TrainingSession, keep_work: Callable[[], object], parent: QObject | None = None
    ) -> None:
        """Tell *session*'s listeners, after *keep_work* was called."""
        super().__init__(parent)
        self._session = session
        self._keep_work = keep_work
        self._told: set[str] = set()
        # Another thread's error is told by the thread of the window.
        self.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> FaultCatcher:
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Keep the work, write the details to the error stream and the log, and tell the user once."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        place = traceback.extract_tb(trace)[-1] if trace is not None else None
        mark = f"{kind.__name__} {place.filename}:{place.lineno}" if place is not None else kind.__name__
        if mark in self._told:
            return
        self._told.add(mark)
        kept = self._keep()
        self._write(details)
        self.caught.emit(self._sentence(kind, error, kept))

    def _catch_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.catch(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _keep(self) -> bool:
        try:
            self._keep_work()
        except Exception:
            # The work may be what is broken: then the details are all that can be kept.
            self._write(traceback.format_exc())
            return False
        return True

    def _write(self, details: str) -> None:
        # A program started without a terminal has no error stream.
        if sys.stderr is not None:
            sys.stderr.write(details)
        log = log_path()
        with suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            mode = "w" if log.exists() and log.stat().st_size > LARGEST_LOG else "a"
            with log.open(mode, encoding="utf-8") as file:
                file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{details}\n")

    def _sentence(self, kind: type[BaseException], error: BaseException, kept: bool) -> str:
        what = f"{kind.__name__}: {error}" if str(error) else kind.__name__
        if kept:
            text = self.tr(
                "Something went wrong inside neurosim ({what}). Your work is kept safe; details are in {log}."
            )
        else:
            text = self.tr("Something went wrong inside neurosim ({what}). Save your work now; details are in {log}.")
        return text.format(what=what, log=log_path())

    def _tell(self, sentence: str) -> None:
        self._session.message.emit(Notice(sentence))
