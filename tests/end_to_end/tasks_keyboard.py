"""The usability tasks with the keyboard alone: the pointer lies outside of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QLineEdit
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

from neurosim.canvas.drawing.hits import Hit
from neurosim.widgets.learning_rate_slider import LearningRateSlider

TABS = 80
"""More presses of Tab than the window has stops."""


ALONG_A = ["Left"] * 4 + ["Right"] * 2
"""To the first input, and from there to the weight."""
ALONG_B = ["Left"] * 4 + ["Right"] * 3 + ["Left"]
"""To the first input, from there to the neuron, and back to its bias."""


class Released(QObject):
    """Counts the keys that were let go in the program: then what their press does has been done."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let it pass."""
        self.count += event.type() == QEvent.Type.KeyRelease and watched.isWindowType()
        return False


def make_the_loss_smaller(story: Story) -> None:
    """Walk to the weight and raise it by one."""
    _put_the_pointer_away(story)
    with smaller_loss(story):
        _open_number(story, "a")
        story.robot.keys(["Prior", "Return"])
        story.wait(lambda: story.parameter("a") == 1, "Page up makes it the next whole number")


def set_weight_and_bias(story: Story, bias: str = "-5.5") -> None:
    """Walk to each number and type it."""
    _put_the_pointer_away(story)
    with typed_parameters(story):
        for parameter, typed in (("a", "1/3"), ("n.bias", bias)):
            _open_number(story, parameter)
            story.robot.keys("ctrl+a")
            story.robot.write(typed)
            story.robot.keys("Return")
            story.wait(story.graph.hasFocus, "the field closes")
    _open_number(story, "a")
    field_says(story, "chipField", "1/3")
    story.robot.keys("Escape")


def bring_the_point_down(story: Story) -> None:
    """Go to the plot with Tab, to the point with N, and type its y."""
    _put_the_pointer_away(story)
    with moved_point(story):
        _tab_to(story, story.plot.hasFocus, "the data plot")
        while story.window.selection.rows != {1}:
            story.robot.keys("n")
        story.robot.keys("Return")
        story.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "its numbers can be typed")
        story.robot.keys(["Tab", "ctrl+a"])
        story.robot.write("2")
        story.robot.keys("Return")
        story.wait(story.plot.hasFocus, "the plot has the keyboard again")


def one_step_and_back(story: Story) -> None:
    """Ctrl+Right fifteen times, Ctrl+Left all the way back."""
    _put_the_pointer_away(story)
    with there_and_back(story):
        for number in range(1, 16):
            story.robot.keys("ctrl+Right")
            line_is_read(story, number)
        for number in range(14, 0, -1):
            story.robot.keys("ctrl+Left")
            story.shows("stepLabel", f"line {number} of 15")
        story.robot.keys("ctrl+Left")


def blow_up_and_recover(story: Story) -> None:
    """Page up on the learning rate until it explodes; run with Ctrl+Enter; Ctrl+Z."""
    _put_the_pointer_away(story)
    slider = story.robot.find(LearningRateSlider, "learningRateSlider")
    assert isinstance(slider, LearningRateSlider)
    with blown_up(story):
        _tab_to(story, lambda: _focus_is("segment-1x", "segment-10x", "segment-max"), "the speed")
        story.robot.keys(["Right", "Right"])
        story.wait(lambda: story.window.session.speed == "max", "as fast as it goes")
        _tab_to(story, slider.hasFocus, "the learning rate")
        for _ in range(3):
            if slider.zone is None or slider.zone.kind != "explodes":
                story.robot.keys("Prior")
        story.robot.keys("ctrl+Return")
        story.wait(lambda: story.window.document.state.training.step > 0, "it runs")
    story.robot.keys("ctrl+z")
    recovered(story)


def build_two_inputs(story: Story) -> None:
    """Shift+A, Enter on its port, arrows to the neuron, Enter; the Insert menu gives the data its column."""
    _put_the_pointer_away(story)
    with two_inputs(story):
        story.robot.keys("shift+a")
        story.wait(lambda: QApplication.activePopupWidget() is not None, "the menu opens")
        story.robot.write("input")
        story.robot.keys("Return")
        network = story.window.document
        story.wait(lambda: len(network.state.network.inputs) == 2, "an input is added")
        new = network.state.network.inputs[-1].id
        _walk(story, Hit("out", new), ["Right"] * 4)
        story.robot.keys(["Return", "Down", "Return"])
        story.wait(lambda: len(network.state.network.edges) == 2, "it is connected")
        story.robot.keys("ctrl+shift+l")
        story.picture("tidied")
        story.robot.keys("alt+i")
        story.wait(lambda: QApplication.activePopupWidget() is not None, "the Insert menu opens")
        story.robot.keys(["Up", "Return"])


def find_the_graph(story: Story) -> None:
    """Home."""
    _put_the_pointer_away(story)
    with lost_graph(story):
        story.robot.keys("Home")


def _put_the_pointer_away(story: Story) -> None:
    """Leave the pointer where it means nothing."""
    story.robot.point_at(QPoint(2, 2))


def _tab_to(story: Story, there: Callable[[], bool], what: str) -> None:
    """Press Tab until *what* has the keyboard."""
    released = Released()
    for number in range(TABS):
        if there():
            return
        story.robot.keys("Tab")
        story.wait(lambda n=number: released.count > n, "Tab arrives")
    raise AssertionError(f"Tab does not come to {what}")


def _focus_is(*names: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.objectName() in names


def _walk(story: Story, wanted: Hit, keys: list[str]) -> None:
    """Press arrow keys until the keyboard is on *wanted*.

    Raises:
        AssertionError: they do not lead there.
    """
    for key in keys:
        if story.graph.focus_hit == wanted:
            return
        story.robot.keys(key)
    story.wait(lambda: story.graph.focus_hit == wanted, f"the arrows lead to {wanted}, not {story.graph.focus_hit}")


def _open_number(story: Story, parameter: str) -> None:
    """Walk to a weight or bias from the left, and press Enter."""
    bias = parameter.endswith(".bias")
    _walk(story, Hit("chip" if bias else "edge", parameter), ALONG_B if bias else ALONG_A)
    story.robot.keys("Return")
    story.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "a field opens over the number")
