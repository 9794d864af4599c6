"""The drawn model as a function: its output anywhere, through the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network
from neurosim.engine.representation import Represented, points
from neurosim.engine.response_map import softmax
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot


class Probe:
    """Owns the buffers for evaluating one network structure on one grid; make one per grid that is drawn."""

    def __init__(self) -> None:
        self._evaluator = Evaluator()

    def output(
        self, network: Network, places: Dataset, settings: TrainingSettings, node: str
    ) -> tuple[FloatArray, FloatArray] | None:
        """z and a of *node* on the rows of *places*, which ``Places`` gave; for an input z is a.

        Of an output that shares one probability with others they are the log odds and the probability.
        ``None`` when *node* cannot be computed from these columns.
        """
        snapshot = self._evaluator.evaluate(network, places, settings)
        a = snapshot.activations.get(node)
        outputs = [output.node for output in network.outputs]
        if a is not None and LOSSES[settings.loss].joint and node in outputs and len(outputs) > 1:
            return _shared(snapshot, outputs, outputs.index(node))
        return None if a is None else (snapshot.pre_activations.get(node, a), a)


class Places:
    """Owns the places at which a model is evaluated: the same object as long as nothing that they depend on changes.

    Whatever was found out about that object (what is missing in it, how much room it needs) then holds in every frame.
    """

    def __init__(self) -> None:
        self._known: tuple[object, Dataset | None, Dataset] | None = None

    def on(self, dataset: Dataset, key: object, make: Callable[[], Mapping[str, FloatArray]]) -> Dataset:
        """The columns that *make* gives, arrays of one length (n,), as data; *key* is all that they depend on.

        Features take their means and ranges from the training rows of *dataset*, which a snapshot shows.
        """
        features = dataset if isinstance(dataset, Represented) else None
        if self._known is None or self._known[1] is not features or self._known[0] != key:
            self._known = key, features, points(dataset, make())
        return self._known[2]


def _shared(snapshot: Snapshot, outputs: Sequence[str], index: int) -> tuple[FloatArray, FloatArray] | None:
    """ln(p / (1 - p)) and p of an output; ``None`` when one of the others cannot be computed."""
    z = [snapshot.activations[name] for name in outputs if name in snapshot.activations]
    if len(z) < len(outputs):
        return None
    others = np.stack([values for i, values in enumerate(z) if i != index])
    top = others.max(axis=0)
    odds = z[index] - top - np.log(np.exp(others - top).sum(axis=0))
    return np.asarray(odds), np.asarray(softmax(z)[index])
