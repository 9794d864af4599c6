"""A button at the foot of a page that goes on below it: nobody has to scroll without knowing it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

LEAST = 28
"""Pixels at 100 % that may be out of sight without being told: the margin below the last line."""


class MoreBelow(QPushButton):
    """Shown while more than a margin of *area* is below what is in sight; pressed it scrolls on."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setObjectName("lessonMore")
        self.setText(self.tr("More below"))
        self.setProperty("floating", True)
        self.setAccessibleName(self.tr("More below: scroll on"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard scrolls by itself: it would meet it on each page
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._go_on)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._look)
        bar.valueChanged.connect(self._look)
        area.viewport().installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the foot of the page."""
        if event.type() == QEvent.Type.Resize:
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        bar, px = self._area.verticalScrollBar(), theme().px
        self.setVisible(bar.maximum() - bar.value() > px(LEAST))
        if self.isHidden():
            return
        self.setIcon(icon("chevron-down", "accent"))
        room = self._area.viewport().geometry()
        size = self.sizeHint()
        self.setGeometry(
            room.right() - size.width() - px(8),
            room.bottom() - size.height() - px(6),
            size.width(),
            size.height(),
        )
        self.raise_()

    def _go_on(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep() - theme().px(48))
