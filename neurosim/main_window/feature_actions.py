"""What can be done to the representation of the data, as actions: the submenu Represent of the menu Network."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.engine.transforms import TRANSFORMS
from neurosim.main_window.action_spec import ActionSpec


class FeatureActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The submenus, by name with their titles."""
        return {
            "network/represent": self.tr("&Represent the inputs"),
            "network/feature": self.tr("Add a &feature"),
        }

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the submenus."""
        return (
            ActionSpec(
                "standardiseInputs",
                "network/represent",
                self.tr("&Standardise"),
                self.tr("Read the selected inputs, or all, in standard deviations from their means"),
                argument="standardise",
                handler="readThrough",
                icon="scaling",
            ),
            ActionSpec(
                "minMaxInputs",
                "network/represent",
                self.tr("&Min-max"),
                self.tr("Stretch the ranges of the selected inputs, or of all, over 0 to 1"),
                argument="min_max",
                handler="readThrough",
            ),
            ActionSpec(
                "addSquares",
                "network/represent",
                self.tr("Add s&quares"),
                self.tr("Add the square of each selected input, or of all, with weight 0"),
                section=1,
            ),
            ActionSpec(
                "addProduct",
                "network/represent",
                self.tr("Add the &product"),
                self.tr("Multiply the selected inputs, or all, with one another; the product has weight 0"),
                section=1,
            ),
            ActionSpec(
                "outputPerClass",
                "network/represent",
                self.tr("An output for each &class"),
                self.tr("Give each class of the target column a neuron; the softmax makes probabilities of them"),
                section=2,
            ),
            *(
                ActionSpec(
                    f"feature-{name}",
                    "network/feature",
                    transform.title,
                    transform.help,
                    argument=name,
                    handler="addFeature",
                )
                for name, transform in TRANSFORMS.items()
            ),
        )
