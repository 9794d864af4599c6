"""What is done to the rows from the values table: every change goes to the document, or is refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from PySide6.QtCore import QObject

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.training.notice import Notice


class RowEdits(QObject):
    """Owns nothing: it turns wishes into edits of the document, one history entry each."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def add(self) -> None:
        """Add a row after the selected one, or at the end, with 0 in every column, and select it."""
        document, rows = self._context.document, self._context.selection.rows
        data = document.state.dataset
        place = max(rows) + 1 if rows else data.n_rows
        values: dict[str, Fraction | float | int] = dict.fromkeys(data.columns, Fraction(0))
        if self._attempt(lambda: document.edit(self.tr("Add row"), edits.add_row, values, place)):
            self._context.selection.select_rows({place})

    def delete(self) -> None:
        """Delete the selected rows; the row that takes the place of the first is selected."""
        document, rows = self._context.document, self._context.selection.rows
        if not rows:
            return
        one = self.tr("Delete row {number}").format(number=min(rows) + 1)
        text = one if len(rows) == 1 else self.tr("Delete {count} rows").format(count=len(rows))
        if self._attempt(lambda: document.edit(text, edits.delete_rows, rows)):
            left = document.state.dataset.n_rows
            self._context.selection.select_rows({min(*rows, left - 1)} if left else ())

    def change(self, row: int, values: Mapping[str, Number]) -> bool:
        """Set *values* by column in *row*; whether the document took them."""
        text = self.tr("Set row {number}").format(number=row + 1)
        return self._attempt(lambda: self._context.document.edit(text, edits.move_row, row, values))

    def say(self, sentence: str) -> None:
        """Tell the user *sentence*."""
        self._context.session.message.emit(Notice(sentence))

    def _attempt(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except EditError as error:
            self.say(str(error))
            return False
        return True
