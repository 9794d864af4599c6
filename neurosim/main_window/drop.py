"""What a drop on the window brings: the path of a document or of a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from neurosim.main_window.file_controller import DOCUMENT_SUFFIX, TABLE_SUFFIXES


def dropped_path(data: QMimeData) -> Path | None:
    """The first file in *data* that can be opened, or ``None``."""
    for url in data.urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and path.suffix.lower() in {DOCUMENT_SUFFIX, *TABLE_SUFFIXES}:
            return path
    return None
