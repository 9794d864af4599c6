"""Why training diverged, in numbers: its steps, and by which factor each took it further away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.divergence import Stop
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.rate import is_constant
from neurosim.engine.rate_zones import RateZones, rate_zones
from neurosim.engine.readiness import rows_per_step
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.loss_trace import LossLog
from neurosim.training.notice import Action
from neurosim.training.trajectory import TrainingRecord, Trajectory

WHOLE = 60
"""Up to so many steps all are told."""

FIRST, LAST = 12, 24
"""Of more steps the first, which can be worked out by hand, and the last."""

FEW = 4
"""So many at each end where each of them takes long."""


@dataclass(frozen=True, eq=False)
class Divergence:
    """A run that diverged: where it ended, and what can be done about it.

    Attributes:
        stop: why and when.
        head: the last state that was kept, as the entry of the history that led to it.
        actions: the buttons that were offered, such as Undo and Smaller step.
    """

    stop: Stop
    head: Entry
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class GrownStep:
    """Where training stood after a step.

    Attributes:
        step: the number of the step.
        loss: the loss after it; ``None`` when it is not known.
        parameters: what training changes, by id; empty for a step that cannot be shown.
        distance: see ``Growth.direction``.
        factor: the distance divided by the one before.
    """

    step: int
    loss: Number | None
    parameters: Mapping[str, Number]
    distance: float | None = None
    factor: float | None = None


@dataclass(frozen=True)
class Direction:
    """The direction in which a quadratic loss is curved most.

    Attributes:
        weights: a unit vector by parameter.
        curvature: the second derivative along it.
    """

    weights: Mapping[str, float]
    curvature: float


@dataclass(frozen=True)
class Growth:
    """What led to a stop.

    Attributes:
        stop: why and when training ended.
        rate: the learning rate.
        names: the parameters that training changes, those that moved most in the last step first.
        steps: what can be shown, rising; the first is where training began.
        left_out: how many steps lie between ``steps[gap - 1]`` and ``steps[gap]``.
        gap: where they are left out; 0 when none are.
        direction: for a quadratic loss. A distance is then how far the parameters are from the bottom along it, with
            a sign; else it is the length of the step that led there.
        factor: ``1 - rate * curvature``, by which each step of plain descent on all rows multiplies that distance;
            ``None`` where the steps are others.
        zones: what the learning rate does where training ended.
        row: the row whose part of the loss is the largest, at the last state that is known.
        row_share: that part, from 0 to 1.
        last: the last state, evaluated.
    """

    stop: Stop
    rate: Number
    names: tuple[str, ...]
    steps: tuple[GrownStep, ...]
    left_out: int
    gap: int
    direction: Direction | None
    factor: float | None
    zones: RateZones
    row: int | None
    row_share: float
    last: Snapshot


def growth_of(head: Entry, stop: Stop) -> Growth:
    """What led from the latest edit to *head*, after which training stopped for *stop*."""
    places = _places(head)
    state = head.state
    shown, gap = _chosen(len(places), FEW if products(state) > LONG_WORK else None)
    states = list(_states(places, shown))
    first = next((found for found in states if found is not None), state)
    evaluator = Evaluator()
    begin = evaluator.evaluate(first.network, first.dataset, first.training)
    last = evaluator.evaluate(state.network, state.dataset, state.training)
    direction = _direction(first)
    bottom = _bottom(direction, begin) if direction is not None else None
    steps: list[GrownStep] = []
    for number, (at, found) in enumerate(zip(shown, states, strict=True)):
        before = steps[-1] if steps and number != gap else None
        loss = begin.loss if found is first else last.loss if found is state else places[at].loss
        steps.append(_step(places[at].step, loss, found, before, direction, bottom))
    network, training = state.network, state.training
    moved = _moved(steps)
    names = [name for name, free in network.trainable.items() if free]
    names.sort(key=lambda name: (name != stop.grown, -moved.get(name, 0.0)))
    row, share = _largest_row(last)
    return Growth(
        stop=stop,
        rate=training.learning_rate,
        names=tuple(names),
        steps=tuple(steps),
        left_out=shown[gap] - shown[gap - 1] - 1 if gap else 0,
        gap=gap,
        direction=direction,
        factor=None
        if direction is None or not _is_plain(state)
        else 1.0 - float(training.learning_rate) * direction.curvature,
        zones=rate_zones(network, state.dataset, training),
        row=row,
        row_share=share,
        last=last,
    )


# -- the way -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """The state after *done* steps of *entry*, and its loss as far as it was noted."""

    entry: Entry
    done: int
    step: int
    loss: float | None


def _places(head: Entry) -> list[_Place]:
    """Every state from the latest edit (or the start) to *head*."""
    stretch: list[Entry] = []
    entry = head
    while entry.kind in ("step", "run") and entry.parent is not None and isinstance(entry.record, TrainingRecord):
        stretch.append(entry)
        entry = entry.parent
    found = [_Place(entry, 0, entry.state.training.step, None)]
    for trained in reversed(stretch):
        record = trained.record
        if isinstance(record, TrainingRecord):
            noted = _noted(record.log)
            numbers = range(record.first, record.first + record.steps)
            found += [_Place(trained, done, step, noted.get(step)) for done, step in enumerate(numbers, 1)]
    return found


def _noted(log: LossLog) -> Mapping[int, float]:
    return dict(zip(log.steps.tolist(), log.losses.tolist(), strict=True))


def _chosen(count: int, few: int | None) -> tuple[list[int], int]:
    """Which of *count* places are shown, and the index of the first one after a gap (0: there is none)."""
    first, last = (FIRST, LAST) if few is None else (few, few)
    whole = WHOLE if few is None else 2 * few
    if count <= max(whole, first + last):
        return list(range(count)), 0
    return [*range(first), *range(count - last, count)], first


def _states(places: Sequence[_Place], shown: Sequence[int]) -> Iterator[DocumentState | None]:
    """The states at the places *shown*, by exact replay inside a run; ``None`` where the way there was lost."""
    replay, of = None, None
    for at in shown:
        place = places[at]
        record = place.entry.record
        trajectory = record.trajectory if isinstance(record, TrainingRecord) else None
        steps = record.steps if isinstance(record, TrainingRecord) else 0
        if place.done in (0, steps):
            yield place.entry.state
        elif not isinstance(trajectory, Trajectory):
            yield None
        else:
            if replay is None or of is not place.entry or replay.goal + 1 != place.done:
                replay, of = trajectory.replay(place.done), place.entry
            replay.goal = place.done
            replay.advance()
            yield replay.state


def _is_plain(state: DocumentState) -> bool:
    """Whether each step is the learning rate times the gradient over all rows."""
    training = state.training
    optimizer = OPTIMIZERS[training.optimizer.name]
    rows = rows_per_step(training)
    everything = rows is None or rows >= state.dataset.n_rows - len(set(state.dataset.test_rows))
    along = "optimizer" not in METHODS[training.method].idle and is_constant(training)
    return everything and along and optimizer.is_plain(optimizer.complete(training.optimizer.settings))


# -- distances ---------------------------------------------------------------------------------------------------------


def _direction(state: DocumentState) -> Direction | None:
    form = quadratic_form(state.network, state.dataset, state.training)
    if form is None or not np.isfinite(form.hessian).all():
        return None
    values, vectors = np.linalg.eigh(form.hessian)
    steepest = vectors[:, -1]
    # the sign of a direction is a matter of taste: its largest part is positive
    steepest = steepest * np.sign(steepest[np.argmax(np.abs(steepest))])
    if values[-1] <= 0.0:
        return None
    return Direction(dict(zip(form.names, steepest.tolist(), strict=True)), float(values[-1]))


def _bottom(direction: Direction, snapshot: Snapshot) -> float:
    """Where the bottom is along *direction*: a slope g along it is (distance) times (curvature)."""
    slope = sum(part * float(snapshot.gradient.get(name, 0.0)) for name, part in direction.weights.items())
    return _along(direction, snapshot.network.parameters) - slope / direction.curvature


def _along(direction: Direction, parameters: Mapping[str, Number]) -> float:
    return math.fsum(part * float(parameters[name]) for name, part in direction.weights.items())


def _step(
    step: int,
    loss: Number | None,
    state: DocumentState | None,
    before: GrownStep | None,
    direction: Direction | None,
    bottom: float | None,
) -> GrownStep:
    if state is None:
        return GrownStep(step, loss, {})
    network = state.network
    parameters = {name: network.parameters[name] for name, free in network.trainable.items() if free}
    distance: float | None = None
    if direction is not None and bottom is not None:
        distance = _along(direction, network.parameters) - bottom
    elif before is not None and before.parameters:
        distance = math.hypot(*(float(value) - float(before.parameters[name]) for name, value in parameters.items()))
    factor = None
    if distance is not None and before is not None and before.distance:
        factor = distance / before.distance
    return GrownStep(step, loss, parameters, distance, factor)


def _moved(steps: Sequence[GrownStep]) -> Mapping[str, float]:
    """By how much each parameter changed in the last step."""
    if len(steps) < 2 or not steps[-1].parameters or not steps[-2].parameters:
        return {}
    before = steps[-2].parameters
    return {name: abs(float(value) - float(before[name])) for name, value in steps[-1].parameters.items()}


def _largest_row(snapshot: Snapshot) -> tuple[int | None, float]:
    rows = np.arange(snapshot.dataset.n_rows)[snapshot.dataset.train_rows]
    if not snapshot.row_losses.size or not rows.size:
        return None, 0.0
    losses = np.abs(snapshot.row_losses[rows])
    total = float(losses.sum())
    worst = int(np.argmax(losses))
    return int(rows[worst]), float(losses[worst]) / total if total > 0.0 and math.isfinite(total) else 0.0
