"""What is always in sight beside the menus: arrangements, panels, undo and redo, and presenting."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.action_button import QuietButton
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier

WORDS_FROM = 1000
"""In windows narrower than this at 100 % the buttons show their icons alone."""

HEIGHT = 24
"""As high as the menus beside them."""


class Corner(QWidget):
    """Owns ``arrangementButton``, ``panelsButton``, ``undoButton``, ``redoButton`` and ``presentButton``."""

    def __init__(self, book: ActionBook, menus: Mapping[str, QMenu], parent: QWidget) -> None:
        super().__init__(parent)
        self._wide = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme().px(8), 0)
        row.setSpacing(theme().px(2))
        arrangement = self._opener("arrangementButton", "layout-dashboard", menus["view/layout"])
        arrangement.setToolTip(self.tr("Choose which panels there are, for a purpose"))
        panels = self._opener("panelsButton", "panel-right", menus["view/panels"])
        panels.setToolTip(self.tr("Open or close panels"))
        self._present = present = QToolButton(self)
        present.setObjectName("presentButton")
        present.setDefaultAction(book["presentAction"])
        present.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present.setAccessibleName(self.tr("Present"))
        for button in (arrangement, panels):
            button.setStatusTip(button.toolTip())
            row.addWidget(button)
        row.addSpacing(theme().px(8))
        undo, redo = (QuietButton(book[name], f"{name}Button", self) for name in ("undo", "redo"))
        row.addWidget(undo)
        row.addWidget(redo)
        row.addSpacing(theme().px(8))
        row.addWidget(present)
        self._worded, self._all = (arrangement, panels, present), (arrangement, panels, undo, redo, present)
        theme_notifier().changed.connect(self._look)
        self._look()

    def set_window_width(self, width: int) -> None:
        """The window is *width* pixels wide: say in words what there is room for."""
        before, self._wide = self._wide, width
        limit = WORDS_FROM * theme().zoom
        if (before >= limit) != (width >= limit):
            self._look()

    def _opener(self, name: str, picture: str, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(menu.title().replace("&", ""))
        button.setAccessibleName(button.text())
        button.setIcon(icon(picture))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _look(self) -> None:
        side, words = theme().px(16), self._wide >= WORDS_FROM * theme().zoom
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._worded:
            button.setIconSize(QSize(side, side))
            button.setToolButtonStyle(style)
        for button in self._all:
            button.setFixedHeight(theme().px(HEIGHT))
        QTimer.singleShot(0, self, self._ask_for_room)

    def _ask_for_room(self) -> None:
        """A bar of menus asks its corner for its size only when its own size changes."""
        bar = self.parentWidget()
        if isinstance(bar, QMenuBar):
            QApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))
