"""The sheet beside Run: what ends a run by itself, besides convergence and divergence."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.main_window.editing import Editor, FieldBinding
from neurosim.main_window.popover import Popover
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

USUAL: dict[str, Fraction] = {
    "loss_below": Fraction(1, 100),
    "gradient_below": Fraction(1, 1000),
    "no_progress": Fraction(100),
    "at_step": Fraction(1000),
}
"""What is offered when a condition is switched on."""


class StopPopover(Popover):
    """Owns a switch and a number for each condition."""

    def __init__(self, editor: Editor, display: Display, parent: QWidget) -> None:
        super().__init__("stopPopover", "", parent)
        self.set_title(self.tr("End a run"))
        self._editor = editor
        self._display = display
        self._switches: dict[str, QCheckBox] = {}
        self._fields: dict[str, NumberField] = {}
        for name, words, help_text in (
            (
                "loss_below",
                self.tr("when the &loss is below"),
                self.tr("The loss that is shown, penalty included; with mini-batches after each epoch"),
            ),
            (
                "gradient_below",
                self.tr("when every &slope is below"),
                self.tr("The largest partial derivative of a parameter that may change, whatever its sign"),
            ),
            (
                "no_progress",
                self.tr("when nothing is &gained in so many steps"),
                self.tr("The loss has not fallen noticeably (by a ten-thousandth) below its lowest of the run"),
            ),
            ("at_step", self.tr("at s&tep"), self.tr("Counted from the start of the training")),
        ):
            self._add(name, words, help_text)
        note = QLabel(
            self.tr("A run also ends when it has converged, when it diverges, and after a million steps."), self
        )
        note.setProperty("role", "caption")
        note.setWordWrap(True)
        self.add_wide(note)
        editor.document.training_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the document's conditions."""
        stop = self._editor.document.state.training.stop
        for name, field in self._fields.items():
            field.setFixedWidth(theme().px(96))
            value: Number | int | None = getattr(stop, name)
            self._switches[name].setChecked(value is not None)
            field.setEnabled(value is not None)
            field.set_value(USUAL[name] if value is None else Fraction(value) if isinstance(value, int) else value)

    def _add(self, name: str, words: str, help_text: str) -> None:
        switch = QCheckBox(words, self)
        switch.setObjectName(f"stop-{name}")
        field = NumberField(self._display, self)
        field.setObjectName(f"stopField-{name}")
        field.setAccessibleName(words.replace("&", ""))
        field.setFixedWidth(theme().px(96))
        for widget in (switch, field):
            widget.setToolTip(help_text)
            widget.setStatusTip(help_text)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(switch, 1)
        layout.addWidget(field)
        switch.clicked.connect(lambda on: self._switch(name, bool(on)))
        FieldBinding(field, self._editor, lambda: self.tr("Set stop condition"), partial(_set, name))
        self._switches[name], self._fields[name] = switch, field
        self.add_wide(row)

    def _switch(self, name: str, on: bool) -> None:
        value = self._fields[name].value() if on else None
        text = self.tr("Add stop condition") if on else self.tr("Remove stop condition")
        self._editor.edit(text, edits.set_stop, name, USUAL[name] if on and value is None else value)
        self.refresh()


def _set(name: str, state: DocumentState, value: Number) -> DocumentState:
    return edits.set_stop(state, name, value)
