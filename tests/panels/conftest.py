"""Panels on a real document and session, with hands that press, move and release as a person does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.panels import PANELS, PanelContext
from neurosim.training.frame_clock import FrameClock
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import apply_theme

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Bench:
    """A panel and everything that it talks to."""

    panel: Any
    document: Document
    session: TrainingSession
    selection: Selection
    display: Display

    def frame(self) -> None:
        """Let one frame pass."""
        self.session.advance()
        QApplication.processEvents()

    @property
    def plot(self) -> Any:
        return self.panel.plot

    def at(self, x: float, y: float) -> QPoint:
        """Where in the viewport a data point is, asked of pyqtgraph itself."""
        return self.plot.mapFromScene(self.plot.getViewBox().mapViewToScene(QPointF(x, y)))

    def send(
        self,
        kind: QEvent.Type,
        place: QPoint,
        button: Qt.MouseButton = NONE,
        held: Qt.MouseButton = NONE,
        modifiers: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """One mouse event to the plot's viewport."""
        viewport = self.plot.viewport()
        event = QMouseEvent(kind, QPointF(place), QPointF(viewport.mapToGlobal(place)), button, held, modifiers)
        QApplication.sendEvent(viewport, event)

    def press(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonPress, place, button, button)

    def move(self, place: QPoint, held: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.send(QEvent.Type.MouseMove, place, NONE, held, modifiers)

    def release(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonRelease, place, button)

    def drag(
        self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Press, move in ten steps with a frame after each, release."""
        self.press(start, button)
        for part in range(1, 11):
            self.move(start + (end - start) * part / 10, button, modifiers)
            self.frame()
        self.release(end, button)
        self.frame()

    def click(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        self.press(place, button)
        self.release(place, button)
        self.frame()

    def double_click(self, place: QPoint) -> None:
        self.click(place)
        self.send(QEvent.Type.MouseButtonDblClick, place, LEFT, LEFT)
        self.release(place)
        self.frame()

    def row(self, row: int) -> dict[str, Any]:
        return dict(self.document.state.dataset.row(row))

    def entries(self) -> int:
        """How many undos lead back to the beginning."""
        count, entry = 0, self.document.history.head
        while entry.parent is not None:
            count, entry = count + 1, entry.parent
        return count


@pytest.fixture(autouse=True)
def dressed(qapp):
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def bench(qtbot) -> Callable[[str, DocumentState], Bench]:
    """Builds a shown panel of 480 x 360 pixels on a document."""

    def build(kind: str, state: DocumentState, clock: FrameClock | None = None) -> Bench:
        document = Document(state)
        selection = Selection(document)
        session = TrainingSession(document, clock)
        display = Display()
        panel: QWidget = PANELS[kind].create(PanelContext(document, session, selection, display))
        qtbot.addWidget(panel)
        panel.resize(480, 360)
        with qtbot.waitExposed(panel):
            panel.show()
        made = Bench(panel, document, session, selection, display)
        made.frame()
        return made

    return build
