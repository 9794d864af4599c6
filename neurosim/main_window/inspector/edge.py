"""The inspector's page for one edge."""

from __future__ import annotations

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.inspector.section import InspectorContext, Section
from neurosim.main_window.memory_table import MemoryTable
from neurosim.numbers.exact import Number


class EdgeSection(Section):
    """Owns the weight of one edge, its gradient and its switches."""

    def __init__(self, context: InspectorContext, edge: str) -> None:
        super().__init__(context)
        self._edge = edge
        self._ends = self.add_text("", "edgeEnds", "muted")
        self._weight = self.add_number(self.tr("&Weight"), "weightField", self._weight_text, self._set_weight)
        self._gradient = self.add_text(self.tr("∂L/∂w"), "weightGradientLabel", "gradient")
        self._memory = MemoryTable(context.display, self)
        self.add_wide(self._memory)
        self._frozen = self.add_switch(
            self.tr("Frozen"), "frozenBox", self.tr("Training leaves the weight as it is"), self._freeze
        )
        self._muted = self.add_switch(self.tr("Muted"), "mutedBox", self.tr("The weight counts as 0"), self._mute)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the edge in *snapshot*."""
        edge = snapshot.network.edge_by_id[self._edge]
        title = snapshot.network.title
        self.title = self.tr("Weight {name}").format(name=self._edge)
        self._ends.setText(
            self.tr("from {source} to {target}").format(source=title(edge.source), target=title(edge.target))
        )
        self._weight.set_value(edge.weight)
        self._frozen.setChecked(not edge.trainable)
        self._muted.setChecked(edge.muted)
        self.show_number(self._gradient, snapshot.gradient.get(self._edge))
        self._memory.show_state(self.context.state, self._edge)

    # -- edits -----------------------------------------------------------------------------------------------------

    def _weight_text(self) -> str:
        return self.tr("Set weight {name}").format(name=self._edge)

    def _set_weight(self, state: DocumentState, value: Number) -> DocumentState:
        return edits.set_weight(state, self._edge, value)

    def _freeze(self, on: bool) -> None:
        text = self.tr("Freeze weight {name}") if on else self.tr("Let weight {name} learn")
        self.context.editor.edit(text.format(name=self._edge), edits.set_frozen, self._edge, on)

    def _mute(self, on: bool) -> None:
        text = self.tr("Mute weight {name}") if on else self.tr("Unmute weight {name}")
        self.context.editor.edit(text.format(name=self._edge), edits.set_muted, self._edge, on)
