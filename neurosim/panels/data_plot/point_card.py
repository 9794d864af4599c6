"""Typing the values of a point: the card is opened beside it, and what is typed becomes one entry of the history."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from neurosim.document import edits
from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.point_editor import PointEditor


class PointCard(QObject):
    """Owns the card while it is open."""

    def __init__(self, context: PanelContext, view: PlotView, moves: RowMoves, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._view = view
        self._moves = moves
        self._panel = panel
        self._editor: PointEditor | None = None

    def open(self, row: int, axes: Axes) -> None:
        """Open the card in which the values of *row* are typed."""
        self.close()
        self._context.selection.select_rows({row})
        document = self._context.document
        columns = dict.fromkeys([axes.across_column, axes.up_column, axes.target, *axes.fixed])
        values = {c: v for c, v in document.state.dataset.row(row).items() if c in columns}
        values = {c: values[c] for c in columns if c is not None and c in values}
        gesture = object()
        text = self.tr("Set point {number}").format(number=row + 1)

        def change(changed: Mapping[str, Number]) -> None:
            self._moves.attempt(lambda: document.edit(text, edits.move_row, row, changed, gesture=gesture))

        self._editor = PointEditor(
            self.tr("Point {number}").format(number=row + 1),
            values,
            self._context.display,
            self._panel,
            change=change,
            close=lambda: self._closed(gesture),
        )
        plot = self._view.widget
        place = self._view.place_in_viewport(self._view.picture.place_of(row))
        self._editor.open_at(plot.viewport().mapTo(self._panel, place), plot)

    def close(self) -> None:
        """Close the card if it is open."""
        if self._editor is not None:
            self._editor.dismiss()

    def _closed(self, gesture: object) -> None:
        self._context.document.finish(gesture)
        focus = self._panel.window().focusWidget()
        had_focus = self._editor is not None and self._editor.isAncestorOf(focus or self._panel)
        self._editor = None
        if had_focus or focus is None:
            self._view.widget.setFocus(Qt.FocusReason.OtherFocusReason)
