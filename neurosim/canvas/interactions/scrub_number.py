"""Drag sideways on a number: exact multiples of a step, live, as one entry of the history; a click opens the field."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QPointF, Qt

from neurosim.canvas import labels
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Modifiers, Tool
from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.widgets.scrub import COARSE, Scrub

STEP = Fraction(1, 10)
PIXELS_PER_STEP = 6.0


class ScrubNumber(Tool):
    """Changes one weight or bias while the pointer moves sideways."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, host: Host, at: QPointF, screen: QPointF, parameter: str) -> None:
        super().__init__(host, at, screen)
        self._parameter = parameter
        self._gesture = object()
        self._scrub: Scrub | None = None

    def begin(self, modifiers: Modifiers) -> None:
        """Remember where the number begins."""
        value = self.host.document.state.network.parameters[self._parameter]
        self._scrub = Scrub(value, self.start_screen.x(), _grain(modifiers))

    def drag(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """Set the number; Ctrl in whole steps, Shift in fine ones."""
        del at
        parameters = self.host.document.state.network.parameters
        if self._scrub is None or self._parameter not in parameters:
            return
        value = self._scrub.move(screen.x(), _grain(modifiers), PIXELS_PER_STEP)
        if value == parameters[self._parameter]:
            return
        name = labels.describe_parameter(self.host.document.state.network, self._parameter)
        text = QCoreApplication.translate("ScrubNumber", "Change {name}").format(name=name)
        try:
            self.host.document.edit(text, edits.set_parameter, self._parameter, value, gesture=self._gesture)
        except EditError as error:
            self.host.refuse(str(error), self.start)

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """Keep the number; after a mere click, select what it belongs to and open the field."""
        del at, screen
        if self.dragged:
            self.host.document.finish(self._gesture)
            return True
        owner = self._parameter.removesuffix(".bias")
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.host.selection.toggle(owner)
        else:
            self.host.selection.select({owner})
            self.host.open_number(self._parameter)
        return True

    def cancel(self) -> None:
        """The number from before is back."""
        self.host.document.cancel(self._gesture)


def _grain(modifiers: Modifiers) -> Fraction:
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return STEP * COARSE
    return STEP / COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else STEP
