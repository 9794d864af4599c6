"""The whole window without a screen, and a hand for it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pyqtgraph
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QGraphicsView, QLabel, QWidget

from neurosim.app import create_window
from neurosim.lessons.library import folder_named
from neurosim.main_window.dialogs import Dialogs
from neurosim.main_window.window import MainWindow
from neurosim.widgets.number_field import NumberField

MINUS = "−"


class Answers(Dialogs):
    """Answers by itself what stops everything else."""

    save_changes = "discard"
    path: Path | None = None

    def ask_save_changes(self, _parent, _name):
        return self.save_changes

    def ask_open_path(self, _parent, _folder):
        return self.path

    def ask_table_path(self, _parent, _folder):
        return self.path

    def ask_save_path(self, _parent, _suggestion):
        return self.path

    def ask_table_save_path(self, _parent, _suggestion):
        return self.path

    def ask_picture_path(self, _parent, _suggestion):
        return self.path

    def ask_script_path(self, _parent, _suggestion):
        return self.path

    def ask_folder(self, _parent, _folder):
        return self.path


class Hand:
    """Uses one window through its widgets: real press, move and release; real keys; frames by hand."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def frame(self) -> None:
        """Let one frame arrive."""
        QApplication.processEvents()
        self.window.session.advance()
        QApplication.processEvents()

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} {name}"
        return found

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} is disabled: {button.toolTip()}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.frame()

    def read(self, name: str) -> str:
        return self.find(QLabel, name).text().replace(MINUS, "-")

    def type(self, name: str, text: str) -> NumberField:
        field = self.find(NumberField, name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.frame()
        return field

    def press(self, view: QGraphicsView, at: QPointF) -> None:
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())

    def move(self, view: QGraphicsView, at: QPointF) -> None:
        held = Qt.MouseButton.LeftButton
        place = QPointF(view.viewport().mapToGlobal(at.toPoint()))
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view.viewport(), QMouseEvent(QEvent.Type.MouseMove, at, place, held, held, none))
        self.frame()

    def release(self, view: QGraphicsView, at: QPointF) -> None:
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
        self.frame()

    def click_in_graph(self, scene: QPointF) -> None:
        graph = self.window.graph
        at = QPointF(graph.mapFromScene(scene))
        self.press(graph, at)
        self.release(graph, at)

    @property
    def plot(self) -> pyqtgraph.PlotWidget:
        return self.find(pyqtgraph.PlotWidget, "dataPlot")

    def in_plot(self, x: float, y: float) -> QPointF:
        scene = self.plot.getPlotItem().vb.mapViewToScene(QPointF(x, y))
        return QPointF(self.plot.mapFromScene(scene))

    def drag_point(self, start: tuple[float, float], end: tuple[float, float], steps: int = 4) -> None:
        begin, goal = self.in_plot(*start), self.in_plot(*end)
        self.press(self.plot, begin)
        for i in range(1, steps + 1):
            self.move(self.plot, begin + (goal - begin) * i / steps)
        self.release(self.plot, goal)

    def turn_to(self, lesson: str, index: int) -> None:
        """The page *index* of the lesson whose name begins with *lesson*, with everything revealed."""
        lessons = self.window.commands.lessons
        name = folder_named(lesson).name
        if lessons.runner.lesson is None or lessons.runner.lesson.name != name:
            lessons.open_named(name)
        lessons.runner.go_to(index)
        self.frame()
        while not lessons.runner.at_last_stage:
            lessons.runner.next(anyway=True)
            self.frame()


@pytest.fixture
def open_window(qtbot) -> Callable[..., Hand]:
    """Opens windows; each is closed at the end without questions."""
    made: list[MainWindow] = []

    def make(path: Path | None = None, size: tuple[int, int] | None = (1280, 720)) -> Hand:
        window = create_window(path)
        window.files.dialogs = Answers()
        made.append(window)
        if size is not None:
            window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        hand = Hand(window)
        hand.frame()
        hand.frame()
        return hand

    yield make
    for window in made:
        window.files.dialogs.save_changes = "discard"
        window.close()
        window.session.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()  # what a window has left for ever need not be looked through after each later one


@pytest.fixture
def hand(open_window) -> Hand:
    return open_window()
