"""What mouse and wheel do on the data plot: take a point, put it down, add, pan, zoom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QMouseEvent, QNativeGestureEvent, QWheelEvent

from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.style import HIT_RADIUS

MOVED = 3.0
"""A press that moves less than this many pixels is a click."""
RESIDUAL_RADIUS = 5.0
HOVER_ROWS = 200_000
"""Above so many rows the pointer lights up nothing while it only passes by."""


class Mode(Enum):
    """What the pointer is doing."""

    FREE = auto()
    PRESSED = auto()
    """The left button went down on a point and has not moved yet."""
    DRAGGING = auto()
    CARRYING = auto()
    """A point was picked up by a click and follows the pointer until the next click."""
    SETTING_DOWN = auto()
    """The press that puts a carried point down; its release is not a click of its own."""
    PANNING = auto()
    BRUSHING = auto()
    """The brush is pressed on the plot and sprays points."""


@dataclass
class Grip:
    """A point in hand: its row and how far from its middle it was taken, in pixels."""

    row: int
    offset: QPointF


class MouseTool(QObject):
    """Turns events of the plot's viewport into requests; it changes nothing but hover and what is visible.

    Signals:
        taken(row): a point is in hand from now on.
        moved(row, place, fine): the point in hand shall be at this pixel of the plotting area.
        put_down(row): the point is out of hand.
        given_up(): the gesture was cancelled.
        row_clicked(row, add): a row was clicked; *add*: Ctrl was held.
        ground_clicked(): the empty plot was clicked.
        add_wanted(place): a point is wanted at this pixel.
        edit_wanted(row): a point's values shall be typed.
        menu_wanted(place, row): the context menu is wanted; *row* is -1 on the empty plot.
        hovered(row, segment): the pointer is on a row (-1: none), or on its residual.
        brush_pressed(place), brush_moved(place), brush_lifted(): the brush is used, while it is ``brush_on``.
    """

    taken = Signal(int)
    moved = Signal(int, QPointF, bool)
    put_down = Signal(int)
    given_up = Signal()
    row_clicked = Signal(int, bool)
    ground_clicked = Signal()
    add_wanted = Signal(QPointF)
    edit_wanted = Signal(int)
    menu_wanted = Signal(QPointF, int)
    hovered = Signal(int, bool)
    brush_pressed = Signal(QPointF)
    brush_moved = Signal(QPointF)
    brush_lifted = Signal()

    def __init__(self, view: PlotView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._mode = Mode.FREE
        self._grip: Grip | None = None
        self._pressed_at = QPointF()
        self._last = QPointF()
        self._panned = False
        self.brush_on = False
        """Whether presses spray points instead of taking them."""
        self.brush_cursor = QCursor(Qt.CursorShape.CrossCursor)
        view.widget.viewport().installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Whether a point is in hand."""
        return self._mode in {Mode.DRAGGING, Mode.CARRYING, Mode.BRUSHING}

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        was_busy = self._mode in {Mode.PRESSED, Mode.DRAGGING, Mode.CARRYING, Mode.BRUSHING}
        moving = self.busy
        self._mode, self._grip = Mode.FREE, None
        if moving:
            self.given_up.emit()
        self._set_cursor()
        return was_busy

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the viewport's mouse events; pyqtgraph's own gestures never see them."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            place = self._view.place_in_plot(event.position().toPoint())
            # Sub-pixel positions keep a slow drag smooth.
            place += event.position() - QPointF(event.position().toPoint())
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
                place = self._view.place_in_plot(event.position().toPoint())
                self._view.zoom(math.exp(-event.value()), place)
            return True
        if isinstance(event, QContextMenuEvent):
            # The mouse's menu comes on release, when it is known that nothing was dragged; keys ask by themselves.
            return event.reason() == QContextMenuEvent.Reason.Mouse
        if kind == QEvent.Type.Leave and self._mode is Mode.FREE:
            self.hovered.emit(-1, False)
        return False

    # -- buttons ---------------------------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent, place: QPointF) -> None:
        self._pressed_at = self._last = place
        self._view.widget.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._mode is Mode.CARRYING:
            if event.button() == Qt.MouseButton.LeftButton:
                self._carry_to(place, event)
                self._finish()
                self._mode = Mode.SETTING_DOWN
            else:
                self.give_up()
            return
        if self._mode is not Mode.FREE:
            # A second button while the first is down means: no, not like that.
            self.give_up()
            return
        if event.button() == Qt.MouseButton.LeftButton and self.brush_on:
            self._mode = Mode.BRUSHING
            self.brush_pressed.emit(place)
        elif event.button() == Qt.MouseButton.LeftButton:
            row = self._view.picture.nearest(place, HIT_RADIUS)
            if row is not None:
                self._grip = Grip(row, place - self._view.picture.place_of(row))
                self._mode = Mode.PRESSED
        elif event.button() in {Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton}:
            self._mode, self._panned = Mode.PANNING, False
        self._set_cursor()

    def _move(self, event: QMouseEvent, place: QPointF) -> None:
        far = _distance(place, self._pressed_at) >= MOVED
        if self._mode is Mode.PRESSED and far and self._grip is not None:
            self._mode = Mode.DRAGGING
            self.taken.emit(self._grip.row)
            self._set_cursor()
        if self._mode in {Mode.DRAGGING, Mode.CARRYING}:
            self._carry_to(place, event)
        elif self._mode is Mode.BRUSHING:
            self.brush_moved.emit(place)
        elif self._mode is Mode.PANNING:
            if far or self._panned:
                self._panned = True
                self._view.pan(place - self._last)
        elif self._mode is Mode.FREE:
            self._hover(place)
        self._last = place

    def _release(self, event: QMouseEvent, place: QPointF) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if self._mode is Mode.PANNING and not left:
            self._mode = Mode.FREE
            if event.button() == Qt.MouseButton.RightButton and not self._panned:
                row = self._view.picture.nearest(place, HIT_RADIUS)
                self.menu_wanted.emit(place, -1 if row is None else row)
        elif self._mode is Mode.BRUSHING and left:
            self._mode = Mode.FREE
            self.brush_lifted.emit()
        elif self._mode is Mode.DRAGGING and left:
            self._finish()
        elif self._mode is Mode.PRESSED and left and self._grip is not None:
            self._click(event, self._grip)
        elif self._mode is Mode.SETTING_DOWN:
            self._mode = Mode.FREE
        elif self._mode is Mode.FREE and left and _distance(place, self._pressed_at) < MOVED:
            self.ground_clicked.emit()
        self._set_cursor()

    def _click(self, event: QMouseEvent, grip: Grip) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.row_clicked.emit(grip.row, control)
        if control:
            self._mode, self._grip = Mode.FREE, None
            return
        self._mode = Mode.CARRYING
        self.taken.emit(grip.row)

    def _double_click(self, event: QMouseEvent, place: QPointF) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.brush_on:
            self._press(event, place)
            return
        self.give_up()
        row = self._view.picture.nearest(place, HIT_RADIUS)
        self._mode = Mode.SETTING_DOWN
        if row is None:
            self.add_wanted.emit(place)
        else:
            self.edit_wanted.emit(row)

    def _carry_to(self, place: QPointF, event: QMouseEvent) -> None:
        if self._grip is not None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved.emit(self._grip.row, place - self._grip.offset, fine)

    def set_brush(self, on: bool, cursor: QCursor) -> None:
        """Take the brush in hand, or put it away; *cursor* shows how far it reaches."""
        self.brush_on, self.brush_cursor = on, cursor
        self._set_cursor()

    def _finish(self) -> None:
        row = self._grip.row if self._grip is not None else -1
        self._mode, self._grip = Mode.FREE, None
        self.put_down.emit(row)

    # -- the rest --------------------------------------------------------------------------------------------------

    def _wheel(self, event: QWheelEvent) -> None:
        place = self._view.place_in_plot(event.position().toPoint())
        by = event.angleDelta()
        if not event.pixelDelta().isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A trackpad scrolls; its pinch arrives as a gesture or with Ctrl.
            self._view.pan(QPointF(event.pixelDelta()))
            return
        turned = by.y() or by.x()
        if not turned:
            return
        # Over an axis only that axis is zoomed.
        frame = self._view.picture.frame
        over_bottom, over_left = place.y() > frame.height, place.x() < 0
        self._view.zoom(1.15 ** (-turned / 120), place, across=not over_left, up=not over_bottom)

    def _hover(self, place: QPointF) -> None:
        picture = self._view.picture
        row: int | None = None
        segment = False
        if picture.px.size <= HOVER_ROWS and self._inside(place):
            row = picture.nearest(place, HIT_RADIUS)
            if row is None:
                row = picture.on_residual(place, RESIDUAL_RADIUS)
                segment = row is not None
            if row is None:
                row = self._view.also_at(place)
                segment = row is not None
        self.hovered.emit(-1 if row is None else row, segment)
        self._set_cursor(row is not None and not segment)

    def _inside(self, place: QPointF) -> bool:
        frame = self._view.picture.frame
        reach = HIT_RADIUS
        return -reach <= place.x() <= frame.width + reach and -reach <= place.y() <= frame.height + reach

    def _set_cursor(self, on_point: bool = False) -> None:
        viewport = self._view.widget.viewport()
        if self._mode in {Mode.PRESSED, Mode.DRAGGING, Mode.CARRYING} or (self._mode is Mode.PANNING and self._panned):
            viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.brush_on:
            viewport.setCursor(self.brush_cursor)
        elif on_point:
            viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            viewport.setCursor(Qt.CursorShape.ArrowCursor)


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
