"""The context menu of the data plot: what can be done with a point, at a place, and with the axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView

MARKS = ("▲", "●")
"""The shapes of the two classes."""


def _title(context: PanelContext, column: str | None) -> str:
    """What the user calls a target."""
    return context.document.state.network.column_title(column or "")


def build_menu(
    context: PanelContext,
    view: PlotView,
    moves: RowMoves,
    place: QPointF,
    row: int,
    *,
    type_values: Callable[[int], object],
    fit: Callable[[], object],
    parent: QWidget,
) -> QMenu:
    """The menu of *row*, or of the empty plot (-1) at a pixel of the plotting area."""
    tr = QCoreApplication.translate
    menu = QMenu(parent)
    menu.setObjectName("dataPlotMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def entry(text: str, run: Callable[[], object], name: str) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: run())
        return action

    if row >= 0:
        rows = context.selection.rows
        rows = rows if row in rows else frozenset({row})
        context.selection.select_rows(rows)
        text = tr("DataPlotPanel", "Type values of point {number}…").format(number=row + 1)
        entry(text, lambda: type_values(row), "type")
        text = tr("DataPlotPanel", "Delete point {number}").format(number=row + 1)
        if len(rows) > 1:
            text = tr("DataPlotPanel", "Delete {count} points").format(count=len(rows))
        entry(text, lambda: moves.delete(rows), "delete")
        kept_out = rows <= set(context.document.state.dataset.test_rows)
        text = tr("DataPlotPanel", "Train on it again") if kept_out else tr("DataPlotPanel", "Keep for testing")
        entry(text, lambda: moves.keep_for_testing(rows), "test")
        menu.addSeparator()
    axes, points = view.picture.axes, view.picture.points
    if axes is not None and axes.kind == "plane" and points is not None and points.classes is not None:
        for number, value in enumerate(points.classes):
            text = tr("DataPlotPanel", "Add point here: {target} = {value} {mark}").format(
                target=_title(context, axes.target), value=context.display.text(value), mark=MARKS[number]
            )
            entry(text, partial(moves.add, place, value), f"add{number}")
    else:
        entry(tr("DataPlotPanel", "Add point here"), lambda: moves.add(place), "add")
    menu.addSeparator()
    entry(tr("DataPlotPanel", "Fit: show all points"), fit, "fit")

    def toggle_units() -> None:
        view.set_same_units(not view.same_units)
        fit()

    same = entry(tr("DataPlotPanel", "Same units on both axes"), toggle_units, "sameUnits")
    same.setCheckable(True)
    same.setChecked(view.same_units)
    return menu
