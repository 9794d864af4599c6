"""Languages that write from right to left, and those that need more words, before there is a translation into one."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


class Wordy(QTranslator):
    """Says everything in half as many words again, placeholders and mnemonics as they are."""

    def isEmpty(self):
        return False

    def translate(self, _context, text, _disambiguation=None, _n=-1):
        parts = re.split(r"(\{[^}]*\}|%\w+)", text)
        return "".join(
            part if part[:1] in ("{", "%") or not part.strip() else f"{part}{'x' * (len(part) // 2)}" for part in parts
        )


@pytest.fixture
def right_to_left(qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def wordy(qapp):
    translator = Wordy()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def left_of(window, widget):
    return widget.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.usefixtures("right_to_left")
def test_the_window_is_mirrored_and_mathematics_is_not(hand):
    window = hand.window
    bar = window.menuBar()
    first, last = (bar.actionGeometry(bar.actions()[place]) for place in (0, -1))
    assert first.left() > last.right()
    step, run = (window.findChild(QPushButton, name) for name in ("stepButton", "runButton"))
    assert left_of(window, step) < left_of(window, run)  # time goes to the right, as on the axes
    plot = window.workspace.panels["data_plot"].findChild(QWidget, "dataPlot")
    axis, box = plot.getAxis("left"), plot.getViewBox()
    assert axis.sceneBoundingRect().right() <= box.sceneBoundingRect().left() + 1
    assert plot.getAxis("bottom").sceneBoundingRect().right() <= plot.width() + 1
    assert window.workspace.panels["working"].findChild(QWidget, "workingList").layoutDirection() == (
        Qt.LayoutDirection.LeftToRight
    )
    # A drag goes where the hand goes.
    hand.drag_point((4, 4), (4, 2))
    assert [tuple(map(int, row.values())) for row in map(window.document.state.dataset.row, range(2))] == [
        (2, 0),
        (4, 2),
    ]


@pytest.mark.usefixtures("wordy")
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_half_as_many_words_again_find_room(open_window, size):
    window = open_window(size=size).window
    QApplication.processEvents()
    for button in window.step_bar.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width(), button.objectName()
    bars = [window.step_bar, *(widget for widget in window.step_bar.findChildren(QWidget) if widget.isVisible())]
    for widget in bars:
        assert window.rect().contains(widget.mapTo(window, widget.rect().center())), widget.objectName()
    shown = [w for w in window.step_bar.findChildren(QPushButton) if w.isVisible() and w.text()]
    assert any(w.text().endswith("x") for w in shown)
    for one in shown:
        for other in shown:
            if one is not other:
                first = one.rect().translated(one.mapTo(window, QPoint(0, 0)))
                assert not first.intersects(other.rect().translated(other.mapTo(window, QPoint(0, 0))))
