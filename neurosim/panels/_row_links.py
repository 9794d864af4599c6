"""The rows that a plot shares with all other views: the selected ones, those lit up, those of the working's line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from neurosim.panels._rows_lit import row_ref, rows_in
from neurosim.panels.base import PanelContext
from neurosim.records import dataclass


@dataclass
class LinkedRows:
    """What a layer paints around marks.

    Attributes:
        selected: the selected rows.
        lit: lit up by the pointer, here or in another view.
        in_line: what the current line of the working is about; it stays until the next line.
    """

    selected: frozenset[int] = frozenset()
    lit: frozenset[int] = frozenset()
    in_line: frozenset[int] = frozenset()


class RowLinks(QObject):
    """Owns the rows of one plot and keeps them in step with the selection, both ways.

    Signals:
        changed(): other rows are lit up or belong to the current line; paint anew.
        selected(): other rows are selected.
    """

    changed = Signal()
    selected = Signal()

    def __init__(self, context: PanelContext, seen: Callable[[], bool], parent: QObject | None = None) -> None:
        """Follow *context*; while nobody sees the plot (``seen()``) the working's line is not asked for."""
        super().__init__(parent)
        self._context = context
        self._seen = seen
        self.rows = LinkedRows()
        context.selection.rows_selected.connect(self._select)
        context.selection.lit_changed.connect(self._light)
        context.session.walk.changed.connect(self._read_line)

    def follow(self) -> None:
        """Catch up with everything, without a signal."""
        self.rows.selected = self._context.selection.rows
        self.rows.lit = rows_in(self._context.selection.lit)
        self.rows.in_line = rows_in(self._context.session.walk.refs)

    @property
    def current(self) -> int | None:
        """The first selected row."""
        return min(self._context.selection.rows, default=None)

    def point_at(self, row: int | None) -> None:
        """The pointer is on *row*: it lights up everywhere."""
        self._context.selection.set_lit(() if row is None else {row_ref(row)})

    def choose(self, row: int, add: bool = False) -> None:
        """Select *row* alone, or with *add* change whether it is selected."""
        rows = self._context.selection.rows
        self._context.selection.select_rows(rows ^ {row} if add else {row})

    def choose_none(self) -> None:
        """Select no row."""
        self._context.selection.select_rows(())

    def walk(self, step: int, count: int) -> None:
        """Select the next (1) or previous (-1) of *count* rows."""
        current = self.current
        if count:
            start = 0 if step > 0 else count - 1
            self.choose(start if current is None else min(max(current + step, 0), count - 1))

    def _select(self) -> None:
        if self._context.selection.rows != self.rows.selected:
            self.rows.selected = self._context.selection.rows
            self.selected.emit()

    def _light(self) -> None:
        lit = rows_in(self._context.selection.lit)
        if lit != self.rows.lit:
            self.rows.lit = lit
            self.changed.emit()

    def _read_line(self) -> None:
        if not self._seen():
            return
        found = rows_in(self._context.session.walk.refs)
        if found != self.rows.in_line:
            self.rows.in_line = found
            self.changed.emit()
