"""The buttons under data that are chosen: leave, give them to the drawn network, or build a neuron that fits."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from neurosim.main_window.dialog_parts import button_row, push_button


class DataButtons(QWidget):
    """Owns the three buttons; the last one is what Enter presses.

    Signals:
        left(): nothing is to be done.
        use_wanted(): the drawn network is to have the data.
        build_wanted(): a neuron is to be built.
    """

    left = Signal()
    use_wanted = Signal()
    build_wanted = Signal()

    def __init__(self, parent: QWidget, *, leave: str, use: str, build: str) -> None:
        """*leave*, *use* and *build* are the names under which the buttons are found."""
        super().__init__(parent)
        cancel = push_button(leave, self.tr("Cancel"), self.left.emit, self)
        self.use = push_button(use, self.tr("&Use as data only"), self.use_wanted.emit, self)
        self.build = push_button(build, self.tr("&Build the neuron"), self.build_wanted.emit, self)
        row = button_row(cancel, self.use, self.build)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    def show_fit(self, *, fits: bool, lacking: Iterable[str]) -> None:
        """Whether the data have all that the drawn network reads; *lacking* are columns that it reads besides."""
        self.use.setEnabled(fits)
        if fits:
            tip = self.tr("Keep the network that is drawn and give it these rows")
        else:
            tip = self.tr("The network that is drawn reads other columns: {columns}")
            tip = tip.format(columns=", ".join(sorted(lacking)))
        self.use.setToolTip(tip)

    def show_plan(self, refusal: str) -> None:
        """Whether a neuron can be built; if not, the *refusal* says why."""
        self.build.setEnabled(not refusal)
        self.build.setToolTip(refusal)
