"""The files opened or saved lately, newest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from neurosim.main_window.store import store, write

LIMIT = 15
_KEY = "files/recent"


class RecentFiles(QObject):
    """Owns the list and keeps it between two starts.

    Signals:
        changed(): the list changed.
    """

    changed = Signal()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that still exist, newest first, at most ``LIMIT``."""
        kept = store().value(_KEY, [], type=list)
        names = [str(name) for name in kept] if isinstance(kept, list) else []
        return tuple(path for path in map(Path, names) if path.is_file())[:LIMIT]

    def add(self, path: Path) -> None:
        """Put *path* first."""
        path = path.resolve()
        others = [str(other) for other in self.paths if other != path]
        write(_KEY, [str(path), *others][:LIMIT])
        self.changed.emit()

    def clear(self) -> None:
        """Forget all of them."""
        write(_KEY, [])
        self.changed.emit()
