"""What the network asks of the data and they lack is added, and nothing else is touched."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document import edits
from neurosim.document.edits import lacking_columns, lacks_data, supply_data
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.problems import find_problems
from neurosim.paths import example


def _built(state):
    """Two inputs, a neuron, an output, on whatever data there are."""
    for key in ("p", "q"):
        state = edits.add_input(state, identifier=key)
    state = edits.add_neuron(state, identifier="m")
    for key in ("p", "q"):
        state = edits.connect(state, key, "m")
    return edits.add_output(state, "m")


def _trainable(state):
    return not find_problems(state.network, state.dataset, state.training)


def test_a_second_input_gets_a_column_of_zeros_beside_the_old_ones():
    lecture = load(example("lecture"))
    state = edits.connect(edits.add_input(lecture), "x1", "n")
    assert not _trainable(state)
    assert lacking_columns(state) == ("x1",)
    supplied = supply_data(state)
    assert [column.numbers for column in supplied.dataset.columns.values()] == [(2, 4), (0, 4), (0, 0)]
    assert list(supplied.dataset.columns) == ["x", "y", "x1"]
    assert supplied.network == state.network
    assert _trainable(supplied)


def test_without_any_data_there_are_columns_a_target_and_one_row():
    state = _built(DocumentState())
    assert lacking_columns(state) == ("p", "q", "y")
    supplied = supply_data(state)
    assert supplied.dataset.row(0) == {"p": Fraction(0), "q": Fraction(0), "y": Fraction(0)}
    assert supplied.dataset.n_rows == 1
    assert supplied.network.outputs[0].column == "y"
    assert _trainable(supplied)


def test_a_free_column_becomes_the_target_before_a_new_one_is_made():
    lecture = load(example("lecture"))
    state = edits.set_output_column(lecture, "n", None)
    assert lacking_columns(state) == ()
    assert lacks_data(state)
    assert supply_data(state) == lecture


def test_a_new_target_is_not_called_like_an_input():
    state = edits.add_input(DocumentState(), "y")
    state = edits.add_neuron(state, identifier="m")
    state = edits.add_output(edits.connect(state, "x", "m"), "m")
    assert supply_data(state).network.outputs[0].column == "y2"


def test_what_lacks_nothing_stays_itself():
    lecture = load(example("lecture"))
    assert not lacks_data(lecture)
    assert supply_data(lecture) is lecture
    assert supply_data(DocumentState()) == DocumentState()
