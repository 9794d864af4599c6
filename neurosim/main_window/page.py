"""What the window has between its bars: the workspace with the step bar under it, and sheets over both."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neurosim.widgets.sheet import Sheet


class Page(QWidget):
    """What the window has between its bars, where sheets lie.

    Signals:
        sheet_came(sheet): a sheet opens here for the first time.
    """

    sheet_came = Signal(object)
    looks = False
    """Off while the window is built: looking at each child takes Qt's bindings 3 ms."""

    def fill(self, workspace: QWidget, bar: QWidget) -> None:
        """Put *workspace* above *bar*, without a gap."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(workspace, 1)
        layout.addWidget(bar)

    def childEvent(self, event: QChildEvent) -> None:
        """Tell of sheets."""
        super().childEvent(event)
        if self.looks and event.added() and isinstance(event.child(), Sheet):
            self.sheet_came.emit(event.child())
