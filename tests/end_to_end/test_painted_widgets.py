"""Which widgets a frame of a drag paints: those that show something else, and none that they lie in."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from neurosim.document import edits


class Painted(QObject):
    """Notes who is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            owner = watched if watched.objectName() not in ("", "qt_scrollarea_viewport") else watched.parentWidget()
            self.names.add("" if owner is None else owner.objectName())
        return False


def painted_by(hand, change) -> set[str]:
    hand.frame()
    seen = Painted()
    QApplication.instance().installEventFilter(seen)
    change()
    hand.frame()
    QApplication.instance().removeEventFilter(seen)
    return seen.names


BEHIND = {"mainWindow", "workspace", "stepBar", "headlineNumbers", "trainingBar", "workingPanel", "timelinePanel"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_moved_point_paints_what_shows_it_and_nothing_behind(open_window, hand, theme) -> None:
    window, gesture = hand.window, object()
    window.appearance.set_theme(theme)

    def move(to: Fraction) -> None:
        window.document.edit("Move point", edits.move_row, 0, {"x": to}, gesture=gesture)

    for part in (1, 2, 3):  # the numbers take the room that they need
        move(Fraction(part, 7))
        hand.frame()
    names = painted_by(hand, lambda: move(Fraction(4, 7)))
    assert {"dataPlot", "lossCurvePlot", "workingList", "lossLabel", "gradientLabel"} <= names
    assert not names & BEHIND
    assert "timelineTrack" not in names  # its place in time stays


def test_another_entry_of_the_history_paints_the_track_alone(open_window, hand) -> None:
    document = hand.window.document
    for part in (1, 2):
        document.edit("Move point", edits.move_row, 0, {"x": Fraction(part, 7)})
        hand.frame()
    names = painted_by(hand, lambda: document.edit("Move point", edits.move_row, 0, {"x": Fraction(3, 7)}))
    assert "timelineTrack" in names
    assert "timelinePanel" not in names
