"""A hand on z through the bias: z = w·x + b, so that b takes on each shift; every gesture one history entry."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject

from neurosim.document import edits
from neurosim.engine.network import Network, Neuron
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import Gesture
from neurosim.panels.base import PanelContext
from neurosim.training.notice import Notice

UNIT, FINE = Fraction(1, 10), Fraction(1, 100)
"""What is dragged moves by multiples of this, with Shift of that: values stay rational."""


class BiasHold(QObject):
    """Owns where the bias was when the gesture under way began."""

    def __init__(self, context: PanelContext, gesture: Gesture, refusals: tuple[str, str], parent: QObject) -> None:
        """Edit by way of *gesture*.

        Args:
            context: what the panel works on.
            gesture: the edits that belong together.
            refusals: what to say of ``{name}`` when it has no bias, and when its bias is muted.
            parent: what owns this.
        """
        super().__init__(parent)
        self._context, self._gesture = context, gesture
        self._refusals = refusals
        self._start: Number = Fraction(0)

    def refusal(self, network: Network, node: str) -> str:
        """Why z of *node* cannot be moved by its bias; empty when it can."""
        neuron = network.node_by_id.get(node)
        if not isinstance(neuron, Neuron) or (neuron.bias is not None and not neuron.muted):
            return ""
        return self._refusals[neuron.bias is not None].format(name=network.title(node))

    def bias(self, node: str) -> Number | None:
        """The bias as it is now; ``None`` when nothing can be moved by it."""
        network = self._context.document.state.network
        neuron = network.node_by_id.get(node)
        return neuron.bias if isinstance(neuron, Neuron) and not self.refusal(network, node) else None

    def take(self, node: str) -> bool:
        """Begin a gesture; whether there is anything to move."""
        bias = self.bias(node)
        if bias is None:
            self.refuse(node)
            return False
        self._start = bias
        self._gesture.begin()
        return True

    def carry(self, node: str, by: float, fine: bool) -> None:
        """Since it was taken, z has been moved *by* so much: the bias comes along by whole units."""
        unit = FINE if fine else UNIT
        self.set(node, self._start + round(Fraction(by) / unit) * unit)

    def nudge(self, node: str, steps: int, fine: bool) -> bool:
        """Move z by so many units; whether it could be."""
        bias = self.bias(node)
        if bias is None:
            self.refuse(node)
            return False
        if not self._gesture.under_way:
            self._gesture.begin()
        self.set(node, bias + steps * (FINE if fine else UNIT))
        return True

    def set(self, node: str, value: Number) -> None:
        """Let the bias be *value*."""
        title = self._context.document.state.network.title(node)
        self._gesture.edit(self.tr("Set bias of {name}").format(name=title), edits.set_bias, node, value)

    def refuse(self, node: str) -> None:
        """Say why z cannot be moved, and offer what would help."""
        network = self._context.document.state.network
        sentence, neuron = self.refusal(network, node), network.node_by_id.get(node)
        if not sentence or not isinstance(neuron, Neuron):
            return
        edit = self._gesture.edit
        if neuron.bias is None:
            action = (self.tr("Add a bias"), lambda: edit(self.tr("Add bias"), edits.add_bias, node))
        else:
            text = self.tr("Unmute bias")
            action = (self.tr("Unmute it"), lambda: edit(text, edits.set_muted, f"{node}.bias", False))
        self._context.session.message.emit(Notice(sentence, (action,)))
