"""What an optimizer is: how a gradient changes the parameters, and what it remembers from step to step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.numbers.exact import Number

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
class Setting:
    """One setting of an optimizer, schedule or method: its default (a number or a switch) and the sensible range.

    ``low`` and ``high`` bound a number; ``low`` is allowed itself unless ``above_low``, ``high`` is not; ``whole``
    asks for a whole number. The range of a switch is meaningless.
    """

    name: str
    title: str
    default: Number | bool
    help: str
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    above_low: bool = False
    whole: bool = False

    def refusal(self, value: Number | bool) -> str | None:
        """Why *value* cannot be used, as a sentence; ``None`` when it can."""
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else f"{self.title} is a switch: it must be on or off."
        if isinstance(value, bool):
            return f"{self.title} must be a number."
        if self.whole and value != int(value):
            return f"{self.title} must be a whole number."
        too_low = value <= self.low if self.above_low else value < self.low
        if too_low or (self.high is not None and value >= self.high):
            least = "above" if self.above_low else "at least"
            most = "" if self.high is None else f" and below {float(self.high):g}"
            return f"{self.title} must be {least} {float(self.low):g}{most}."
        return None


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
    settings: tuple[Setting, ...] = ()
    refused_together: Callable[[SettingValues], str | None] = lambda _settings: None
    exact_update: ExactUpdate | None = None
    is_plain: Callable[[SettingValues], bool] = lambda _settings: False
    order: int = 1000

    def complete(self, settings: SettingValues) -> dict[str, Number | bool]:
        """*settings* with the defaults of those that are not given."""
        return completed(self.settings, settings)

    def refusal(self, settings: SettingValues) -> str | None:
        """Why *settings* cannot be used, as a sentence for the user; ``None`` when they can."""
        reason = settings_refusal(self.title, self.settings, settings)
        return reason if reason is not None else self.refused_together(self.complete(settings))

    def fresh_state(self, size: int, settings: SettingValues) -> dict[str, FloatArray]:
        """The state before the first step, for *size* parameters."""
        return {name: np.zeros(size) for name in self.state_names(self.complete(settings))}

    def update(
        self, theta: FloatArray, gradient: FloatArray, state: State, learning_rate: float, settings: SettingValues
    ) -> None:
        """One step, changing *theta* and *state* in place; for many steps call what ``bind`` returns."""
        self.bind(theta, gradient, state, learning_rate, self.complete(settings))()


def completed(settings: tuple[Setting, ...], given: SettingValues) -> dict[str, Number | bool]:
    """*given* with the defaults of those of *settings* that it does not name."""
    return {setting.name: given.get(setting.name, setting.default) for setting in settings}


def settings_refusal(title: str, settings: tuple[Setting, ...], given: SettingValues) -> str | None:
    """Why *given* cannot be the *settings* of what is called *title*, as a sentence; ``None`` when it can."""
    known = {setting.name: setting for setting in settings}
    for name, value in given.items():
        if name not in known:
            names = ", ".join(known) if known else "none"
            return f"{title} has no setting {name!r}; it has: {names}."
        reason = known[name].refusal(value)
        if reason is not None:
            return reason
    return None


def number(settings: SettingValues, name: str) -> float:
    """A setting as a float64."""
    return float(settings[name])


def constant(value: float) -> FloatArray:
    """*value* as a 0-d array, which numpy takes faster than a Python float."""
    found = np.array(value, dtype=np.float64)
    found.setflags(write=False)
    return found
