"""What adds parts to the graph and rows to the data, as actions of the menu Insert."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.engine.activations import ACTIVATIONS
from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.widgets.plain_formula import written


class InsertActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "addNode",
                "insert",
                self.tr("&Add to graph…"),
                self.tr("Choose what to add"),
                ("Shift+A",),
                Scope.GRAPH,
                icon="plus",
            ),
            ActionSpec(
                "insertInput",
                "insert",
                self.tr("&Input"),
                self.tr("Add an input that reads a column of the data"),
                section=1,
            ),
            ActionSpec(
                "insertOutput",
                "insert",
                self.tr("&Output"),
                self.tr("Compare the selected neuron with a target"),
                section=1,
            ),
            *(
                ActionSpec(
                    f"insertNeuron-{name}",
                    "insert/neuron",
                    activation.title,
                    written(activation.formula),
                    argument=name,
                    handler="insertNeuron",
                )
                for name, activation in ACTIVATIONS.items()
            ),
            ActionSpec(
                "insertOnEdge",
                "insert",
                self.tr("Neuron into selected &edge"),
                self.tr("Put a neuron into each selected edge"),
                ("I",),
                Scope.GRAPH,
                section=1,
            ),
            ActionSpec("insertRow", "insert", self.tr("&Row of data"), self.tr("Add a row to the data"), section=2),
            ActionSpec(
                "supplyData",
                "insert",
                self.tr("&Missing data"),
                self.tr("Add the columns that the network reads and the data lack, with 0 in every row"),
                section=2,
            ),
        )
