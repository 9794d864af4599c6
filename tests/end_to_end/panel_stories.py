"""A story for each panel: opened from the menu, and used with the mouse; what it says is worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QLineEdit
from story import MINUS, Story

from neurosim.document import edits
from neurosim.panels.timeline.view import TrackView
from neurosim.paths import example

F = Fraction
SHOWN = Qt.ItemDataRole.DisplayRole


def open_panel(story: Story, name: str) -> Any:
    """Open a panel from the View menu, unless it is open; the panel itself."""
    dock = story.window.workspace.docks[name]
    if not dock.in_front:
        story.choose("View", "view-panelsMenu", f"panel-{name}")
    story.wait(lambda: dock.in_front, f"the panel {name} is in sight")
    seen: list[QRect] = []

    def rests() -> bool:
        seen.append(dock.geometry())
        return len(seen) > 10 and len({(r.x(), r.y(), r.width(), r.height()) for r in seen[-10:]}) == 1

    story.wait(rests, f"the panel {name} has its place")
    return story.window.workspace.panels[name]


def on_plot(story: Story, plot: Any, x: float, y: float) -> QPoint:
    """Where on the screen a point of any plot is."""
    return story.robot.in_scene(plot, plot.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))


def plain(text: str) -> str:
    """With the minus of a keyboard, and no hair space after "~"."""
    return text.replace(MINUS, "-").replace("\N{HAIR SPACE}", "")


def descend_in_the_loss_map(story: Story) -> None:
    """A step moves the dot along the arrow; dragging the dot to the minimum takes the loss away; the line follows."""
    panel = open_panel(story, "loss_map")
    story.picture("start")
    story.robot.click(story.button("fullStepButton"))
    story.wait(lambda: panel.picture.dot == (F(83, 45), F(-83, 15)), "the dot is where the step ends")
    # The minimum is a = 2, b = -4: the line through both points. Once it is known the view shows it, and then rests.
    story.wait(lambda: panel.picture.minimum is not None and not panel.landscape.pending, "the map is there")
    story.robot.drag(on_plot(story, panel.plot, 83 / 45, -83 / 15), on_plot(story, panel.plot, 2, -4))
    story.wait(lambda: panel.picture.dot == (2, -4), "the dot is at the minimum")
    assert story.window.session.snapshot.loss == 0
    assert story.entries() == 2
    assert (story.parameter("a"), story.parameter("n.bias")) == (2, -4)
    story.picture("minimum")
    story.robot.keys("ctrl+z")
    story.shows("lossLabel", "8149/2025")


def slide_the_squares_into_one_bar(story: Story) -> None:
    """256/9 and 676/9 slide into a bar of 932/9, which is cut in two: 466/9; a drag changes all of it at once."""
    story.robot.click(story.button("squaresButton"))
    panel = open_panel(story, "area_ledger")
    said = panel.view.accessibleDescription
    story.wait(lambda: said() == "256/9, 676/9. Sum 932/9, cut into 2 equal parts. Loss 466/9.", "the ledger adds up")
    story.picture("squares")
    for stage, progress in (("sum", 1.0), ("mean", 2.0)):
        story.robot.click(story.robot.place(panel.stages.button(stage)))
        story.wait(lambda p=progress: panel.view.progress == p, f"everything slides to the {stage}")
        story.picture(stage)

    def halfway() -> None:
        story.wait(lambda: "256/9, 676/9" not in said(), "the ledger follows the hand")
        story.picture("halfway")

    story.robot.drag(story.at(4, 4), story.at(4, 2), halfway=halfway)
    story.wait(lambda: said() == "256/9, 400/9. Sum 656/9, cut into 2 equal parts. Loss 328/9.", "it follows")
    story.shows("lossLabel", "328/9")


def pull_a_point_along_the_activation(story: Story) -> None:
    """Pulling the second point one unit to the right along the curve makes the bias larger by exactly one."""
    panel = open_panel(story, "activation")
    z = -14 / 3
    # The curve is a straight line: the output is z itself.
    story.robot.drag(on_plot(story, panel.plot, z, z), on_plot(story, panel.plot, z + 1, z + 1))
    story.wait(lambda: story.parameter("n.bias") == -5, f"b is -5, not {story.parameter('n.bias')}")
    assert story.window.session.snapshot.pre_activation("n", 1) == F(-11, 3)
    assert story.entries() == 1
    story.picture("pulled")
    story.robot.keys("ctrl+z")
    story.shows("lossLabel", "466/9")
    assert story.window.open_path(example("hours_pass"))
    story.wait(lambda: panel.picture.shape is not None, "a sigmoid is shown")
    story.picture("sigmoid")


def move_the_threshold_of_decisions(story: Story) -> None:
    """Over two inputs the boundary is a line; a threshold of 3/4 moves it to where the logit is ln 3."""
    assert story.window.open_path(example("admissions"))
    panel = open_panel(story, "decision")
    story.wait(lambda: bool(panel.picture.plane.boundary), "the boundary is drawn")
    story.picture("half")
    field = panel.header.field
    assert isinstance(field, QLineEdit)
    story.robot.click(story.robot.place(field))
    story.robot.keys("ctrl+a")
    story.robot.write("3/4")
    story.robot.keys("Return")
    story.wait(lambda: "ln 3" in panel.header.equation.whole_text(), "the boundary lies at ln 3")
    story.picture("three-quarters")
    story.robot.keys("ctrl+z")
    story.wait(lambda: "ln 3" not in panel.header.equation.whole_text(), "one undo brings it back")


def go_back_in_time_and_branch_off(story: Story) -> None:
    """Five steps; the handle is dragged back to the second; another rate there starts a branch, and the first stays."""
    panel = open_panel(story, "timeline")
    track = panel.track
    assert isinstance(track, TrackView)
    for _ in range(5):
        story.robot.click(story.button("fullStepButton"))
    story.shows("stepCountLabel", "5")
    story.wait(lambda: track.value() == 5, "the handle stands at the end")
    story.picture("five-steps")
    end = story.state_hash()
    across, line = track.layout_now.geometry.main.across, track.layout_now.rows.track
    places = [story.robot.place(track, QPointF(across(index), line)) for index in (5, 2)]
    story.robot.drag(*places)
    story.shows("stepCountLabel", "2")
    assert story.parameter("a") == F(1522, 675)
    story.picture("back")
    field = story.robot.find(QLineEdit, "learningRateField")
    story.robot.click(story.robot.place(field))
    story.robot.keys("ctrl+a")
    story.robot.write("1/20")
    story.robot.keys("Return")
    story.wait(lambda: len(story.window.session.timeline.lanes) == 1, "the other branch is kept")
    story.picture("branched")
    # The edge above the strip is pulled up until the branch has room, and clicked.
    dock = story.window.workspace.docks["timeline"]
    edge = story.robot.place(dock, QPoint(dock.width() // 2, -1))
    story.robot.drag(edge, edge - QPoint(0, 60))
    story.wait(lambda: len(track.layout_now.geometry.lanes) == 1, "the branch is drawn")
    story.picture("lanes")
    lane = track.layout_now.geometry.lanes[0].spans
    there = QPointF(lane.across(lane.track.last), track.layout_now.rows.lanes[0])
    story.robot.click(story.robot.place(track, there))
    story.wait(lambda: story.state_hash() == end, "its end is there to the last bit")
    story.shows("stepCountLabel", "5")


def stimulate_the_cell(story: Story) -> None:
    """z = 3 makes 3 nA, which fire a typical cell eleven times in 200 ms; 2 nA fire it less often."""
    story.window.document.edit("Set both", edits.set_parameters, {"a": F(1), "n.bias": F(1)})
    panel = open_panel(story, "biology")
    story.wait(lambda: panel.picture.texts.get("spikes") == "11 spikes", "the cell fires")
    assert panel.header.current.whole_text().startswith("row 1: z = 3")
    story.picture("firing")
    rate = panel.picture.rate
    story.robot.drag(on_plot(story, panel.rate.plot, 3, rate), on_plot(story, panel.rate.plot, 2, rate))
    story.wait(lambda: story.parameter("n.bias") == 0, f"b is 0, not {story.parameter('n.bias')}")
    story.wait(lambda: panel.picture.rate < rate, "it fires less often")
    story.picture("weaker")
    story.robot.click(story.robot.place(panel.header.play))
    story.wait(lambda: (panel.picture.cursor or 0) > 2, "time runs over the trace")
    story.picture("playing")
    story.robot.click(story.robot.place(panel.header.play))
    story.wait(lambda: panel.picture.cursor is None, "and stops")


def compare_before_and_after(story: Story) -> None:
    """Slide 13: both moments side by side, every number exactly, with the difference."""
    story.robot.click(story.button("fullStepButton"))
    panel = open_panel(story, "compare")

    def lines() -> dict[str, list[str]]:
        model = panel.model
        rows = [
            [plain(str(model.data(model.index(r, c), SHOWN) or "")) for c in range(4)] for r in range(model.rowCount())
        ]
        return {cells[0]: cells[1:] for cells in rows}

    story.wait(lambda: lines().get("L") == ["466/9", "8149/2025", "-96701/2025"], "the loss before and after")
    assert lines()["a"] == ["1/3", "83/45", "+68/45"]
    assert lines()["b"] == ["-6", "-83/15", "+7/15"]
    story.picture("one-step")
    story.robot.click(story.button("markBeforeButton"))
    story.robot.click(story.button("fullStepButton"))
    story.wait(lambda: lines()["a"] == ["83/45", "1522/675", "+277/675"], "the marked moment is beside the present")
    assert lines()["b"] == ["-83/15", "-27/5", "+2/15"]
    story.picture("marked")


STORIES = (
    descend_in_the_loss_map,
    slide_the_squares_into_one_bar,
    pull_a_point_along_the_activation,
    move_the_threshold_of_decisions,
    go_back_in_time_and_branch_off,
    stimulate_the_cell,
    compare_before_and_after,
)
