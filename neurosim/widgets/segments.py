"""One of several choices, side by side in one frame; arrows move between them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from neurosim.widgets.for_hands import mark_for_hands

KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segments(QFrame):
    """Owns a row of buttons of which exactly one is on. One Tab stop: the arrow keys choose.

    Signals:
        chosen(str): the user chose another one; its name.
    """

    chosen = Signal(str)

    def __init__(self, choices: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Make a button for each pair of name and words; the first is on."""
        super().__init__(parent)
        self.setProperty("role", "segments")
        mark_for_hands(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for name, words in choices:
            button = _Segment(self)
            button.setObjectName(f"segment-{name}")
            button.setText(words)
            button.setAccessibleName(words.replace("&", ""))
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        if not self._buttons:
            raise ValueError("A choice needs at least one possibility.")
        self._value = ""
        self.set_value(next(iter(self._buttons)))

    def value(self) -> str:
        """The name of the one that is on."""
        return self._value

    def set_value(self, name: str) -> None:
        """Turn *name* on without a signal.

        Raises:
            KeyError: there is no such choice.
        """
        self._buttons[name].setChecked(True)
        self._value = name
        for other, button in self._buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == name else Qt.FocusPolicy.ClickFocus)

    def button(self, name: str) -> QToolButton:
        """The button of *name*, for its tooltip or its enabling."""
        return self._buttons[name]

    def step(self, by: int) -> None:
        """Choose the next enabled one to the right (1) or to the left (-1), if there is one."""
        names = list(self._buttons)
        at = names.index(self._value) + by
        while 0 <= at < len(names) and not self._buttons[names[at]].isEnabled():
            at += by
        if 0 <= at < len(names):
            self._choose(names[at])
            self._buttons[names[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, name: str) -> None:
        if name != self._value:
            self.set_value(name)
            self.chosen.emit(name)


class _Segment(QToolButton):
    """One button of the row, which hands arrow keys to it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.parentWidget()
        key = Qt.Key(event.key())
        if key in KEYS and isinstance(row, Segments):
            row.step(KEYS[key])
        else:
            super().keyPressEvent(event)
