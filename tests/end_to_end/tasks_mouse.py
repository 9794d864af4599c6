"""The usability tasks with the mouse: numbers, points, handles and wires are dragged."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication, QMenu
from story import Story
from usability import (
    blown_up,
    field_says,
    line_is_read,
    lost_graph,
    moved_point,
    recovered,
    smaller_loss,
    there_and_back,
    two_inputs,
    typed_parameters,
)

from neurosim.panels.timeline.view import TrackView
from neurosim.widgets.learning_rate_slider import LearningRateSlider


def make_the_loss_smaller(story: Story) -> None:
    """Scrub the weight to the right."""
    with smaller_loss(story):
        place = story.chip("a")
        story.robot.drag(place, place + QPoint(60, 0))


def set_weight_and_bias(story: Story) -> None:
    """Type over the weight, scrub the bias five tenths up."""
    with typed_parameters(story):
        story.robot.click(story.chip("a"))
        field_says(story, "chipField", "2")
        story.robot.keys("ctrl+a")
        story.robot.write("1/3")
        story.robot.keys("Return")
        bias = story.chip("n.bias")
        story.robot.drag(bias, bias + QPoint(33, 0), steps=11)  # six pixels are a tenth
    story.robot.click(story.chip("a"))
    field_says(story, "chipField", "1/3")
    story.robot.keys("Escape")


def bring_the_point_down(story: Story) -> None:
    """Drag it; what is said under way belongs to where it is."""
    seen = {}

    def remember() -> None:
        snapshot = story.window.session.snapshot
        y = snapshot.dataset.row(1)["y"]
        if y != story.window.document.state.dataset.row(1)["y"]:
            return  # that frame is still to come
        # r = -16/3 and 4/3 - 6 - y, as on paper.
        first, second = Fraction(-16, 3), Fraction(-14, 3) - y
        assert snapshot.loss == (first**2 + second**2) / 2
        story.shows("lossLabel", str(snapshot.loss))
        story.shows("gradientLabel", str(first * 2 + second * 4))
        seen[y] = snapshot.loss

    with moved_point(story):
        start, end = story.at(4, 4), story.at(4, 2)
        story.robot.press(start)
        for step in range(1, 13):
            story.robot.point_at(start + (end - start) * step / 12)
            remember()
        story.robot.release()
    assert len(seen) >= 3


def one_step_and_back(story: Story) -> None:
    """Press Step fifteen times; drag the handle of the timeline back to the start."""
    with there_and_back(story):
        for number in range(1, 16):
            story.robot.click(story.button("stepButton"))
            line_is_read(story, number)
        if story.window.workspace.docks["timeline"].isHidden():  # low windows open without it
            story.choose("View", "view-panelsMenu", "panel-timeline")
        track = story.robot.find(TrackView, "timelineTrack")
        assert isinstance(track, TrackView)
        story.wait(lambda: track.isVisible() and track.value() == 1, "the timeline stands at the step")
        across = track.layout_now.geometry.main.across
        line = track.layout_now.rows.track
        start, end = (story.robot.place(track, QPointF(across(index), line)) for index in (1, 0))
        story.robot.drag(start, end - QPoint(20, 0))
        story.picture("back")


def blow_up_and_recover(story: Story) -> None:
    """Drag the handle of the learning rate into the last zone, run, and press Undo in the message."""
    slider = story.robot.find(LearningRateSlider, "learningRateSlider")
    assert isinstance(slider, LearningRateSlider)
    with blown_up(story):
        handle = slider.handle_rect().center()
        end = QPointF(slider.width() - 4, handle.y())
        story.robot.drag(story.robot.place(slider, handle), story.robot.place(slider, end))
        story.robot.click(story.button("segment-max"))
        story.robot.click(story.button("runButton"))
        story.wait(lambda: story.window.document.state.training.step > 0, "it runs")
    story.robot.click(story.button("messageAction0"))
    recovered(story)


def build_two_inputs(story: Story) -> None:
    """Pull a wire out of the neuron into empty space, choose an input there; the data get its column."""
    with two_inputs(story):
        empty = story.graph.viewport().mapToGlobal(QPoint(24, story.graph.viewport().height() - 70))
        story.robot.drag(story.port("n", "in"), empty)
        story.wait(lambda: QApplication.activePopupWidget() is not None, "what fits is offered")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        story.robot.click(story.menu_item(menu, "add-input"))
        story.wait(lambda: len(story.window.document.state.network.edges) == 2, "it is connected")
        story.robot.click(story.button("tidyButton"))
        story.picture("tidied")
        story.robot.click(story.button("supplyDataButton"))


def find_the_graph(story: Story) -> None:
    """View, Fit graph."""
    with lost_graph(story):
        story.choose("View", "fit")
