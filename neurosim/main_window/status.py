"""The line at the very foot: how to use what is under the pointer, what happened last, how things stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QStatusBar, QToolButton, QWidget

from neurosim.document.document import Document
from neurosim.main_window.action_book import ActionBook
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel


class StatusBar(QStatusBar):
    """Owns the hint (left), the last action (middle) and how things stand (right)."""

    def __init__(self, book: ActionBook, document: Document, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self._display = display
        self._document = document
        self._resting = self.tr("Drag a point, or press Space to step.")
        self.hint = _line("hintLabel", self)
        self.last = _line("lastActionLabel", self)
        self._numbers = self._menu_button("numbersButton", self.tr("How numbers are written"))
        self._numbers.setMenu(self._menu(book, "numbers-exact", "numbers-decimal", "numbers-both"))
        self._zoom = self._menu_button("zoomButton", self.tr("Size of the interface"))
        self._zoom.setMenu(self._menu(book, "zoomIn", "zoomReset", "zoomOut"))
        self._saved = QLabel(self)
        self._saved.setObjectName("savedLabel")
        self.addWidget(self.hint, 3)
        self.addWidget(self.last, 2)
        for widget in (self._numbers, self._zoom, self._saved):
            self.addPermanentWidget(widget)
        display.changed.connect(self.refresh)
        document.modified_changed.connect(self.refresh)
        document.path_changed.connect(self.refresh)
        self.hint.set_text(self._resting)
        self.refresh()

    def show_hint(self, words: str) -> None:
        """Say how to use what is under the pointer; empty: what one can do at all."""
        self.hint.set_text(words or self._resting)

    def show_last(self, words: str) -> None:
        """Say what happened last."""
        self.last.set_text(words)

    def refresh(self, *_: object) -> None:
        """Show how numbers are written, the zoom, and whether everything is saved."""
        modes = {"exact": self.tr("exact"), "decimal": self.tr("decimal"), "both": self.tr("exact ~ decimal")}
        self._numbers.setText(modes[self._display.mode])
        self._zoom.setText(self.tr("{percent} %").format(percent=round(self._display.zoom * 100)))
        if self._document.modified:
            self._saved.setText(self.tr("not saved"))
        else:
            self._saved.setText(self.tr("saved") if self._document.path is not None else self.tr("unchanged"))

    def _menu_button(self, name: str, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(title)
        button.setToolTip(title)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRaise(True)
        return button

    def _menu(self, book: ActionBook, *names: str) -> QMenu:
        menu = QMenu(self)
        for name in names:
            menu.addAction(book[name])
        return menu


def _line(name: str, parent: QWidget) -> ElidedLabel:
    """A label that shortens its words rather than widening the window."""
    label = ElidedLabel("", parent)
    label.setObjectName(name)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
