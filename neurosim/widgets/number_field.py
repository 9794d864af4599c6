"""A field for one number: typed as ``1/3`` or ``sqrt(2)``, scrubbed by dragging sideways, stepped by keys; exact."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame, QWidget

from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.every_event import EveryEvent
from neurosim.widgets.number_edit import NumberEdit
from neurosim.widgets.scrub import COARSE, Scrub, moved
from neurosim.widgets.theme import theme

DRAG_DISTANCE = 3
"""Pixels that the pointer moves before a press becomes a scrub."""
PIXELS_PER_STEP = 6
TEXT_MARGIN = 2
"""Pixels that Qt leaves left and right of a line edit's text."""
STEP_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: COARSE, Qt.Key.Key_PageDown: -COARSE}


class NumberField(NumberEdit):
    """Owns the gesture that changes the number: at rest a dotted line under it says that it can be dragged.

    Drag sideways (Ctrl coarse, Shift fine), hold an arrow or page key, or click and type. Values reached by dragging
    or stepping are exact multiples of the step. Esc during a gesture brings the number from before it back.

    Signals:
        scrub_started(): a drag or a held step key begins to change the number.
        scrubbed(object): the number during that gesture.
        scrub_finished(): the gesture ended and its last number stays.
        scrub_cancelled(): the gesture ended with Esc; the number from before it is back.
    """

    scrub_started = Signal()
    scrubbed = Signal(object)
    scrub_finished = Signal()
    scrub_cancelled = Signal()

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(display, parent)
        self._step = Fraction(1, 10)
        self._pressed: QPointF | None = None
        self._scrub: Scrub | None = None
        self._held: int | None = None
        self._every_event = EveryEvent(self)
        # A click must not give the focus before it is known whether it becomes a drag.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def step(self) -> Fraction:
        """What one step of scrubbing or of the arrow keys changes; values reached are multiples of it."""
        return self._step

    def set_step(self, step: Fraction) -> None:
        """Set the ordinary step, a positive fraction."""
        if step <= 0:
            raise ValueError(f"A step must be positive, not {step}.")
        self._step = step

    # -- keys ------------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that a press now sets the place to type."""
        super().focusInEvent(event)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the gesture of a held key; show that the number can be dragged again."""
        self._end_held_step()
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursor(Qt.CursorShape.SizeHorCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys step, Esc takes a gesture back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._scrub is not None:
            self._cancel_scrub()
        elif key in STEP_KEYS and not self.isReadOnly():
            self._step_by_key(key, event)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a held step key."""
        if event.key() == self._held and not event.isAutoRepeat():
            self._end_held_step()
        super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the step keys, and Esc during a gesture, from shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and self._scrub is not None
            if escape or event.key() in STEP_KEYS:
                event.accept()
                return True
        return super().event(event)

    # -- scrubbing and stepping ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a possible scrub where the field is not being typed into."""
        if event.button() == Qt.MouseButton.LeftButton and not self.hasFocus() and not self.isReadOnly():
            self._pressed = event.globalPosition()
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub while the button is held."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        x = event.globalPosition().x()
        if self._scrub is None:
            if self.isModified() or abs(x - self._pressed.x()) < DRAG_DISTANCE:
                return
            self._start_scrub(x, self._grain(event.modifiers()))
        if self._scrub is not None:
            value = self._scrub.move(x, self._grain(event.modifiers()), theme().px(PIXELS_PER_STEP))
            self._set_scrubbed(value)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the scrub, or after a mere click begin to type."""
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        self._pressed = None
        if self._scrub is not None:
            self._finish_scrub()
        elif self.rect().contains(event.position().toPoint()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """During a scrub the field has no focus: take Esc wherever it is pressed."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._scrub is not None
        if escape and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._cancel_scrub()
            return True
        return super().eventFilter(watched, event)

    def _grain(self, modifiers: Qt.KeyboardModifier) -> Fraction:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._step * COARSE
        return self._step / COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else self._step

    def _start_scrub(self, x: float, grain: Fraction) -> None:
        typing = QApplication.focusWidget()
        if isinstance(typing, NumberField) and not typing.commit():
            self._pressed = None
            return
        self._scrub = Scrub(self._value, x, grain)
        self._every_event.switch(True)
        self.scrub_started.emit()

    def _set_scrubbed(self, value: Number) -> None:
        if self._minimum is not None and value < self._minimum:
            value = self._minimum
        if self._maximum is not None and value > self._maximum:
            value = self._maximum
        if self._check is not None and self._check(value) is not None:
            return
        if value != self._value:
            self._value = value
            self._show_value()
            self.scrubbed.emit(value)

    def _stop_scrub(self) -> None:
        self._scrub = None
        self._pressed = None
        self._held = None
        self._every_event.switch(False)

    def _finish_scrub(self) -> None:
        self._stop_scrub()
        self._announce_value()
        self.scrub_finished.emit()

    def _cancel_scrub(self) -> None:
        if self._scrub is not None:
            start = self._scrub.start
            self._stop_scrub()
            self.set_value(start)
            self.scrub_cancelled.emit()

    def _step_by_key(self, key: Qt.Key, event: QKeyEvent) -> None:
        """One press, with its repeats, is one gesture: it ends when the key is let go."""
        if not self.commit():
            return
        if self._scrub is None:
            self._held = event.key()
            self._scrub = Scrub(self._value, 0.0, self._step)
            self.scrub_started.emit()
        units = STEP_KEYS[key]
        grain = self._step * abs(units)
        if abs(units) == 1:
            grain = self._grain(event.modifiers())
        self._set_scrubbed(moved(self._value, 1 if units > 0 else -1, grain))
        event.accept()

    def _end_held_step(self) -> None:
        if self._held is not None:
            self._finish_scrub()

    # -- looks -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dotted line under a number that can be dragged."""
        super().paintEvent(event)
        if self.hasFocus() or not self.isEnabled() or self.isReadOnly() or self._invalid:
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        space = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        space.adjust(TEXT_MARGIN, 0, -TEXT_MARGIN, 0)
        width = min(self.fontMetrics().horizontalAdvance(self.displayText()), space.width())
        left = space.left()
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            left = space.right() - width
        elif self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            left = space.center().x() - width // 2
        metrics = self.fontMetrics()
        y = space.center().y() + (metrics.ascent() - metrics.descent()) // 2 + theme().px(3)
        painter = QPainter(self)
        pen = QPen(theme().border, theme().px(1), Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPoint(left, y), QPoint(left + width, y))

    def sizeHint(self) -> QSize:
        """Room for the longest exact number that is shown as a fraction."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("00000000000") + theme().px(20), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a short number."""
        return QSize(theme().px(44), super().minimumSizeHint().height())
