"""What is said to an answer: an icon with a sentence, never a colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.lesson.flow import CAPTION
from neurosim.widgets.lesson.runs import Runs, Text
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme

ICONS = {"right": "circle-check", "look": "corner-down-right", "hint": "lightbulb", "read": "circle-question-mark"}


class Said(QWidget):
    """Owns an icon and a text; hidden while there is nothing to say."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = QLabel(self)
        self._icon.setFixedWidth(theme().px(20))
        self.flow = TextFlow(CAPTION, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme().px(2), 0, theme().px(2))
        row.setSpacing(theme().px(4))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.flow, 1)
        self.hide()

    def say(self, kind: str, runs: Runs) -> None:
        """Say *runs* in the manner of *kind*: ``right``, ``look``, ``hint`` or ``read``."""
        token = "right" if kind == "right" else "accent" if kind == "hint" else "text_muted"
        side = theme().px(16)
        self._icon.setPixmap(icon(ICONS[kind], token).pixmap(side, side))
        self.flow.set_token("right" if kind == "right" else "text")
        self.flow.set_runs(runs)
        self.setAccessibleName(self.flow.accessibleName())
        self.setVisible(bool(runs))

    def say_words(self, kind: str, text: str) -> None:
        """Say plain words."""
        self.say(kind, (Text(text),) if text else ())
