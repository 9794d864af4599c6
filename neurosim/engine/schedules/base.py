"""What a learning-rate schedule is: a factor for each step, which depends on the step's number alone."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import Setting, completed, settings_refusal
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Factor = Callable[[int, SettingValues], Number]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the learning rate changes from step to step.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does.
        formula: the rate of the step after t updates in plain text (lr the learning rate that was chosen).
        factor: ``factor(t, settings)`` -> what the chosen rate is multiplied by in the step after t updates; a
            fraction where the formula is rational. Never negative.
        settings: what can be set.
        is_constant: whether the factor is always 1.
        order: place in menus, lower first.
    """

    name: str
    title: str
    help: str
    formula: str
    factor: Factor
    settings: tuple[Setting[Number | bool], ...] = ()
    is_constant: bool = False
    order: int = 1000

    def complete(self, settings: SettingValues) -> dict[str, Number | bool]:
        """*settings* with the defaults of those that are not given."""
        return completed(self.settings, settings)

    def refusal(self, settings: SettingValues) -> str | None:
        """Why *settings* cannot be used, as a sentence for the user; ``None`` when they can."""
        return settings_refusal(self.title, self.settings, settings.items())
