"""The window in which data to begin with are chosen: a kind of rule or a real table, its settings, its picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.bundled import BundledSet, bundled_sets
from neurosim.document.csv_table import read_table
from neurosim.document.document import Document
from neurosim.document.table import Table
from neurosim.engine.dataset import Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.generators import GENERATORS
from neurosim.main_window.data_buttons import DataButtons
from neurosim.main_window.dialog_parts import choice_list
from neurosim.main_window.new_data.picture import DataPicture
from neurosim.main_window.new_data.settings_form import SettingsForm
from neurosim.main_window.open_data.plan import Plan, Planner, columns_of
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.scrolling import ScrollingPage
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

LIST_WIDTH = 190
FORM_WIDTH = 230
PICTURE_LEAST = 120


class NewDataDialog(QDialog):
    """Owns the choice. It is not modal, and nothing of the document changes before a button is pressed.

    Signals:
        build_asked(object, object, str, bool): a data set, its input columns (tuple) and its target, for a new neuron,
            and whether the target counts classes.
        use_asked(object): a data set for the network as it is drawn.
        table_asked(object): a ``BundledSet`` of which the columns are to be chosen.
    """

    build_asked = Signal(object, object, str, bool)
    use_asked = Signal(object)
    table_asked = Signal(object)

    def __init__(self, document: Document, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("newDataDialog")
        self.setModal(False)
        self.setWindowTitle(self.tr("New data"))
        self._document = document
        self._display = display
        self._planner = Planner(display, self)
        self._plan = Plan()
        self._dataset: Dataset | None = None
        self._tables: dict[str, Table] = {}
        self._forms: dict[str, SettingsForm] = {}
        self._build()
        document.state_changed.connect(lambda *_: self._say_use())
        self._list.setCurrentRow(1)
        resize_on_screen(self, 920, 600)

    @property
    def dataset(self) -> Dataset | None:
        """What the picture shows; ``None`` when the settings make nothing."""
        return self._dataset

    @property
    def bundled(self) -> BundledSet | None:
        """The real data set that is chosen; ``None`` for data made by a rule."""
        entry = self._entry()
        return entry if isinstance(entry, BundledSet) else None

    def choose(self, name: str) -> None:
        """Choose the kind or the real data set *name*."""
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self._list.setCurrentRow(row)

    # -- showing ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is chosen, with the settings as they are."""
        entry = self._entry()
        if isinstance(entry, BundledSet):
            self._show_real(entry)
        elif entry is not None:
            self._show_made(entry)
        self._say_use()

    def _show_made(self, form: SettingsForm) -> None:
        generator = form.generator
        self._title.setText(generator.title)
        self._question.setText(generator.help)
        self._stack.setCurrentWidget(form)
        self._stack.setVisible(True)
        self._buttons.build.setText(self.tr("&Build the neuron"))
        try:
            dataset = form.dataset()
        except DatasetError as error:
            self._dataset, self._plan = None, Plan(refusal=str(error))
            self._picture.clear()
        else:
            inputs = tuple(name for name in dataset.columns if name != generator.target)
            self._dataset, self._plan = (
                dataset,
                self._planner.plan_for(dataset, inputs, generator.target, generator.classes),
            )
            self._picture.show_data(dataset, inputs, generator.target)
        self._source.setText(self._dataset.source if self._dataset is not None else "")
        self._said.setText(self._plan.refusal or self._plan.building)
        self._buttons.show_plan(self._plan.refusal)

    def _show_real(self, found: BundledSet) -> None:
        table = self._tables.setdefault(found.name, read_table(found.path))
        columns = (*found.inputs, found.target)
        self._title.setText(found.title)
        self._question.setText(found.question)
        self._stack.setVisible(False)
        self._buttons.build.setText(self.tr("&Choose columns…"))
        self._dataset, self._plan = table.whole(columns), Plan()
        self._picture.show_data(self._dataset, found.inputs, found.target)
        self._source.setText(self.tr("Source: {source}").format(source=found.source))
        self._said.setText(" ".join(filter(None, (found.about, table.left_out(columns)))))
        self._buttons.show_plan("")

    def _say_use(self) -> None:
        """Whether the drawn network can take the data as it is."""
        wanted = columns_of(self._document.state)
        has = frozenset(self._dataset.columns) if self._dataset is not None else frozenset[str]()
        fits = self._dataset is not None and wanted <= has
        self._buttons.show_fit(fits=fits, lacking=wanted - has)

    def _entry(self) -> SettingsForm | BundledSet | None:
        item = self._list.currentItem()
        name = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        real = next((found for found in bundled_sets() if found.name == name), None)
        return real or self._forms.get(str(name))

    # -- buttons ---------------------------------------------------------------------------------------------------

    def _ask_build(self) -> None:
        entry = self._entry()
        if isinstance(entry, BundledSet):
            self.table_asked.emit(entry)
            self.accept()
        elif entry is not None and self._dataset is not None and not self._plan.refusal:
            kind = entry.generator
            inputs = tuple(name for name in self._dataset.columns if name != kind.target)
            self.build_asked.emit(self._dataset, inputs, kind.target, kind.classes)
            self.accept()

    def _ask_use(self) -> None:
        if self._dataset is not None:
            self.use_asked.emit(self._dataset)
            self.accept()

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        self._make_list()
        self._title = word_label("newDataTitle", "title", self)
        self._question = word_label("newDataQuestion", "", self)
        self._source = word_label("newDataSource", "muted", self)
        self._said = word_label("newDataSaid", "", self)
        self._picture = DataPicture(self._display, self)
        self._picture.setMinimumWidth(px(PICTURE_LEAST))
        self._make_forms()
        middle = QHBoxLayout()
        middle.setSpacing(px(20))
        middle.addWidget(self._picture, 1)
        middle.addWidget(self._stack, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget(self)
        right = QVBoxLayout(page)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(8))
        for widget in (self._title, self._question):
            right.addWidget(widget)
        right.addLayout(middle, 1)
        for widget in (self._source, self._said):
            right.addWidget(widget)
        both = QHBoxLayout()
        both.setSpacing(px(24))
        both.addWidget(self._list)
        both.addWidget(ScrollingPage(page, self), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(16))
        layout.addLayout(both, 1)
        self._buttons = DataButtons(self, leave="cancelNewData", use="useNewDataButton", build="buildNewDataButton")
        self._buttons.left.connect(self.reject)
        self._buttons.use_wanted.connect(self._ask_use)
        self._buttons.build_wanted.connect(self._ask_build)
        layout.addWidget(self._buttons)

    def _make_list(self) -> None:
        self._list = choice_list("newDataList", self.tr("Data to begin with"), LIST_WIDTH, self)
        self._heading(self.tr("Made by a rule"))
        for name, generator in GENERATORS.items():
            self._item(generator.title, name)
        self._heading(self.tr("Real data"))
        for found in bundled_sets():
            self._item(found.title, found.name)
        self._list.currentItemChanged.connect(lambda *_: self.refresh())

    def _heading(self, words: str) -> None:
        item = QListWidgetItem(words, self._list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)

    def _item(self, title: str, name: str) -> None:
        item = QListWidgetItem(title, self._list)
        item.setData(Qt.ItemDataRole.UserRole, name)

    def _make_forms(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("newDataSettings")
        self._stack.setFixedWidth(theme().px(FORM_WIDTH))
        for name, generator in GENERATORS.items():
            form = SettingsForm(generator, self._display, self._stack)
            form.changed.connect(self.refresh)
            self._forms[name] = form
            self._stack.addWidget(form)
