"""One box of a question: its label, the field, how the answer is read, and what is said to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from neurosim.lessons.answers import how_read
from neurosim.lessons.lesson import Box
from neurosim.lessons.progress import Answer
from neurosim.lessons.question import Verdict
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.main_window.lesson_dock.said import Said
from neurosim.widgets.display import Display
from neurosim.widgets.icons import icon
from neurosim.widgets.lesson.flow import DISPLAY
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

WIDE = 84
"""A label that is wider, in pixels at 100 %, stands above its field, so that the field has room for an answer."""


class AnswerField(QLineEdit):
    """A line for an answer. Enter asks for it to be checked.

    Signals:
        wanted(): the user pressed Enter.
    """

    wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter checks."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave Undo to the window while nothing is typed that could be taken back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.key() == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if undo and not self.isUndoAvailable():
                event.ignore()
                return True
        return super().event(event)


class AnswerRow(QWidget):
    """Owns one box.

    Signals:
        wanted(): the answers are to be checked.
        edited(): something was typed.
    """

    wanted = Signal()
    edited = Signal()

    def __init__(self, owner: Piece, box: Box, name: str, display: Display) -> None:
        super().__init__(owner)
        self.box = box
        self._display = display
        px = theme().px
        self.field = AnswerField(self)
        self.field.setObjectName(name)
        self.field.setProperty("box", box.id)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(px(72))
        self.field.setMaximumWidth(px(260))
        formula = box.kind == "expression"
        self.field.setPlaceholderText(self.tr("a formula") if formula else self.tr("a number or fraction"))
        self._mark = QLabel(self)
        self._mark.setFixedWidth(px(20))
        self._read = word_label(f"{name}ReadAs", "caption", self)
        self._read.hide()
        self.said = Said(f"{name}Said", self)
        self.hints = [Said(f"{name}Hint{number}", self) for number in range(1, len(box.hints) + 1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self._build_line(owner, column)
        column.addWidget(self._read)
        column.addWidget(self.said)
        for hint in self.hints:
            column.addWidget(hint)
        self.field.wanted.connect(self.wanted)
        self.field.textEdited.connect(self._typed)

    def _build_line(self, owner: Piece, column: QVBoxLayout) -> None:
        """The label, the field and its tick side by side; a long label stands above."""
        px = theme().px
        line = QHBoxLayout()
        line.setSpacing(px(8))
        if self.box.label:
            label = owner.text(self.box.label, DISPLAY, parent=self)
            self.field.setAccessibleName(label.accessibleName())
            width = label.sizeHint().width()
            if width > px(WIDE):
                label.setMinimumWidth(0)
                column.addWidget(label)
            else:
                label.setFixedWidth(max(width + px(2), px(40)))
                line.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
            equals = QLabel("=", self)
            equals.setProperty("role", "muted")
            equals.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            line.addWidget(equals)
        else:
            self.field.setAccessibleName(self.tr("Your answer"))
        line.addWidget(self.field, 8)
        line.addWidget(self._mark)
        line.addStretch(1)
        column.addLayout(line)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what was answered before."""
        if answer is not None:
            self.field.setText(answer.text)
            self.show_verdict(answer.verdict)

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what is said to the answer, beside it."""
        side = theme().px(18)
        right = verdict.is_right
        self._mark.setPixmap(icon("circle-check", "right").pixmap(side, side) if right else icon("x").pixmap(0, 0))
        self._mark.setAccessibleName(self.tr("right") if right else "")
        kind = "right" if right else "look" if verdict.is_attempt else "read"
        message = verdict.message
        self.said.say_words(kind, message)
        self._read.setText(self.tr("read as {value}").format(value=verdict.read_as) if verdict.read_as else "")
        self._read.setVisible(bool(verdict.read_as) and verdict.read_as != self.field.text().strip())
        self.field.setAccessibleDescription(message or (self.tr("Right.") if right else ""))

    def is_right(self) -> bool:
        """Whether the tick is shown."""
        return bool(self._mark.accessibleName())

    def _typed(self) -> None:
        """Say how the text is read, before anything is judged."""
        self._mark.clear()
        self._mark.setAccessibleName("")
        self.said.say_words("read", "")
        words = self._reading(self.field.text())
        self._read.setText(self.tr("reads as {value}").format(value=words) if words else "")
        self._read.setVisible(bool(words))
        self.edited.emit()

    def _reading(self, text: str) -> str:
        return how_read(text, self.box.kind, self.box.formula, decimal=self._display.decimal) if text.strip() else ""
