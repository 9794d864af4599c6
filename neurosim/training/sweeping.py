"""A sweep over one setting: the same training from the same start, once for each value; for a thread beside the window.

The numbers are those of the trainer; nothing of it touches the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from threading import Event

from PySide6.QtCore import QCoreApplication

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.trainer import Trainer
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace

SLICE = 0.05
"""Seconds of training after which it is asked whether anybody still wants the result."""


@dataclass(frozen=True)
class Axis:
    """A setting that can be swept.

    Attributes:
        key: as on the command line, such as ``training.learning_rate``.
        title: what the user calls it.
        now: its present value.
        values: what is offered at first, the present value among them.
        apply: ``apply(state, value)`` -> the state with another value; raises ``EditError``.
    """

    key: str
    title: str
    now: Number
    values: tuple[Number, ...]
    apply: Callable[[DocumentState, Number], DocumentState]


@dataclass(frozen=True)
class Outcome:
    """Where a training with one value has led.

    Attributes:
        value: the value.
        loss: the loss at the end; ``None`` when there was nothing to train.
        steps: how many steps were taken.
        stop: why it ended early; ``None`` when all steps were taken.
        problem: why there was nothing to train, as a sentence.
    """

    value: Number
    loss: float | None
    steps: int
    stop: Stop | None = None
    problem: str | None = None

    @property
    def diverged(self) -> bool:
        """Whether the loss grew beyond all bounds."""
        return self.stop is not None and self.stop.kind == "diverged"


def axes(state: DocumentState) -> tuple[Axis, ...]:
    """The settings of *state* that can be swept, those that its method has no use for left out."""
    training, idle = state.training, METHODS[state.training.method].idle
    found: list[Axis] = []
    if "learning_rate" not in idle:
        rate = training.learning_rate
        around = tuple(_scaled(rate, factor) for factor in _AROUND)
        found.append(Axis("training.learning_rate", _tr("Learning rate"), rate, around, edits.set_learning_rate))
    rows = state.dataset.n_rows - len(set(state.dataset.test_rows))
    if "batch" not in idle and rows > 1:
        sizes = sorted({1, 2, 5, 10, 20, 50, rows} & set(range(1, rows + 1)))
        size: Number = Fraction(training.batch_size or rows)
        choices = _sorted(size, *map(Fraction, sizes))
        found.append(Axis("training.batch_size", _tr("Rows in a batch"), size, choices, _set_batch))
    for name, title in (("l2", _tr("L2 penalty")), ("l1", _tr("L1 penalty"))):
        if name not in idle:
            value = training.l2 if name == "l2" else training.l1
            choices = _sorted(value, Fraction(0), *(Fraction(1, 10**k) for k in (4, 3, 2, 1)))
            found.append(Axis(f"training.{name}", title, value, choices, _penalty(name)))
    optimizer = OPTIMIZERS[training.optimizer.name]
    for setting in () if "optimizer" in idle else optimizer.settings:
        value = optimizer.complete(training.optimizer.settings)[setting.name]
        if isinstance(setting.default, bool) or isinstance(value, bool):
            continue
        usual = (Fraction(0), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100))
        near: tuple[Number, ...] = (
            usual if setting.within.high is not None else tuple(_scaled(value, factor) for factor in _AROUND if value)
        )
        choices = _sorted(value, *(one for one in near if setting.refusal(one) is None))
        apply = _optimizer_setting(setting.name)
        found.append(Axis(f"training.optimizer.{setting.name}", setting.title, value, choices, apply))
    starts = tuple(Fraction(training.seed + k) for k in range(1, 9))
    found.append(Axis("start", _tr("Random start (seed)"), Fraction(training.seed), starts, _set_start))
    return tuple(found)


def outcome(state: DocumentState, axis: Axis, value: Number, steps: int, cancelled: Event | None = None) -> Outcome:
    """Train *state* with another *value*, from its start, for *steps* steps at most.

    Gives up soon after *cancelled* is set.
    """
    try:
        state = axis.apply(edits.rewind(state), value)
        trainer = Trainer(state.network, state.dataset, replace(state.training, step=0))
    except (EditError, TrainingError) as error:
        return Outcome(value, None, 0, problem=str(error))
    while trainer.step < steps and trainer.stopped is None:
        if cancelled is not None and cancelled.is_set():
            break
        if not trainer.advance(steps - trainer.step, SLICE):
            break
    return Outcome(value, trainer.loss, trainer.step, trainer.stopped)


def best_of(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The outcome with the lowest loss; of equals the one with fewer steps; ``None`` when every training failed."""
    ended = [one for one in outcomes if one.loss is not None and not one.diverged]
    return min(ended, key=lambda one: (one.loss or 0.0, one.steps), default=None)


_AROUND = (Fraction(1, 10), Fraction(1, 3), Fraction(1), Fraction(3), Fraction(10))


def _sorted(*values: Number) -> tuple[Number, ...]:
    """*values*, rising, each once."""
    return tuple(sorted(set(values)))


def _scaled(value: Number, factor: Fraction) -> Number:
    return value * factor


def _set_batch(state: DocumentState, value: Number) -> DocumentState:
    if value != int(value) or value < 1:
        raise EditError("A batch holds a whole number of rows, at least 1.")
    rows = state.dataset.n_rows - len(set(state.dataset.test_rows))
    return edits.set_batch(state, None if value >= rows else int(value))


def _penalty(name: str) -> Callable[[DocumentState, Number], DocumentState]:
    def apply(state: DocumentState, value: Number) -> DocumentState:
        return edits.set_regularisation(state, l2=value) if name == "l2" else edits.set_regularisation(state, l1=value)

    return apply


def _optimizer_setting(name: str) -> Callable[[DocumentState, Number], DocumentState]:
    def apply(state: DocumentState, value: Number) -> DocumentState:
        optimizer = state.training.optimizer
        return edits.set_optimizer(state, optimizer.name, {**optimizer.settings, name: value})

    return apply


def _set_start(state: DocumentState, value: Number) -> DocumentState:
    if value != int(value) or value < 1:
        raise EditError("A random start is drawn from a whole number, from 1 on.")
    return edits.new_random_start(edits.set_seed(state, int(value) - 1))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sweep", text)
