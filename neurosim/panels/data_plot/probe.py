"""The drawn model as a function: its output anywhere, now and after the next training step, through the engine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.errors import DatasetError, NetworkError, TrainingError
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.trainer import Trainer

TRAINER_ROWS = 20_000
"""Up to this many rows the step of a stateful optimizer or of a batch is tried out each frame to draw its ghost."""


class Probe:
    """Owns the buffers for evaluating one network structure on one grid; make one per grid that is drawn."""

    def __init__(self) -> None:
        self._evaluator = Evaluator()

    def output(
        self, network: Network, columns: Mapping[str, FloatArray], settings: TrainingSettings, node: str
    ) -> tuple[FloatArray, FloatArray] | None:
        """z and a of *node* where the inputs are *columns*, arrays of one length (n,); for an input z is a.

        ``None`` when *node* cannot be computed from these columns.
        """
        grid = Dataset({name: Column(values) for name, values in columns.items()})
        snapshot = self._evaluator.evaluate(network, grid, settings)
        a = snapshot.activations.get(node)
        return None if a is None else (snapshot.pre_activations.get(node, a), a)


def after_one_step(snapshot: Snapshot) -> Network | None:
    """The network as the next training step will leave it, in float64; ``None`` when no step can be taken.

    Plain full-batch descent needs no trial: theta - learning rate * gradient.
    """
    if snapshot.loss is None or not any(snapshot.network.trainable.values()):
        return None
    settings = snapshot.settings
    if _is_plain_descent(settings):
        rate = float(settings.learning_rate)
        trainable = snapshot.network.trainable
        moved = {
            name: float(value) - rate * float(snapshot.gradient[name])
            for name, value in snapshot.network.parameters.items()
            if trainable[name] and name in snapshot.gradient
        }
        return snapshot.network.with_parameters(moved) if np.isfinite(list(moved.values())).all() else None
    if snapshot.dataset.n_rows > TRAINER_ROWS:
        return None
    try:
        trainer = Trainer(snapshot.network, snapshot.dataset, settings)
        trainer.advance(1)
    except (NetworkError, DatasetError, TrainingError):
        return None
    return trainer.network()


def _is_plain_descent(settings: TrainingSettings) -> bool:
    momentum = settings.optimizer.settings.get("momentum", Fraction(0))
    return settings.optimizer.name == "sgd" and not momentum and settings.batch_size is None
