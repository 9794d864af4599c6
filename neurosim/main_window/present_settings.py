"""How the window is shown to a class, kept between two starts: from the first, in which theme, with keys on view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from neurosim.main_window.store import read_flag, read_text, write
from neurosim.widgets.theme import ThemeName

AT_START, KEYS, THEME = "present/at_start", "present/keys", "present/theme"


def presents_at_start() -> bool:
    """Whether the program is to begin before a class, as with the option ``--present``."""
    return read_flag(AT_START, False)


class PresentSettings(QObject):
    """Owns the choices.

    Signals:
        changed(): one of them is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: bool | None = None  # asked for after every edit, and a file is slow to answer

    @property
    def at_start(self) -> bool:
        """Whether the program begins before a class."""
        return presents_at_start()

    def set_at_start(self, on: bool) -> None:
        """Begin before a class from the next start on, or in a window."""
        self._write(AT_START, on)

    @property
    def keys(self) -> bool:
        """Whether keys and clicks are on view while a class looks on."""
        if self._keys is None:
            self._keys = read_flag(KEYS, False)
        return self._keys

    def set_keys(self, on: bool) -> None:
        """Show keys and clicks to a class, or not."""
        self._keys = on
        self._write(KEYS, on)

    @property
    def theme(self) -> ThemeName:
        """What a class sees: ``projector``, or ``dark`` for a dark hall."""
        return "dark" if read_text(THEME, "projector") == "dark" else "projector"

    def set_theme(self, name: str) -> None:
        """Present in the theme *name*."""
        self._write(THEME, "dark" if name == "dark" else "projector")

    def _write(self, key: str, value: bool | str) -> None:
        write(key, value)
        self.changed.emit()
