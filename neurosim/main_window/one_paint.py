"""One painting a frame: graph, plots and tables reach the screen together, or a frame would show two instants."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QGraphicsView, QWidget

from neurosim.training.frame_clock import FrameClock


class OnePaint(QObject):
    """Owns the views whose scenes hand in their changes at the end of each frame.

    A graphics scene tells its view what changed in an event of its own, and has the whole window painted there and
    then. Three scenes were three paintings, each sent to the screen. Here the scenes hand in what changed while the
    window's own request to paint is held back; then it is asked once. From the moment at which a frame is asked for
    nothing is painted either: it would show new weights beside old plots, and be painted again.
    """

    def __init__(self, window: QWidget, clock: FrameClock) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._views: list[QGraphicsView] = []
        self._collecting = self._due = False
        self._wanted = False

    def adopt(self, view: QGraphicsView) -> None:
        """From now on *view* is painted with the others; one that is deleted is forgotten."""
        if view not in self._views:
            self._views.append(view)
            view.destroyed.connect(lambda _gone=None, known=view: self._views.remove(known))

    def collect(self) -> None:
        """A frame has been computed: gather what changed in every scene, and have the window painted once."""
        self._collecting = True
        try:
            for view in self._views:
                # A view in a window of its own has its own painting.
                if view.isVisible() and view.window() is self._window:
                    scene = view.scene()
                    if scene is not None:
                        QCoreApplication.sendPostedEvents(scene, QEvent.Type.MetaCall)
        finally:
            self._collecting = False
        if self._wanted:
            self._wanted, self._due = False, True
            request = QEvent(QEvent.Type.UpdateRequest)
            QCoreApplication.postEvent(self._window, request, Qt.EventPriority.LowEventPriority.value)

    def holds(self, event: QEvent) -> bool:
        """Whether *event*, which the window received, is a request to paint that waits for the end of a frame."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        if not self._collecting and (self._due or not self._clock.pending):
            self._due = False
            return False
        self._wanted = True
        return True
