"""A small sheet of controls that opens beside a button and closes on a click elsewhere or on Esc."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from neurosim.widgets.theme import theme


class Popover(QFrame):
    """Owns a grid of labelled controls: ``add_row`` fills it, ``open_at`` shows it."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "bubble")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._heading = QLabel(title, self)
        self._heading.setProperty("role", "title")
        self._grid.addWidget(self._heading, 0, 0, 1, 2)

    def set_title(self, title: str) -> None:
        """Show *title* over the controls."""
        self._heading.setText(title)
        self.setAccessibleName(title)

    def add_row(self, label: str, control: QWidget, help_text: str = "") -> None:
        """Add *control* under the last one, with *label* before it (the label's mnemonic leads to the control)."""
        row = self._grid.rowCount()
        caption = QLabel(label, self)
        caption.setBuddy(control)
        control.setAccessibleName(label.replace("&", ""))
        if help_text:
            for widget in (caption, control):
                widget.setToolTip(help_text)
                widget.setStatusTip(help_text)
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(control, row, 1)

    def add_wide(self, control: QWidget) -> None:
        """Add *control* under the last one across the whole width."""
        self._grid.addWidget(control, self._grid.rowCount(), 0, 1, 2)

    def clear_rows(self) -> None:
        """Take everything out but the heading."""
        for index in reversed(range(1, self._grid.count())):
            item = self._grid.takeAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)  # or it would be found by its name until it is gone
                widget.deleteLater()

    def open_at(self, anchor: QWidget) -> None:
        """Show beside *anchor*: above it where the screen ends below, and always on its screen."""
        self.adjustSize()
        gap = theme().px(4)
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + gap))
        area = anchor.screen().availableGeometry()
        if place.y() + self.height() > area.bottom():
            place = anchor.mapToGlobal(QPoint(0, -self.height() - gap))
        place.setX(max(area.left(), min(place.x(), area.right() - self.width())))
        self.move(place)
        self.show()
        first = self.nextInFocusChain()
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
