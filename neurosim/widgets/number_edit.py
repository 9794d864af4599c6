"""The typing half of a number field: text becomes a number, or a sentence that says why it does not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget
from shiboken6 import isValid

from neurosim.numbers.exact import Number
from neurosim.numbers.format import full_text, spoken
from neurosim.widgets.announce import announce
from neurosim.widgets.bubble import Bubble
from neurosim.widgets.display import Display


class NumberEdit(QLineEdit):
    """Owns the text being typed; the number belongs to whoever listens.

    While typing, a note beside it says how the text is read. Enter and leaving the field commit what can be read; text
    that cannot be read stays, with a sentence. Esc brings the number back.

    Signals:
        committed(object): the user entered another number (``Fraction``, or ``float`` where rounded).
    """

    committed = Signal(object)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._value: Number = Fraction(0)
        self._minimum: Number | None = None
        self._maximum: Number | None = None
        self._check: Callable[[Number], str | None] | None = None
        self._bubble: Bubble | None = None
        self._host: QWidget | None = None
        self._invalid = False
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
        text = self._editing_text() if self.hasFocus() else self._display.text(self._value)
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
        from neurosim.numbers.parse import NumberError, parse_number

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

    # -- events ----------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show every digit for editing."""
        super().focusInEvent(event)
        self._host = self.window()
        self._show_value()
        if not self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; text that cannot be read stays, with the sentence."""
        super().focusOutEvent(event)
        if self._host is not None and not isValid(self._host):
            return  # a dialog that is being destroyed takes the focus away first: nobody is there to be told anything
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            self._show_value()
            self.deselect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed, Esc throws it away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.selectAll()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            if self.isModified():
                self.cancel_typing()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from shortcuts while something is typed; leave them Undo while nothing is; all digits on hover."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.isModified():
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
