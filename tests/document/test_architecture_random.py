"""Layers of any drawing: what is said to leave the function as it is leaves every output the same fraction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.edits.architecture_layers import edges_after, edges_before
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from strategies import datasets, networks

RATIONAL = ("identity", "relu", "leaky_relu", "hard_sigmoid")


def outputs(state: DocumentState) -> list[object]:
    found = evaluate(state.network, state.dataset, state.training).exact_activations
    return [list(found[output.node]) for output in state.network.outputs]


def _before(state: DocumentState, node: str) -> DocumentState:
    return edits.insert_layer(state, edges_before(state.network, [node]))


def _behind(state: DocumentState, node: str) -> DocumentState:
    return edits.insert_layer(state, edges_after(state.network, [node]))


CHANGES: dict[str, Callable[[DocumentState, str], DocumentState]] = {
    "insert before": _before,
    "insert behind": _behind,
    "insert thinly": lambda state, node: edits.insert_layer(state, edges_before(state.network, [node]), dense=False),
    "widen": lambda state, node: edits.widen_layer(state, [node], 2),
    "skips": lambda state, _node: edits.add_skips(state),
    "collapse": lambda state, node: edits.collapse_layer(state, [node]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(network=networks(max_neurons=5, activations=RATIONAL), dataset=datasets(), pick=st.integers(0, 20))
def test_every_output_stays_the_same_fraction(change, network: Network, dataset, pick: int) -> None:
    state = DocumentState(network, dataset, TrainingSettings())
    node = network.neurons[pick % len(network.neurons)].id
    try:
        after = change(state, node)
    except EditError:
        assume(False)
    assert after.network != network
    assert outputs(after) == outputs(state)
    assert {node.id: node.column for node in after.network.inputs} == {n.id: n.column for n in network.inputs}
    assert after.network.outputs == network.outputs
