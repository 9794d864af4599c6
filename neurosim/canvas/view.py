"""The node-graph editor: shows the network alive and turns mouse and keyboard into edits of the document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from neurosim.canvas.face import GraphFace
from neurosim.canvas.foreground import paint_foreground
from neurosim.canvas.interactions import walking
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.guarded import guarded
from neurosim.widgets.theme import theme, theme_notifier

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class GraphView(GraphFace):
    """Takes the events and paints; what other parts may ask for stands in ``GraphFace``."""

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, session, selection, display, parent)
        self.setObjectName("graphView")
        self.setAccessibleName(self.tr("Node graph"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(240, 180)
        self._by_keyboard = False
        self.picture_moved.connect(self._picture_moved)
        theme_notifier().changed.connect(self._theme_changed)
        self._dress()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._by_keyboard = False
        if self.tool is None:
            self._bench.editor.close(take=True)
            self._bench.put_focus(None)
        self._bench.pointer.press(event, self._at(event))
        self.viewport().update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what is under the pointer."""
        self._bench.pointer.move(event, self._at(event))
        if self.tool is not None:
            self.viewport().update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._bench.pointer.release(event, self._at(event))
        self._bench.show_looks()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, rename, edit or add; but a gesture of two clicks takes it for its second one."""
        if event.button() != Qt.MouseButton.LeftButton or self.tool is not None:
            self.mousePressEvent(event)
            return
        self._bench.pointer.double_click(self._at(event))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips with formulas."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._bench.tips.show(event, self._drawing.hit(self.mapToScene(event.pos()), self.detail()))
            return True
        if event.type() == QEvent.Type.Leave and self.tool is None:
            self._bench.pointer.hover(None)
        return super().viewportEvent(event)

    def _at(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())

    # -- keyboard --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the canvas; they act only while the canvas itself has the focus."""
        self._by_keyboard = True
        if not self._bench.keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of a held arrow key ends its gesture."""
        if not self._bench.keys.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keyboard is on."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD:
            self._by_keyboard = True
            if self.focus_hit is None:
                self._bench.put_focus(walking.start(self._drawing, self._bench.selection.ids))
        self._bench.show_looks()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again; a gesture in hand that has lost the keyboard stays only with a popup."""
        super().focusOutEvent(event)
        self._bench.keys.finish()
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._bench.say_focus_anew()
        self._bench.show_looks()
        self.viewport().update()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; while nodes are dragged, everything else comes from one picture."""
        if self._bench.held is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        self._bench.held.paint(painter)
        self.drawForeground(painter, QRectF())
        painter.end()

    @guarded
    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The gesture, the words for an empty canvas or a close-up, and the ring of the keyboard."""
        del rect
        if self.tool is not None:
            self.tool.paint(painter)
        room = QRectF(self.viewport().rect())
        paint_foreground(painter, self._drawing, room, ring=self._by_keyboard and self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the foot."""
        super().resizeEvent(event)
        self._bar.stand_at_foot(self.size())

    def _picture_moved(self) -> None:
        self._bench.forget_held()
        self._bench.editor.follow()
        self.viewport().update()

    def _theme_changed(self) -> None:
        self._dress()
        self._bench.forget_held()
        if self.fitted:
            self.fit_all()
        self.viewport().update()

    def _dress(self) -> None:
        self.setBackgroundBrush(theme().canvas)
        self._bar.stand_at_foot(self.size())
