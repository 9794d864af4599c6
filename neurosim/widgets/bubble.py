"""A small note beside a field: how its text is read, or what is wrong with it; it takes no focus and no clicks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget
from shiboken6 import isValid

from neurosim.widgets.theme import theme

GAP = 4
MOVES = (QEvent.Type.Move, QEvent.Type.Resize)
GONE = (QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.Close)


class Bubble(QFrame):
    """Owns one note that hangs under its anchor, or above it where the screen ends, and follows its window."""

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("readsAsBubble")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._anchor = anchor
        self._watched: QWidget | None = None
        self._wanted = False
        self._problem = False
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)

    def text(self) -> str:
        """What the note says; empty while it is hidden."""
        return self._label.text() if self._wanted else ""

    def show_text(self, text: str, *, problem: bool = False) -> None:
        """Show *text* beside the anchor, in the colour of problems or in that of text."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(4), px(8), px(4))
        if self._label.text() != text or self._label.property("role") != ("problem" if problem else ""):
            self._label.setProperty("role", "problem" if problem else "")
            self._label.style().unpolish(self._label)
            self._label.style().polish(self._label)
            self._problem = problem
            self._wrap(text)
        self._wanted = True
        self._watch()
        self._place()
        self.show()

    def hide_text(self) -> None:
        """Take the note away."""
        self._wanted = False
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with square corners: round ones would be black where nothing composes windows."""
        super().paintEvent(event)
        colours = theme()
        painter = QPainter(self)
        painter.setPen(QPen(colours.negative if self._problem else colours.border, 1))
        painter.setBrush(colours.raised)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the anchor's window, and hide while that is not at hand."""
        if event.type() in MOVES and self.isVisible():
            self._place()
        elif event.type() in GONE:
            self.hide()
        elif event.type() == QEvent.Type.WindowActivate and self._wanted and self._anchor.isVisible():
            self._place()
            self.show()
        return False  # nothing is asked of what is watched: it may be half destroyed already

    def _wrap(self, text: str) -> None:
        widest = theme().px(360)
        self._label.setWordWrap(False)
        self._label.setText(text)
        self._label.setMinimumWidth(0)
        if self._label.sizeHint().width() > widest:
            self._label.setWordWrap(True)
            self._label.setMinimumWidth(widest)

    def _watch(self) -> None:
        window = self._anchor.window()
        if window is not self._watched:
            if self._watched is not None and isValid(self._watched):
                self._watched.removeEventFilter(self)
            window.installEventFilter(self)
            self._watched = window

    def _place(self) -> None:
        self.adjustSize()
        size = self.sizeHint()
        gap = theme().px(GAP)
        corner = self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + gap))
        area = self._anchor.screen().availableGeometry()
        if corner.y() + size.height() > area.bottom():
            corner.setY(self._anchor.mapToGlobal(QPoint(0, 0)).y() - size.height() - gap)
        corner.setX(max(area.left(), min(corner.x(), area.right() - size.width())))
        self.setGeometry(corner.x(), corner.y(), size.width(), size.height())
