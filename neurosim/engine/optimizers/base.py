"""What an optimizer is: how a gradient changes the parameters, and what it remembers from step to step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.plugin_setting import Setting, completed, settings_refusal
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

SettingValues = Mapping[str, Number | bool]
State = Mapping[str, FloatArray]
Step = Callable[[], None]
BindFunction = Callable[[FloatArray, FloatArray, State, float, SettingValues], Step]
ExactVectors = Mapping[str, Sequence[Fraction]]
ExactUpdate = Callable[
    [Sequence[Fraction], Sequence[Fraction], ExactVectors, Fraction, SettingValues],
    tuple[list[Fraction], dict[str, list[Fraction]]] | None,
]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """An optimizer as PyTorch defines it, on one float64 vector of the trainable parameters, changed in place.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does.
        formula: the update in plain text (w a parameter, g its gradient, lr the learning rate).
        settings: what can be set, with PyTorch's defaults.
        learning_rate: PyTorch's usual learning rate, to be offered when the optimizer is chosen.
        state_names: ``state_names(settings)`` -> the vectors that it keeps. Each is float64 with one element per
            parameter and begins at 0, also for a parameter that joins later; with names as in PyTorch
            (``"momentum_buffer"``, ``"exp_avg"``, ``"step"``, ...). An update depends on them alone, never on a count
            kept elsewhere.
        bind: ``bind(theta, gradient, state, learning_rate, settings)`` -> a function without arguments that makes one
            step each time it is called: it reads ``gradient``, changes ``theta`` and the arrays of ``state`` in place
            and makes no new vectors. Bind again when these arrays were changed by anyone else (``theta`` and
            ``gradient`` may be) or when a setting changes.
        refused_together: why settings that are each right do not go together, as a sentence, or ``None``.
        exact_update: ``exact_update(theta, gradient, state, learning_rate, settings)`` -> new parameters and state as
            fractions; ``None`` when the optimizer needs roots.
        is_plain: ``is_plain(settings)`` -> whether a step is theta - learning_rate * gradient and nothing else, so
            that the core may fold the learning rate into the factors of the gradient: one call fewer per step.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    formula: str
    learning_rate: Fraction
    state_names: Callable[[SettingValues], tuple[str, ...]]
    bind: BindFunction
    settings: tuple[Setting[Number | bool], ...] = ()
    refused_together: Callable[[SettingValues], str | None] = lambda _settings: None
    exact_update: ExactUpdate | None = None
    is_plain: Callable[[SettingValues], bool] = lambda _settings: False
    order: int = 1000

    def complete(self, settings: SettingValues) -> dict[str, Number | bool]:
        """*settings* with the defaults of those that are not given."""
        return completed(self.settings, settings)

    def refusal(self, settings: SettingValues) -> str | None:
        """Why *settings* cannot be used, as a sentence for the user; ``None`` when they can."""
        reason = settings_refusal(self.title, self.settings, settings.items())
        return reason if reason is not None else self.refused_together(self.complete(settings))

    def fresh_state(self, size: int, settings: SettingValues) -> dict[str, FloatArray]:
        """The state before the first step, for *size* parameters."""
        return {name: np.zeros(size) for name in self.state_names(self.complete(settings))}

    def update(
        self, theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues
    ) -> None:
        """One step, changing *theta* and *state* in place; for many steps call what ``bind`` returns."""
        self.bind(theta, gradient, state, learning_rate, self.complete(settings))()


def number(settings: SettingValues, name: str) -> float:
    """A setting as a float64."""
    return float(settings[name])


def constant(value: float) -> FloatArray:
    """*value* as a 0-d array, which numpy takes faster than a Python float."""
    found = np.array(value, dtype=np.float64)
    found.setflags(write=False)
    return found
