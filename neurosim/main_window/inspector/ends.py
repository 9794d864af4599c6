"""The inspector's pages for inputs and outputs: which column of the data they read, and what targets become."""

from __future__ import annotations

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.network import InputNode
from neurosim.engine.probabilities import probability
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice, Chosen
from neurosim.main_window.inspector.section import InspectorContext, Section, show_choice
from neurosim.main_window.inspector.settings_fields import SettingFields
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.working.raw_units import raw_equation
from neurosim.working.terms import NumberStyle

NO_COLUMN = PLAIN = ""
FORMULA_SIZE = 16


class InputSection(Section):
    """Owns the name and the column of one input."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        self._name = self.add_name(node)
        columns = [(name, name, "") for name in context.state.dataset.names]
        self._column = self.add_choice(self.tr("&Column"), "columnBox", columns, self._choose)
        self._row = self.add_text("", "rowCaption", "caption")
        self._value = self.add_text(self.tr("Value"), "valueLabel")

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the input in *snapshot*."""
        node = snapshot.network.node_by_id[self._node]
        if not isinstance(node, InputNode):
            return
        self.title = self.tr("Input {name}").format(name=snapshot.network.title(self._node))
        self._name.show_name(node.label, node.column)
        show_choice(self._column, node.column)
        row, count = min(self.context.selection.rows, default=0), snapshot.dataset.n_rows
        self._row.setText(self.tr("In row {row} of {count}").format(row=row + 1, count=count) if row < count else "")
        self.show_number(self._value, snapshot.activation(self._node, row) if row < count else None)

    def _choose(self, column: str) -> None:
        text = self.tr("Read column {column}").format(column=column)
        self.context.editor.edit(text, edits.set_input_column, self._node, column)


class OutputSection(Section):
    """Owns the target column of one output, and what is made of it."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        columns = [(name, name, "") for name in context.state.dataset.names]
        self._column = self.add_choice(
            self.tr("&Target"), "targetBox", [(NO_COLUMN, self.tr("none yet"), ""), *columns], self._choose
        )
        targets = [(name, kind.title, kind.help) for name, kind in TRANSFORMS.items() if kind.of_target]
        self._transform = self.add_choice(
            self.tr("Target &as"), "targetTransformBox", [(PLAIN, self.tr("it is"), ""), *targets], self._represent
        )
        output = context.state.network.output_of(node)
        self._settings: SettingFields | None = None
        if output is not None and output.transform in TRANSFORMS and output.column is not None:
            transform = TRANSFORMS[output.transform or ""]
            self._settings = SettingFields(self, transform, output.column, self._set)
        self._row = self.add_text("", "rowCaption", "caption")
        self._prediction = self.add_text(self.tr("Prediction"), "predictionLabel")
        self._probability = self.add_text(self.tr("Probability"), "probabilityLabel")
        self._target = self.add_text(self.tr("Target"), "targetLabel")
        self._raw_caption = self.add_text("", "rawCaption", "caption")
        self._raw = FormulaLines("rawFormula", FORMULA_SIZE, self)
        self.add_wide(self._raw)

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
        column = snapshot.dataset.columns.get(output.target or NO_COLUMN)
        self.show_number(self._target, column[row] if column is not None and known else None)
        show_choice(self._transform, output.transform or PLAIN)
        self._transform.setEnabled(output.column is not None)
        if self._settings is not None and output.transform in TRANSFORMS:
            self._settings.refresh(TRANSFORMS[output.transform or ""].complete(output.settings))
        p = probability(snapshot, self._node, row)
        self.set_row_visible(self._probability, p is not None)
        self.show_number(self._probability, p)
        display = self.context.display
        raw = raw_equation(snapshot, self._node, NumberStyle(display.mode, display.decimal))
        self._raw_caption.setText(self.tr("In the units of the data"))
        for widget in (self._raw_caption, self._raw):
            widget.setVisible(raw is not None)
        self._raw.set_markup(raw)

    def _choose(self, column: str) -> None:
        text = self.tr("Compare with {column}").format(column=column) if column else self.tr("Remove target")
        self.context.editor.edit(text, edits.set_output_column, self._node, column or None)

    def _represent(self, transform: str) -> None:
        text = self.tr("Choose target")
        settings: Chosen = ()
        output = self.context.state.network.output_of(self._node)
        if transform == "indicator" and output is not None and output.column is not None:
            settings = _first_class(self.context.state, output.column)
        self.context.editor.edit(text, edits.set_target_transform, self._node, transform or None, settings)

    def _set(self, state: DocumentState, name: str, value: Choice) -> DocumentState:
        return edits.set_target_setting(state, self._node, name, value)


def _first_class(state: DocumentState, column: str) -> Chosen:
    """The last class of a column, to begin with: of 0 and 1 that is 1."""
    try:
        found = edits.classes_in(state, column)
    except EditError:
        return ()
    return (("class", found[-1]),) if found else ()
