"""What moves points along the curve: pixels of the microscope into z, and z into the bias."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.numbers.exact import Number
from neurosim.panels._bias_hold import BiasHold
from neurosim.panels._gesture import Gesture
from neurosim.panels.activation.picture import MicroscopePicture
from neurosim.panels.base import PanelContext


class BiasMoves(QObject):
    """Owns the gesture under way on the bias of ``node``, and where the hand was when it began."""

    def __init__(self, context: PanelContext, picture: MicroscopePicture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._picture = picture
        self.gesture = Gesture(context, self)
        refusals = (
            self.tr("{name} has no bias b: only weights and inputs move its points."),
            self.tr("The bias of {name} is muted and counts as 0: unmute it to move the points."),
        )
        self.hold = BiasHold(context, self.gesture, refusals, self)
        self.node = ""
        self._start = 0.0

    @property
    def bias(self) -> Number | None:
        """The bias as it is now; ``None`` when nothing can be moved by it."""
        return self.hold.bias(self.node)

    def take(self, across: float) -> bool:
        """Take hold of a point at the pixel *across*; whether it can be moved."""
        self._start = across
        return self.hold.take(self.node)

    def carry(self, across: float, fine: bool) -> None:
        """The pointer is at the pixel *across* now: the point comes along by whole units."""
        self.hold.carry(self.node, (across - self._start) / self._picture.frame.x_scale, fine)

    def nudge(self, steps: int, fine: bool) -> Number | None:
        """Move the points by so many units; the z of the chosen row then, or ``None`` when they cannot be moved."""
        return self._z() if self.hold.nudge(self.node, steps, fine) else None

    def set_z(self, value: Number) -> None:
        """Let z of the chosen row become *value*: b changes by as much."""
        bias, now = self.bias, self._z()
        if bias is not None and now is not None:
            self.hold.set(self.node, bias + (value - now))

    def refuse(self) -> None:
        """Say why the points cannot be moved, and offer what would help."""
        self.hold.refuse(self.node)

    def _z(self) -> Number | None:
        row = self._picture.row
        return self._context.session.snapshot.pre_activation(self.node, row) if self.node and row is not None else None
