"""What moves points along the curve: z = w·x + b, so that b takes on each shift; every gesture one history entry."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject

from neurosim.document import edits
from neurosim.engine.network import Neuron
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import Gesture
from neurosim.panels.activation import words
from neurosim.panels.activation.picture import MicroscopePicture
from neurosim.panels.base import PanelContext
from neurosim.training.notice import Notice

UNIT, FINE = Fraction(1, 10), Fraction(1, 100)
"""A dragged point moves by multiples of this, with Shift of that: values stay rational."""


class BiasMoves(QObject):
    """Owns the gesture under way on the bias of ``node``, and where the bias was when it began."""

    def __init__(self, context: PanelContext, picture: MicroscopePicture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picture = picture
        self.gesture = Gesture(context, self)
        self.node: str | None = None
        self._start: tuple[Number, float] = (Fraction(0), 0.0)

    @property
    def bias(self) -> Number | None:
        """The bias as it is now; ``None`` when nothing can be moved by it."""
        network = self._context.document.state.network
        neuron = network.node_by_id.get(self.node or "")
        if not isinstance(neuron, Neuron) or words.refusal_to_move(network, neuron.id):
            return None
        return neuron.bias

    def take(self, across: float) -> bool:
        """Take hold of a point at the pixel *across*; whether it can be moved."""
        bias = self.bias
        if bias is None:
            self.refuse()
            return False
        self._start = (bias, across)
        self.gesture.begin()
        return True

    def carry(self, across: float, fine: bool) -> None:
        """The pointer is at the pixel *across* now: the point comes along by whole units."""
        bias, start = self._start
        unit = FINE if fine else UNIT
        by = round(Fraction((across - start) / self._picture.frame.x_scale) / unit) * unit
        self._set_bias(_sum(bias, by))

    def nudge(self, steps: int, fine: bool) -> Number | None:
        """Move the points by so many units; the z of the chosen row then, or ``None`` when they cannot be moved."""
        bias = self.bias
        if bias is None:
            self.refuse()
            return None
        if not self.gesture.under_way:
            self.gesture.begin()
        self._set_bias(_sum(bias, steps * (FINE if fine else UNIT)))
        return self._z()

    def set_z(self, value: Number) -> None:
        """Let z of the chosen row become *value*: b changes by as much."""
        bias, now = self.bias, self._z()
        if bias is not None and now is not None:
            self._set_bias(_sum(bias, _sum(value, -now)))

    def refuse(self) -> None:
        """Say why the points cannot be moved, and offer what would help."""
        document, node = self._context.document, self.node
        neuron = document.state.network.node_by_id.get(node or "")
        if node is None or not isinstance(neuron, Neuron):
            return
        sentence = words.refusal_to_move(document.state.network, node)
        if not sentence:
            return
        if neuron.bias is None:
            action = (self.tr("Add a bias"), lambda: self.gesture.edit(self.tr("Add bias"), edits.add_bias, node))
        else:
            text = self.tr("Unmute bias")
            action = (self.tr("Unmute it"), lambda: self.gesture.edit(text, edits.set_muted, f"{node}.bias", False))
        self._context.session.message.emit(Notice(sentence, (action,)))

    def _set_bias(self, value: Number) -> None:
        if self.node is not None:
            title = self._context.document.state.network.title(self.node)
            self.gesture.edit(self.tr("Set bias of {name}").format(name=title), edits.set_bias, self.node, value)

    def _z(self) -> Number | None:
        row = self._picture.row
        if self.node is None or row is None:
            return None
        return self._context.session.snapshot.pre_activation(self.node, row)


def _sum(a: Number, b: Number) -> Number:
    return a + b if isinstance(a, Fraction) and isinstance(b, Fraction) else float(a) + float(b)
