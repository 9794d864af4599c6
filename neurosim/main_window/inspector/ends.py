"""The inspector's pages for inputs and outputs: which column of the data they read."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from neurosim.document import edits
from neurosim.engine.network import InputNode
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.inspector.section import InspectorContext, Section, show_choice

NO_COLUMN = ""


class InputSection(Section):
    """Owns the name and the column of one input."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        self._name = QLineEdit(self)
        self._name.setObjectName("nameField")
        self._name.editingFinished.connect(self._rename)
        self.add_row(self.tr("Na&me"), self._name)
        columns = [(name, name, "") for name in context.state.dataset.columns]
        self._column = self.add_choice(self.tr("&Column"), "columnBox", columns, self._choose)
        self._row = self.add_text("", "rowCaption", "caption")
        self._value = self.add_text(self.tr("Value"), "valueLabel")

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the input in *snapshot*."""
        node = snapshot.network.node_by_id[self._node]
        if not isinstance(node, InputNode):
            return
        self.title = self.tr("Input {name}").format(name=snapshot.network.title(self._node))
        if not self._name.hasFocus():
            self._name.setText(node.label)
        self._name.setPlaceholderText(node.column)
        show_choice(self._column, node.column)
        row, count = min(self.context.selection.rows, default=0), snapshot.dataset.n_rows
        self._row.setText(self.tr("In row {row} of {count}").format(row=row + 1, count=count) if row < count else "")
        self.show_number(self._value, snapshot.activation(self._node, row) if row < count else None)

    def _rename(self) -> None:
        node = self.context.state.network.node_by_id.get(self._node)
        if node is not None and self._name.text().strip() != node.label:
            self.context.editor.edit(self.tr("Rename"), edits.rename, self._node, self._name.text())

    def _choose(self, column: str) -> None:
        text = self.tr("Read column {column}").format(column=column)
        self.context.editor.edit(text, edits.set_input_column, self._node, column)


class OutputSection(Section):
    """Owns the target column of one output."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        columns = [(name, name, "") for name in context.state.dataset.columns]
        self._column = self.add_choice(
            self.tr("&Target"), "targetBox", [(NO_COLUMN, self.tr("none yet"), ""), *columns], self._choose
        )
        self._row = self.add_text("", "rowCaption", "caption")
        self._prediction = self.add_text(self.tr("Prediction"), "predictionLabel")
        self._target = self.add_text(self.tr("Target"), "targetLabel")

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the output in *snapshot*."""
        output = snapshot.network.output_of(self._node)
        if output is None:
            return
        self.title = self.tr("Output of {name}").format(name=snapshot.network.title(self._node))
        show_choice(self._column, output.column or NO_COLUMN)
        row, count = min(self.context.selection.rows, default=0), snapshot.dataset.n_rows
        known = row < count
        self._row.setText(self.tr("In row {row} of {count}").format(row=row + 1, count=count) if known else "")
        self.show_number(self._prediction, snapshot.activation(self._node, row) if known else None)
        column = snapshot.dataset.columns.get(output.column or NO_COLUMN)
        self.show_number(self._target, column[row] if column is not None and known else None)

    def _choose(self, column: str) -> None:
        text = self.tr("Compare with {column}").format(column=column) if column else self.tr("Remove target")
        self.context.editor.edit(text, edits.set_output_column, self._node, column or None)
