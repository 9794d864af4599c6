"""The usability tasks with clicks alone: the button is never held while the pointer moves."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
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

from neurosim.widgets.learning_rate_slider import LearningRateSlider


def make_the_loss_smaller(story: Story) -> None:
    """Press Full step."""
    with smaller_loss(story):
        story.robot.click(story.button("fullStepButton"))


def set_weight_and_bias(story: Story, bias: str = "-5.5") -> None:
    """Click the numbers and type them in the inspector."""
    with typed_parameters(story):
        for parameter, name, typed in (("a", "weightField", "1/3"), ("n.bias", "biasField", bias)):
            story.robot.click(story.chip(parameter))
            story.wait(lambda n=name: _is_seen(story, n), f"the inspector shows {name}")
            story.robot.keys("Escape")
            story.robot.click(story.robot.place(story.robot.find(QLineEdit, name)))
            story.robot.keys("ctrl+a")
            story.robot.write(typed)
            story.robot.keys("Return")
            if parameter == "a":
                field_says(story, name, "1/3")


def bring_the_point_down(story: Story) -> None:
    """Pick it up with a click, put it down with another."""
    with moved_point(story):
        story.robot.click(story.at(4, 4))
        for y in (3.5, 3, 2.5, 2):
            story.robot.point_at(story.at(4, y))
        story.robot.click(story.at(4, 2))
        story.robot.point_at(story.at(1, 4))


def one_step_and_back(story: Story) -> None:
    """Press Step fifteen times, then Rewind."""
    with there_and_back(story):
        for number in range(1, 16):
            story.robot.click(story.button("stepButton"))
            line_is_read(story, number)
        story.robot.click(story.button("rewindButton"))


def blow_up_and_recover(story: Story) -> None:
    """Click into the last zone of the learning rate, run, and press Undo in the window's corner."""
    slider = story.robot.find(LearningRateSlider, "learningRateSlider")
    assert isinstance(slider, LearningRateSlider)
    with blown_up(story):
        story.robot.click(story.robot.place(slider, QPointF(slider.width() - 12, slider.handle_rect().center().y())))
        story.robot.click(story.button("segment-max"))
        story.robot.click(story.button("runButton"))
        story.wait(lambda: story.window.document.state.training.step > 0, "it runs")
    story.robot.click(story.button("undoButton"))
    recovered(story)


def build_two_inputs(story: Story) -> None:
    """From an empty sheet: add the parts, connect them port by port, and let the data get their columns."""
    with two_inputs(story):
        story.choose("File", "newEmpty")
        network = story.window.document
        for name, count in (("input", 1), ("input", 2), ("identity", 3)):
            _add(story, name)
            story.wait(lambda c=count: len(network.state.network.nodes) == c, f"{name} is added")
        _add(story, "output")
        story.wait(lambda: len(network.state.network.outputs) == 1, "the output is added")
        (neuron,) = network.state.network.neurons
        story.robot.click(story.button("tidyButton"))
        for count, node in enumerate(network.state.network.inputs, start=1):
            story.robot.click(story.port(node.id, "out"))
            story.robot.click(story.port(neuron.id, "in"))
            story.wait(lambda c=count: len(network.state.network.edges) == c, f"{node.id} is connected")
        story.robot.click(story.button("tidyButton"))
        story.picture("tidied")
        story.robot.click(story.button("supplyDataButton"))


def find_the_graph(story: Story) -> None:
    """Press the Fit button over the graph."""
    with lost_graph(story):
        story.robot.click(story.button("fitButton"))


def _add(story: Story, name: str) -> None:
    """Choose something in the menu of what can be added."""
    story.robot.click(story.button("addNodeButton"))
    story.wait(lambda: QApplication.activePopupWidget() is not None, "the menu opens")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    story.robot.click(story.menu_item(menu, f"add-{name}"))
    story.wait(lambda: QApplication.activePopupWidget() is None, "the menu closes")


def _is_seen(story: Story, name: str) -> bool:
    field = story.window.findChild(QLineEdit, name)
    return field is not None and field.isVisible()
