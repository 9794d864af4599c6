"""A label of words that go on in another line where room ends."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def word_label(name: str, role: str, parent: QWidget) -> QLabel:
    """An empty label found by *name*; *role* says how its words look (``"title"``, ``"muted"``, ...), or is empty."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
