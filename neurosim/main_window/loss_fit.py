"""Whether a loss fits the outputs as they are, and if not, which activation would make it fit."""

from __future__ import annotations

import numpy as np

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Neuron
from neurosim.engine.representation import represented
from neurosim.records import dataclass


@dataclass(frozen=True)
class LossOffer:
    """A loss that the user wants.

    Attributes:
        loss: its name.
        reason: why it does not fit now, as a sentence; empty when it does.
        activation: the activation that would make it fit; empty when none would.
        neurons: the output neurons that would get it.
    """

    loss: str
    reason: str = ""
    activation: str = ""
    neurons: tuple[str, ...] = ()

    def apply(self, state: DocumentState) -> DocumentState:
        """The loss chosen, and the activations changed that it needs."""
        for neuron in self.neurons:
            state = edits.set_activation(state, neuron, self.activation)
        return edits.set_loss(state, self.loss)


def offer_for(state: DocumentState, loss: str) -> LossOffer | None:
    """Why *loss* does not fit the outputs of *state*, and what would; ``None``: it fits, or it is too early to say."""
    network, dataset = state.network, represented(state.network, state.dataset)
    outputs = [
        (output, node)
        for output in network.outputs
        if output.target in dataset.columns and isinstance(node := network.node_by_id[output.node], Neuron)
    ]
    if not outputs:
        return None
    targets = np.stack([dataset.columns[str(output.target)].floats for output, _ in outputs])
    titles = [network.title(node.id) for _, node in outputs]
    kind = LOSSES[loss]
    reason = kind.refusal([node.activation for _, node in outputs], targets, titles)
    if reason is None:
        return None
    wanted = kind.pairs_with
    if wanted is None:
        return LossOffer(loss, reason)
    deeper = kind.refusal([wanted] * len(outputs), targets, titles)
    if deeper is not None:
        return LossOffer(loss, deeper)
    return LossOffer(loss, reason, wanted, tuple(node.id for _, node in outputs if node.activation != wanted))
