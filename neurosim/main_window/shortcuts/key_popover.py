"""The sheet on which another key is chosen for one command."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.key_map import native
from neurosim.main_window.popover import Popover
from neurosim.main_window.shortcuts.key_field import KeyField
from neurosim.widgets.announce import announce
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label


class KeyPopover(Popover):
    """Owns the field for the key, and buttons that put it to use. What is chosen works at once."""

    def __init__(self, book: ActionBook, name: str, parent: QWidget) -> None:
        self._book, self._name = book, name
        super().__init__("keyPopover", "", parent)
        self.set_title(self.tr("Keys of “{command}”").format(command=book.specs[name].plain_text))
        self.field = KeyField(self)
        self.field.setObjectName("keyField")
        self.field.setPlaceholderText(self.tr("press the keys"))
        self.add_row(self.tr("&New key"), self.field, self.tr("Press the keys together; Tab goes on, Esc closes"))
        self.said = word_label("keySaid", "", self)
        self.said.setMinimumWidth(theme().px(320))
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing() * 2)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_wide(self.said)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(8))
        self.use = self._button("useKey", self.tr("&Use it alone"), self._use)
        self.add = self._button("addKey", self.tr("&Add it"), self._add)
        self.none = self._button("noKey", self.tr("&No key"), self._take_all)
        self.first = self._button("firstKeys", self.tr("As at &first"), self._reset)
        for button in (self.use, self.add, self.none, self.first):
            line.addWidget(button)
        self.add_wide(row)
        self.field.pressed.connect(lambda _key: self._look())
        self._look()

    def _button(self, name: str, words: str, run: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _look(self) -> None:
        keys, key = self._book.keys, self.field.key
        problem = keys.problem(self._name, key) if key else None
        if not key:
            now = ", ".join(map(native, keys.keys(self._name)))
            words = self.tr("Now: {keys}.").format(keys=now) if now else self.tr("No key leads to it now.")
        elif problem is not None:
            words = problem
        else:
            others = [self._book.specs[other].plain_text for other in keys.others_with(self._name, key)]
            words = (
                self.tr("{key} leads to “{command}” now, and would no longer.").format(
                    key=native(key), command="”, “".join(others)
                )
                if others
                else self.tr("{key} is free.").format(key=native(key))
            )
        self.said.setText(words)
        announce(self.field, words)
        usable = bool(key) and problem is None
        self.use.setEnabled(usable)
        self.add.setEnabled(usable and bool(keys.keys(self._name)))
        self.none.setEnabled(bool(keys.keys(self._name)))
        self.first.setEnabled(keys.is_own(self._name))

    def _use(self) -> None:
        self._book.keys.choose(self._name, (self.field.key,))
        self.close()

    def _add(self) -> None:
        self._book.keys.choose(self._name, (*self._book.keys.keys(self._name), self.field.key))
        self.close()

    def _take_all(self) -> None:
        self._book.keys.choose(self._name, ())
        self.close()

    def _reset(self) -> None:
        self._book.keys.reset(self._name)
        self.close()
