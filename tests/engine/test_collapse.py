"""Two linear layers multiplied together: the numbers by hand, the function kept in fractions, bends refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.engine.collapse import collapse, linear_layer
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import NetworkError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings

F = Fraction
DATA = Dataset(
    {"x": Column([F(0), F(1), F(-2), F(1, 3)]), "u": Column([F(1), F(0), F(3), F(-1, 2)]), "y": Column([F(1)] * 4)}
)


def chain() -> Network:
    """f = 3 (2x + 1) - 1/2."""
    nodes = (InputNode("x", "x"), Neuron("h", bias=F(1)), Neuron("n", bias=F(-1, 2)))
    return Network(nodes, (Edge("w1", "x", "h", F(2)), Edge("w2", "h", "n", F(3))), (Output("n", "y"),))


def values(network: Network) -> list[Fraction]:
    found = evaluate(network, DATA, TrainingSettings()).exact_activations["n"]
    assert all(isinstance(value, Fraction) for value in found)
    return list(found)


def test_the_lecture_of_two_linear_neurons_by_hand() -> None:
    found = collapse(chain(), linear_layer(chain()))
    assert found.gone == ("h",)
    # a = w2 w1 = 3 * 2 = 6, b = b_n + w2 b_h = -1/2 + 3 * 1 = 5/2
    assert [(p.name, p.source, p.value) for p in found.parameters] == [("w", "x", 6), ("n.bias", None, F(5, 2))]
    assert found.parameters[0].terms == ((("w2", F(3)), ("w1", F(2))),)
    assert found.parameters[1].terms == ((("n.bias", F(-1, 2)),), (("w2", F(3)), ("h.bias", F(1))))
    assert values(found.network) == values(chain()) == [F(5, 2), F(17, 2), F(-19, 2), F(9, 2)]


def test_a_matrix_product_is_numpys() -> None:
    rng = np.random.default_rng(3)
    first, second = rng.integers(-5, 6, (3, 2)), rng.integers(-5, 6, (2, 3))
    nodes = [InputNode("x", "x"), InputNode("u", "u"), *(Neuron(f"h{i}") for i in range(3)), Neuron("n"), Neuron("m")]
    edges = [
        Edge(f"a{i}{j}", source, f"h{i}", F(int(first[i, j]))) for i in range(3) for j, source in enumerate(("x", "u"))
    ]
    edges += [Edge(f"b{k}{i}", f"h{i}", t, F(int(second[k, i]))) for k, t in enumerate(("n", "m")) for i in range(3)]
    found = collapse(Network(tuple(nodes), tuple(edges), (Output("n", "y"),)), ["h0", "h1", "h2"])
    product = second @ first
    weights = {(edge.target, edge.source): edge.weight for edge in found.network.edges}
    assert weights == {(t, s): product[k, j] for k, t in enumerate(("n", "m")) for j, s in enumerate(("x", "u"))}


def test_what_is_there_already_is_added_to() -> None:
    network = chain().with_edge(Edge("skip", "x", "n", F(1, 4)))
    found = collapse(network, ["h"])
    assert found.network.edge_by_id["skip"].weight == 6 + F(1, 4)
    assert found.parameters[0].terms[0] == (("skip", F(1, 4)),)
    assert values(found.network) == values(network)


def test_muted_weights_count_as_nothing_and_a_bias_is_made_where_one_is_needed() -> None:
    network = chain().with_edge(replace(chain().edge_by_id["w1"], muted=True))
    network = network.with_node(replace(network.node_by_id["n"], bias=None))
    found = collapse(network, ["h"])
    assert found.network.edges[0].weight == 0
    assert found.network.node_by_id["n"] == replace(network.node_by_id["n"], bias=F(3))
    assert values(found.network) == values(network) == [3, 3, 3, 3]
    bare = network.with_node(replace(network.node_by_id["h"], bias=None))
    assert collapse(bare, ["h"]).network.node_by_id["n"] == network.node_by_id["n"]


def test_a_bend_is_refused_by_name() -> None:
    bent = chain().with_node(replace(chain().node_by_id["h"], activation="tanh", label="g"))
    for call in (lambda: collapse(bent, ["h"]), lambda: linear_layer(bent), lambda: linear_layer(bent, ["h"])):
        with pytest.raises(NetworkError, match="g lies between with the activation tanh"):
            call()
    with pytest.raises(NetworkError, match="no hidden layer"):
        linear_layer(Network((InputNode("x", "x"), Neuron("n")), (Edge("w", "x", "n", F(1)),), (Output("n", "y"),)))
    with pytest.raises(NetworkError, match="n is an output"):
        linear_layer(chain(), ["n"])


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.fractions(-4, 4, max_denominator=6), min_size=16, max_size=16),
    st.integers(1, 3),
    st.booleans(),
)
def test_the_function_stays_the_same_in_fractions(numbers: list[Fraction], width: int, deep: bool) -> None:
    weight = iter(numbers * 4)
    hidden = [f"h{i}" for i in range(width)]
    inner = [f"k{i}" for i in range(2)] if deep else []
    nodes = [InputNode("x", "x"), InputNode("u", "u")]
    nodes += [Neuron(name, bias=next(weight)) for name in [*hidden, *inner]]
    nodes += [Neuron("n", bias=next(weight), activation="relu")]
    pairs = [(s, h) for h in hidden for s in ("x", "u")] + [(h, k) for k in inner for h in hidden]
    pairs += [(h, "n") for h in (inner or hidden)] + [("x", "n")]
    edges = [Edge(f"w{i}", *pair, next(weight)) for i, pair in enumerate(pairs)]
    network = Network(tuple(nodes), tuple(edges), (Output("n", "y"),))
    found = collapse(network, [*hidden, *inner])
    assert {node.id for node in found.network.nodes} == {"x", "u", "n"}
    assert values(found.network) == values(network)
