"""Presenting to the back row with a clicker, in a real window: what the class sees, and what the keys do."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QDockWidget, QMenuBar, QStatusBar, QWidget
from story import Story

from neurosim.canvas import style
from neurosim.panels.stage.line_view import LineView
from neurosim.panels.stage.numbers_view import NumbersView
from neurosim.panels.stage.sizes import digit_height, stage_font
from neurosim.widgets.curtain import Curtain
from neurosim.widgets.fonts import ui_font

ON_STAGE = {"data_plotDock", "stageDock"}


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


PRESENT = {present_by_clicker.__name__: present_by_clicker}
