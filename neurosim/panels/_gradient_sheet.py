"""The numbers behind the gradient badge: each derivative as shown and as a central difference, and how far apart."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout

from neurosim.engine.network import Network
from neurosim.markup.build import EQUALS, PARTIAL, PLUS, TAKE_AWAY, TIMES, bracketed, italic, row, words
from neurosim.markup.tree import Bracket, Markup, Over, Row, Script, Symbol
from neurosim.panels._gradient_badge import GradientBadge
from neurosim.panels._words import parameter_name
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.widgets.word_label import word_label
from neurosim.working.gradient_summary import CheckedParameter

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
MOST = 1000
"""So many parameters are listed, the ones that differ first."""
VISIBLE = 8
"""So many rows are seen without scrolling."""
PARAMETER, GRADIENT, NUMERIC, DIFFERENCE, ALLOWED, VERDICT = range(6)
WIDTHS = (90, 120, 150, 90, 80, 130)
"""Of the columns, in pixels at 100 %."""


def central_difference() -> Markup:
    """(L(w + h) - L(w - h)) / 2h with h = 6e-6 max(1, |w|)."""
    loss, w, h = italic("L"), italic("w"), italic("h")
    ahead, behind = row(loss, bracketed(Row((w, PLUS, h)))), row(loss, bracketed(Row((w, TAKE_AWAY, h))))
    two = Symbol("2", "number")
    slope = Over(Row((PARTIAL, loss)), Row((PARTIAL, w)))
    power = Script(Symbol("10", "number"), Row((Symbol("−", "number"), Symbol("6", "number"))))
    larger = Row((Symbol("max", "upright"), bracketed(Row((Symbol("1", "number"), words(", "), Bracket(w, "|", "|"))))))
    step = (words(",   "), h, EQUALS, Symbol("6", "number"), TIMES, power, TIMES, larger)
    quotient = Over(Row((ahead, TAKE_AWAY, behind)), Row((two, h)))
    return Row((slope, Symbol("≈", "relation"), quotient, *step))


class CheckModel(QAbstractTableModel):
    """Owns the parameters that were checked last; a new check of the same ones keeps the view as it is."""

    # Qt may still ask while the model is being taken down.
    _rows: tuple[CheckedParameter, ...] = ()
    _stale = False

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._names: dict[str, str] = {}
        self._titles = {
            PARAMETER: self.tr("parameter"),
            GRADIENT: self.tr("gradient"),
            NUMERIC: self.tr("central difference"),
            DIFFERENCE: self.tr("difference"),
            ALLOWED: self.tr("allowed"),
            VERDICT: "",
        }

    def show(self, network: Network, rows: tuple[CheckedParameter, ...]) -> bool:
        """Show other numbers; whether there are others of them, so that the columns may need other widths."""
        if len(rows) > MOST:
            rows = tuple(sorted(rows, key=lambda one: one.agrees is True))[:MOST]
        same = [one.parameter for one in rows] == [one.parameter for one in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = rows
        self._names = {one.parameter: parameter_name(network, one.parameter) for one in rows}
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, VERDICT))
        return not same

    @property
    def stale(self) -> bool:
        """Whether another check is awaited."""
        return self._stale

    def set_stale(self, stale: bool) -> None:
        """Whether another check is awaited: the numbers of the last one must not stand there as if they were new."""
        if stale != self._stale:
            self._stale = stale
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, VERDICT))

    def rowCount(self, parent: Index | None = None) -> int:
        """A row for each parameter."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """From the parameter to the verdict."""
        return 0 if parent is not None and parent.isValid() else VERDICT + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Text, colour and whole value of a cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        one, column = self._rows[index.row()], index.column()
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column in (PARAMETER, VERDICT) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            return self._colour(one, column)
        if role == Role.DisplayRole:
            return self._text(one, column)
        if role == Role.ToolTipRole:
            whole = {GRADIENT: one.gradient, NUMERIC: one.numeric, DIFFERENCE: one.difference, ALLOWED: one.allowed}
            return self._display.full(whole[column]) if column in whole else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """Titles above."""
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles.get(section)
        return None

    def _text(self, one: CheckedParameter, column: int) -> str:
        if column == PARAMETER:
            return self._names[one.parameter]
        if column == GRADIENT:
            return self._display.text(one.gradient)
        if column == NUMERIC:
            return self._long(one.numeric)
        if column == DIFFERENCE:
            return self._short(one.difference)
        if column == ALLOWED:
            return self._short(one.allowed)
        if self._stale:
            return self.tr("checking…")
        return {True: self.tr("✓ agrees"), False: self.tr("✗ differs"), None: self.tr("? cannot be told")}[one.agrees]

    def _short(self, value: float) -> str:
        """Two digits: how large it is."""
        return self._display.text(float(f"{value:.1e}")) if math.isfinite(value) else NOTHING

    def _long(self, value: float) -> str:
        """Ten digits: so many agree when the check does."""
        if not math.isfinite(value):
            return NOTHING
        return self._display.full(float(f"{value:.10g}")).removesuffix(f"{self._display.decimal}0")

    def _colour(self, one: CheckedParameter, column: int) -> object:
        colours = theme()
        if self._stale:
            return colours.disabled
        if column == GRADIENT:
            return colours.gradient
        if column == VERDICT:
            return {True: colours.right, False: colours.negative_text, None: colours.text_muted}[one.agrees]
        return colours.text if column in (PARAMETER, NUMERIC) else colours.text_muted


class GradientSheet(Sheet):
    """Owns the sentence of the verdict and the table of its numbers, live while it is open."""

    def __init__(self, badge: GradientBadge, display: Display) -> None:
        """Make the sheet of *badge*, closed; the badge opens it."""
        super().__init__("gradientCheckSheet", badge)
        self.set_title(self.tr("Gradient check"))
        self._badge = badge
        self._formula = FormulaView(self.body)
        self._formula.setObjectName("gradientCheckFormula")
        self._formula.set_markup(central_difference())
        self._verdict = word_label("gradientCheckVerdict", "", self.body)
        self._verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = CheckModel(display, self)
        self.table = QTableView(self.body)
        self.table.setObjectName("gradientCheckTable")
        self.table.setAccessibleName(self.tr("Each derivative and its central difference"))
        self.table.setModel(self.model)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = QVBoxLayout(self.body)
        self._lines.addWidget(self._verdict)
        self._lines.addWidget(self._formula)
        self._lines.addWidget(self.table)
        badge.judged.connect(self._judged)
        display.changed.connect(self._anew)
        theme_notifier().changed.connect(self._anew)
        self._anew()

    def refresh(self) -> None:
        """Show the present verdict."""
        summary, snapshot = self._badge.summary, self._badge.snapshot
        if self._verdict.text() != self._badge.sentence:
            self._verdict.setText(self._badge.sentence)
        if summary is not None and snapshot is not None:
            self.model.show(snapshot.network, summary.parameters)
        elif self._badge.state != "waiting" and snapshot is not None:
            self.model.show(snapshot.network, ())
        self.model.set_stale(self._badge.state == "waiting")
        self._fit()

    def _judged(self) -> None:
        if not self.isHidden():
            self.refresh()

    def _anew(self) -> None:
        px = theme().px
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(8))
        self.table.verticalHeader().setDefaultSectionSize(px(26))
        self.table.setFont(ui_font(13))
        if not self.isHidden():
            self.refresh()
            self.place()

    def _fit(self) -> None:
        """Room for the sentence and for the rows that there are."""
        px, rows = theme().px, self.model.rowCount()
        whole = px(sum(WIDTHS))
        width = min(whole, self.room)
        for column, part in enumerate(WIDTHS):
            self.table.setColumnWidth(column, px(part) * width // whole)
        space = QRect(0, 0, width, px(1000))
        flags = Qt.TextFlag.TextWordWrap.value
        height = self._verdict.fontMetrics().boundingRect(space, flags, self._verdict.text()).height() + px(4)
        if (self._verdict.width(), self._verdict.height()) != (width, height):
            self._verdict.setFixedSize(width, height)
        self.table.setVisible(rows > 0)
        table = self.table.horizontalHeader().sizeHint().height() + px(26) * min(rows, VISIBLE) + px(6)
        if (self.table.width(), self.table.height()) != (width, table):
            self.table.setFixedSize(width, table)
