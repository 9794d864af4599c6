"""One thing to be sorted: a card that is dragged, or chosen and put somewhere by a click or a digit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neurosim.main_window.lesson_dock.said import Said
from neurosim.widgets.icons import icon
from neurosim.widgets.lesson.runs import Runs
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme

FURTHER = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class SortCard(QAbstractButton):
    """Owns its words and what is said of its place. Checked while it is held by a click.

    Signals:
        dragged(QPoint): it is dragged; where the pointer is on the screen.
        dropped(QPoint): it is let go there.
        cancelled(): Esc during a drag, or while it is held.
        sent(int): a digit: the group of that number, from 0; -1: none.
        moved(int): an arrow: so many groups further.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    cancelled = Signal()
    sent = Signal(int)
    moved = Signal(int)

    def __init__(self, name: str, flow: TextFlow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"predict-{name}")
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)  # its words wrap: they never widen the page
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.name = name
        self.words = flow.accessibleName()
        self._press: QPoint | None = None
        self._dragging = False
        self._locked = False
        px = theme().px
        self._grip = QLabel(self)
        self._grip.setPixmap(icon("grip-vertical", "text_muted").pixmap(px(14), px(14)))
        self._grip.setFixedWidth(px(16))
        flow.setParent(self)
        self._flow = flow
        self._said = Said(f"sorted-{name}", self)
        for part in (self._grip, flow, self._said):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout()
        line.setSpacing(px(4))
        line.addWidget(self._grip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(flow, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(5), px(8), px(5))
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._said)

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the words at that width."""
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, theme().px(28))

    def sizeHint(self) -> QSize:
        """The room of the words."""
        layout = self.layout()
        found = layout.sizeHint() if layout is not None else QSize()
        return found.expandedTo(QSize(0, theme().px(28)))

    def set_locked(self, locked: bool) -> None:
        """Whether it stays where it is."""
        self._locked = locked
        self.setEnabled(not locked)
        self._grip.setVisible(not locked)
        self.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.OpenHandCursor)

    def say(self, kind: str, runs: Runs) -> None:
        """Say of its place what came out, in the manner of *kind*: ``right`` or ``look``."""
        self._said.say(kind, runs)
        self.setAccessibleDescription(self._said.accessibleName())

    # -- the mouse -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it along once the pointer has gone some way."""
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        away = (event.position().toPoint() - self._press).manhattanLength()
        if self._dragging or away >= QApplication.startDragDistance():
            self._dragging = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go where it was dragged to; else it was a click."""
        self._press = None
        if self._dragging:
            self._end_drag()
            self.dropped.emit(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    def _end_drag(self) -> None:
        self._dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    # -- the keyboard ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit puts it into a group, an arrow into the next one, Backspace back to those that are unsorted."""
        key = event.key()
        if self._locked:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.sent.emit(key - Qt.Key.Key_1)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.sent.emit(-1)
        elif key in FURTHER:
            self.moved.emit(FURTHER[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape and (self._dragging or self.isChecked()):
            self._press = None
            self._end_drag()
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised sheet; a ring around it where the keyboard is, or while it is held."""
        of = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus() or self.isChecked()
        width = of.stroke(2.0) if ring else of.stroke(1.0)
        half = width / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(of.accent if ring else of.hairline if self._locked else of.border, width))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(box, of.px(6), of.px(6))

    def picture_at(self, place: QPointF) -> QPoint:
        """Where its left upper corner is while the pointer drags it at *place*: a little above and left of that."""
        return (place - QPointF(theme().px(12), self.height() / 2)).toPoint()
