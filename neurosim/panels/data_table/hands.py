"""What is done to the table: each wish becomes one edit of the document with its name, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QObject

from neurosim.document import edits
from neurosim.document.clipboard import Block
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import Cell
from neurosim.numbers.cells import is_missing
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.panels.base import PanelContext
from neurosim.training.notice import Notice


class TableHands(QObject):
    """Owns nothing: rows are those of the table, from 0; columns are named."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @property
    def data(self) -> Dataset:
        """The data as they are now."""
        return self._context.document.state.dataset

    def say(self, sentence: str) -> None:
        """Tell the user *sentence*."""
        self._context.session.message.emit(Notice(sentence))

    def do(self, text: str, function: Callable[..., DocumentState], *args: object, gesture: object = None) -> bool:
        """Edit the document; a refusal is said. Whether it was done."""
        try:
            self._context.document.edit(text, function, *args, gesture=gesture)
        except EditError as error:
            self.say(str(error))
            return False
        return True

    # -- cells -----------------------------------------------------------------------------------------------------

    def write(self, row: int, column: str, text: str) -> bool:
        """Take what was typed in a cell; in the blank row it makes a new one."""
        data = self.data
        value: Cell = text
        if column in data.columns and not is_missing(text):
            try:
                value = parse_number(text, self._context.display.decimal)
            except NumberError as error:
                self.say(str(error))
                return False
        elif column in data.columns:
            value = text.strip()
        if row >= data.n_table_rows:
            if isinstance(value, str) and not value.strip():
                return True
            return self.do(self.tr("Add row"), edits.insert_rows, data.n_table_rows, [{column: value}])
        label = self.tr("Set {column} of row {row}").format(column=column, row=self.name_of(row))
        return self.do(label, edits.set_cells, {row: {column: value}})

    def name_of(self, row: int) -> str:
        """How a row is called: by its number, or as one set aside."""
        complete = self.data.complete_row(row)
        return self.tr("(set aside)") if complete is None else str(complete + 1)

    def paste(self, block: Block, row: int, column: int) -> bool:
        """Write *block* from a cell on."""
        count = len(block.rows) * block.width
        text = self.tr("Paste 1 cell") if count == 1 else self.tr("Paste {count} cells").format(count=count)
        return self.do(text, edits.paste_block, row, column, block)

    def fill(self, text: str, rows: Sequence[int], columns: Sequence[str]) -> bool:
        """Write one text into many cells."""
        data = self.data
        decimal = self._context.display.decimal
        values: dict[str, Cell] = {}
        for name in columns:
            values[name] = text
            if name in data.columns and not is_missing(text):
                try:
                    values[name] = parse_number(text, decimal)
                except NumberError as error:
                    self.say(str(error))
                    return False
        words = self.tr("Paste into {count} cells").format(count=len(rows) * len(columns))
        return self.do(words, edits.set_cells, dict.fromkeys(rows, values))

    def clear(self, rows: Sequence[int], columns: Sequence[str], *, cut: bool = False) -> bool:
        """Empty cells."""
        count = len(rows) * len(columns)
        words = self.tr("Cut {count} cells") if cut else self.tr("Clear {count} cells")
        if count == 1:
            words = self.tr("Cut 1 cell") if cut else self.tr("Clear 1 cell")
        return self.do(words.format(count=count), edits.clear_cells, rows, columns)

    def fill_down(self, rows: Sequence[int], columns: Sequence[str]) -> bool:
        """Write the first of the selected cells into those below it."""
        count = max(len(rows) - 1, 0) * len(columns)
        return self.do(self.tr("Fill {count} cells").format(count=count), edits.fill_down, rows, columns)

    def fill_series(self, rows: Sequence[int], columns: Sequence[str]) -> bool:
        """Go on from the first two selected cells with equal differences."""
        count = max(len(rows) - 2, 0) * len(columns)
        return self.do(
            self.tr("Fill {count} cells with a series").format(count=count), edits.fill_series, rows, columns
        )

    # -- rows ------------------------------------------------------------------------------------------------------

    def add_row(self, place: int) -> bool:
        """Add a row of zeros before *place*."""
        values: Mapping[str, Cell] = dict.fromkeys(self.data.columns, Fraction(0))
        return self.do(self.tr("Add row"), edits.insert_rows, place, [values])

    def delete_rows(self, rows: Sequence[int]) -> bool:
        """Delete rows."""
        one = self.tr("Delete row {row}").format(row=self.name_of(rows[0])) if rows else ""
        text = one if len(rows) == 1 else self.tr("Delete {count} rows").format(count=len(rows))
        return self.do(text, edits.delete_table_rows, rows)

    def duplicate_rows(self, rows: Sequence[int]) -> bool:
        """Put copies of rows behind them."""
        one = self.tr("Duplicate row {row}").format(row=self.name_of(rows[0])) if rows else ""
        text = one if len(rows) == 1 else self.tr("Duplicate {count} rows").format(count=len(rows))
        return self.do(text, edits.duplicate_rows, rows)

    def mark(self, rows: Sequence[int], test: bool) -> bool:
        """Keep rows for testing, or train on them again."""
        text = self.tr("Keep {count} rows for testing") if test else self.tr("Train on {count} rows again")
        if len(rows) == 1:
            text = self.tr("Keep row {row} for testing") if test else self.tr("Train on row {row} again")
        row = self.name_of(rows[0]) if rows else ""
        return self.do(text.format(count=len(rows), row=row), edits.mark_rows, rows, test)

    # -- columns ---------------------------------------------------------------------------------------------------

    def sort(self, column: str, descending: bool) -> bool:
        """Sort all rows by a column."""
        text = self.tr("Sort by {column}, descending") if descending else self.tr("Sort by {column}")
        return self.do(text.format(column=column), edits.sort_rows, column, descending)

    def add_column(self, index: int, *, words: bool = False) -> str:
        """Add a column with a name of its own before *index*; its name, empty when it was refused."""
        names, number = self.data.names, len(self.data.names) + 1
        name = f"c{number}" if names else "x"
        while name in names:
            number += 1
            name = f"c{number}"
        done = self.do(self.tr("Add column {name}").format(name=name), edits.insert_column, name, index, words)
        return name if done else ""

    def rename(self, old: str, new: str) -> bool:
        """Give a column another name."""
        if new.strip() == old:
            return True
        text = self.tr("Rename {old} to {new}").format(old=old, new=new.strip())
        return self.do(text, edits.rename_column, old, new)

    def move(self, column: str, index: int) -> bool:
        """Let a column be the *index*-th."""
        return self.do(self.tr("Move column {name}").format(name=column), edits.move_column, column, index)

    def delete_columns(self, columns: Sequence[str]) -> bool:
        """Delete columns."""
        one = self.tr("Delete column {name}").format(name=columns[0]) if columns else ""
        text = one if len(columns) == 1 else self.tr("Delete {count} columns").format(count=len(columns))
        return self.do(text, edits.delete_columns, columns)

    def set_words(self, column: str, words: bool) -> bool:
        """Let a column hold words, or numbers."""
        text = self.tr("Let {name} hold words") if words else self.tr("Let {name} hold numbers")
        return self.do(text.format(name=column), edits.set_column_kind, column, words)

    def use_as_input(self, column: str) -> bool:
        """Add an input that reads a column."""
        return self.do(self.tr("Use {name} as an input").format(name=column), edits.use_as_input, column)

    def use_as_target(self, column: str, node: str | None = None) -> bool:
        """Compare an output with a column."""
        return self.do(self.tr("Use {name} as a target").format(name=column), edits.use_as_target, column, node)

    def output_per_class(self, column: str) -> bool:
        """Draw an output for each class of a column."""
        text = self.tr("One output for each class of {name}")
        return self.do(text.format(name=column), edits.output_per_class, column)

    def has_classes(self, column: str) -> bool:
        """Whether a column has two classes or some more."""
        try:
            return len(edits.classes_in(self._context.document.state, column)) > 1
        except EditError:
            return False

    def stop_using(self, column: str) -> bool:
        """Use a column for nothing."""
        return self.do(self.tr("Do not use {name}").format(name=column), edits.stop_using, column)

    def fit_neuron(self, column: str) -> bool:
        """Draw one neuron that fits a column from the inputs there are, or from all other columns of numbers."""
        state = self._context.document.state
        read = [node.column for node in state.network.inputs if node.column in state.dataset.columns]
        inputs = [name for name in dict.fromkeys(read) if name != column]
        inputs = inputs or [name for name in state.dataset.columns if name != column]
        text = self.tr("Fit a neuron to {name}").format(name=column)
        return self.do(text, edits.fit_neuron_to, state.dataset, inputs, column)
