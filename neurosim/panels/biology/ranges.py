"""What of the cell's plots is in view: everything that matters; and the two curves over one axis."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.panels._frame import Range
from neurosim.panels.biology.picture import (
    CellPicture,
    activation_range,
    current_range,
    rate_range,
    voltage_range,
)
from neurosim.panels.biology.plots import CellPlot


class CellRanges(QObject):
    """Owns the ranges of the three plots; pan and zoom of one of the two curves is that of the other as well."""

    def __init__(
        self, picture: CellPicture, voltage: CellPlot, rate: CellPlot, activation: CellPlot, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._picture, self._voltage, self._rate, self._activation = picture, voltage, rate, activation
        self._ranged: tuple[object, ...] = ()
        self._z: Range | None = None
        self._volts: Range | None = None
        # The axes of both mean the same: I = z times the current per unit of z.
        rate.view.changed.connect(lambda: self._move(activation, rate, 1 / picture.scale))
        activation.view.changed.connect(lambda: self._move(rate, activation, picture.scale))

    def forget(self) -> None:
        """The next fit is of something else."""
        self._z = self._volts = None
        self._ranged = ()

    def fit(self) -> None:
        """Show everything that matters, no more."""
        self.forget()
        self.follow()

    def follow(self) -> None:
        """Show everything that matters; what is in view already stays where it is."""
        picture = self._picture
        subject = picture.subject
        if subject is None:
            return
        z, volts = current_range(picture, self._z), voltage_range(picture, self._volts)
        ranged = (z, volts, picture.scale, picture.cell, picture.duration, subject.activation)
        if ranged == self._ranged:
            return
        before = self._ranged
        self._ranged, self._z, self._volts = ranged, z, volts
        self._voltage.set_ranges((0.0, picture.duration), volts)
        if (*before[:1], *before[2:4], *before[5:]) != (z, picture.scale, picture.cell, subject.activation):
            currents = (z[0] * picture.scale, z[1] * picture.scale)
            self._rate.set_ranges(currents, rate_range(picture.cell, currents))
            self._activation.set_ranges(z, activation_range(subject.activation, z))

    @staticmethod
    def _move(other: CellPlot, one: CellPlot, scale: float) -> None:
        low, high = one.view.frame.x
        wanted = (low * scale, high * scale)
        low, high = other.view.frame.x
        if abs(low - wanted[0]) + abs(high - wanted[1]) > 1e-9 * (high - low):
            other.set_ranges(wanted, other.view.frame.y)
