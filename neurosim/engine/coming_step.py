"""Where the coming step leads: the parameters after it, by any optimizer, on all rows or on the next mini-batch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from neurosim.engine.batches import batch_rows, steps_per_epoch
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import TrainingError
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.exact_step import exact_step
from neurosim.engine.exact_update import exact_update
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Network
from neurosim.engine.readiness import training_problem
from neurosim.engine.rounded_update import moving, rounded_update
from neurosim.engine.settings import StopSettings, TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.trainer import Trainer
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace


@dataclass(frozen=True)
class ComingStep:
    """The end of the coming step.

    Attributes:
        values: each parameter that the step may change, after it; empty when no step can be taken.
        exact: whether they are fractions.
        problem: why no step can be taken, as a sentence for the user; ``None`` when one can.
    """

    values: Mapping[str, Number]
    exact: bool
    problem: str | None = None


def coming_step(snapshot: Snapshot) -> ComingStep:
    """The step that training would take next from *snapshot*; in fractions where ``exact_step`` would take it so."""
    network, dataset, settings = snapshot.network, snapshot.dataset, snapshot.settings
    problem = snapshot.problem or training_problem(network, dataset, settings)
    if problem is not None:
        return ComingStep(MappingProxyType({}), exact=False, problem=problem)
    if not METHODS[settings.method].by_gradient:
        return _by_the_method(snapshot)
    batched = steps_per_epoch(_n_train(dataset), settings.batch_size) > 1
    if snapshot.exact:
        if batched:
            found = exact_step(network, dataset, settings)
        else:
            found = exact_update(network, settings, snapshot.gradient)
        if found is not None:
            after = {name: found[0].parameters[name] for name in moving(network, snapshot.gradient)}
            return ComingStep(MappingProxyType(after), exact=True)
    gradient = snapshot.gradient
    if batched:
        part = Evaluator(exact=False).evaluate(network, _next_batch(dataset, settings), settings)
        if part.problem is not None:
            return ComingStep(MappingProxyType({}), exact=False, problem=part.problem)
        gradient = part.gradient
    return _rounded(network, settings, gradient)


LARGEST = 60_000
"""With more products per pass, the step of a method with a rule of its own is taken, but not worked out beforehand."""

_latest: list[tuple[Snapshot, ComingStep]] = []
"""The last step that was worked out: several views ask for the same one in each frame."""


def _by_the_method(snapshot: Snapshot) -> ComingStep:
    """The step of a method with a rule of its own: taken, and looked at."""
    for known, found in tuple(_latest):
        if known is snapshot:
            return found
    if snapshot.dataset.n_rows * len(snapshot.network.parameters) > LARGEST:
        sentence = "With so many rows the step is not worked out beforehand: take it to see where it leads."
        return ComingStep(MappingProxyType({}), exact=False, problem=sentence)
    coming = _taken(snapshot)
    _latest[:] = [(snapshot, coming)]
    return coming


def _taken(snapshot: Snapshot) -> ComingStep:
    network, dataset, settings = snapshot.network, snapshot.dataset, snapshot.settings
    names = moving(network, snapshot.gradient)
    found = exact_step(network, dataset, settings)
    if found is not None:
        return ComingStep(MappingProxyType({name: found[0].parameters[name] for name in names}), exact=True)
    try:
        trainer = Trainer(network, dataset, replace(settings, stop=StopSettings()))
    except TrainingError as error:
        return ComingStep(MappingProxyType({}), exact=False, problem=str(error))
    trainer.advance(1, watch=False)
    after = trainer.network().parameters
    return ComingStep(MappingProxyType({name: after[name] for name in names}), exact=False)


def _n_train(dataset: Dataset) -> int:
    return dataset.n_rows - len(set(dataset.test_rows))


def _next_batch(dataset: Dataset, settings: TrainingSettings) -> Dataset:
    """The rows that the step reads, as a dataset of their own."""
    training = np.arange(dataset.n_rows)[dataset.train_rows]
    which = batch_rows(len(training), settings.batch_size, settings.shuffle, settings.seed, settings.step)
    rows = training[which]
    columns = {name: Column(column.floats[rows]) for name, column in dataset.columns.items()}
    return dataset.numbers_only(columns)


def _rounded(network: Network, settings: TrainingSettings, gradient: Mapping[str, Number]) -> ComingStep:
    after, _ = rounded_update(network, settings, gradient)
    if not all(map(math.isfinite, after.values())):
        sentence = "The step leads further than can be calculated with: choose a smaller learning rate."
        return ComingStep(MappingProxyType({}), exact=False, problem=sentence)
    return ComingStep(MappingProxyType(after), exact=False)
