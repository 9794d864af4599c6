"""What an empty view shows: one sentence that says what to do, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier


class EmptyState(QWidget):
    """Owns the sentence and, where something can be done at once, its button."""

    def __init__(
        self,
        sentence: str,
        button: str = "",
        action: Callable[[], object] | None = None,
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAccessibleName(sentence)
        self._picture = QLabel(self)
        self._picture.setVisible(bool(icon_name))
        self._icon_name = icon_name
        self._sentence = QLabel(sentence, self)
        self._sentence.setObjectName("emptyStateSentence")
        self._sentence.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._sentence)
        if action is not None:
            mend = QPushButton(button, self)
            mend.setObjectName("emptyStateButton")
            mend.clicked.connect(lambda _=False: action())
            self._column.addWidget(mend, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        theme_notifier().changed.connect(self._dress)
        self._dress()

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)

    def _dress(self) -> None:
        px = theme().px
        self._column.setContentsMargins(px(24), px(24), px(24), px(24))
        self._column.setSpacing(px(12))
        if self._icon_name:
            side = px(28)
            self._picture.setPixmap(icon(self._icon_name, "text_muted").pixmap(QSize(side, side)))
