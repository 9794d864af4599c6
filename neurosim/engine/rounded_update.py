"""One update in float64, outside of any run: what the optimizer makes of a gradient, and what it then remembers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from neurosim.engine.network import Network
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number

Update = tuple[Mapping[str, float], Mapping[str, Mapping[str, float]]]
"""Parameters after it, and each state variable by parameter."""

_latest: list[tuple[Network, TrainingSettings, Mapping[str, Number], Update]] = []
"""The last update that was worked out: several views ask for the same one in each frame."""


def moving(network: Network, gradient: Mapping[str, Number]) -> list[str]:
    """The parameters that a step along *gradient* may change."""
    return [name for name, free in network.trainable.items() if free and name in gradient]


def rounded_update(network: Network, settings: TrainingSettings, gradient: Mapping[str, Number]) -> Update:
    """The update of *network* along *gradient*, by the optimizer itself; not finite where it leads too far."""
    for known in _latest.copy():
        if known[0] is network and known[1] is settings and known[2] is gradient:
            return known[3]
    found = _updated(network, settings, gradient)
    _latest[:] = [(network, settings, gradient, found)]
    return found


def _updated(network: Network, settings: TrainingSettings, gradient: Mapping[str, Number]) -> Update:
    names = moving(network, gradient)
    optimizer = OPTIMIZERS[settings.optimizer.name]
    options = optimizer.complete(settings.optimizer.settings)
    theta = np.array([float(network.parameters[name]) for name in names])
    slopes = np.array([float(gradient[name]) for name in names])
    state = optimizer.fresh_state(len(names), options)
    saved = settings.optimizer_state or {}
    for variable, array in state.items():
        array[:] = [float(saved.get(variable, {}).get(name, 0.0)) for name in names]
    with np.errstate(all="ignore"):
        optimizer.update(theta, slopes, state, float(coming_rate(settings)), options)
    after = dict(zip(names, theta.tolist(), strict=True))
    return after, {variable: dict(zip(names, array.tolist(), strict=True)) for variable, array in state.items()}
