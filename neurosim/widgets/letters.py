"""Whether single letters do something in the graph and the plots, for people whose hand or voice types them unmeant."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

FIRST, LAST = int(Qt.Key.Key_A), int(Qt.Key.Key_Z)


class Letters(QObject):
    """Owns the wish; there is one, ``letters()``. WCAG 2.2, 2.1.4: such keys can be turned off.

    Signals:
        changed(): another wish is in force.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._work = True

    @property
    def work(self) -> bool:
        """Whether single letters do something."""
        return self._work

    def set_work(self, work: bool) -> None:
        """Let single letters do something, or nothing."""
        if work != self._work:
            self._work = work
            self.changed.emit()

    def rest(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether *key* is a letter by itself that shall do nothing."""
        control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return not self._work and FIRST <= key <= LAST and not modifiers & (control | Qt.KeyboardModifier.MetaModifier)


class _Only:
    letters: Letters | None = None


def letters() -> Letters:
    """The wish in force."""
    if _Only.letters is None:
        _Only.letters = Letters()
    return _Only.letters
