"""The usability tasks: what each begins with, and when it is done, however it was done.

Each task is a context: what is done inside of it, with mouse, clicks or keys, must lead to what it asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from story import Story

from neurosim.document import edits
from neurosim.engine.network import InputNode, Neuron
from neurosim.widgets.learning_rate_slider import LearningRateSlider

LINES = (
    "a · x₁ = 1/3 · 2 = 2/3",
    "z₁ = a · x₁ + b = 2/3 + (-6) = -16/3",
    "ŷ₁ = f(z₁) = z₁ = -16/3",
    "a · x₂ = 1/3 · 4 = 4/3",
    "z₂ = a · x₂ + b = 4/3 + (-6) = -14/3",
    "ŷ₂ = f(z₂) = z₂ = -14/3",
    "r₁ = ŷ₁ - y₁ = -16/3 - 0 = -16/3; r₂ = ŷ₂ - y₂ = -14/3 - 4 = -26/3",
    "r₁² = (-16/3)² = 256/9; r₂² = (-26/3)² = 676/9",
    "L = (r₁² + r₂²)/n = (256/9 + 676/9)/2 = 466/9 ~ 51.78",
    "∂L/∂ŷ₁ = 2 · r₁/n = 2 · (-16/3)/2 = -16/3; ∂L/∂ŷ₂ = 2 · r₂/n = 2 · (-26/3)/2 = -26/3",
    "∂ŷ/∂a = x; ∂ŷ/∂b = 1",
    "∂L/∂a = ∂L/∂ŷ₁ · x₁ + ∂L/∂ŷ₂ · x₂ = (-16/3) · 2 + (-26/3) · 4 = -136/3",
    "∂L/∂b = ∂L/∂ŷ₁ + ∂L/∂ŷ₂ = -16/3 + (-26/3) = -42/3 = -14",
    "a^new = a - η · ∂L/∂a = 1/3 - 1/30 · (-136/3) = 83/45; b^new = b - η · ∂L/∂b = -6 - 1/30 · (-42/3) = -83/15",
    "a = 83/45; b = -83/15; L = 8149/2025 ~ 4.024",
)
"""The lines of the lecture's step, as the step bar says them."""

LOSS = Fraction(466, 9)
LARGEST_STABLE = 0.0917
"""2 / (11 + sqrt(117)), of the lecture's two points."""


@contextmanager
def smaller_loss(story: Story) -> Iterator[None]:
    """Task 1: make the loss smaller without touching the data."""
    story.fresh()
    before = story.window.document.state
    story.picture("before")
    yield
    story.wait(lambda: (story.window.session.snapshot.loss or LOSS) < LOSS, "the loss is smaller")
    assert story.window.document.state.dataset == before.dataset
    assert story.entries() == 1
    story.picture("smaller")


@contextmanager
def typed_parameters(story: Story) -> Iterator[None]:
    """Task 2: set the weight to one third and the bias to minus five and a half."""
    story.fresh()
    story.window.document.edit("Set weight", edits.set_weight, "a", Fraction(2))
    yield
    story.wait(lambda: story.parameter("a") == Fraction(1, 3), f"a is one third, not {story.parameter('a')}")
    story.wait(lambda: story.parameter("n.bias") == Fraction(-11, 2), f"b is -11/2, not {story.parameter('n.bias')}")
    assert all(isinstance(story.parameter(name), Fraction) for name in ("a", "n.bias"))
    story.picture("typed")


def field_says(story: Story, name: str, text: str) -> None:
    """Wait until a field has the keyboard or is seen, with this text."""
    field = story.robot.find(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    story.wait(lambda: field.isVisible() and field.text() == text, f"{name} shows {text}, not {field.text()}")


@contextmanager
def moved_point(story: Story) -> Iterator[None]:
    """Task 3: bring the right-hand point down to 2 and say what happened to the gradient."""
    story.fresh()
    before, ranges = story.window.document.state, story.plot.viewRange()
    yield
    story.shows("lossLabel", "328/9")
    story.shows("gradientLabel", "-112/3")
    story.shows("gradientLabel", "-12")
    state = story.window.document.state
    assert [state.dataset.row(0), state.dataset.row(1)] == [{"x": 2, "y": 0}, {"x": 4, "y": 2}]
    assert state.network == before.network
    assert story.plot.viewRange() == ranges
    assert story.entries() == 1
    story.picture("moved")


@contextmanager
def there_and_back(story: Story) -> Iterator[None]:
    """Task 4: one step of learning line by line, and back to the start. Inside: ``line_is_read`` for each line."""
    story.fresh()
    start = story.state_hash()
    yield
    story.wait(lambda: story.state_hash() == start, "the start is there again to the last bit")
    story.shows("lossLabel", "466/9")
    story.shows("stepCountLabel", "0")


def line_is_read(story: Story, number: int) -> None:
    """A line of the step is on show, and with the last one the step is taken."""
    story.shows("stepLabel", f"line {number} of 15")
    story.shows("stepLabel", LINES[number - 1])
    if number == len(LINES):
        assert story.parameter("a") == Fraction(83, 45)
        assert story.parameter("n.bias") == Fraction(-83, 15)


@contextmanager
def blown_up(story: Story) -> Iterator[None]:
    """Task 5, first half: find a step size that makes it blow up. Inside: choose it, and let it run."""
    story.fresh()
    yield
    rate = story.window.document.state.training.learning_rate
    assert rate > LARGEST_STABLE, f"the rate is {rate}"
    slider = story.robot.find(LearningRateSlider, "learningRateSlider")
    assert isinstance(slider, LearningRateSlider)
    story.wait(lambda: slider.zone is not None and slider.zone.kind == "explodes", "the slider says that it explodes")
    bar = story.window.message_bar
    story.wait(lambda: not story.window.session.running and bar.isVisible(), "the run stops by itself and says why")
    for label in story.window.findChildren(QLabel):
        words = label.text().lower().replace(",", " ").split()
        assert not {"nan", "inf", "-inf"} & set(words), f"{label.objectName()}: {label.text()}"
    story.picture("blown-up")


def recovered(story: Story) -> None:
    """Task 5, second half: one undo brought the last good loss back."""
    story.shows("lossLabel", "466/9")
    assert story.parameter("a") == Fraction(1, 3)


@contextmanager
def two_inputs(story: Story) -> Iterator[None]:
    """Task 7: build a neuron with two inputs. Inside, Tidy is the last that is done to the graph."""
    story.fresh()
    yield
    network = story.window.document.state.network
    assert [type(node) for node in network.nodes].count(InputNode) == 2
    (neuron,) = network.neurons
    assert isinstance(neuron, Neuron)
    assert neuron.bias is not None
    assert {(edge.source, edge.target) for edge in network.edges} == {(node.id, neuron.id) for node in network.inputs}
    assert [output.node for output in network.outputs] == [neuron.id]
    boxes = _boxes(story)
    for place, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[place + 1 :]), "after Tidy nothing overlaps"
    assert _in_sight(story), "the whole graph is in sight"
    for name in ("stepButton", "fullStepButton"):
        step = story.robot.find(QAbstractButton, name)
        story.wait(step.isEnabled, f"{name} can be pressed: {story.text('stepRefusalLabel')}")
    assert not any("missing" in story.text(name) for name in ("stepRefusalLabel", "lossLabel"))
    story.picture("built")


@contextmanager
def lost_graph(story: Story) -> Iterator[None]:
    """Task 8: the graph was panned 5000 pixels away; get it back."""
    story.fresh()
    story.wait(lambda: _in_sight(story), "the graph is in sight at first")
    story.window.graph.scroll_by(5000, 5000)
    story.wait(lambda: not any(map(_view(story).intersects, _boxes(story))), "the graph is lost")
    story.picture("lost")
    yield
    story.wait(lambda: _in_sight(story), "all nodes are in sight")
    assert not story.window.document.can_undo
    story.picture("found")


def _boxes(story: Story) -> list[QRectF]:
    """Where the bodies of the nodes are, in the scene."""
    return [item.body().translated(item.pos()) for item in story.graph.drawing.nodes.values()]


def _view(story: Story) -> QRectF:
    """What of the scene is in sight."""
    return story.graph.mapToScene(story.graph.viewport().rect()).boundingRect()


def _in_sight(story: Story) -> bool:
    return all(map(_view(story).contains, _boxes(story)))
