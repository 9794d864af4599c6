"""The selected rows of a table as a set, and back."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker
from PySide6.QtWidgets import QTableView


def selected_rows(table: QTableView) -> frozenset[int]:
    """The rows that are selected in *table*, read range by range: there may be a hundred thousand."""
    selection = table.selectionModel().selection()
    ranges = [selection.at(number) for number in range(selection.count())]
    return frozenset(row for part in ranges for row in range(part.top(), part.bottom() + 1))


def select_rows(table: QTableView, rows: frozenset[int]) -> None:
    """Select exactly *rows* in *table* without a signal, and bring a single one into view."""
    model, selection = table.model(), table.selectionModel()
    last, wanted = model.columnCount() - 1, QItemSelection()
    for first, end in _runs(sorted(row for row in rows if row < model.rowCount())):
        wanted.select(model.index(first, 0), model.index(end, last))
    with QSignalBlocker(selection):
        selection.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(rows) == 1:
            here = model.index(next(iter(rows)), max(table.currentIndex().column(), 0))
            selection.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
            table.scrollTo(here)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
