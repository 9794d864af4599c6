"""The base of all mouse tools: one gesture from press to release, which Esc can cancel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from neurosim.canvas.interactions.host import Host

Modifiers = Qt.KeyboardModifier


class Tool:
    """One gesture. It changes the document on release (a scrub: as one open gesture), never before."""

    cursor: Qt.CursorShape | None = None

    def __init__(self, host: Host, at: QPointF, screen: QPointF) -> None:
        self.host = host
        self.start = at
        self.start_screen = screen
        self.dragged = False

    def moved(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """The pointer moved: becomes a drag when it went far enough."""
        away = screen - self.start_screen
        if not self.dragged and abs(away.x()) + abs(away.y()) >= QApplication.startDragDistance() * 0.6:
            self.dragged = True
            self.begin(modifiers)
        if self.dragged:
            self.drag(at, screen, modifiers)

    def begin(self, modifiers: Modifiers) -> None:
        """The press has become a drag."""

    def drag(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """The pointer is at another place."""

    def pressed(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> None:
        """The button went down again while the tool stays in hand (click, click)."""

    def released(self, at: QPointF, screen: QPointF, modifiers: Modifiers) -> bool:
        """The button went up; returns whether the gesture is over."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Esc, or the focus went away: everything is as before the press."""

    def paint(self, painter: QPainter) -> None:
        """Draw what belongs to the gesture, in scene coordinates."""
