"""The sheet behind the training bar's last button: penalties, shuffling and seed."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.main_window.action_button import ActionButton
from neurosim.main_window.editing import Editor, FieldBinding
from neurosim.main_window.popover import Popover
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField


class MorePopover(Popover):
    """Owns the controls that are needed seldom: the penalties, the order of the batches, the seed."""

    def __init__(self, editor: Editor, display: Display, schedule: QAction | None, parent: QWidget) -> None:
        super().__init__("trainingMorePopover", "", parent)
        self.set_title(self.tr("More about training"))
        self._editor = editor
        self._guests = QWidget(self)
        self._column = QVBoxLayout(self._guests)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._guests.hide()
        self.add_wide(self._guests)
        self._l2 = NumberField(display, self)
        self._l2.setObjectName("l2Field")
        FieldBinding(self._l2, editor, lambda: self.tr("Set L2 penalty"), _set_l2)
        self.add_row("L&2", self._l2, self.tr("Adds l2/2 · Σ w² to the loss; biases are left out"))
        self._l1 = NumberField(display, self)
        self._l1.setObjectName("l1Field")
        FieldBinding(self._l1, editor, lambda: self.tr("Set L1 penalty"), _set_l1)
        self.add_row("L&1", self._l1, self.tr("Adds l1 · Σ |w| to the loss; biases are left out"))
        self._shuffle = QCheckBox(self)
        self._shuffle.setObjectName("shuffleBox")
        self._shuffle.clicked.connect(
            lambda on: self._editor.edit(self.tr("Change shuffling"), edits.set_shuffle, bool(on))
        )
        self.add_row(
            self.tr("&Shuffle"), self._shuffle, self.tr("Draw the batches of each epoch in a new order, from the seed")
        )
        self._seed = NumberField(display, self)
        self._seed.setObjectName("seedField")
        FieldBinding(self._seed, editor, lambda: self.tr("Set seed"), _set_seed)
        self.add_row(self.tr("See&d"), self._seed, self.tr("The same seed gives the same random numbers"))
        if schedule is not None:
            button = ActionButton(schedule, "moreScheduleButton", self)
            button.show_icon("trending-down")
            button.clicked.connect(self.hide)
            self.add_wide(button)

    def take_in(self, controls: list[QWidget]) -> None:
        """Let *controls*, for which the bar has no room, stand over the others; those that were here may be taken."""
        while self._column.count():
            self._column.takeAt(0)
        for control in controls:
            self._column.addWidget(control)
        self._guests.setVisible(bool(controls))

    def refresh(self) -> None:
        """Show the document's settings."""
        training = self._editor.document.state.training
        self._l2.set_value(training.l2)
        self._l1.set_value(training.l1)
        self._shuffle.setChecked(training.shuffle)
        method = METHODS[training.method]
        for field, name, words in (
            (self._l2, "l2", self.tr("Adds l2/2 · Σ w² to the loss; biases are left out")),
            (self._l1, "l1", self.tr("Adds l1 · Σ |w| to the loss; biases are left out")),
        ):
            field.setEnabled(name not in method.idle)
            field.setToolTip(method.idle.get(name, words))
        batched = method.rows_per_step(training) is not None
        self._shuffle.setEnabled(batched and "shuffle" not in method.idle)
        self._seed.set_value(Fraction(training.seed))


def _set_l2(state: DocumentState, value: Number) -> DocumentState:
    return edits.set_regularisation(state, l2=value)


def _set_l1(state: DocumentState, value: Number) -> DocumentState:
    return edits.set_regularisation(state, l1=value)


def _set_seed(state: DocumentState, value: Number) -> DocumentState:
    if value != int(value):
        raise edits.EditError("A seed is a whole number from 0 on.")
    return edits.set_seed(state, int(value))
