"""What mouse and keys do on the loss curve: point, zoom, pan; nothing here can be taken hold of."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from neurosim.panels._plot_frame import PlotFrame
from neurosim.widgets.letters import letters


class CurveHands(QObject):
    """Turns the events of the plot into requests; pyqtgraph's own gestures never see them.

    Signals:
        pointed(place): the pointer is at this pixel of the plotting area; ``None``: it left.
        walked(by): point at the next step (1) or the one before (-1).
        fit_wanted(), scale_wanted(): Home or F, and L.
    """

    pointed = Signal(object)
    walked = Signal(int)
    fit_wanted = Signal()
    scale_wanted = Signal()

    def __init__(self, plot: Any, view: PlotFrame, parent: QObject | None = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self._plot = plot
        self._view = view
        self._last = QPointF()
        plot.viewport().installEventFilter(self)
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the plot's events."""
        if isinstance(event, QMouseEvent):
            self._mouse(event)
            return True
        if isinstance(event, QWheelEvent):
            self._zoom(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        if event.type() == QEvent.Type.ContextMenu:
            return True
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> None:
        place = self._view.place_in_plot(event.position())
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            if event.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton):
                self._view.pan(place - self._last)
            else:
                self.pointed.emit(place)
        elif kind == QEvent.Type.MouseButtonPress:
            self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        self._last = place

    def _zoom(self, event: QWheelEvent) -> None:
        place, frame = self._view.place_in_plot(event.position()), self._view.frame
        factor = 1.15 ** (-event.angleDelta().y() / 120)
        # Over an axis only that axis is zoomed.
        self._view.zoom(factor, place, across=place.x() >= 0, up=place.y() <= frame.height)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() or letters().rest(key, event.modifiers()):
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walked.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_F):
            self.fit_wanted.emit()
        elif key == Qt.Key.Key_L:
            self.scale_wanted.emit()
        else:
            return False
        return True
