"""How training is done, as actions: the methods, the schedule of the learning rate, the stop conditions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.engine.methods import METHODS
from neurosim.main_window.action_spec import ActionSpec


class TrainingActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The submenus of Run."""
        return {"run/method": self.tr("&Method")}

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of them."""
        return (
            *(
                ActionSpec(
                    f"method-{name}",
                    "run/method",
                    method.title,
                    method.help,
                    checkable=True,
                    choice="method",
                    argument=name,
                    handler="method",
                )
                for name, method in METHODS.items()
            ),
            ActionSpec(
                "stopConditions",
                "run",
                self.tr("&End a run…"),
                self.tr("What ends a run by itself: a low loss, a small gradient, no progress, a step"),
                checkable=True,
                icon="flag",
                section=2,
            ),
            ActionSpec(
                "rateSchedule",
                "run",
                self.tr("Change the learning &rate over the steps…"),
                self.tr("Step decay, exponential, 1/t, cosine or warm-up"),
                checkable=True,
                icon="trending-down",
                section=2,
            ),
        )
