"""What hands and keys move: the cell's threshold, and the current through the neuron's bias; one entry per gesture."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QObject

from neurosim.numbers.exact import Number
from neurosim.panels._bias_hold import BiasHold
from neurosim.panels._gesture import Gesture
from neurosim.panels.base import PanelContext
from neurosim.panels.biology.kept import numbers_of, refusal_of, set_number, set_typical, setting
from neurosim.panels.biology.subject import Subject

VOLTS, FINE_VOLTS = Fraction(1, 2), Fraction(1, 10)
"""A dragged threshold rests at multiples of this in mV, with Shift of that."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Biology", text)


class Moves(QObject):
    """Owns the gesture under way, and where things were when it began."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.gesture = Gesture(context, self)
        refusals = (
            _tr("{name} has no bias b: only weights and inputs change its current."),
            _tr("The bias of {name} is muted and counts as 0: unmute it to move the current."),
        )
        self._hold = BiasHold(context, self.gesture, refusals, self)
        self._threshold = self._z = 0.0

    # -- the threshold ---------------------------------------------------------------------------------------------

    def take_threshold(self, voltage: float) -> None:
        """Take hold of the threshold line at *voltage*: what is under the pointer stays under it."""
        self._threshold = float(self._numbers["v_threshold"]) - voltage
        self.gesture.begin()

    def carry_threshold(self, voltage: float, fine: bool) -> None:
        """The pointer is at *voltage* now."""
        unit = FINE_VOLTS if fine else VOLTS
        self._set_threshold(round(Fraction(voltage + self._threshold) / unit) * unit, unit)

    def nudge_threshold(self, steps: int, fine: bool) -> Number:
        """Move the threshold by so many units; where it is then."""
        if not self.gesture.under_way:
            self.gesture.begin()
        unit = FINE_VOLTS if fine else VOLTS
        self._set_threshold(Fraction(self._numbers["v_threshold"]) + steps * unit, unit)
        return self._numbers["v_threshold"]

    def _set_threshold(self, value: Fraction, unit: Fraction) -> None:
        # below the reset voltage there is no such cell: stop short of it
        lowest = Fraction(self._numbers["v_reset"]) + unit
        self.set_number("v_threshold", max(value, lowest))

    # -- the current -----------------------------------------------------------------------------------------------

    def take_current(self, subject: Subject, z: float) -> bool:
        """Take hold of the current at the place of *z*; whether it can be moved."""
        self._z = z
        return self._hold.take(subject.node)

    def carry_current(self, subject: Subject, z: float, fine: bool) -> None:
        """The pointer is at the place of *z* now: the bias makes up for it by whole units."""
        self._hold.carry(subject.node, z - self._z, fine)

    def nudge_current(self, subject: Subject, steps: int, fine: bool) -> bool:
        """Move z by so many units; whether it could be."""
        return self._hold.nudge(subject.node, steps, fine)

    def refuse(self, subject: Subject) -> None:
        """Say why the current cannot be moved, and offer what would help."""
        self._hold.refuse(subject.node)

    # -- the numbers -----------------------------------------------------------------------------------------------

    @property
    def _numbers(self) -> dict[str, Number]:
        return dict(numbers_of(self._context.document.state))

    def refusal(self, name: str, value: Number) -> str | None:
        """Why a number of the cell cannot be *value*; ``None`` when it can."""
        return refusal_of(self._context.document.state, name, value)

    def set_number(self, name: str, value: Number) -> None:
        """Set one number of the cell."""
        if value != self._numbers[name]:
            text = _tr("Set {name} of the cell").format(name=setting(name).title.lower())
            self.gesture.edit(text, set_number, name, value)

    def make_typical(self) -> None:
        """Give every number its typical value."""
        self.gesture.edit(_tr("Typical cell"), set_typical)
