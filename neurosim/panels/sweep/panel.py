"""The sweep as a panel: which setting, which values, how many steps; a picture of the final losses; use one of them."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.sweep.chart import Dot, SweepChart
from neurosim.panels.sweep.job import SweepJob
from neurosim.panels.sweep.values import read, written
from neurosim.training.sweeping import Axis, Outcome, axes, best_of
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

USUAL_STEPS = 200


class SweepPanel(Panel):
    """Owns the choice, the job in the thread, and what it has found so far."""

    run_fps = 4.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("sweepPanel")
        self.setAccessibleName(self.tr("Sweep over a setting"))
        self._axes: tuple[Axis, ...] = ()
        self._swept: Axis | None = None
        self._values: list[Number] = []
        self._outcomes: dict[Number, Outcome] = {}
        self._steps_swept = 0
        self._chosen = -1
        self.job = SweepJob(self)
        self.job.found.connect(self._found)
        self.job.ended.connect(self._show_buttons)
        self._build()
        self.watch()

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Offer the settings that the present method has."""
        found = axes(DocumentState(snapshot.network, snapshot.dataset, snapshot.settings))
        before = self.axis
        if [axis.key for axis in found] != [axis.key for axis in self._axes]:
            self._axes = found
            self._box.clear()
            for axis in found:
                self._box.addItem(axis.title, axis.key)
            kept = self._box.findData(before.key if before is not None else "")
            self._box.setCurrentIndex(max(kept, 0))
            if kept < 0:
                self._offer()
        self._axes = found
        self._show_buttons()
        self._show_found()

    @property
    def axis(self) -> Axis | None:
        """The setting that is chosen."""
        index = self._box.currentIndex()
        return self._axes[index] if 0 <= index < len(self._axes) else None

    def _offer(self) -> None:
        axis = self.axis
        if axis is not None:
            self._line.setText(written(axis.values, self.context.display))
            self._complain("")

    def _show_buttons(self) -> None:
        running = self.job.running
        refusal = None if running else self.context.session.step_refusal
        self._go.setText(self.tr("Stop") if running else self.tr("Sweep"))
        self._go.setEnabled(running or refusal is None)
        self._go.setToolTip(refusal or self.tr("Train from the same start, once with each value"))
        self._use.setEnabled(not running and 0 <= self._chosen < len(self._values))

    def _show_found(self) -> None:
        text, best = self.context.display.text, best_of(list(self._outcomes.values()))
        now = self._now()
        dots = []
        for row, value in enumerate(self._values):
            one = self._outcomes.get(value)
            loss = None if one is None else one.loss
            said = self._said(value, one)
            is_best = best is not None and one is best and len(self._outcomes) > 1
            diverged = one is not None and one.diverged
            size = "" if loss is None else text(loss)
            dots.append(Dot(text(value), loss, said, size, diverged, is_best, value == now))
            cells = (text(value), "" if loss is None else text(loss), self._ending(one, best=is_best))
            for column, words in enumerate(cells):
                self._cell(row, column, words)
        self.chart.show_dots(dots, self._chosen)
        self._pages_shown(bool(self._values))

    def _pages_shown(self, found: bool) -> None:
        self.chart.setVisible(found)
        self.table.setVisible(found)
        self._use.setVisible(found)
        self._hint.setVisible(not found)

    def _cell(self, row: int, column: int, words: str) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            side = Qt.AlignmentFlag.AlignLeft if column == 2 else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)
        if item.text() != words:
            item.setText(words)

    def _said(self, value: Number, one: Outcome | None) -> str:
        name = self.context.display.text(value)
        if one is None:
            return self.tr("{value}: not trained yet").format(value=name)
        if one.loss is None:
            return f"{name}: {one.problem}"
        loss = self.context.display.text(one.loss)
        return self.tr("{value}: loss {loss} after {steps} steps").format(value=name, loss=loss, steps=one.steps)

    def _ending(self, one: Outcome | None, *, best: bool) -> str:
        if one is None:
            return self.tr("waits") if self.job.running else ""
        if one.problem is not None:
            return one.problem
        words = {
            "converged": self.tr("converged at step {step}").format(step=one.steps),
            "diverged": self.tr("diverged at step {step}").format(step=one.steps),
            "condition": self.tr("stopped at step {step}").format(step=one.steps),
        }
        said = words.get(one.stop.kind, "") if one.stop is not None else ""
        if best:
            return self.tr("lowest; {more}").format(more=said) if said else self.tr("lowest")
        return said

    def _now(self) -> Number | None:
        """The present value of the setting that was swept."""
        swept = self._swept
        return next((axis.now for axis in self._axes if swept is not None and axis.key == swept.key), None)

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    # -- doing -----------------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Begin the sweep, or stop it."""
        if self.job.running:
            self.job.stop()
            return
        axis = self.axis
        if axis is None:
            return
        state = self.context.document.state
        try:
            values = read(self._line.text(), self.context.display)
            for value in values:
                axis.apply(state, value)
        except (NumberError, EditError) as error:
            self._complain(str(error))
            self._line.setFocus()
            return
        self._complain("")
        self._swept, self._values, self._outcomes, self._chosen = axis, values, {}, -1
        steps = self._steps.value()
        self._steps_swept = int(steps) if steps is not None else USUAL_STEPS
        self.table.setRowCount(0)
        self.table.setRowCount(len(values))
        self.table.setHorizontalHeaderLabels([axis.title, self.tr("final loss"), self.tr("how it ended")])
        self.job.start(state, axis, values, self._steps_swept)
        self._show_buttons()
        self._show_found()

    def use_chosen(self) -> None:
        """Let the document have the value that is chosen."""
        if self._swept is None or not 0 <= self._chosen < len(self._values):
            return
        value = self._values[self._chosen]
        text = self.tr("{setting} {value}").format(setting=self._swept.title, value=self.context.display.text(value))
        try:
            self.context.document.edit(text, self._swept.apply, value)
        except EditError as error:
            self._complain(str(error))

    def _found(self, one: Outcome) -> None:
        self._outcomes[one.value] = one
        self._show_found()

    def _choose(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self.table.selectRow(index)
            self._show_buttons()
            self._show_found()

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._box = QComboBox(self)
        self._box.setObjectName("sweepSetting")
        self._box.setToolTip(self.tr("What differs from one training to the next; everything else stays as it is"))
        self._box.activated.connect(lambda _index: self._offer())
        self._line = QLineEdit(self)
        self._line.setObjectName("sweepValues")
        self._line.setToolTip(self.tr("Numbers or fractions, with commas between them"))
        self._line.returnPressed.connect(self.sweep)
        self._steps = NumberField(self.context.display, self)
        self._steps.setObjectName("sweepSteps")
        self._steps.setToolTip(self.tr("So many steps are taken with each of the values"))
        self._steps.set_step(Fraction(10))
        self._steps.set_range(Fraction(1))
        self._steps.set_value(Fraction(USUAL_STEPS))
        self._go = QPushButton(self.tr("Sweep"), self)
        self._go.setObjectName("sweepButton")
        self._go.clicked.connect(self.sweep)
        self._problem = word_label("sweepProblem", "problem", self)
        self._problem.hide()
        self._hint = QLabel(
            self.tr(
                "Trains from the same start once with each value, beside the document: it stays as it is. "
                "The picture shows where each training ends."
            ),
            self,
        )
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self.chart = SweepChart(self)
        self.chart.chosen.connect(self._choose)
        self.table = self._table()
        self._use = QPushButton(self.tr("Use"), self)
        self._use.setObjectName("sweepUse")
        self._use.setAccessibleName(self.tr("Use the chosen value"))
        self._use.setToolTip(self.tr("Let the document have the value that is chosen"))
        self._use.clicked.connect(self.use_chosen)
        self._lay_out()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setObjectName("sweepTable")
        table.setAccessibleName(self.tr("What became of each value"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.currentCellChanged.connect(lambda row, *_: self._choose(row))
        table.itemActivated.connect(lambda _item: self.use_chosen())
        table.setTabKeyNavigation(False)
        return table

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        for row, (words, control) in enumerate(
            ((self.tr("Se&tting"), self._box), (self.tr("&Values"), self._line), (self.tr("St&eps"), self._steps))
        ):
            caption = QLabel(words, self)
            caption.setBuddy(control)
            control.setAccessibleName(words.replace("&", ""))
            self._grid.addWidget(caption, row, 0)
            self._grid.addWidget(control, row, 1, 1, 3 if control is not self._steps else 1)
        self._grid.addWidget(self._go, 2, 2)
        self._grid.addWidget(self._use, 2, 3)
        self._grid.setColumnStretch(1, 1)
        inside = QWidget(self)
        area = QScrollArea(self)
        area.setObjectName("sweepArea")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._column = QVBoxLayout(inside)
        self._column.addLayout(self._grid)
        self._column.addWidget(self._problem)
        self._column.addWidget(self._hint)
        self._column.addWidget(self.chart, 3)
        self._column.addWidget(self.table, 2)
        self._column.addStretch(0)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._column.setContentsMargins(px(12), px(8), px(12), px(12))
        self._column.setSpacing(px(8))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self.table.setMinimumHeight(px(58))
        self.table.verticalHeader().setDefaultSectionSize(px(28))
        self.chart.update()
