"""The update of the parameters in fractions, along an exact gradient; and the rows whose gradient a step takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.batches import batch_rows
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.engine.optimizers import OPTIMIZERS, Optimizer
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number, within_limit


def exact_update(
    network: Network, settings: TrainingSettings, gradient: Mapping[str, Number]
) -> tuple[Network, TrainingSettings] | None:
    """The network and settings after a step along an exact *gradient*; ``None`` when that step is not rational."""
    optimizer = OPTIMIZERS[settings.optimizer.name]
    rate = coming_rate(settings)
    if optimizer.exact_update is None or not isinstance(rate, Fraction):
        return None
    names = [name for name, trainable in network.trainable.items() if trainable and name in gradient]
    values = _fractions([network.parameters[name] for name in names])
    slopes = _fractions([gradient[name] for name in names])
    options = optimizer.complete(settings.optimizer.settings)
    state = _state(optimizer, settings, names)
    if values is None or slopes is None or state is None:
        return None
    updated = optimizer.exact_update(values, slopes, state, rate, options)
    if updated is None:
        return None
    after, new_state = updated
    if not within_limit(after) or not all(within_limit(part) for part in new_state.values()):
        return None
    saved = {variable: MappingProxyType(dict(zip(names, part, strict=True))) for variable, part in new_state.items()}
    new_settings = replace(
        settings,
        step=settings.step + 1,
        start=settings.start if settings.start is not None else network.parameters,
        optimizer_state=MappingProxyType(saved) if saved else None,
    )
    return network.with_parameters(dict(zip(names, after, strict=True))), new_settings


def is_rational(settings: TrainingSettings) -> bool:
    """Whether the optimizer can step in fractions at all: asked first, since the pass costs more."""
    return OPTIMIZERS[settings.optimizer.name].exact_update is not None and isinstance(coming_rate(settings), Fraction)


def rows_of(dataset: Dataset, settings: TrainingSettings, batch: int | None) -> list[int]:
    """The rows of *dataset* that the next step reads in batches of *batch* (``None``: all), in their order."""
    training = np.arange(dataset.n_rows)[dataset.train_rows]
    rows = batch_rows(len(training), batch, settings.shuffle, settings.seed, settings.step)
    return [int(row) for row in training[rows]]


def _fractions(values: Sequence[Number]) -> list[Fraction] | None:
    found = [value for value in values if isinstance(value, Fraction)]
    return found if len(found) == len(values) else None


def _state(optimizer: Optimizer, settings: TrainingSettings, names: Sequence[str]) -> dict[str, list[Fraction]] | None:
    """What the optimizer remembers, for the parameters *names*; 0 for those that it has not met."""
    saved: Mapping[str, Mapping[str, Number]] = settings.optimizer_state or {}
    found: dict[str, list[Fraction]] = {}
    for variable in optimizer.state_names(optimizer.complete(settings.optimizer.settings)):
        values = _fractions([saved.get(variable, {}).get(name, Fraction(0)) for name in names])
        if values is None:
            return None
        found[variable] = values
    return found
