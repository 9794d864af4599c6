"""Where the next step leads: the network after it, and the loss that it will have there."""

from __future__ import annotations

import weakref

from neurosim.engine.coming_step import coming_step
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.remembering import RememberingEvaluator
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

EXACT_ROWS = 200
"""Of more rows the loss after the step is worked out in float64: its fraction would be too long to be read."""
MOST_TERMS = 500_000
"""Beyond so many rows times parameters the loss after the step would cost more than a frame may."""


@dataclass(frozen=True)
class Ahead:
    """What the next step makes of the model.

    Attributes:
        network: the model after the step.
        loss: the loss of the training rows there; ``None`` when it is not worked out, or beyond all numbers.
    """

    network: Network
    loss: Number | None


class Foresight:
    """Owns the buffers for looking one step ahead, and what was seen last."""

    def __init__(self, known: RememberingEvaluator) -> None:
        """*known*: with which others look one step ahead as well."""
        self._known, self._rounded = known, Evaluator(exact=False)
        self._seen: tuple[weakref.ref[Snapshot], Ahead | None] | None = None

    def of(self, snapshot: Snapshot) -> Ahead | None:
        """What the next step from *snapshot* leads to; ``None`` when no step can be taken."""
        if self._seen is None or self._seen[0]() is not snapshot:
            self._seen = (weakref.ref(snapshot), self._look(snapshot))
        return self._seen[1]

    def _look(self, snapshot: Snapshot) -> Ahead | None:
        step = coming_step(snapshot)
        if not step.values:
            return None
        network, rows = snapshot.network.with_parameters(step.values), snapshot.dataset.n_rows
        if rows * max(len(step.values), 1) > MOST_TERMS:
            return Ahead(network, None)
        if step.exact and rows <= EXACT_ROWS:
            return Ahead(network, self._known.evaluate(network, snapshot.dataset, snapshot.settings).loss)
        return Ahead(network, self._rounded.loss(network, snapshot.dataset, snapshot.settings))
