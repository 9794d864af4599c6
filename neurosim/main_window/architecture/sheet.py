"""Draw an architecture: which, for which columns, how wide, how bent, how it starts; and what that will look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.document import Document
from neurosim.document.edits import EditError, Plan, draw_architecture
from neurosim.document.edits.architecture import data_fit, first_plan, usual_initializer
from neurosim.document.edits.architecture_ends import is_represented
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.architectures import ARCHITECTURES
from neurosim.main_window.architecture.columns import ColumnSwitches
from neurosim.main_window.architecture.miniature import Miniature
from neurosim.main_window.architecture.outcome import outcome_words
from neurosim.main_window.architecture.start_row import StartRow
from neurosim.main_window.architecture.widths import LayerWidths
from neurosim.widgets.display import Display
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier

WIDTH = 740
LIST_WIDTH = 156


class ArchitectureSheet(Sheet):
    """Owns the plan that its controls describe; nothing of the document changes before Draw is pressed."""

    def __init__(
        self, document: Document, display: Display, draw: Callable[[Plan, str], bool], anchor: QWidget
    ) -> None:
        """Make a closed sheet; ``draw(plan, text)`` makes the edit and says whether it was made."""
        super().__init__("architectureSheet", anchor)
        self.set_title(self.tr("Draw an architecture"))
        self._document, self._display, self._draw_plan = document, display, draw
        self._plan = first_plan(document.state, next(iter(ARCHITECTURES)))
        self._start_chosen = False  # the random start follows the activation until the user has chosen one
        self._build()
        document.rows_changed.connect(self._data_changed)
        document.was_reset.connect(self.close_sheet)
        theme_notifier().changed.connect(self._lay_out)
        self._lay_out()

    @property
    def plan(self) -> Plan:
        """What Draw would draw."""
        return self._plan

    def open_with(self, name: str | None = None) -> None:
        """Open with an architecture chosen; ``None``: the one chosen last."""
        self._take(name if name is not None else self._plan.architecture)
        self.open_sheet()

    def refresh(self) -> None:
        """Show the plan over the columns that there are now."""
        columns = set(self._document.state.dataset.names)
        if not (set(self._plan.inputs) | set(self._plan.targets)) <= columns:
            self._take(self._plan.architecture)
        self._show()

    def first_control(self) -> QWidget:
        """The list of architectures."""
        return self._list

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._make_choice()
        self._make_shape()
        self._make_start()
        self._make_result()
        self._put_together()

    def _make_choice(self) -> None:
        """Which architecture, over which columns."""
        body = self.body
        self._list = QListWidget(body)
        self._list.setObjectName("architectureList")
        self._list.setAccessibleName(self.tr("Architectures"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, kind in ARCHITECTURES.items():
            item = QListWidgetItem(kind.title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(kind.help)
            self._list.addItem(item)
        self._list.currentItemChanged.connect(self._kind_chosen)
        self._help = self._sentence("architectureHelp")
        self._inputs = ColumnSwitches("architectureInputs", body)
        self._inputs.setAccessibleName(self.tr("Input"))
        self._inputs.changed.connect(lambda names: self._columns_chosen(names, None))
        self._targets = ColumnSwitches("architectureTargets", body)
        self._targets.setAccessibleName(self.tr("Target"))
        self._targets.changed.connect(lambda names: self._columns_chosen(None, names))

    def _make_shape(self) -> None:
        """How wide and how bent."""
        body = self.body
        self._widths = LayerWidths(self._display, body)
        self._widths.changed.connect(lambda widths: self._change(widths=widths))
        self._activation = QComboBox(body)
        self._activation.setObjectName("architectureActivation")
        self._activation.activated.connect(lambda _: self._activation_chosen())
        self._activation.setAccessibleName(self.tr("Activation"))
        self._bend = QLabel(self.tr("&Activation"), body)
        self._bend.setBuddy(self._activation)
        self._shape_row = QWidget(body)
        row = QHBoxLayout(self._shape_row)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._widths, self._bend, self._activation):
            row.addWidget(widget)
        row.addStretch(1)

    def _make_start(self) -> None:
        """How the weights begin."""
        self._start_row = StartRow(self._display, self.body)
        self._start_row.rule_chosen.connect(self._start_picked)
        self._start_row.seed_chosen.connect(lambda seed: self._change(seed=seed))

    def _make_result(self) -> None:
        """What comes of it."""
        body = self.body
        self._own = QCheckBox(self.tr("Bring its own data"), body)
        self._own.setObjectName("architectureOwnData")
        self._own.clicked.connect(lambda on: self._change(own_data=bool(on)))
        self._keep = QCheckBox(self.tr("Keep inputs, representation and targets"), body)
        self._keep.setObjectName("architectureKeepEnds")
        self._keep.setToolTip(self.tr("Draw between what is there; else over columns, without features"))
        self._keep.clicked.connect(lambda on: self._change(keep_ends=bool(on)))
        self._picture = Miniature("architecturePicture", body)
        self._said = self._sentence("architectureSaid", self)
        self._button = QPushButton(self.tr("Draw"), self)
        self._button.setObjectName("architectureDraw")
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._draw)

    def _put_together(self) -> None:
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, control in (
            (self.tr("Inputs"), self._inputs),
            (self.tr("Targets"), self._targets),
            (self.tr("Hidden layers"), self._shape_row),
            (self.tr("&Start"), self._start_row),
        ):
            self._form.addRow(words, control)
            if not control.accessibleName():
                control.setAccessibleName(words.replace("&", ""))
        self._right = QVBoxLayout()
        self._right.addWidget(self._help)
        self._right.addLayout(self._form)
        self._right.addWidget(self._own)
        self._right.addWidget(self._keep)
        self._right.addStretch(1)
        self._top_row = QHBoxLayout()
        self._top_row.addWidget(self._list, 0, Qt.AlignmentFlag.AlignTop)
        self._top_row.addLayout(self._right, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._said, 1)
        self._foot.addWidget(self._button)
        self._lines = QVBoxLayout(self.body)
        self._lines.addLayout(self._top_row)
        self._lines.addWidget(self._picture)
        self._column.addLayout(self._foot)  # in sight even where the rest is scrolled

    def _wanted(self) -> QSize:
        """The sheet around the whole body and what stands under it."""
        size = super()._wanted()
        foot = self._foot.sizeHint()
        return QSize(size.width(), size.height() + foot.height() + self._column.spacing())

    def _lay_out(self) -> None:
        px = theme().px
        self._lines.setContentsMargins(0, px(4), px(4), 0)
        self._lines.setSpacing(px(12))
        self._right.setSpacing(px(8))
        self._top_row.setSpacing(px(16))
        self._form.setHorizontalSpacing(px(12))
        self._form.setVerticalSpacing(px(8))
        self._foot.setSpacing(px(16))
        self._foot.setContentsMargins(0, px(8), px(4), 0)
        self._list.setFixedWidth(px(LIST_WIDTH))
        self._list.setFixedHeight(self._list.sizeHintForRow(0) * len(ARCHITECTURES) + px(12))
        self._start_row.restyle()
        for button in self._widths.buttons:
            button.setIconSize(QSize(px(16), px(16)))
            button.setMinimumSize(px(28), px(28))
        self._fit_words()
        if not self.isHidden():
            self.place()

    def _fit_words(self) -> None:
        """Sentences and picture take the lines that they need in the room there is."""
        px = theme().px
        space = self._space()
        width = min(px(WIDTH), space.width() - px(80)) if self.parentWidget() is space else px(WIDTH)
        self._picture.setFixedWidth(width)
        self.body.setFixedWidth(width + px(4))
        captions = max(self._form.labelForField(row).sizeHint().width() for row in (self._inputs, self._shape_row))
        for switches in (self._inputs, self._targets):
            switches.fit(width - px(LIST_WIDTH + 16 + 12) - captions)
        beside = self._button.sizeHint().width() + px(16)
        for label, room in ((self._help, width - px(LIST_WIDTH + 16)), (self._said, width - beside)):
            label.setFixedWidth(room)
            label.setMinimumHeight(0)  # or the height asked for below would never be less
            label.setFixedHeight(max(label.heightForWidth(room), 0))

    def _sentence(self, name: str, parent: QWidget | None = None) -> QLabel:
        label = QLabel(parent if parent is not None else self.body)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        return label

    # -- choosing --------------------------------------------------------------------------------------------------

    def _take(self, name: str) -> None:
        """Propose an architecture; columns that were chosen stay, as far as there are any."""
        state, old = self._document.state, self._plan
        plan = first_plan(state, name)
        columns = set(state.dataset.names)
        if (old.inputs or old.targets) and set(old.inputs) | set(old.targets) <= columns and not self.isHidden():
            plan = replace(plan, inputs=old.inputs, targets=old.targets, seed=old.seed)
            kind = ARCHITECTURES[name]
            if kind.own_data is not None:
                plan = replace(plan, own_data=not data_fit(state, plan))
        self._start_chosen = False
        self._plan = plan
        self._show()

    def _kind_chosen(self, item: QListWidgetItem | None) -> None:
        name = str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""
        if name and name != self._plan.architecture:
            self._take(name)

    def _columns_chosen(self, inputs: tuple[str, ...] | None, targets: tuple[str, ...] | None) -> None:
        """A column is read or met, not both: what was chosen last counts."""
        plan = self._plan
        if inputs is not None:
            plan = replace(plan, inputs=inputs, targets=tuple(t for t in plan.targets if t not in inputs))
        if targets is not None:
            plan = replace(plan, targets=targets, inputs=tuple(i for i in plan.inputs if i not in targets))
        if ARCHITECTURES[plan.architecture].own_data is not None:
            plan = replace(plan, own_data=not data_fit(self._document.state, plan))
        self._plan = plan
        self._show()

    def _activation_chosen(self) -> None:
        name = str(self._activation.currentData())
        start = self._plan.initializer if self._start_chosen else usual_initializer(name)
        self._change(activation=name, initializer=start)

    def _start_picked(self, name: str) -> None:
        self._start_chosen = True
        self._change(initializer=name)

    def _change(self, **changes: object) -> None:
        self._plan = replace(self._plan, **changes)  # type: ignore[arg-type]
        self._show()

    def _data_changed(self) -> None:
        if not self.isHidden():
            self.refresh()

    def _draw(self) -> None:
        title = ARCHITECTURES[self._plan.architecture].title
        if self._draw_plan(
            self._plan, self.tr("Draw {architecture}").format(architecture=title[:1].lower() + title[1:])
        ):
            self.close_sheet()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        plan, state, kind = self._plan, self._document.state, ARCHITECTURES[self._plan.architecture]
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == plan.architecture:
                self._list.setCurrentRow(row)
        self._help.setText(kind.help)
        self._inputs.set_columns(state.dataset.columns, plan.inputs)
        self._targets.set_columns(state.dataset.names, plan.targets)
        brings = kind.own_data is not None and not data_fit(state, plan)
        self._own.setVisible(brings)
        self._own.setChecked(plan.own_data)
        self._keep.setVisible(is_represented(state.network) and not plan.own_data)
        self._keep.setChecked(plan.keep_ends)
        for switches in (self._inputs, self._targets):
            self._form.setRowVisible(switches, not (plan.own_data or plan.keep_ends))
        self._form.setRowVisible(self._shape_row, bool(kind.asks & {"widths", "activation"}))
        for control, what in ((self._widths, "widths"), (self._activation, "activation")):
            control.setVisible(what in kind.asks)
        self._bend.setVisible({"widths", "activation"} <= kind.asks)
        caption = self._form.labelForField(self._shape_row)
        if isinstance(caption, QLabel):
            caption.setText(self.tr("Hidden layers") if "widths" in kind.asks else self.tr("Activation"))
        self._widths.set_widths(plan.widths, least=1 if plan.architecture == "two_linear" else 0)
        self._offer_activations(kind.activations or tuple(ACTIVATIONS))
        self._activation.setEnabled(bool(plan.widths) or "widths" not in kind.asks)
        self._form.setRowVisible(self._start_row, "start" in kind.asks)
        self._start_row.show_start(plan.initializer, plan.seed)
        try:
            after = draw_architecture(state, plan)
        except EditError as error:
            self._picture.set_network(DocumentState().network, str(error))
            self._tell(str(error), possible=False)
            return
        words = outcome_words(state, after)
        self._picture.set_network(after.network, f"{kind.title}: {words}")
        self._tell(words, possible=True)

    def _tell(self, words: str, *, possible: bool) -> None:
        self._said.setText(words)
        role = "muted" if possible else "problem"
        if self._said.property("role") != role:
            self._said.setProperty("role", role)
            self._said.style().polish(self._said)
        self._fit_words()
        self._button.setEnabled(possible)
        self._button.setToolTip("" if possible else words)

    def _offer_activations(self, names: tuple[str, ...]) -> None:
        if [self._activation.itemData(i) for i in range(self._activation.count())] != list(names):
            self._activation.clear()
            for name in names:
                self._activation.addItem(ACTIVATIONS[name].title, name)
                self._activation.setItemData(
                    self._activation.count() - 1, ACTIVATIONS[name].help, Qt.ItemDataRole.ToolTipRole
                )
        self._activation.setCurrentIndex(max(0, self._activation.findData(self._plan.activation)))
