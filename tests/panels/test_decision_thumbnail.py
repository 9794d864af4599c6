from __future__ import annotations

from fractions import Fraction

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron
from neurosim.panels.decision.thumbnail import Thumbnails, decision_thumbnail
from neurosim.widgets.theme import apply_theme, theme

F = Fraction


def two_neurons() -> tuple[Network, Dataset]:
    """h1 looks at x1 alone, h2 at x2 alone; both change sides in the middle of the data."""
    network = Network(
        (
            InputNode("x1", "x1"),
            InputNode("x2", "x2"),
            Neuron("h1", bias=F(-5), activation="sigmoid"),
            Neuron("h2", bias=F(0), activation="tanh"),
            Neuron("lost"),
        ),
        (Edge("w1", "x1", "h1", F(5)), Edge("w2", "x2", "h2", F(2))),
    )
    return network, Dataset({"x1": Column((F(0), F(2))), "x2": Column((F(-1), F(1)))})


def blue(colour) -> bool:
    return colour.blue() > colour.red()


def test_each_neuron_has_its_own_picture(qapp) -> None:
    network, dataset = two_neurons()
    found = Thumbnails()
    found.update(network, dataset)
    h1, h2 = found.image("h1", 48), found.image("h2", 48)
    assert (h1.width(), h1.height()) == (48, 48)
    # x1 grows to the right, x2 upwards.
    assert [blue(h1.pixelColor(x, y)) for x, y in ((4, 4), (4, 44), (44, 4), (44, 44))] == [False, False, True, True]
    assert [blue(h2.pixelColor(x, y)) for x, y in ((4, 4), (4, 44), (44, 4), (44, 44))] == [True, False, True, False]
    assert decision_thumbnail(network, dataset, "h1", 48) == h1


def test_a_neuron_that_says_nothing_has_the_colour_of_the_canvas_in_each_theme(qapp) -> None:
    network, dataset = two_neurons()
    for name in ("light", "dark"):
        apply_theme(qapp, name)
        assert decision_thumbnail(network, dataset, "lost", 20).pixelColor(10, 10).name() == theme().canvas.name()


def test_what_cannot_be_computed_has_no_picture(qapp) -> None:
    network, dataset = two_neurons()
    assert decision_thumbnail(network, Dataset({}), "h1", 20).isNull()
    assert decision_thumbnail(network, Dataset({"x1": dataset.columns["x1"]}), "h2", 20).isNull()
    assert decision_thumbnail(network, dataset, "nobody", 20).isNull()


def test_along_one_input_the_picture_runs_from_left_to_right(qapp) -> None:
    network, dataset = two_neurons()
    alone = network.without("x2", "h2")
    image = decision_thumbnail(alone, dataset, "h1", 32)
    assert [blue(image.pixelColor(x, 16)) for x in (2, 30)] == [False, True]
    assert image.pixel(2, 2) == image.pixel(2, 30)
