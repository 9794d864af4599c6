"""A bar with a sentence and one button: what the learner may do besides going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from neurosim.widgets.theme import theme, theme_notifier


class OfferBar(QFrame):
    """Owns its label and its button, ``button``. Without signals: pressing calls what it was given."""

    def __init__(self, name: str, sentence: str, button: str, pressed: Callable[[], object], parent: QWidget) -> None:
        """*name*: the object name of the button."""
        super().__init__(parent)
        self.setProperty("role", "bar")
        words = QLabel(sentence, self)
        words.setProperty("role", "caption")
        words.setWordWrap(True)
        self.button = plain_button(name, button, pressed, self)
        self.button.setProperty("quiet", True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(words, 1)
        self._row.addWidget(self.button)
        theme_notifier().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        px = theme().px
        self._row.setContentsMargins(px(20), px(2), px(12), px(2))


def plain_button(name: str, words: str, pressed: Callable[[], object], parent: QWidget) -> QPushButton:
    """A button that Return elsewhere does not press, of that object name."""
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _=False: pressed())
    return button
