"""Every key and gesture on one page, made from the list of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.widgets.theme import theme


class ShortcutsSheet(QDialog):
    """A window that stays open beside the work. Owns its text; ``entries`` is what it shows."""

    def __init__(self, specs: Mapping[str, ActionSpec], menus: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsSheet")
        self.setWindowTitle(self.tr("Keys and gestures"))
        self.setModal(False)
        px = theme().px
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(px(24), px(16), px(24), px(16))
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(4))
        self.entries: list[tuple[str, str, str]] = []
        row = 0
        for menu, title in menus.items():
            listed = [spec for spec in specs.values() if spec.menu.partition("/")[0] == menu and spec.keys]
            if menu == "run":
                listed += [spec for spec in specs.values() if not spec.menu]
            if not listed or "/" in menu:
                continue
            row = self._heading(grid, row, title.replace("&", ""))
            for spec in listed:
                row = self._line(grid, row, spec.plain_text, _keys(spec), self._where(spec.scope))
        row = self._heading(grid, row, self.tr("Gestures"))
        for what, how in self._gestures():
            row = self._line(grid, row, what, how, "")
        area = QScrollArea(self)
        area.setObjectName("shortcutsArea")
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setWidget(page)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("closeShortcuts")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(8), px(24), px(16))
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.resize(px(680), px(620))

    def _where(self, scope: Scope) -> str:
        return {
            Scope.WINDOW: "",
            Scope.CANVAS: self.tr("in the graph or a plot"),
            Scope.GRAPH: self.tr("in the graph"),
        }[scope]

    def _gestures(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Move a point of the data"), self.tr("drag it, or Tab to it and press an arrow key")),
            (self.tr("Add a point"), self.tr("double-click the plot, or Ins; drag one out of the tray at its edge")),
            (self.tr("Delete a point"), self.tr("right-click it, or Del; drag it into the tray")),
            (self.tr("Spray points"), self.tr("B in the plot takes the brush or puts it away; Ins sprays once")),
            (self.tr("Keep points for testing"), self.tr("T in the plot; Ctrl+T in the data table")),
            (
                self.tr("Go on in the data table"),
                self.tr("Tab to the right, Enter down; Ctrl with an arrow to the edge"),
            ),
            (
                self.tr("Work in the data table"),
                self.tr("F2 edits, Del clears, Ctrl+D fills down, Ctrl+Del deletes rows"),
            ),
            (self.tr("Change a number"), self.tr("drag sideways (Ctrl whole, Shift fine), or click and type 1/3")),
            (self.tr("Connect two nodes"), self.tr("drag from port to port, or click one, then the other")),
            (self.tr("Add a node"), self.tr("double-click the graph, or drop a wire in empty space")),
            (self.tr("Select several"), self.tr("drag a box, or Ctrl-click each")),
            (self.tr("Move the view"), self.tr("drag with the middle or right button")),
            (self.tr("Zoom the view"), self.tr("mouse wheel, or + and − in the view")),
            (self.tr("Cancel a drag"), self.tr("Esc")),
        )

    def _heading(self, grid: QGridLayout, row: int, words: str) -> int:
        label = QLabel(words, self)
        label.setProperty("role", "title")
        label.setContentsMargins(0, theme().px(12) if row else 0, 0, theme().px(4))
        grid.addWidget(label, row, 0, 1, 3)
        return row + 1

    def _line(self, grid: QGridLayout, row: int, what: str, keys: str, where: str) -> int:
        self.entries.append((what, keys, where))
        for column, (words, role) in enumerate(((what, ""), (keys, "keys"), (where, "muted"))):
            label = QLabel(words, self)
            label.setWordWrap(column == 1 and not where)
            label.setProperty("role", role)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, column)
        grid.setColumnStretch(2, 1)
        return row + 1


def _keys(spec: ActionSpec) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(native) for key in spec.keys)
