"""Answers to choose from: a button for each, with its words and formulas beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from neurosim.lessons.lesson import Choice
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme


class Options(QWidget):
    """Owns the buttons; one of them can be on, or several.

    Signals:
        changed(): another choice is on.
    """

    changed = Signal()

    def __init__(self, owner: Piece, choices: tuple[Choice, ...], name: str, *, several: bool = False) -> None:
        super().__init__(owner)
        self.setObjectName(f"{name}Options")
        self._buttons: dict[str, QAbstractButton] = {}
        self._flows: dict[TextFlow, QAbstractButton] = {}
        # Of several, each is reached by Tab; a group would be one stop for all of them.
        self._group = None if several else QButtonGroup(self)
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for choice in choices:
            button: QAbstractButton = QCheckBox(self) if several else QRadioButton(self)
            button.setObjectName(f"{name}-{choice.id}")
            flow = owner.text(choice.text, parent=self)
            button.setAccessibleName(flow.accessibleName())
            button.setFixedWidth(px(28))
            flow.setCursor(Qt.CursorShape.PointingHandCursor)
            flow.installEventFilter(self)
            self._buttons[choice.id] = button
            self._flows[flow] = button
            if self._group is not None:
                self._group.addButton(button)
            row = QHBoxLayout()
            row.setSpacing(px(4))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(flow, 1)
            column.addLayout(row)
            button.toggled.connect(lambda _on: self.changed.emit())

    def chosen(self) -> tuple[str, ...]:
        """The ids of what is on."""
        return tuple(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, ids: tuple[str, ...]) -> None:
        """Switch exactly these on, without a signal."""
        if self._group is not None:
            self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.blockSignals(True)
            button.setChecked(name in ids)
            button.blockSignals(False)
        if self._group is not None:
            self._group.setExclusive(True)

    def set_locked(self, locked: bool) -> None:
        """Whether nothing can be chosen any more."""
        for button in self._buttons.values():
            button.setEnabled(not locked)
        for flow, button in self._flows.items():
            flow.set_muted(locked and not button.isChecked())
            flow.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.PointingHandCursor)

    def first(self) -> QWidget:
        """Where the keyboard goes: to what is chosen, or to the first."""
        return next((b for b in self._buttons.values() if b.isChecked()), next(iter(self._buttons.values())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a click on the words press the button."""
        if (
            isinstance(watched, TextFlow)
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and watched.rect().contains(event.position().toPoint())
        ):
            button = self._flows[watched]
            if button.isEnabled():
                button.click()
                button.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)
