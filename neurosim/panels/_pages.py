"""The two pages of a view: what it shows, under its header; and where there is nothing to show, a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QStackedLayout, QVBoxLayout, QWidget


class Pages(QStackedLayout):
    """Lays out *panel*: a header over a body, or an empty state in place of both.

    ``full`` and ``nothing`` are the pages, for those that ``fill`` shall find where they stay: a widget that is made
    elsewhere has all of its children dressed anew.
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.full, self._full_column = canvas_page(panel)
        self.nothing, self._nothing_column = canvas_page(panel)
        for page in (self.full, self.nothing):
            self.addWidget(page)

    def fill(self, header: QWidget, body: QWidget | QLayout, empty: QWidget) -> None:
        """Put the parts in their places."""
        self._full_column.addWidget(header)
        if isinstance(body, QWidget):
            self._full_column.addWidget(body, 1)
        else:
            self._full_column.addLayout(body, 1)
        self._nothing_column.addWidget(empty)

    def show_full(self) -> None:
        """Show what there is."""
        self.setCurrentIndex(0)

    def show_empty(self) -> None:
        """Show the sentence."""
        self.setCurrentIndex(1)


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
