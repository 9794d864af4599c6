"""The drawn model as a function: its output anywhere, through the engine."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings


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
