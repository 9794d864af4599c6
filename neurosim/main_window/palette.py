"""The command palette: type what you want to do, press Enter."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from neurosim.main_window.action_book import ActionBook
from neurosim.widgets.theme import theme

_NAME = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """Owns a text field and the list of the actions that fit what is typed. Running one closes it."""

    def __init__(self, book: ActionBook, menus: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Find a command"))
        self._book = book
        self._titles = {name: title.replace("&", "") for name, title in menus.items()}
        self.field = QLineEdit(self)
        self.field.setObjectName("commandField")
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.list = QTreeWidget(self)
        self.list.setObjectName("commandList")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item, _column: self._run())
        self.list.itemClicked.connect(lambda _item, _column: self._run())
        layout = QVBoxLayout(self)
        gap = theme().px(8)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(self.field)
        layout.addWidget(self.list)

    def open_over(self, window: QWidget) -> None:
        """Show in the upper middle of *window*, empty."""
        px = theme().px
        width, height = min(px(560), window.width() - px(32)), min(px(420), window.height() - px(96))
        self.resize(width, height)
        self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())
        self.move(self.x(), window.mapToGlobal(window.rect().topLeft()).y() + px(64))
        self.field.clear()
        self._filter("")
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys and Enter of the field move in and act on the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}[Qt.Key(key)]
                row = self.list.currentIndex().row() + by
                last = self.list.topLevelItemCount() - 1
                self._go_to(min(max(row, 0), last))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def matches(self, typed: str) -> list[str]:
        """The names of the actions whose words hold every word typed, those that begin with it first."""
        words = typed.casefold().split()
        found = []
        for name, spec in self._book.specs.items():
            if not spec.menu or name == "palette" or not self._book[name].isVisible():
                continue
            title = self.title(name).casefold()
            haystack = f"{title} {spec.tip.casefold()}"
            if all(word in haystack for word in words):
                rank = _rank(spec.plain_text.casefold(), title, typed.casefold().strip())
                found.append((rank, "/" in spec.menu, name))
        return [name for _, _, name in sorted(found, key=lambda item: item[:2])]

    def title(self, name: str) -> str:
        """How an action is listed: its menu and its words."""
        spec = self._book.specs[name]
        above, _, _ = spec.menu.rpartition("/")
        steps = [self._titles[menu] for menu in (above, spec.menu) if menu]
        return " › ".join([*steps, self._book[name].text().replace("&", "").rstrip("…")])

    def _filter(self, typed: str) -> None:
        self.list.clear()
        for name in self.matches(typed):
            action = self._book[name]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([self.title(name), keys])
            item.setData(0, _NAME, name)
            item.setToolTip(0, action.statusTip())
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setDisabled(not action.isEnabled())
            self.list.addTopLevelItem(item)
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        item = self.list.topLevelItem(row)
        if item is not None:
            self.list.setCurrentItem(item)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None or item.isDisabled():
            return
        action: QAction = self._book[str(item.data(0, _NAME))]
        self.hide()
        action.trigger()


def _rank(plain: str, title: str, typed: str) -> int:
    """0 for the very words, 1 where they begin with what is typed, 2 where the title holds it, 3 where the tip does."""
    if plain == typed:
        return 0
    if plain.startswith(typed):
        return 1
    return 2 if all(word in title for word in typed.split()) else 3
