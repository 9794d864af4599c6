"""The loss at parameters other than the present ones: in fractions, and in float64."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from neurosim.engine.dataset import Dataset
from neurosim.engine.exact_pass import exact_pass
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number


def exact_loss(
    network: Network, dataset: Dataset, settings: TrainingSettings, values: Mapping[str, Number]
) -> Fraction | None:
    """The loss of *network* with *values* as some of its parameters; ``None`` when it is not a fraction."""
    found = exact_pass(network.with_parameters(values) if values else network, dataset, settings)
    return None if found is None else found.loss


def free_names(network: Network, names: Mapping[str, int] | None = None) -> list[str]:
    """The parameters that a step may change (of those in *names*), in the order of the network."""
    return [name for name, free in network.trainable.items() if free and (names is None or name in names)]
