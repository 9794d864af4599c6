"""What mouse and wheel do on a plot with things to take hold of: take, carry, put down, point at, pan, zoom."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QMouseEvent, QNativeGestureEvent, QWheelEvent

from neurosim.panels._plot_frame import PlotFrame

MOVED = 3.0
"""A press that moves less than this many pixels is a click."""
Grab = Callable[[QPointF], Hashable | None]


class _Mode(Enum):
    FREE = auto()
    PRESSED = auto()
    DRAGGING = auto()
    CARRYING = auto()
    """The thing was picked up by a click and follows the pointer until the next click."""
    SETTING_DOWN = auto()
    """The press that puts it down; its release is no click of its own."""
    PANNING = auto()


class PlotHands(QObject):
    """Turns events of the plot's viewport into requests; pyqtgraph's own gestures never see them.

    Signals:
        taken(grip, place): a thing is in hand from now on; where the pointer took it, in pixels of the plotting area.
        moved(place, fine): the pointer with the thing in hand is there now; *fine*: Shift is held.
        put_down(): it is out of hand.
        given_up(): the gesture was cancelled.
        clicked(grip, add): a thing was clicked, before it is taken; *add*: Ctrl was held, and it is not taken.
        ground_clicked(place): a click that hit nothing.
        double_clicked(place)
        menu_wanted(place): a click with the right button.
        pointed(place): the pointer is there, with nothing in hand; ``None``: it left.
    """

    taken = Signal(object, QPointF)
    moved = Signal(QPointF, bool)
    put_down = Signal()
    given_up = Signal()
    clicked = Signal(object, bool)
    ground_clicked = Signal(QPointF)
    double_clicked = Signal(QPointF)
    menu_wanted = Signal(QPointF)
    pointed = Signal(object)

    def __init__(
        self,
        plot: Any,  # noqa: ANN401  # pyqtgraph carries no types
        view: PlotFrame,
        grab: Grab,
        cursor: Qt.CursorShape | Callable[[], Qt.CursorShape] = Qt.CursorShape.OpenHandCursor,
        parent: QObject | None = None,
    ) -> None:
        """Work on *plot*; ``grab(place)`` says what a press there takes hold of, *cursor* shows that it would."""
        super().__init__(parent)
        self._plot, self._view, self._grab = plot, view, grab
        self._cursor = cursor
        self._tool: QCursor | None = None
        self._mode = _Mode.FREE
        self._grip: Hashable | None = None
        self._pressed_at = QPointF()
        self._last = QPointF()
        self._panned = False
        plot.viewport().installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Whether something is in hand."""
        return self._mode in {_Mode.DRAGGING, _Mode.CARRYING}

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        was_busy, moving = self.busy or self._mode is _Mode.PRESSED, self.busy
        self._mode, self._grip = _Mode.FREE, None
        if moving:
            self.given_up.emit()
        self._show_cursor()
        return was_busy

    def show_tool(self, cursor: QCursor | None) -> None:
        """Show *cursor* while another tool reads the left button; ``None``: it does not any more."""
        self._tool = cursor
        self._show_cursor()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the viewport's mouse events."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            place = self._view.place_in_plot(event.position())
            if kind == QEvent.Type.MouseButtonPress:
                self._press(event, place)
            elif kind == QEvent.Type.MouseMove:
                self._move(event, place)
            elif kind == QEvent.Type.MouseButtonRelease:
                self._release(event, place)
            elif kind == QEvent.Type.MouseButtonDblClick:
                self._double_click(event, place)
            return True
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._view.zoom(math.exp(-event.value()), self._view.place_in_plot(event.position()))
            return True
        if isinstance(event, QContextMenuEvent):
            return True
        if kind == QEvent.Type.Leave and self._mode is _Mode.FREE:
            self.pointed.emit(None)
        return False

    # -- buttons ---------------------------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent, place: QPointF) -> None:
        self._pressed_at = self._last = place
        self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._mode is _Mode.CARRYING and event.button() == Qt.MouseButton.LeftButton:
            self._carry_to(place, event)
            self._finish()
            self._mode = _Mode.SETTING_DOWN
        elif self._mode is not _Mode.FREE:
            # Another button while something is in hand means: no, not like that.
            self.give_up()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._grip = self._grab(place)
            if self._grip is not None:
                self._mode = _Mode.PRESSED
        elif event.button() in {Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton}:
            self._mode, self._panned = _Mode.PANNING, False
        self._show_cursor()

    def _move(self, event: QMouseEvent, place: QPointF) -> None:
        far = _distance(place, self._pressed_at) >= MOVED
        if self._mode is _Mode.PRESSED and far:
            self._mode = _Mode.DRAGGING
            self.taken.emit(self._grip, self._pressed_at)
            self._show_cursor()
        if self.busy:
            self._carry_to(place, event)
        elif self._mode is _Mode.PANNING:
            if far or self._panned:
                self._panned = True
                self._view.pan(place - self._last)
                self._show_cursor()
        elif self._mode is _Mode.FREE:
            self.pointed.emit(place)
            self._show_cursor(place)
        self._last = place

    def _release(self, event: QMouseEvent, place: QPointF) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self._mode is _Mode.PANNING and not left:
            self._mode = _Mode.FREE
            if event.button() == Qt.MouseButton.RightButton and not self._panned:
                self.menu_wanted.emit(place)
        elif self._mode is _Mode.DRAGGING and left:
            self._finish()
        elif self._mode is _Mode.PRESSED and left:
            self._click(event, place)
        elif self._mode is _Mode.SETTING_DOWN:
            self._mode = _Mode.FREE
        elif self._mode is _Mode.FREE and left and _distance(place, self._pressed_at) < MOVED:
            self.ground_clicked.emit(place)
        self._show_cursor()

    def _click(self, event: QMouseEvent, place: QPointF) -> None:
        grip, control = self._grip, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._mode = _Mode.FREE if control else _Mode.CARRYING
        self.clicked.emit(grip, control)
        if self._mode is _Mode.CARRYING:
            self.taken.emit(grip, place)

    def _double_click(self, event: QMouseEvent, place: QPointF) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            self._press(event, place)
            return
        self.give_up()
        self._mode = _Mode.SETTING_DOWN
        self.double_clicked.emit(place)

    def _carry_to(self, place: QPointF, event: QMouseEvent) -> None:
        self.moved.emit(place, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _finish(self) -> None:
        self._mode, self._grip = _Mode.FREE, None
        self.put_down.emit()

    # -- the rest --------------------------------------------------------------------------------------------------

    def _wheel(self, event: QWheelEvent) -> None:
        place = self._view.place_in_plot(event.position())
        if not event.pixelDelta().isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A trackpad scrolls; its pinch arrives as a gesture or with Ctrl.
            self._view.pan(QPointF(event.pixelDelta()))
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            # Over an axis only that axis is zoomed.
            frame = self._view.frame
            over_bottom, over_left = place.y() > frame.height, place.x() < 0
            self._view.zoom(1.15 ** (-turned / 120), place, across=not over_left, up=not over_bottom)

    def _show_cursor(self, place: QPointF | None = None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        own = self._cursor() if callable(self._cursor) else self._cursor
        if self._mode is _Mode.PRESSED or self.busy:
            shape = Qt.CursorShape.ClosedHandCursor if own is Qt.CursorShape.OpenHandCursor else own
        elif self._mode is _Mode.PANNING and self._panned:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._tool is not None:
            self._plot.viewport().setCursor(self._tool)
            return
        elif place is not None and own is not shape and self._grab(place) is not None:
            shape = own
        viewport = self._plot.viewport()
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
