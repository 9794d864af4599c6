"""Which columns and rows of the values table the pointer and the current line mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor

from neurosim.panels._table_marks import LIT_ROW, TableMarks
from neurosim.panels.values.columns import TableColumn
from neurosim.widgets.theme import Theme, with_alpha
from neurosim.working.line import Line

LINE_HEADER = 0.14


def backgrounds(marks: TableMarks, theme: Theme, row: int) -> list[QColor]:
    """What is laid under the cells of a row, from back to front."""
    found = [theme.selected] if row in marks.selected else []
    if row in marks.lit_rows:
        found.append(with_alpha(theme.accent, LIT_ROW))
    return found


def columns_lit(columns: Sequence[TableColumn], ids: frozenset[str], hovered: int | None) -> frozenset[int]:
    """The columns that *ids* mean; while the pointer is on one of the table's own, that one alone."""
    if hovered is not None:
        return frozenset({hovered})
    return frozenset(number for number, column in enumerate(columns) if _means(ids, column))


def columns_of_line(columns: Sequence[TableColumn], line: Line | None) -> frozenset[int]:
    """The columns that hold what the current line is about."""
    if line is None:
        return frozenset()
    return frozenset(number for number, column in enumerate(columns) if _is_about(line, column))


def _means(ids: frozenset[str], column: TableColumn) -> bool:
    return bool(column.stands_for & ids) or (column.owner in ids and not column.others & ids)


def _is_about(line: Line, column: TableColumn) -> bool:
    """The same ids mean less on the way back: what passes an edge there is a derivative and in no column."""
    kind, refs = column.kind, line.refs
    if line.phase == "forward":
        if kind == "a":
            return _means(refs, column)
        return (kind == "z" or (kind in ("data", "feature") and not column.target)) and bool(column.stands_for & refs)
    if line.phase == "loss":
        return (kind in {"residual", "loss", "term"} or column.target) and bool(column.stands_for & refs)
    if line.phase == "backward":
        return kind in {"residual", "gradient"} and bool(column.stands_for & refs)
    return kind == "gradient" and _means(refs, column)
