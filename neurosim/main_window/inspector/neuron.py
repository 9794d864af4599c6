"""The inspector's page for one neuron."""

from __future__ import annotations

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron, bias_id
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.inspector.curve import ActivationCurve
from neurosim.main_window.inspector.section import InspectorContext, Section, show_choice
from neurosim.main_window.memory_table import MemoryTable
from neurosim.numbers.exact import Number
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.plain_formula import written
from neurosim.working.raw_units import raw_equation
from neurosim.working.terms import NumberStyle

FORMULA_SIZE = 16


class NeuronSection(Section):
    """Owns name, activation, bias and the present values of one neuron."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        self._name = self.add_name(node)
        choices = [(name, kind.title, f"{written(kind.formula)}\n{kind.help}") for name, kind in ACTIVATIONS.items()]
        self._activation = self.add_choice(self.tr("A&ctivation"), "activationBox", choices, self._choose)
        self._curve = ActivationCurve(self)
        self.add_wide(self._curve)
        self._formula = self.add_text("", "activationFormula", "caption")
        self._bias = self.add_number(self.tr("&Bias b"), "biasField", self._bias_text, self._set_bias)
        self._gradient = self.add_text(self.tr("∂L/∂b"), "biasGradientLabel", "gradient")
        self._memory = MemoryTable(context.display, self)
        self.add_wide(self._memory)
        self._has_bias = self.add_switch(
            self.tr("Has a bias"), "hasBiasBox", self.tr("Without one, z is the weighted sum alone"), self._switch_bias
        )
        self._frozen = self.add_switch(
            self.tr("Frozen"), "frozenBox", self.tr("Training leaves the bias as it is"), self._freeze
        )
        self._muted = self.add_switch(self.tr("Muted"), "mutedBox", self.tr("The bias counts as 0"), self._mute)
        self._row = self.add_text("", "rowCaption", "caption")
        self._z = self.add_text(self.tr("z"), "preActivationLabel")
        self._a = self.add_text(self.tr("a = f(z)"), "activationLabel")
        self._raw_caption = self.add_text("", "rawCaption", "caption")
        self._raw = FormulaLines("rawFormula", FORMULA_SIZE, self)
        self.add_wide(self._raw)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the neuron in *snapshot*."""
        network = snapshot.network
        neuron = network.node_by_id[self._node]
        if not isinstance(neuron, Neuron):
            return
        self.title = self.tr("Neuron {name}").format(name=network.title(self._node))
        self._name.show_name(neuron.label, self._node)
        show_choice(self._activation, neuron.activation)
        self._curve.show_curve(neuron.activation, snapshot.pre_activations.get(self._node))
        self._formula.setText(written(ACTIVATIONS[neuron.activation].formula))
        has_bias = neuron.bias is not None
        self._has_bias.setChecked(has_bias)
        for control in (self._bias, self._frozen, self._muted):
            control.setEnabled(has_bias)
        if neuron.bias is not None:
            self._bias.set_value(neuron.bias)
        self._frozen.setChecked(has_bias and not neuron.trainable)
        self._muted.setChecked(neuron.muted)
        self.show_number(self._gradient, snapshot.gradient.get(bias_id(self._node)))
        self._memory.show_state(self.context.state, bias_id(self._node))
        self._show_row(snapshot)

    def _show_row(self, snapshot: Snapshot) -> None:
        display = self.context.display
        raw = raw_equation(snapshot, self._node, NumberStyle(display.mode, display.decimal))
        self._raw_caption.setText(self.tr("In the units of the data"))
        for widget in (self._raw_caption, self._raw):
            widget.setVisible(raw is not None)
        self._raw.set_markup(raw)
        count = snapshot.dataset.n_rows
        row = min(self.context.selection.rows, default=0)
        known = row < count
        words = self.tr("In row {row} of {count}").format(row=row + 1, count=count) if known else self.tr("No data yet")
        if self.context.selection.rows and known:
            words = self.tr("In the selected row, {row} of {count}").format(row=row + 1, count=count)
        self._row.setText(words)
        self.show_number(self._z, snapshot.pre_activation(self._node, row) if known else None)
        self.show_number(self._a, snapshot.activation(self._node, row) if known else None)

    # -- edits -----------------------------------------------------------------------------------------------------

    def _title(self) -> str:
        return self.context.state.network.title(self._node)

    def _choose(self, activation: str) -> None:
        title = ACTIVATIONS[activation].title
        text = self.tr("Use {activation}").format(activation=title)
        self.context.editor.edit(text, edits.set_activation, self._node, activation)

    def _bias_text(self) -> str:
        return self.tr("Set bias of {name}").format(name=self._title())

    def _set_bias(self, state: DocumentState, value: Number) -> DocumentState:
        return edits.set_bias(state, self._node, value)

    def _switch_bias(self, on: bool) -> None:
        text = (self.tr("Add bias to {name}") if on else self.tr("Remove bias of {name}")).format(name=self._title())
        self.context.editor.edit(text, edits.add_bias if on else edits.remove_bias, self._node)

    def _freeze(self, on: bool) -> None:
        text = self.tr("Freeze bias") if on else self.tr("Let bias learn")
        self.context.editor.edit(text, edits.set_frozen, bias_id(self._node), on)

    def _mute(self, on: bool) -> None:
        text = self.tr("Mute bias") if on else self.tr("Unmute bias")
        self.context.editor.edit(text, edits.set_muted, bias_id(self._node), on)
