"""The sheet of the working as a Qt list model: what a screen reader walks through and the delegate paints."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from neurosim.panels.working.item import Item, Items, Key, is_line
from neurosim.working.copying import line_text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
READ = Qt.ItemFlag.ItemIsEnabled
CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class WorkingModel(QAbstractListModel):
    """Owns the items on the sheet, and which line is the current one."""

    # Qt may still ask while the model is being taken down.
    _items = Items((), lambda _place: Item("sentence", ()))
    _keys: tuple[Key, ...] = ()
    _position = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Key, int] = {}

    @property
    def items(self) -> Items:
        """The items from top to bottom."""
        return self._items

    @property
    def position(self) -> int:
        """How many lines of the step have been shown; 0: none is the current one."""
        return self._position

    def are_others(self, items: Items) -> bool:
        """Whether with *items* others would come or go, rather than only their numbers."""
        return items.keys != self._keys

    def show(self, items: Items, position: int) -> None:
        """Show *items*."""
        self._position = position
        if not self.are_others(items):
            # No dataChanged: a list would be laid out anew in every frame. The view paints what it is told to.
            self._items = items
            return
        self.beginResetModel()
        self._items, self._keys = items, items.keys
        self._rows = {key: row for row, key in enumerate(items.keys)}
        self.endResetModel()

    def row_of(self, key: Key) -> int | None:
        """Where the item with *key* stands."""
        return self._rows.get(key)

    def item(self, index: Index) -> Item | None:
        """The item at *index*."""
        row = index.row()
        return self._items[row] if 0 <= row < len(self._keys) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many items there are."""
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines can be chosen; headings and sentences are only read."""
        row = index.row()
        return CHOSEN if 0 <= row < len(self._keys) and is_line(self._keys[row]) else READ

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """The text of an item, and how it is read aloud."""
        item = self.item(index)
        if item is None:
            return None
        if role == Role.AccessibleTextRole:
            return item.speech
        if role == Role.DisplayRole:
            return item.text if item.line is None else line_text(item.line)
        return None
