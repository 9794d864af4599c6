"""Plays stories in one program, one after another, each in a window of its own and with nothing kept from the last.

Most of the time that a story takes is the start of its program; this one is started once. A story that fails ends it.
"""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 240.0
"""Seconds until a story that has not ended counts as stuck."""
KEPT = ("XDG_DATA_HOME", "XDG_CONFIG_HOME")
"""Where the program keeps what it remembers."""


class Stage:
    """Owns the program that plays; it is started when it is needed."""

    def __init__(self, screen: Mapping[str, str], folder: Path) -> None:
        """Play on *screen*; *folder* is for what the program remembers and says."""
        self._environment = {**screen, **{name: str(folder / name) for name in KEPT}}
        self._said = folder / "said.txt"
        self._program: subprocess.Popen[str] | None = None

    def play(self, name: str, folder: Path) -> str:
        """Play the story in the present *folder*; what went wrong, or nothing."""
        if self._program is None or self._program.poll() is not None:
            self._program = self._start()
        program = self._program
        assert program.stdin is not None
        assert program.stdout is not None
        print(json.dumps([name, str(folder)]), file=program.stdin, flush=True)
        ready, _, _ = select.select([program.stdout], [], [], PATIENCE)
        line = program.stdout.readline() if ready else ""
        wrong = json.loads(line) if line else f"{'stuck' if not ready else 'ended'}: {self._said.read_text()[-4000:]}"
        if wrong:
            self.close()
        return str(wrong)

    def close(self) -> None:
        """End the program."""
        if self._program is not None:
            self._program.kill()
            self._program.communicate()
        self._program = None

    def _start(self) -> subprocess.Popen[str]:
        with self._said.open("w") as said:
            return subprocess.Popen(
                [sys.executable, "-X", "faulthandler", str(Path(__file__).resolve())],
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )


def serve() -> None:
    """Play what is asked for on standard input, and answer each story on standard output."""
    from PySide6.QtCore import QEvent, QLocale
    from PySide6.QtWidgets import QApplication
    from scenarios import play

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a story prints is no answer
    for line in sys.stdin:
        name, folder = json.loads(line)
        for place in KEPT:
            shutil.rmtree(os.environ[place], ignore_errors=True)
        os.chdir(folder)
        QLocale.setDefault(QLocale.system())
        try:
            window = play(name)
            QApplication.setQuitOnLastWindowClosed(False)
            window.close()
            window.session.close()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            del window
            gc.collect()
            wrong = ""
        except BaseException:  # a story may end in any way; all are told
            wrong = traceback.format_exc()
        print(json.dumps(wrong), file=answers, flush=True)


if __name__ == "__main__":
    serve()
