"""The window in which a table becomes data: its first rows, its problems, inputs and target, and what will be built."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.bundled import BundledSet
from neurosim.document.state import DocumentState
from neurosim.document.table import Suggestion, Table, TableColumn, TableError
from neurosim.engine.dataset import Dataset
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.main_window.data_buttons import DataButtons
from neurosim.main_window.open_data.layout_row import Choices, LayoutRow
from neurosim.main_window.open_data.plan import QUICK, QUICK_RATE, Plan, Planner, columns_of
from neurosim.main_window.open_data.preview import PreviewModel
from neurosim.main_window.open_data.reader import FOUND_OUT
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

MOST_CHOICES = 200
"""Columns beyond these are shown in the preview but cannot be chosen."""


class OpenDataDialog(QDialog):
    """Owns the choices for one table. It is not modal: the network stays usable beside it.

    Signals:
        build_asked(object, object, str, bool, bool): dataset, input columns (tuple) and target for a new neuron,
            whether to train it with the quicker optimizer, and whether to standardise its inputs.
        use_asked(object): a dataset for the network as it is drawn.
        reading_asked(object): the ``Choices`` with which the table shall be read again.
    """

    build_asked = Signal(object, object, str, bool, bool)
    use_asked = Signal(object)
    reading_asked = Signal(object)

    def __init__(
        self,
        table: Table,
        state: DocumentState,
        display: Display,
        parent: QWidget,
        known: BundledSet | None = None,
        choices: Choices = FOUND_OUT,
    ) -> None:
        """Show *table*; *known* is the bundled set that it is, *choices* how it was read."""
        super().__init__(parent)
        self.setObjectName("openDataDialog")
        self.setModal(False)
        self.setWindowTitle(self.tr("Open data: {name}").format(name=table.name))
        self.table = table
        self._known = known
        self._choices = choices
        self._state = state
        self._display = display
        self._planner = Planner(display, self)
        self._plan = Plan()
        self._inputs: dict[str, QCheckBox] = {}
        self._targets: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._build()
        self._choose(table)
        self.refresh()
        resize_on_screen(self, 960, 680)
        self._buttons.build.setFocus()

    # -- choices ---------------------------------------------------------------------------------------------------

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns chosen as inputs, in the table's order."""
        return tuple(name for name, box in self._inputs.items() if box.isChecked() and box.isEnabled())

    @property
    def target(self) -> str | None:
        """The column chosen as target."""
        return next((name for name, button in self._targets.items() if button.isChecked()), None)

    @property
    def plan(self) -> Plan:
        """What the button would build now."""
        return self._plan

    def refresh(self) -> None:
        """Say what the present choices lead to."""
        target = self.target
        for name, box in self._inputs.items():
            box.setEnabled(name != target)
        self._plan = plan = self._planner.plan(self.table, self.inputs, target)
        self._sentence.setText(plan.refusal or plan.building)
        self._left_out.setText(plan.left_out)
        self._left_out.setVisible(bool(plan.left_out))
        self._warning.setText(plan.warning)
        self._warning.setVisible(bool(plan.warning))
        for box in (self._standardise, self._quick):
            box.setVisible(bool(plan.warning))
        self._buttons.show_plan(plan.refusal)
        self._buttons.show_fit(fits=self._data_for_drawn is not None, lacking=columns_of(self._state))

    def show_layout(self) -> None:
        """Show again how the table was read: it could not be read in another way."""
        self._layout.refresh()

    @cached_property
    def _data_for_drawn(self) -> Dataset | None:
        """The columns that the drawn network reads, if the table has them all, as numbers or words as they are now."""
        wanted, words = columns_of(self._state), self._state.dataset.texts
        if not wanted <= {column.name for column in self.table.columns if column.is_numeric or column.name in words}:
            return None
        try:
            return self.table.whole([name for name in self.table.by_name if name in wanted] or None)
        except TableError:
            return None

    def _choose(self, table: Table) -> None:
        known = self._known
        guess = table.suggestion if known is None else Suggestion(known.inputs, known.target)
        for name in guess.inputs:
            if name in self._inputs:
                self._inputs[name].setChecked(True)
        if guess.target in self._targets:
            self._targets[str(guess.target)].setChecked(True)

    def _ask_build(self) -> None:
        target = self.target
        if self._plan.dataset is not None and target is not None:
            slow = bool(self._plan.warning)
            quick, standardise = self._quick.isChecked() and slow, self._standardise.isChecked() and slow
            self.build_asked.emit(self._plan.dataset, self.inputs, target, quick, standardise)
            self.accept()

    def _ask_use(self) -> None:
        dataset = self._data_for_drawn
        if dataset is not None:
            self.use_asked.emit(dataset)
            self.accept()

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(16))
        layout.setSpacing(px(12))
        heading = QLabel(self.table.name if self._known is None else self._known.title, self)
        heading.setProperty("role", "title")
        layout.addWidget(heading)
        if self._known is not None:
            question = word_label("questionLabel", "", self)
            question.setText(self._known.question)
            layout.addWidget(question)
        layout.addWidget(self._caption(self._size_sentence()))
        self._layout = LayoutRow(self.table.form, self._choices, self)
        self._layout.chosen.connect(self.reading_asked)
        layout.addWidget(self._layout)
        middle = QHBoxLayout()
        middle.setSpacing(px(24))
        middle.addWidget(self._chooser(), 2)
        middle.addWidget(self._preview(), 3)
        layout.addLayout(middle, 1)
        if self.table.problems:
            layout.addWidget(self._problems())
        self._sentence = word_label("planLabel", "", self)
        self._left_out = word_label("leftOutLabel", "muted", self)
        self._warning = word_label("warningLabel", "problem", self)
        for label in (self._sentence, self._left_out, self._warning):
            layout.addWidget(label)
        self._standardise = QCheckBox(self.tr("Standardise the inputs: a node for each shows mean and deviation"), self)
        self._standardise.setObjectName("standardiseBox")
        layout.addWidget(self._standardise)
        words = self.tr("Train with {optimizer} instead, learning rate {rate}")
        rate = self._display.text(QUICK_RATE)
        self._quick = QCheckBox(words.format(optimizer=OPTIMIZERS[QUICK].title, rate=rate), self)
        self._quick.setObjectName("quickOptimizerBox")
        layout.addWidget(self._quick)
        self._buttons = DataButtons(self, leave="cancelOpenData", use="useDataButton", build="buildNeuronButton")
        self._buttons.left.connect(self.reject)
        self._buttons.use_wanted.connect(self._ask_use)
        self._buttons.build_wanted.connect(self._ask_build)
        layout.addWidget(self._buttons)

    def _size_sentence(self) -> str:
        rows = f"{self.table.n_rows:,}".replace(",", "\u202f")
        sentence = self.tr("{rows} rows, {columns} columns.").format(rows=rows, columns=len(self.table.columns))
        source = () if self._known is None else (self.tr("Source: {source}.").format(source=self._known.source),)
        return " ".join([sentence, *self.table.notes, *source])

    def _chooser(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        px = theme().px
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        for place, words in enumerate((self.tr("Column"), self.tr("Input"), self.tr("Target"), self.tr("Values"))):
            grid.addWidget(self._caption(words), 0, place)
        for row, column in enumerate(self.table.columns[:MOST_CHOICES], start=1):
            grid.addWidget(QLabel(column.name, page), row, 0)
            grid.setRowMinimumHeight(row, px(28))
            grid.addWidget(self._caption(self._range(column)), row, 3)
            if not column.is_numeric and not column.classes:
                continue
            box, button = QCheckBox(page), QRadioButton(page)
            box.setObjectName(f"input-{column.name}")
            box.setAccessibleName(self.tr("{column} is an input").format(column=column.name))
            button.setObjectName(f"target-{column.name}")
            button.setAccessibleName(self.tr("{column} is the target").format(column=column.name))
            self._group.addButton(button)
            for control in (box, button):
                control.toggled.connect(lambda _on: self.refresh())
            self._targets[column.name] = button
            self._inputs[column.name] = box
            if not column.is_numeric:
                box.setToolTip(self.tr("Read by a node for each word: 1 where it stands, else 0"))
            grid.addWidget(box, row, 1)
            grid.addWidget(button, row, 2)
        grid.setRowStretch(len(self.table.columns) + 1, 1)
        grid.setColumnStretch(3, 1)
        area = QScrollArea(self)
        area.setObjectName("columnChoices")
        area.setAccessibleName(self.tr("Columns"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setMinimumWidth(min(page.sizeHint().width() + px(20), px(360)))
        return area

    def _range(self, column: TableColumn) -> str:
        if not column.is_numeric:
            if not column.classes:
                return self.tr("words")
            words = ", ".join(column.classes[:3]) + (", …" if len(column.classes) > 3 else "")
            return self.tr("{n} classes: {words}").format(n=len(column.classes), words=words)
        values = column.floats[column.usable]
        if not len(values):
            return self.tr("no numbers")
        low, high = f"{values.min():.4g}", f"{values.max():.4g}"
        words = self.tr("{low} to {high}").format(low=low, high=high).replace("-", "−")
        if self._display.decimal != ".":
            words = words.replace(".", self._display.decimal)
        if column.missing:
            words += self.tr(", {n} missing").format(n=column.missing)
        return words

    def _preview(self) -> QTableView:
        view = QTableView(self)
        view.setObjectName("dataPreview")
        view.setAccessibleName(self.tr("First rows"))
        view.setModel(PreviewModel(self.table, self._display, view))
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.resizeColumnsToContents()
        for column in range(len(self.table.columns)):
            width = min(max(view.columnWidth(column), theme().px(72)), theme().px(190))
            view.setColumnWidth(column, width)
        view.verticalHeader().setDefaultSectionSize(theme().px(26))
        view.setTabKeyNavigation(False)
        return view

    def _problems(self) -> QListWidget:
        shown = QListWidget(self)
        shown.setObjectName("problemList")
        shown.setAccessibleName(self.tr("Problems in the file"))
        for problem in self.table.problems:
            shown.addItem(str(problem))
        more = self.table.n_problems - len(self.table.problems)
        if more > 0:
            shown.addItem(self.tr("and {n} more").format(n=more))
        shown.setMaximumHeight(theme().px(min(70, 12 + 28 * shown.count())))
        return shown

    def _caption(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "caption")
        label.setWordWrap(len(words) > 40)
        return label
