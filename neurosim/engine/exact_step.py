"""One training step in fractions, as long as every number stays rational and readable."""

from __future__ import annotations

from neurosim.engine.dataset import Dataset
from neurosim.engine.exact_update import rows_of
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Network
from neurosim.engine.readiness import rows_per_step, training_problem
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings


def exact_step(
    network: Network, dataset: Dataset, settings: TrainingSettings
) -> tuple[Network, TrainingSettings] | None:
    """The network and settings after one more step of the chosen method, all in fractions.

    ``None`` when the step is not rational (an activation, loss or optimizer that needs roots or exponentials, a number
    rounded before), not hand-sized, has denominators above 10^18, or cannot be taken at all; the caller then takes
    one step with ``Trainer``, which says what is missing. All parameters change at once, from the same numbers.
    """
    dataset = represented(network, dataset)
    if training_problem(network, dataset, settings) is not None:
        return None
    return METHODS[settings.method].exact_step(network, dataset, settings)


def step_rows(dataset: Dataset, settings: TrainingSettings) -> list[int]:
    """The rows of *dataset* that the next step reads, in the order in which it reads them."""
    return rows_of(dataset, settings, rows_per_step(settings))


def row_in_turn(network: Network, dataset: Dataset, settings: TrainingSettings) -> int | None:
    """The row that the coming step reads where each step reads one row of several; ``None`` where it reads more."""
    if dataset.n_rows - len(set(dataset.test_rows)) < 2 or settings.method not in METHODS:
        return None
    if rows_per_step(settings) != 1:
        return None
    return step_rows(represented(network, dataset), settings)[0]
