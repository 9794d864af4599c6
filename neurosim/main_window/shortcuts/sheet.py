"""Every key and gesture on one page, made from the list of actions; a press on a key chooses another one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.main_window.key_map import native
from neurosim.main_window.shortcuts.gestures import Gestures
from neurosim.main_window.shortcuts.key_popover import KeyPopover
from neurosim.records import dataclass
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme


@dataclass(frozen=True)
class _Line:
    """A line of the sheet: what one wants to do, how and where, and the command, or ``None`` for a gesture."""

    what: QLabel
    how: QLabel | QPushButton
    where: QLabel
    spec: ActionSpec | None


class ShortcutsSheet(QDialog):
    """A window that stays open beside the work. Owns its text; ``entries`` is what it shows."""

    def __init__(self, book: ActionBook, menus: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsSheet")
        self.setWindowTitle(self.tr("Keys and gestures"))
        self.setModal(False)
        self._book = book
        self._sections: list[tuple[QLabel, list[_Line]]] = []
        self._buttons: dict[str, QPushButton] = {}
        self._wheres: dict[str, QLabel] = {}
        px = theme().px
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(px(24), px(8), px(24), px(16))
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(2, 1)
        self._fill(menus)
        area = QScrollArea(self)
        area.setObjectName("shortcutsArea")
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._head())
        layout.addWidget(area, 1)
        layout.addLayout(self._foot())
        book.keys.changed.connect(self._show_keys)
        self._filter()
        resize_on_screen(self, 720, 620)
        self.search.setFocus()

    @property
    def entries(self) -> list[tuple[str, str, str]]:
        """What is on the sheet now: what one wants to do, the keys or the gesture, and where they work."""
        every = (line for _, lines in self._sections for line in lines)
        return [(line.what.text(), line.how.text(), line.where.text()) for line in every if not line.what.isHidden()]

    # -- building --------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        px = theme().px
        self.search = QLineEdit(self)
        self.search.setObjectName("shortcutsSearch")
        self.search.setAccessibleName(self.tr("Find a command or a key"))
        self.search.setPlaceholderText(self.tr("Find a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.keyless = QCheckBox(self.tr("Commands &without a key, too"), self)
        self.keyless.setObjectName("shortcutsKeyless")
        self.keyless.toggled.connect(self._filter)
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(16), px(24), px(8))
        head.setSpacing(px(16))
        head.addWidget(self.search, 1)
        head.addWidget(self.keyless)
        return head

    def _foot(self) -> QHBoxLayout:
        px = theme().px
        hint = QLabel(self.tr("Press a key in the list to choose another one."), self)
        hint.setProperty("role", "muted")
        self.first = QPushButton(self.tr("&All keys as at first"), self)
        self.first.setObjectName("firstKeysOfAll")
        self.first.setAutoDefault(False)
        self.first.clicked.connect(self._book.keys.reset_all)
        close = QPushButton(self.tr("&Close"), self)
        close.setObjectName("closeShortcuts")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(8), px(24), px(16))
        foot.setSpacing(px(8))
        foot.addWidget(hint, 1)
        foot.addWidget(self.first)
        foot.addWidget(close)
        return foot

    def _fill(self, menus: Mapping[str, str]) -> None:
        specs = self._book.specs.values()
        for menu, title in menus.items():
            if "/" in menu:
                continue
            listed = [spec for spec in specs if spec.menu.partition("/")[0] == menu]
            if menu == "run":
                listed += [spec for spec in specs if not spec.menu]
            if listed:
                self._heading(title.replace("&", ""))
                for spec in listed:
                    self._command(spec)
        self._heading(self.tr("Gestures"))
        for what, how in Gestures().lines():
            self._line(what, QLabel(how, self), QLabel("", self), None)

    def _heading(self, words: str) -> None:
        label = QLabel(words, self)
        label.setProperty("role", "title")
        label.setContentsMargins(0, theme().px(12) if self._sections else 0, 0, theme().px(4))
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)
        self._sections.append((label, []))

    def _command(self, spec: ActionSpec) -> None:
        button = QPushButton(self)
        button.setObjectName(f"keys-{spec.name}")
        button.setProperty("key", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: KeyPopover(self._book, spec.name, self).open_at(button))
        where = QLabel(self)
        self._buttons[spec.name], self._wheres[spec.name] = button, where
        self._line(spec.plain_text, button, where, spec)
        self._write(spec.name)

    def _line(self, what: str, how: QLabel | QPushButton, where: QLabel, spec: ActionSpec | None) -> None:
        words = QLabel(what, self)
        where.setProperty("role", "muted")
        if isinstance(how, QLabel):
            how.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            how.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = self._grid.rowCount()
        self._grid.addWidget(words, row, 0)
        if spec is None:
            self._grid.addWidget(how, row, 1, 1, 2)
        else:
            self._grid.addWidget(how, row, 1, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(where, row, 2)
        self._sections[-1][1].append(_Line(words, how, where, spec))

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show_keys(self, name: str) -> None:
        self._write(name)
        self._filter()

    def _write(self, name: str) -> None:
        spec, keys, button = self._book.specs[name], self._book.keys.keys(name), self._buttons[name]
        words = "  ".join(map(native, keys))
        button.setText(words or "–")
        button.setAccessibleName(
            self.tr("{command}: {keys}").format(command=spec.plain_text, keys=words or self.tr("no key"))
        )
        button.setToolTip(self.tr("Choose another key"))
        where = {
            Scope.WINDOW: "",
            Scope.CANVAS: self.tr("in the graph or a plot"),
            Scope.GRAPH: self.tr("in the graph"),
        }[spec.scope]
        own = self.tr("your choice") if self._book.keys.is_own(name) else ""
        self._wheres[name].setText(", ".join(filter(None, (where, own))))

    def _filter(self) -> None:
        typed = self.search.text().casefold().split()
        for heading, lines in self._sections:
            shown = False
            for line in lines:
                keyed = line.spec is None or bool(self._book.keys.keys(line.spec.name)) or self.keyless.isChecked()
                text = f"{line.what.text()} {line.how.text()}".casefold()
                fits = all(word in text for word in typed)
                seen = (keyed or bool(typed) or self._is_own(line)) and fits
                for widget in (line.what, line.how, line.where):
                    widget.setVisible(seen)
                shown = shown or seen
            heading.setVisible(shown)
        self.first.setEnabled(self._book.keys.has_own)

    def _is_own(self, line: _Line) -> bool:
        return line.spec is not None and self._book.keys.is_own(line.spec.name)
