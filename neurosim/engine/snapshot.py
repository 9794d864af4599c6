"""One instant of a network on its data: every z, a, loss and gradient, frozen, and exact where the arithmetic is."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

ExactRows = Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What all views read; equal to itself alone.

    Arrays are read-only float64 of shape (n_rows,), in the order of the dataset's rows.

    Attributes:
        problem: why there is no loss, as a sentence for the user (an unfinished graph, no rows, a loss that does not
            fit); ``None`` when everything could be computed. With a problem ``loss`` is ``None`` and ``gradient`` is
            empty, but the activations that can be computed are there.
        pre_activations: z of each neuron that can be computed, by node id.
        activations: a of each node that can be computed (inputs included), by node id.
        row_losses: each row's loss before the reduction, summed over the outputs; empty with a problem.
        data_loss: the reduced loss over the training rows.
        penalty: the l1 and l2 terms; ``loss = data_loss + penalty`` is what is shown and what is differentiated.
        gradient: the derivative of ``loss`` for each parameter that is not muted (frozen ones included).
        exact_pre_activations, exact_activations: the same values as fractions for hand-sized exact data, else empty.
        exact: whether loss and gradient are exact.
    """

    network: Network
    dataset: Dataset
    settings: TrainingSettings
    problem: str | None
    pre_activations: Mapping[str, FloatArray]
    activations: Mapping[str, FloatArray]
    row_losses: FloatArray
    data_loss: Number | None
    penalty: Number | None
    loss: Number | None
    gradient: Mapping[str, Number]
    exact_pre_activations: ExactRows
    exact_activations: ExactRows
    exact: bool

    def activation(self, node: str, row: int) -> Number | None:
        """a of *node* in *row*, exact where possible; ``None`` when it cannot be computed."""
        return _value(self.exact_activations, self.activations, node, row)

    def pre_activation(self, node: str, row: int) -> Number | None:
        """z of *node* in *row*, exact where possible; ``None`` when it cannot be computed."""
        return _value(self.exact_pre_activations, self.pre_activations, node, row)


def _value(exact: ExactRows, floats: Mapping[str, FloatArray], node: str, row: int) -> Number | None:
    if node in exact:
        values = exact[node]
        return values[row] if row < len(values) else None
    return float(floats[node][row]) if node in floats and row < len(floats[node]) else None
