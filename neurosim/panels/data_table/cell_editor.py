"""Typing in a cell: a note says how the text is read, and text that cannot be read stays until it can."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from neurosim.numbers.cells import is_missing
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.panels.data_table.model import Index, TableModel
from neurosim.widgets.announce import announce
from neurosim.widgets.bubble import Bubble
from neurosim.widgets.display import Display

MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Where each key that ends typing goes, as rows and columns."""


class CellEdit(QLineEdit):
    """The field in a cell, with the note under it."""

    def __init__(self, parent: QWidget, read: Callable[[str], tuple[str, bool]]) -> None:
        """Type in a cell; ``read(text)`` says how the text is read, and whether it can be taken."""
        super().__init__(parent)
        self.setObjectName("dataTableEdit")
        self._read = read
        self._bubble = Bubble(self)
        self.textEdited.connect(self._edited)

    def problem(self) -> str:
        """Why the text cannot be taken; empty when it can."""
        words, good = self._read(self.text())
        return "" if good else words

    def complain(self) -> None:
        """Say what is wrong, and stay."""
        words = self.problem()
        self._bubble.show_text(words, problem=True)
        self.setProperty("invalid", True)
        self.style().unpolish(self)
        self.style().polish(self)
        announce(self, words)

    def note(self) -> str:
        """What the note says now."""
        return self._bubble.text()

    def _edited(self, text: str) -> None:
        if self.property("invalid"):
            self.setProperty("invalid", False)
            self.style().unpolish(self)
            self.style().polish(self)
        words, _good = self._read(text)
        if words:
            self._bubble.show_text(words)
        else:
            self._bubble.hide_text()


class CellDelegate(QStyledItemDelegate):
    """Makes the fields. Enter and Tab take what was typed and ask for the next cell; Esc throws it away.

    Signals:
        moved(rows, columns): typing ended with a key that goes on to another cell.
    """

    moved = Signal(int, int)

    def __init__(self, model: TableModel, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._display = display
        self._open: QWidget | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field for a number or for words."""
        numeric = self._model.is_numeric(index.column())
        field = CellEdit(parent, self.read_number if numeric else lambda _text: ("", True))
        field.setAlignment(Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft)
        name = self._model.names[index.column()]
        field.setAccessibleName(self.tr("{column}, {row}").format(column=name, row=self._model.row_label(index.row())))
        field.setFrame(False)
        self._open = field
        return field

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the field: other columns are shown, or typing has ended."""
        if editor is self._open:
            self._open = None
        super().destroyEditor(editor, index)

    def read_number(self, text: str) -> tuple[str, bool]:
        """How the text in a cell of numbers is read, and whether it can be taken."""
        if is_missing(text):
            return self.tr("no number: the row is set aside"), True
        try:
            value = parse_number(text, self._display.decimal)
        except NumberError as error:
            return str(error), False
        return self.tr("reads as {value}").format(value=self._display.both(value)), True

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Cover the whole cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, unless the user has begun to type."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            text = self._model.edit_text(index.row(), index.column())
            if editor.text() != text:
                editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Take text that was typed; what cannot be read is left out with a sentence by the model."""
        del model
        if isinstance(editor, QLineEdit) and editor.isModified():
            self._model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that end typing; text that cannot be read is not let go."""
        if (
            isinstance(editor, CellEdit)
            and editor is self._open
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            move = MOVES.get(event.key())
            if move is not None:
                if editor.isModified() and editor.problem():
                    editor.complain()
                    return True
                rows, columns = move
                if rows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    rows = -rows
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved.emit(rows, columns)
                return True
        return super().eventFilter(editor, event)
