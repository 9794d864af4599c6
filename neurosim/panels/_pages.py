"""The two pages of a view: what it shows, under its header; and where there is nothing to show, a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QStackedLayout, QVBoxLayout, QWidget


class Pages(QStackedLayout):
    """Lays out *panel*: *header* over *body*, or *empty* in place of both."""

    def __init__(self, panel: QWidget, header: QWidget, body: QWidget | QLayout, empty: QWidget) -> None:
        super().__init__(panel)
        full, nothing = (self._page(panel) for _ in range(2))
        full.addWidget(header)
        if isinstance(body, QWidget):
            full.addWidget(body, 1)
        else:
            full.addLayout(body, 1)
        nothing.addWidget(empty)

    def show_full(self) -> None:
        """Show what there is."""
        self.setCurrentIndex(0)

    def show_empty(self) -> None:
        """Show the sentence."""
        self.setCurrentIndex(1)

    def _page(self, panel: QWidget) -> QVBoxLayout:
        page, column = canvas_page(panel)
        self.addWidget(page)
        return column


def canvas_page(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """A sheet in the colour of the canvas, and the column in which its contents stand, without a margin."""
    page = QFrame(parent)
    page.setProperty("role", "canvas")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return page, column


def fill_with_page(panel: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """A sheet in the colour of the canvas that is all of *panel*, and its column."""
    page, column = canvas_page(panel)
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(page)
    return page, column
