"""A push button that shows an action: its words, icon, tooltip and whether it can be used."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier


class ActionButton(QPushButton):
    """Follows an action. (QPushButton has no default action, and QToolButton no place for a primary one.)"""

    def __init__(self, action: QAction, name: str, parent: QWidget, primary: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._action = action
        self._primary = primary
        self._icon_name = ""
        self._words = ""
        self._compact = False
        if primary:
            self.setProperty("primary", True)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.setAutoDefault(False)
        theme_notifier().changed.connect(self._resize_icon)
        self._resize_icon()
        self.follow()

    def show_icon(self, name: str) -> None:
        """Show the lucide icon *name*; on a primary button in the colour that stands out from the fill."""
        if name != self._icon_name:
            self._icon_name = name
            self.setIcon(icon(name, "on_accent" if self._primary else None))

    def follow(self) -> None:
        """Take over what the action says now."""
        self._words = words = self._action.text().replace("&", "").rstrip("…")
        shown = "" if self._compact else words
        if shown != self.text():
            self.setText(shown)
        self.setAccessibleName(words)
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setStatusTip(self._action.statusTip())

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, where there is little room; tooltip and accessible name say the words."""
        if compact != self._compact:
            self._compact = compact
            self.follow()

    def width_of(self, words: str) -> int:
        """How wide the button would like to be with other words on it, or without any."""
        self.ensurePolished()
        now = self.text()
        self.setText(words)
        width = self.sizeHint().width()
        self.setText(now)
        return width

    @property
    def words(self) -> str:
        """What the button does, on it or not."""
        return self._words

    def _resize_icon(self) -> None:
        side = theme().px(16)
        self.setIconSize(QSize(side, side))


class QuietButton(QToolButton):
    """Shows an action's icon alone, without a frame; reachable with Tab."""

    def __init__(self, action: QAction, name: str, parent: QWidget, side: int = 18) -> None:
        super().__init__(parent)
        self._side = side
        self.setObjectName(name)
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(action.text().replace("&", "").rstrip("…"))
        theme_notifier().changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        side = theme().px(self._side)
        self.setIconSize(QSize(side, side))
