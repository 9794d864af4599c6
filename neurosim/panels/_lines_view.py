"""A list of typeset lines, painted like a page: what the working and a derivation have in common."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from neurosim.widgets.theme import theme, with_alpha

NO_REFS: frozenset[str] = frozenset()


class LinesView(QListView):
    """Owns what the pointer is on; each line has a height of its own and scrolls by pixels.

    Signals:
        pointed(refs): what the term under the pointer stands for; empty when there is none.
    """

    pointed = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._pointed = NO_REFS
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # A bar that came and went would change the width, and with it the sizes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        # It paints its own ground: the six widgets that it lies in need not be painted under it in every frame.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, and the lines on it."""
        page = QPainter(self.viewport())
        page.fillRect(event.rect(), theme().canvas)
        page.end()
        super().paintEvent(event)

    def _say_pointed(self, refs: frozenset[str]) -> None:
        if refs != self._pointed:
            self._pointed = refs
            self.pointed.emit(refs)


def paint_current(painter: QPainter, box: QRectF, *, bar: bool = True) -> None:
    """The ground of the current line: a tinted strip, with a bar at its left."""
    colours = theme()
    painter.fillRect(box, with_alpha(colours.accent, 0.10))
    if bar:
        painter.fillRect(QRectF(box.left(), box.top(), colours.px(4), box.height()), colours.accent)


def paint_focus(painter: QPainter, box: QRectF) -> None:
    """The frame around the keyboard's line."""
    colours = theme()
    painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)
