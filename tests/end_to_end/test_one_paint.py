"""Graph and plots reach the screen in one painting a frame, or the screen would show two instants at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from neurosim.document import edits


class Paintings(QObject):
    """Notes under which of a window's requests to paint each viewport was painted."""

    def __init__(self, window: QWidget, viewports: list[QWidget]) -> None:
        super().__init__()
        self._window = window
        self._request = 0
        self.painted: dict[QWidget, list[int]] = {viewport: [] for viewport in viewports}
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and watched is self._window:
            self._request += 1
        elif event.type() == QEvent.Type.Paint and watched in self.painted:
            self.painted[watched].append(self._request)
        return False


def move(window):
    window.document.edit("Move point 1", edits.move_row, 0, {"y": Fraction(1)})


def step(window):
    window.session.full_step()


@pytest.mark.parametrize("change", [move, step], ids=lambda change: change.__name__)
def test_a_frame_paints_graph_and_plots_once_and_together(qtbot, open_window, change):
    window = open_window().window
    views = [window.findChild(QGraphicsView, name) for name in ("graphView", "dataPlot", "lossCurvePlot")]
    qtbot.waitUntil(lambda: not window.session.clock.pending, timeout=5000)
    for _ in range(3):
        QApplication.processEvents()
    paintings = Paintings(window, [view.viewport() for view in views])
    change(window)
    qtbot.waitUntil(lambda: all(paintings.painted.values()), timeout=3000)
    for _ in range(3):
        QApplication.processEvents()
    QApplication.instance().removeEventFilter(paintings)
    requests = [request for painted in paintings.painted.values() for request in painted]
    assert len(requests) == len(views)
    assert len(set(requests)) == 1
