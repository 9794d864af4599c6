"""What an instructor draws over the whole window: black, white, or darkness with a round opening at the pointer."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from neurosim.widgets.announce import announce

Kind = Literal["black", "white", "spotlight"]

OPENING = 0.16
"""Radius of the opening of the spotlight over the window's height."""
DARKNESS = 0.72


class Curtain(QWidget):
    """Owns whether something is drawn, and what. It lets every click through while it is a spotlight."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("curtain")
        self._kind: Kind | None = None
        self._at = QPointF()
        self._names: dict[Kind, str] = {
            "black": self.tr("The screen is black."),
            "white": self.tr("The screen is white."),
            "spotlight": self.tr("A spotlight follows the pointer."),
        }
        self.hide()
        window.installEventFilter(self)

    @property
    def kind(self) -> Kind | None:
        """What is drawn; ``None``: nothing."""
        return self._kind

    def toggle(self, kind: Kind) -> None:
        """Draw *kind*, or draw it back when it is drawn."""
        self.draw(None if kind == self._kind else kind)

    def draw(self, kind: Kind | None) -> None:
        """Draw *kind* over the window; ``None`` draws everything back."""
        if kind == self._kind:
            return
        self._kind = kind
        if kind is None:
            self.hide()
            return
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, kind == "spotlight")
        self.setGeometry(self._window.rect())
        self._at = QPointF(self.mapFromGlobal(QCursor.pos()))
        self.raise_()
        self.show()
        self.update()
        announce(self, self._names[kind])

    def point_at(self, place: QPointF) -> None:
        """The pointer is at *place*, in pixels of the window."""
        if self._kind == "spotlight" and place != self._at:
            self._at = place
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cover everything, but for the opening."""
        painter = QPainter(self)
        if self._kind in {"black", "white"}:
            painter.fillRect(self.rect(), QColor("black" if self._kind == "black" else "white"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRect(self.rect())
        radius = self.height() * OPENING
        path.addEllipse(self._at, radius, radius)
        dark = QColor("black")
        dark.setAlphaF(DARKNESS)
        painter.fillPath(path, dark)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self._kind is not None:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)
