"""The drawn model as a function: its output anywhere, through the engine."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.representation import points
from neurosim.engine.settings import TrainingSettings


class Probe:
    """Owns the buffers for evaluating one network structure on one grid; make one per grid that is drawn."""

    def __init__(self) -> None:
        self._evaluator = Evaluator()

    def output(
        self,
        network: Network,
        dataset: Dataset,
        columns: Mapping[str, FloatArray],
        settings: TrainingSettings,
        node: str,
    ) -> tuple[FloatArray, FloatArray] | None:
        """z and a of *node* where the inputs are *columns*, arrays of one length (n,); for an input z is a.

        Features take their means and ranges from the training rows of *dataset*, which a snapshot shows.
        ``None`` when *node* cannot be computed from these columns.
        """
        snapshot = self._evaluator.evaluate(network, points(dataset, columns), settings)
        a = snapshot.activations.get(node)
        return None if a is None else (snapshot.pre_activations.get(node, a), a)
