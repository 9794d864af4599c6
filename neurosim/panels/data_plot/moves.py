"""What is done to the rows from the data plot: every change goes to the document, one history entry per gesture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QObject, QPointF

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.engine.representation import represented
from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.axes import CLASSIFYING, Axes
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.snap import FINE, nearest_of, nudged, snap_unit, snapped
from neurosim.training.notice import Notice


class RowMoves(QObject):
    """Owns the gesture under way and the values that the held row had when it was taken."""

    def __init__(self, context: PanelContext, view: PlotView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._gesture: object | None = None
        self._row = -1
        self._start: Mapping[str, Number] = {}
        self._deed = ""
        self.show_now: Callable[[], None] = lambda: None
        """Shows the newest state at once: a row that was just added must be there before it is held."""

    @property
    def row(self) -> int | None:
        """The row in hand."""
        return self._row if self._gesture is not None else None

    # -- one row in hand -------------------------------------------------------------------------------------------

    def take(self, row: int) -> None:
        """Begin a gesture on *row*."""
        self.finish()
        dataset = self._context.document.state.dataset
        if not 0 <= row < dataset.n_rows:
            return
        self._gesture = object()
        self._row = row
        self._start = dataset.row(row)
        self._deed = self.tr("Move point {number}").format(number=row + 1)
        self._view.hold(row)

    def add_in_hand(self, place: QPointF, target: Number | None = None) -> bool:
        """Begin a gesture with a new row at a pixel; what follows moves it. Whether there is one."""
        self.finish()
        values, gesture, document = self.values_at(place, target), object(), self._context.document
        if values is None:
            return False
        self._deed = self.tr("Add point")
        if not self.attempt(lambda: document.edit(self._deed, edits.add_rows, [values], gesture=gesture)):
            return False
        self._gesture, self._row, self._start = gesture, document.state.dataset.n_rows - 1, {}
        self.show_now()
        self._view.hold(self._row)
        self._context.selection.select_rows({self._row})
        return True

    def move_to(self, place: QPointF, fine: bool) -> None:
        """Bring the row in hand to the snap place nearest to a pixel of the plotting area."""
        axes = self._view.picture.axes
        if self._gesture is None or axes is None or axes.up_column is None:
            return
        x, y = self._view.picture.frame.value(place)
        values = {axes.across_column: self._at(axes.across_column, x, self._unit(False, fine), axes)}
        if self._is_given(axes.up_column):
            values[axes.up_column] = self._at(axes.up_column, y, self._unit(True, fine), axes)
        self._set(values)

    def nudge(self, across: int, up: int, fine: bool) -> None:
        """Move the row in hand by snap units."""
        axes = self._view.picture.axes
        if self._gesture is None or axes is None or axes.up_column is None:
            return
        state = self._context.document.state
        now = represented(state.network, state.dataset).row(self._row)
        values: dict[str, Number] = {}
        if across:
            values[axes.across_column] = nudged(now[axes.across_column], self._unit(False, fine), across)
        if up and self._is_given(axes.up_column):
            allowed = self._classes(axes.up_column, axes)
            value = now[axes.up_column]
            values[axes.up_column] = (
                allowed[1 if up > 0 else 0] if allowed else nudged(value, self._unit(True, fine), up)
            )
        self._set(values)

    def finish(self) -> None:
        """End the gesture; what it did is one entry of the history."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._context.document.finish(gesture)
            self._view.hold(None)

    def cancel(self) -> None:
        """End the gesture as if it had never been."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._context.document.cancel(gesture)
            self._view.hold(None)

    def _set(self, values: Mapping[str, Number]) -> None:
        document = self._context.document
        self.attempt(lambda: document.edit(self._deed, edits.move_row, self._row, values, gesture=self._gesture))

    def _at(self, column: str, value: float, unit: Fraction, axes: Axes) -> Number:
        allowed = self._classes(column, axes)
        return nearest_of(value, allowed) if allowed else snapped(value, unit, self._start.get(column))

    def _is_given(self, column: str) -> bool:
        """Whether a column is one of the data, or a target that leads back to one: others cannot be moved."""
        return edits.can_be_put_back(self._context.document.state, column)

    def _unit(self, up: bool, fine: bool) -> Fraction:
        low, high = self._view.picture.frame.y if up else self._view.picture.frame.x
        unit = snap_unit(high - low)
        return unit * FINE if fine else unit

    def _classes(self, column: str, axes: Axes) -> tuple[Number, ...] | None:
        points = self._view.picture.points
        classifying = self._context.document.state.training.loss in CLASSIFYING
        return points.classes if classifying and column == axes.target and points is not None else None

    # -- whole rows ------------------------------------------------------------------------------------------------

    def add(self, place: QPointF, target: Number | None = None) -> None:
        """Add a row at a pixel, snapped; in the plane its target is *target*, or that of the nearest row."""
        values = self.values_at(place, target)
        if values is not None:
            self.add_values(values)

    def values_at(
        self, place: QPointF, target: Number | None = None, *, fine: bool = False
    ) -> dict[str, Number | str] | None:
        """The values of a row at a pixel, as ``add`` takes them; ``None`` where nothing runs upwards."""
        picture = self._view.picture
        axes, points = picture.axes, picture.points
        if axes is None or axes.up_column is None:
            return None
        x, y = picture.frame.value(place)
        values: dict[str, Number] = {
            **axes.fixed,
            axes.across_column: self._free(axes.across_column, x, False, axes, fine=fine),
            axes.up_column: self._free(axes.up_column, y, True, axes, fine=fine),
        }
        if axes.kind == "plane" and axes.target is not None and points is not None:
            near = picture.nearest(place, float("inf"))
            known = picture.snapshot.dataset.columns[axes.target] if picture.snapshot is not None else None
            if target is None:
                target = known[near] if known is not None and near is not None else Fraction(0)
            values[axes.target] = target
        return self._as_data(values, axes, place)

    def _as_data(self, values: Mapping[str, Number], axes: Axes, place: QPointF) -> dict[str, Number | str]:
        """*values* in columns of the data: where the target is calculated, what it is calculated from.

        That is copied from the nearest row with such a target: a word for its class, for example.
        """
        data, snapshot, picture = self._context.document.state.dataset, self._view.picture.snapshot, self._view.picture
        found: dict[str, Number | str] = {name: value for name, value in values.items() if name in data.columns}
        wanted = values.get(axes.target) if axes.target is not None and axes.target not in data.columns else None
        if wanted is None or snapshot is None or not data.n_rows:
            return found
        source = next((o.column for o in snapshot.network.outputs if o.target == axes.target), None)
        away = (picture.px - place.x()) ** 2 + (picture.py - place.y()) ** 2
        alike = snapshot.dataset.columns[axes.target or ""].floats == float(wanted)
        row = int(np.argmin(np.where(alike, away, away + away.max() + 1.0)))
        if source is not None and source in data.names:
            found[source] = data.cell(data.table_row(row), source)
        return found

    def add_values(self, values: Mapping[str, Number | str]) -> None:
        """Add a row with these values, and select it."""
        document = self._context.document
        add = edits.add_rows if document.state.dataset.columns else edits.add_row
        rows = [values] if document.state.dataset.columns else values
        if self.attempt(lambda: document.edit(self.tr("Add point"), add, rows)):
            self._context.selection.select_rows({document.state.dataset.n_rows - 1})

    def delete(self, rows: frozenset[int]) -> None:
        """Delete rows; afterwards the row that took the first one's place is selected."""
        if not rows:
            return
        one = self.tr("Delete point {number}").format(number=min(rows) + 1)
        text = one if len(rows) == 1 else self.tr("Delete {count} points").format(count=len(rows))
        document = self._context.document
        if self.attempt(lambda: document.edit(text, edits.delete_rows, rows)):
            left = document.state.dataset.n_rows
            self._context.selection.select_rows({min(*rows, left - 1)} if left else ())

    def keep_for_testing(self, rows: frozenset[int]) -> None:
        """Keep *rows* out of training, or train on them again when all of them are kept out."""
        data = self._context.document.state.dataset
        if not rows:
            return
        test = not rows <= set(data.test_rows)
        text = self.tr("Keep {count} points for testing") if test else self.tr("Train on {count} points again")
        if len(rows) == 1:
            text = self.tr("Keep point {number} for testing") if test else self.tr("Train on point {number} again")
        words = text.format(count=len(rows), number=min(rows) + 1)
        places = [data.table_row(row) for row in rows]
        self.attempt(lambda: self._context.document.edit(words, edits.mark_rows, places, test))

    def _free(self, column: str, value: float, up: bool, axes: Axes, *, fine: bool) -> Number:
        allowed = self._classes(column, axes)
        return nearest_of(value, allowed) if allowed else snapped(value, self._unit(up, fine))

    def attempt(self, change: Callable[[], None]) -> bool:
        """Do *change*; when the document refuses it, say why. Whether it was done."""
        try:
            change()
        except EditError as error:
            self._context.session.message.emit(Notice(str(error)))
            return False
        return True
