"""What may be drawn, what is refused and in which words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.engine.connecting import reason_to_refuse
from neurosim.engine.errors import CycleError, NetworkError
from neurosim.engine.network import WITHOUT_VALUES, Edge, InputNode, Network, Neuron, Output, bias_id

ONE = Fraction(1)


def chain() -> Network:
    """x -> h1 -> h2 -> y, and a skip connection x -> y."""
    return Network(
        nodes=(InputNode("x", "x"), Neuron("h1"), Neuron("h2"), Neuron("y", bias=None)),
        edges=(
            Edge("e1", "x", "h1", ONE),
            Edge("e2", "h1", "h2", ONE),
            Edge("e3", "h2", "y", ONE),
            Edge("e4", "x", "y", ONE),
        ),
        outputs=(Output("y", "target"),),
    )


def test_order_puts_each_node_after_what_flows_into_it() -> None:
    network = chain()
    backwards = Network(tuple(reversed(network.nodes)), tuple(reversed(network.edges)), network.outputs)
    assert network.order == backwards.order == ("x", "h1", "h2", "y")


def test_a_loop_is_refused_and_shown() -> None:
    network = chain()
    assert reason_to_refuse(network, "h2", "h1") == "would close a loop: h1 -> h2 -> h1"
    with pytest.raises(CycleError, match="h1"):
        network.with_edge(Edge("e5", "h2", "h1", ONE))


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("h1", "x", "x is an input: nothing can flow into it."),
        ("h1", "h1", "h1 cannot feed itself: that would close a loop: h1 -> h1."),
        ("x", "h1", "x and h1 are already connected."),
        ("y", "h1", "would close a loop: h1 -> h2 -> y -> h1"),
        ("nobody", "y", "There is no node nobody."),
    ],
)
def test_refusals_are_sentences(source: str, target: str, words: str) -> None:
    assert reason_to_refuse(chain(), source, target) == words


def test_a_skip_connection_may_be_drawn() -> None:
    assert reason_to_refuse(chain(), "h1", "y") is None


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"nodes": (InputNode("x", "x"), Neuron("x"))}, "node x: the id is used twice"),
        ({"nodes": (Neuron("n"),), "edges": (Edge("n", "n", "n", ONE),)}, "edge n: the id is used twice"),
        ({"nodes": (Neuron("n"),), "edges": (Edge("e", "x", "n", ONE),)}, "there is no node x"),
        ({"nodes": (Neuron("a.b"),)}, "no full stop"),
        ({"nodes": (Neuron("n"),), "outputs": (Output("m", "y"),)}, "there is no node m"),
        ({"nodes": (Neuron("n"),), "outputs": (Output("n", "y"), Output("n", "z"))}, "already an output"),
    ],
)
def test_broken_networks_cannot_be_made(parts: dict[str, tuple[object, ...]], words: str) -> None:
    with pytest.raises(NetworkError, match=words):
        Network(**parts)  # type: ignore[arg-type]


def test_parameters_are_weights_then_biases_and_replaceable_by_name() -> None:
    network = chain()
    assert list(network.parameters) == ["e1", "e2", "e3", "e4", "h1.bias", "h2.bias"]
    changed = network.with_parameters({"e2": Fraction(1, 3), "h2.bias": 0.5, "gone": ONE, "y.bias": ONE})
    assert changed.parameters["e2"] == Fraction(1, 3)
    assert changed.parameters["h2.bias"] == 0.5
    assert bias_id("y") not in changed.parameters
    assert network.parameters["e2"] == 1


def test_frozen_and_muted_parameters_do_not_train() -> None:
    network = Network(
        nodes=(InputNode("x", "x"), Neuron("n", muted=True), Neuron("m", trainable=False)),
        edges=(
            Edge("e", "x", "n", ONE, trainable=False),
            Edge("f", "x", "m", ONE, muted=True),
            Edge("g", "n", "m", ONE),
        ),
    )
    assert dict(network.trainable) == {"e": False, "f": False, "g": True, "n.bias": False, "m.bias": False}
    assert network.muted == {"f", "n.bias"}


def test_removing_a_node_takes_its_edges_and_output_along() -> None:
    assert chain().without("y").outputs == ()
    rest = chain().without("h1")
    assert [edge.id for edge in rest.edges] == ["e3", "e4"]


def test_fresh_ids_are_unused() -> None:
    network = chain()
    assert network.fresh_id("h") == "h"
    assert network.fresh_id("h1") == "h11"
    assert network.fresh_id("x") == "x1"


def test_other_values_are_the_same_shape_and_anything_else_is_not() -> None:
    network = chain()
    moved = network.with_parameters({name: Fraction(7) for name in network.parameters})
    assert moved.shape is network.shape
    assert moved.parameters != network.parameters
    edge = network.edges[0]
    for other in (
        replace(network),
        network.with_edge(replace(edge, muted=True)),
        network.with_edge(replace(edge, trainable=False)),
        network.without(edge.id),
    ):
        assert other.shape is not network.shape


def test_what_goes_on_to_other_values_is_what_they_would_find() -> None:
    network = chain()
    moved = network.with_parameters({name: Fraction(7) for name in network.parameters})
    fresh = Network(moved.nodes, moved.edges, moved.outputs)
    assert moved == fresh
    for name in WITHOUT_VALUES:
        if name != "shape":
            assert getattr(moved, name) == getattr(fresh, name)
