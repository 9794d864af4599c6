"""What the left button does on the data plot while the brush is in hand: it sprays, and takes no point."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from neurosim.panels.data_plot.plot import PlotView

PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class BrushHand(QObject):
    """Reads the viewport's events before the hands that move points, and keeps those that are the brush's.

    Signals:
        pressed(place), moved(place), lifted(): the brush is used at a pixel of the plotting area.
        given_up(): the stroke was cancelled.
    """

    pressed = Signal(QPointF)
    moved = Signal(QPointF)
    lifted = Signal()
    given_up = Signal()

    def __init__(self, view: PlotView, parent: QObject | None = None) -> None:
        """Work on *view*; make it after its other hands: what came last is asked first."""
        super().__init__(parent)
        self._view = view
        self.on = False
        """Whether the brush is in hand."""
        self.down = False
        """Whether it is pressed on the plot."""
        view.widget.viewport().installEventFilter(self)

    def give_up(self) -> bool:
        """End the stroke under way as if it had never been; whether there was one."""
        was_down, self.down = self.down, False
        if was_down:
            self.given_up.emit()
        return was_down

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the left button while the brush is in hand, and everything during a stroke."""
        if not isinstance(event, QMouseEvent) or not (self.on or self.down):
            return False
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        place = self._view.place_in_plot(event.position())
        if self.down:
            if kind == QEvent.Type.MouseMove:
                self.moved.emit(place)
            elif kind == QEvent.Type.MouseButtonRelease and left:
                self.down = False
                self.lifted.emit()
            elif kind in PRESSES:
                # A second button while the first is down means: no, not like that.
                self.give_up()
            return True
        if kind in PRESSES and left:
            self._view.widget.setFocus(Qt.FocusReason.MouseFocusReason)
            self.down = True
            self.pressed.emit(place)
            return True
        return False
