"""What windows in which something is chosen are made of: the list at the left, the row of buttons at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QWidget

from neurosim.widgets.on_screen import part_of_screen

LIST_PART = 0.25
"""The part of the screen's width that a list takes at most."""


def choice_list(name: str, words: str, width: int, parent: QWidget) -> QListWidget:
    """An empty list of things to choose from, *width* pixels wide at 100 %, found by *name* and called *words*."""
    choices = QListWidget(parent)
    choices.setObjectName(name)
    choices.setAccessibleName(words)
    choices.setFixedWidth(part_of_screen(parent, width, LIST_PART))
    choices.setWordWrap(True)
    choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return choices


def push_button(name: str, words: str, does: Callable[[], object], parent: QWidget) -> QPushButton:
    """A button found by *name* that calls *does*."""
    button = QPushButton(words, parent)
    button.setObjectName(name)
    button.clicked.connect(lambda _checked=False: does())
    return button


def button_row(leave: QPushButton, *others: QPushButton) -> QHBoxLayout:
    """The button that does nothing at the left, *others* at the right; the last one stands out: Enter presses it."""
    last = others[-1]
    last.setProperty("primary", True)
    last.setDefault(True)
    row = QHBoxLayout()
    row.addWidget(leave)
    row.addStretch(1)
    for button in others:
        row.addWidget(button)
    return row
