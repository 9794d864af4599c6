"""What can be done to the network as a whole and to its layers, as actions: the menu Network."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.architectures import ARCHITECTURES
from neurosim.main_window.action_spec import ActionSpec


class NetworkActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The menu and its submenus, by name with their titles."""
        return {
            "network": self.tr("Net&work"),
            "network/draw": self.tr("&Draw"),
            "network/layer": self.tr("Activation of the &layer"),
            "network/hidden": self.tr("Activation of &all hidden neurons"),
        }

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "drawArchitecture",
                "network",
                self.tr("Draw an architec&ture…"),
                self.tr("Choose layers, widths, activation and start, and draw them for the data in hand"),
                ("Ctrl+Shift+D",),
                icon="network",
            ),
            *(
                ActionSpec(
                    f"draw-{name}",
                    "network/draw",
                    f"{kind.title}…",
                    kind.help,
                    argument=name,
                    handler="drawKind",
                )
                for name, kind in ARCHITECTURES.items()
            ),
            ActionSpec(
                "insertLayerBefore",
                "network",
                self.tr("Insert a layer &before"),
                self.tr(
                    "Put a layer that passes on what it gets before the selected layer, or into the selected edges"
                ),
                section=1,
            ),
            ActionSpec(
                "insertLayerAfter",
                "network",
                self.tr("Insert a layer be&hind"),
                self.tr("Put a layer that passes on what it gets behind the selected layer"),
                section=1,
            ),
            ActionSpec(
                "widenLayer",
                "network",
                self.tr("&Widen the layer"),
                self.tr("Add a neuron to the selected layer: the network computes what it did before"),
                section=1,
            ),
            ActionSpec(
                "narrowLayer",
                "network",
                self.tr("&Narrow the layer"),
                self.tr("Take the neuron that matters least out of the selected layer"),
                section=1,
            ),
            ActionSpec(
                "addSkips",
                "network",
                self.tr("Add &skip connections"),
                self.tr("Let the selected layer, or every layer, also read the layer before the last, with weight 0"),
                section=1,
            ),
            *self._activations("layer", self.tr("Give every neuron of the selected layer the activation {activation}")),
            *self._activations("hidden", self.tr("Give every hidden neuron the activation {activation}")),
            ActionSpec(
                "compareVariants",
                "network",
                self.tr("C&ompare variants"),
                self.tr("Train two to four variants of the document side by side"),
                icon="columns-3",
                section=3,
            ),
            ActionSpec(
                "collapse",
                "network",
                self.tr("&Collapse two linear layers…"),
                self.tr("Multiply a hidden layer without a bend into the one behind it"),
                icon="merge",
                section=2,
            ),
        )

    def _activations(self, which: str, tip: str) -> tuple[ActionSpec, ...]:
        return tuple(
            ActionSpec(
                f"{which}Activation-{name}",
                f"network/{which}",
                activation.title,
                tip.format(activation=activation.title),
                argument=name,
                handler=f"{which}Activation",
            )
            for name, activation in ACTIVATIONS.items()
        )
