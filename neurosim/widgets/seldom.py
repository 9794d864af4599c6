"""Something that is to follow every frame and need not: done at once, and then at most once in a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Seldom(QObject):
    """Owns the pause after each time: the first wish is granted at once, those that follow too soon at its end."""

    def __init__(self, does: Callable[[], object], pause: int, parent: QObject) -> None:
        """*does* is called at most once in *pause* milliseconds, but for those who call ``now`` or ``settle``."""
        super().__init__(parent)
        self._does = does
        self.due = False
        """Whether it has been wished for since it was done last."""
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(self._pause_is_over)

    def now(self) -> None:
        """Do it; the pause begins anew."""
        self.due = False
        self._does()
        self._pause.start()

    def soon(self) -> None:
        """Do it now, or when the pause is over."""
        if self._pause.isActive():
            self.due = True
        else:
            self.now()

    def settle(self) -> None:
        """Somebody looks: do what is due."""
        if self.due:
            self.due = False
            self._does()

    def _pause_is_over(self) -> None:
        if self.due:
            self.now()
