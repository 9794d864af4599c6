"""A box of a view's header in which one of several things is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """As wide as what it offers; ``activated`` says that the user chose, ``currentData`` what."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        """Make an empty box with the object name *name*, of which *words* say what is chosen."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def offer(self, entries: Iterable[tuple[str, str]], current: str | None) -> None:
        """Offer *entries*, each a text and what it stands for, with *current* chosen, else the first."""
        with QSignalBlocker(self):
            self.clear()
            for text, value in entries:
                self.addItem(text, value)
            self.setCurrentIndex(max(0, self.findData(current)))
