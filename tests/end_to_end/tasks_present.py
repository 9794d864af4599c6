"""Presenting to the back row with a clicker, in a real window: what the class sees, and what the keys do."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QDockWidget, QMenuBar, QStatusBar, QTabBar, QWidget
from story import Story

from neurosim.canvas import style
from neurosim.main_window.window import MainWindow
from neurosim.panels.stage.line_view import LineView
from neurosim.panels.stage.numbers_view import NumbersView
from neurosim.panels.stage.sizes import digit_height, stage_font
from neurosim.widgets.curtain import Curtain
from neurosim.widgets.fonts import ui_font

ON_STAGE = {"data_plotDock", "stageDock"}
WITH_LESSON = {"data_plotDock", "lessonDock"}
LESSON = "12_worked_step"
STILL = 12
"""Looks, a few milliseconds apart, after which panels count as at rest."""


def present_by_clicker(story: Story) -> None:
    """F5, three lines on, black and back, one line back, Esc, and F5 again: it goes on at the same line."""
    window, robot, walk = story.window, story.robot, story.window.session.walk
    height = window.height()
    robot.keys("F5")
    story.wait(lambda: window.presentation.active and window.isFullScreen(), "F5 presents")
    story.wait(lambda: window.height() == window.screen().size().height(), "the window fills the screen")
    curtain = robot.find(QWidget, "graphView").window().findChild(Curtain, "curtain")
    assert isinstance(curtain, Curtain)
    _nothing_else_is_seen(story)
    _the_back_row_can_read(story)
    for line in (1, 2, 3):
        robot.keys("Next")
        story.wait(lambda line=line: walk.position == line, f"Page Down shows line {line}")
    line = robot.find(LineView, "stageLine")
    assert line.accessibleName().startswith("line 3 of 15. Row 1. Apply the activation.")
    assert "minus 16 over 3" in line.accessibleName()
    story.picture("three-lines")
    robot.keys("period")
    story.wait(lambda: curtain.kind == "black" and curtain.isVisible(), "a full stop makes the screen black")
    assert _colour_in_the_middle(story) == "#000000"
    robot.keys("period")
    story.wait(lambda: curtain.kind is None and not curtain.isVisible(), "and brings it back")
    robot.keys("Prior")
    story.wait(lambda: walk.position == 2, "Page Up goes back one line")
    robot.keys("w")
    story.wait(lambda: curtain.kind == "white", "W makes it white")
    assert _colour_in_the_middle(story) == "#ffffff"
    robot.keys("Next")
    story.wait(lambda: curtain.kind is None, "the next press only brings the picture back")
    assert walk.position == 2
    robot.keys("l")
    story.wait(lambda: curtain.kind == "spotlight", "L lights a spotlight")
    robot.point_at(robot.place(window, QPoint(400, 300)))
    story.picture("spotlight")
    robot.keys("l")
    story.wait(lambda: curtain.kind is None, "L again puts it out")
    robot.keys("Escape")
    story.wait(lambda: not window.presentation.active, "Esc ends it")
    story.wait(lambda: window.height() == height, "the window is as large as before")
    assert robot.find(QMenuBar, "menuBar").isVisible()
    assert robot.find(QWidget, "stepBar").isVisible()
    story.picture("afterwards")
    robot.keys("F5")
    story.wait(lambda: window.presentation.active, "F5 presents again")
    assert walk.position == 2
    robot.keys("Next")
    story.wait(lambda: walk.position == 3, "it goes on at the same line")
    robot.keys("F5")
    story.wait(lambda: not window.presentation.active, "F5, which remotes send in turn with Esc, ends it as well")


def _nothing_else_is_seen(story: Story) -> None:
    window = story.window
    assert not window.menuBar().isVisible()
    status = window.findChild(QStatusBar)
    assert status is None or not status.isVisible()
    docks = {dock.objectName() for dock in window.findChildren(QDockWidget) if dock.isVisible()}
    assert docks == ON_STAGE, docks
    assert not any(dock.bar.height() for dock in window.workspace.docks.values() if dock.isVisible())
    story.picture("begins")


def _the_back_row_can_read(story: Story) -> None:
    """Digits of formulas, headline and edges are 3 % of the height, everything else 2 %."""
    window, robot = story.window, story.robot
    height = window.height()
    numbers = robot.find(NumbersView, "stageNumbers")
    story.wait(lambda: digit_height(stage_font(numbers._sizes().number)) >= 0.03 * height - 1, "the numbers are large")
    sizes = numbers._sizes()
    assert digit_height(stage_font(sizes.number)) >= 0.03 * height - 1
    assert digit_height(stage_font(sizes.words)) >= 0.02 * height - 1
    assert digit_height(ui_font(13)) >= 0.02 * height - 1
    digits = QFontMetricsF(style.font(style.CHIP)).tightBoundingRect("13").height()
    shown = digits * story.graph.detail()
    assert shown >= 0.03 * height - 1, shown / height


def _colour_in_the_middle(story: Story) -> str:
    picture = story.window.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()


def lesson_by_clicker(story: Story) -> None:
    """A lesson from the menu, F5, three presses on, black and back, one back, Esc: each panel is where it was."""
    window, robot = story.window, story.robot
    height = window.height()
    story.choose("Lesson", "lesson-openMenu", f"openLesson-{LESSON}")
    runner = window.commands.lessons.runner
    story.wait(lambda: runner.lesson is not None, "the lesson is open")
    story.wait(lambda: window.workspace.docks["data_plot"].in_front, "its panels are there")
    robot.keys("F5")
    story.wait(lambda: window.presentation.active and window.isFullScreen(), "F5 presents")
    story.wait(lambda: window.height() == window.screen().size().height(), "the window fills the screen")
    assert {dock.objectName() for dock in window.findChildren(QDockWidget) if dock.isVisible()} == WITH_LESSON
    assert not window.menuBar().isVisible()
    assert not [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1]
    at = [(runner.index, runner.stage)]
    for _ in range(3):
        robot.keys("Next")
        story.wait(lambda: (runner.index, runner.stage) != at[-1], "Page Down goes on")
        at.append((runner.index, runner.stage))
        _lesson_can_be_read(story)
    story.picture("lesson-on")
    robot.keys("b")
    curtain = window.findChild(Curtain, "curtain")
    story.wait(lambda: curtain.kind == "black", "B makes it black")
    robot.keys("Prior")
    story.wait(lambda: curtain.kind is None, "the next press brings the picture back")
    assert (runner.index, runner.stage) == at[-1]
    robot.keys("Prior")
    story.wait(lambda: (runner.index, runner.stage) == at[-2], "Page Up goes back")
    robot.keys("Next")
    story.wait(lambda: (runner.index, runner.stage) == at[-1], "and on again")
    robot.keys("ctrl+plus")
    story.picture("lesson-larger")
    robot.keys("Escape")
    story.wait(lambda: not window.presentation.active, "Esc ends it")
    assert style.lettering() == 1.0
    story.wait(lambda: window.height() == height, "the window is as large as before")
    story.picture("lesson-afterwards")
    story.wait(lambda: not window.message_bar.isVisible(), "what was said of the size has gone")
    before = _at_rest(window, story)
    robot.keys("F5")
    story.wait(lambda: window.presentation.active, "F5 presents again")
    story.wait(lambda: window.height() == window.screen().size().height(), "the window fills the screen again")
    assert (runner.index, runner.stage) == at[-1]
    robot.keys("Escape")
    story.wait(lambda: not window.presentation.active, "Esc ends it again")
    story.wait(lambda: _places(window) == before, "each panel is where it was")


def _places(window: MainWindow) -> dict[str, tuple[int, ...]]:
    docks = window.workspace.docks
    return {name: dock.geometry().getRect() for name, dock in docks.items() if dock.in_front}


def _at_rest(window: MainWindow, story: Story) -> dict[str, tuple[int, ...]]:
    """Where the panels stand when they stand still."""
    seen = [_places(window)]

    def still() -> bool:
        seen.append(_places(window))
        return len(seen) > STILL and all(places == seen[-1] for places in seen[-STILL:])

    story.wait(still, "the panels stand still")
    return seen[-1]


def _lesson_can_be_read(story: Story) -> None:
    """Numbers on the graph are 3 % of the height, however small the graph has become beside the page."""
    height = story.window.height()
    digits = QFontMetricsF(style.font(style.CHIP)).tightBoundingRect("1").height()
    assert digits * story.graph.detail() >= 0.03 * height - 1


PRESENT = {story.__name__: story for story in (present_by_clicker, lesson_by_clicker)}
