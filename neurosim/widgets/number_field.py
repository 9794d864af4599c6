"""A field for one number: typed as ``1/3`` or ``sqrt(2)``, scrubbed by dragging sideways, stepped by keys; exact."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame, QToolTip, QWidget

from neurosim.numbers.exact import Number
from neurosim.numbers.format import full_text, spoken
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.widgets.announce import announce
from neurosim.widgets.bubble import Bubble
from neurosim.widgets.display import Display
from neurosim.widgets.scrub import COARSE, Scrub, moved
from neurosim.widgets.theme import theme

DRAG_DISTANCE = 3
"""Pixels that the pointer moves before a press becomes a scrub."""
PIXELS_PER_STEP = 6
TEXT_MARGIN = 2
"""Pixels that Qt leaves left and right of a line edit's text."""
STEP_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: COARSE, Qt.Key.Key_PageDown: -COARSE}


class NumberField(QLineEdit):
    """Owns the text being typed; the number belongs to whoever listens.

    At rest it shows the number in the display's mode, with a dotted line under it: drag sideways (Ctrl coarse, Shift
    fine), or click and type. While typing, a note beside it says how the text is read. Enter and leaving the field
    commit what can be read; text that cannot be read stays, with a sentence. Esc brings the number back.

    Signals:
        committed(object): the user entered another number (``Fraction``, or ``float`` where rounded).
        scrub_started(): a drag or a held step key begins to change the number.
        scrubbed(object): the number during that gesture.
        scrub_finished(): the gesture ended and its last number stays.
        scrub_cancelled(): the gesture ended with Esc; the number from before it is back.
    """

    committed = Signal(object)
    scrub_started = Signal()
    scrubbed = Signal(object)
    scrub_finished = Signal()
    scrub_cancelled = Signal()

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._value: Number = Fraction(0)
        self._step = Fraction(1, 10)
        self._minimum: Number | None = None
        self._maximum: Number | None = None
        self._check: Callable[[Number], str | None] | None = None
        self._bubble: Bubble | None = None
        self._invalid = False
        self._pressed: QPointF | None = None
        self._scrub: Scrub | None = None
        self._held: int | None = None
        # A click must not give the focus before it is known whether it becomes a drag.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.textEdited.connect(self._text_edited)
        display.changed.connect(self._show_value)
        self._show_value()

    # -- the number ------------------------------------------------------------------------------------------------

    def value(self) -> Number:
        """The number, without what is being typed."""
        return self._value

    def set_value(self, value: Number) -> None:
        """Show *value*; what the user is typing stays on the screen, and no signal is sent."""
        if value == self._value and isinstance(value, Fraction) == isinstance(self._value, Fraction):
            return
        self._value = value
        self._show_value()

    def step(self) -> Fraction:
        """What one step of scrubbing or of the arrow keys changes; values reached are multiples of it."""
        return self._step

    def set_step(self, step: Fraction) -> None:
        """Set the ordinary step, a positive fraction."""
        if step <= 0:
            raise ValueError(f"A step must be positive, not {step}.")
        self._step = step

    def set_range(self, minimum: Number | None = None, maximum: Number | None = None) -> None:
        """Refuse numbers below *minimum* or above *maximum*; scrubbing stops there."""
        self._minimum, self._maximum = minimum, maximum

    def set_check(self, check: Callable[[Number], str | None] | None) -> None:
        """Refuse the numbers for which *check* gives a sentence; it is shown to the user."""
        self._check = check

    def problem(self) -> str:
        """The sentence that says why the text in the field is not taken; empty when it is."""
        return self._read()[1] if self.isModified() else ""

    def _show_value(self) -> None:
        if self.isModified():
            return
        text = self._editing_text() if self.hasFocus() and self._scrub is None else self._display.text(self._value)
        if text != self.text():
            everything = self.hasSelectedText() and self.selectedText() == self.text()
            self.setText(text)
            if everything:
                self.selectAll()
            elif not self.hasFocus():
                self.setCursorPosition(0)

    def _editing_text(self) -> str:
        """Every digit, so that changing one of them loses no other."""
        return full_text(self._value, self._display.decimal).removeprefix("~").strip()

    def _read(self) -> tuple[Number | None, str]:
        """The number that the text means, or ``None`` and the sentence that says why there is none."""
        try:
            value = parse_number(self.text(), self._display.decimal)
        except NumberError as error:
            return None, str(error)
        if self._minimum is not None and value < self._minimum:
            return None, self.tr("At least {limit} is needed.").format(limit=self._display.text(self._minimum))
        if self._maximum is not None and value > self._maximum:
            return None, self.tr("At most {limit} is possible.").format(limit=self._display.text(self._maximum))
        refusal = self._check(value) if self._check is not None else None
        return (value, "") if refusal is None else (None, refusal)

    # -- typing ----------------------------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Take what was typed, or show why not; whether the field is now free of typed text."""
        if not self.isModified():
            return True
        value, sentence = self._read()
        if value is None:
            self._set_invalid(True)
            self._note().show_text(sentence, problem=True)
            self.setAccessibleDescription(sentence)
            announce(self, sentence)
            return False
        changed = value != self._value or isinstance(value, Fraction) != isinstance(self._value, Fraction)
        self._value = value
        self._forget_typing()
        if changed:
            self._announce_value()
            self.committed.emit(value)
        return True

    def cancel_typing(self) -> None:
        """Throw typed text away and show the number again."""
        self._forget_typing()
        if self.hasFocus():
            self.selectAll()

    def _forget_typing(self) -> None:
        self.setModified(False)
        self._set_invalid(False)
        self.setAccessibleDescription("")
        if self._bubble is not None:
            self._bubble.hide_text()
        self.setText("")  # forgets how the text was typed, so that Undo is the window's again
        self._show_value()

    def _text_edited(self) -> None:
        self._set_invalid(False)
        value, sentence = self._read()
        if value is None:
            self._note().show_text(sentence)
        else:
            self._note().show_text(self.tr("reads as {value}").format(value=self._display.both(value)))

    def _note(self) -> Bubble:
        if self._bubble is None:
            self._bubble = Bubble(self)
        return self._bubble

    def _set_invalid(self, invalid: bool) -> None:
        if invalid != self._invalid:
            self._invalid = invalid
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)

    def _announce_value(self) -> None:
        announce(self, f"{self.accessibleName()} {spoken(self._value)}".strip())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show every digit for editing."""
        super().focusInEvent(event)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._show_value()
        if not self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; text that cannot be read stays, with the sentence."""
        self._end_held_step()
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.commit()
        self._show_value()
        self.deselect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc brings back, arrows and page keys step."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.selectAll()
            event.accept()
        elif key == Qt.Key.Key_Escape:
            if self._scrub is not None or self._held is not None:
                self._cancel_scrub()
            elif self.isModified():
                self.cancel_typing()
            else:
                event.ignore()
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
        """Keep Esc and the step keys from shortcuts while they mean something here; leave an idle Undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            busy = self.isModified() or self._scrub is not None or self._held is not None
            if (event.key() == Qt.Key.Key_Escape and busy) or event.key() in STEP_KEYS:
                event.accept()
                return True
            if (event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            ):
                event.ignore()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lines = [self.toolTip(), self._display.full(self._value)]
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, lines)), self)
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
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
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
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and the number itself in two forms that other programs can read."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        for name, words, text in (
            ("copyExact", self.tr("Copy every digit"), self._display.full(self._value).removeprefix("~").strip()),
            ("copyDecimal", self.tr("Copy as decimal"), self._decimal_text()),
        ):
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, text=text: self._copy(text))
        menu.popup(event.globalPos())

    def _decimal_text(self) -> str:
        try:
            return repr(float(self._value)).replace(".", self._display.decimal)
        except OverflowError:  # beyond float64 only the exact digits are left
            return self._display.full(self._value)

    @staticmethod
    def _copy(text: str) -> None:
        # Other programs read the hyphen as minus, not U+2212.
        QGuiApplication.clipboard().setText(text.replace("\u2212", "-"))
