"""The numbers of the values table: the lecture's to the last fraction, and sums that are the engine's gradient."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, TrainingSettings
from neurosim.panels.values.cells import Cells, ColumnCells, Totals, changed_rows
from neurosim.panels.values.columns import columns_of, first_groups
from neurosim.working.shares import shares
from samples import hidden_state, lecture_state
from strategies import states

F = Fraction


def english(text: str) -> str:
    return text


def columns(snapshot, kind: str):
    return [column for column in columns_of(snapshot, english) if column.kind == kind]


def evaluated(state: DocumentState, **changes):
    return evaluate(state.network, state.dataset, replace(state.training, **changes))


def table_of(snapshot):
    """Every cell by title, row by row."""
    cells = Cells()
    cells.show(snapshot)
    found = columns_of(snapshot, english)
    return [{c.title: cells.value(row, c) for c in found} for row in range(snapshot.dataset.n_rows)]


def test_the_lectures_rows_are_exact() -> None:
    first, second = table_of(evaluated(lecture_state()))
    assert first == {
        "x": F(2),
        "ŷ": F(-16, 3),
        "y": F(0),
        "ŷ − y": F(-16, 3),
        "loss": F(256, 9),
        "loss/n": F(128, 9),
        "∂L/∂a": F(-16, 3) * 2,
        "∂L/∂b": F(-16, 3),
    }
    assert list(second.values()) == [4, F(-14, 3), 4, F(-26, 3), F(676, 9), F(338, 9), F(-104, 3), F(-26, 3)]
    assert all(isinstance(value, Fraction) for row in (first, second) for value in row.values())


def test_the_lectures_totals_are_loss_and_gradient() -> None:
    snapshot = evaluated(lecture_state())
    totals = Totals(snapshot, english)
    found = {c.title: totals.value(0, c) for c in columns_of(snapshot, english)}
    sums = {"loss": F(932, 9), "loss/n": F(466, 9), "∂L/∂a": F(-136, 3), "∂L/∂b": F(-14)}
    assert found == {"x": None, "ŷ": None, "y": None, "ŷ − y": None, **sums}
    assert [label for label, _ in totals.lines] == ["Σ"]


def test_sum_and_penalty_are_the_total() -> None:
    # l2 = 1/5: the penalty is 1/2 · 1/5 · (1/3)² = 1/90, its slope 1/5 · 1/3 = 1/15.
    snapshot = evaluated(lecture_state(), l2=F(1, 5))
    totals = Totals(snapshot, english)
    term, (a, b) = columns(snapshot, "term")[0], columns(snapshot, "gradient")
    assert [totals.value(line, term) for line in range(3)] == [F(466, 9), F(1, 90), F(466, 9) + F(1, 90)]
    assert [totals.value(line, a) for line in range(3)] == [F(-136, 3), F(1, 15), F(-136, 3) + F(1, 15)]
    assert [totals.value(line, b) for line in range(3)] == [-14, 0, -14]
    assert snapshot.gradient["a"] == totals.value(2, a)
    assert len(totals.lines) == 3


@settings(max_examples=100)
@given(
    state=states(),
    reduction=st.sampled_from(REDUCTIONS),
    l2=st.sampled_from([F(0), F(1, 3)]),
    test_row=st.booleans(),
)
def test_the_columns_add_up_to_what_the_engine_has(state, reduction, l2, test_row) -> None:
    dataset = replace(state.dataset, test_rows=(0,)) if test_row and state.dataset.n_rows > 1 else state.dataset
    snapshot = evaluated(replace(state, dataset=dataset), reduction=reduction, l2=l2)
    if snapshot.problem is not None:
        return
    rows, totals = table_of(snapshot), Totals(snapshot, english)
    for column in columns_of(snapshot, english):
        shown = [row[column.title] for row in rows]
        if column.kind == "loss" and dataset.test_rows:
            shown = shown[1:]
        sums = totals.value(0, column)
        if column.kind not in {"loss", "term", "gradient"}:
            assert sums is None
            continue
        parts = [value for value in shown if value is not None]
        assert len(parts) == dataset.n_rows - len(dataset.test_rows)
        size = sum(abs(float(value)) for value in parts)
        assert float(sum(parts)) == pytest.approx(float(sums), rel=1e-9, abs=1e-9 * max(1.0, size))
        if snapshot.exact:
            assert sum(parts, F(0)) == sums
        if column.kind == "gradient" and l2:
            whole = totals.value(0, column) + totals.value(1, column)
            assert float(whole) == pytest.approx(float(snapshot.gradient[column.key]), rel=1e-9, abs=1e-9)
    trainable = [n for n, on in state.network.trainable.items() if on and n in snapshot.gradient]
    assert [c.key for c in columns(snapshot, "gradient")] == trainable


def test_a_test_row_has_a_loss_and_no_share() -> None:
    state = lecture_state()
    snapshot = evaluated(replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    first, second = table_of(snapshot)
    # One row is trained on: its term is its loss, so that there is one column of both.
    assert (first["loss"], first["∂L/∂a"], first["∂L/∂b"]) == (None, None, None)
    assert (second["loss"], second["∂L/∂a"]) == (F(676, 9), F(-208, 3))
    both = evaluated(replace(state, dataset=replace(state.dataset, test_rows=(0,))), reduction="half_mean")
    assert table_of(both)[0]["loss"] == F(256, 9)
    assert table_of(both)[0]["loss/(2n)"] is None


def test_a_linear_neuron_has_one_column_of_z_and_a_and_a_logistic_one_two() -> None:
    assert [c.title for c in columns(evaluated(lecture_state()), "z")] == []
    hidden = evaluated(hidden_state())
    assert [c.key for c in columns(hidden, "z")] == ["h1", "h2"]
    assert [c.key for c in columns(hidden, "a")] == ["h1", "h2", "n"]
    assert [c.group for c in columns(hidden, "a")] == ["a", "a", "output"]
    logistic = Network(
        (InputNode("x", "x"), Neuron("n", bias=F(0), activation="sigmoid")),
        (Edge("w", "x", "n", F(1)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((F(0), F(1))), "y": Column((F(1), F(0)))})
    snapshot = evaluate(logistic, dataset, TrainingSettings(loss="cross_entropy"))
    first, _ = table_of(snapshot)
    assert [c.title for c in columns_of(snapshot, english)][:4] == ["x", "z", "ŷ", "y"]
    assert (first["z"], first["ŷ"], first["ŷ − y"]) == (0, 0.5, -0.5)
    assert first["loss"] == pytest.approx(np.log(2))


def test_of_many_columns_those_inside_the_network_are_left_out_first() -> None:
    assert first_groups(columns_of(evaluated(lecture_state()), english)) >= {"data", "output", "residual", "gradient"}
    inputs = tuple(InputNode(f"x{i}", f"x{i}") for i in range(3))
    inner = tuple(Neuron(f"h{i}", bias=F(0), activation="tanh") for i in range(4))
    edges = tuple(Edge(f"w{i}{j}", f"x{i}", f"h{j}", F(1, 2)) for i in range(3) for j in range(4))
    edges += tuple(Edge(f"v{j}", f"h{j}", "o", F(1)) for j in range(4))
    network = Network((*inputs, *inner, Neuron("o")), edges, (Output("o", "y"),))
    values = Column((F(1), F(2)))
    dataset = Dataset({**{f"x{i}": values for i in range(3)}, "y": values, "note": values})
    groups = first_groups(columns_of(evaluate(network, dataset, TrainingSettings()), english))
    assert groups == {"data", "output", "residual", "loss"}


def test_without_a_loss_there_are_the_data_and_what_can_be_computed() -> None:
    state = lecture_state()
    unfinished = replace(state.network, outputs=(Output("n", None),))
    snapshot = evaluate(unfinished, state.dataset, state.training)
    rows = table_of(snapshot)
    assert rows[0] == {"x": 2, "ŷ": F(-16, 3), "y": 0}
    assert Totals(snapshot, english).lines == ()


# -- what is worked out, and when --------------------------------------------------------------------------------------


def test_a_moved_row_is_the_only_one_that_is_worked_out_anew() -> None:
    state = lecture_state()
    before = evaluate(state.network, state.dataset, state.training)
    cells = Cells()
    assert cells.show(before) is None
    kept = [cells.row(0), cells.row(1)]
    moved = edits.move_row(state, 1, {"y": F(2)})
    after = evaluate(moved.network, moved.dataset, moved.training)
    assert cells.show(after) == {1}
    assert cells.row(0) is kept[0]
    assert cells.row(1) is not kept[1]
    residual, (a, _b) = columns(after, "residual")[0], columns(after, "gradient")
    assert cells.value(1, residual) == F(-20, 3)
    assert cells.value(1, a) == F(-20, 3) * 4
    stepped = edits.set_parameters(moved, {"a": F(1)})
    assert cells.show(evaluate(stepped.network, stepped.dataset, stepped.training)) is None
    assert cells.row(0) is not kept[0]


def test_a_number_that_becomes_rounded_is_another_number() -> None:
    data = Dataset({"x": Column((F(1, 2), F(1), F(2)))})
    assert changed_rows(data, data.with_values(0, {"x": 0.5})) == {0}
    assert changed_rows(data, data.with_values(2, {"x": F(2)})) == frozenset()
    long = Dataset({"x": Column(np.arange(5000.0))})
    assert changed_rows(long, long.with_values(4711, {"x": F(1)})) == {4711}


def test_of_a_hundred_thousand_rows_only_those_looked_at_are_worked_out() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=100_000)
    state = replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(2 * x)}))
    snapshot = evaluated(state)
    cells = Cells()
    cells.show(snapshot)
    share = columns(snapshot, "gradient")[0]
    # 2/n · r · x by hand, with r = x/3 − 6 − 2x.
    by_hand = 2 / 100_000 * (x[99_999] / 3 - 6 - 2 * x[99_999]) * x[99_999]
    assert cells.value(99_999, share) == pytest.approx(by_hand)
    assert len(cells._rows) == 1


def test_whole_columns_hold_what_the_rows_do() -> None:
    state = hidden_state()
    snapshot = evaluated(replace(state, dataset=replace(state.dataset, test_rows=(1,))))
    cells, whole = Cells(), ColumnCells(shares(snapshot))
    cells.show(snapshot)
    for column in columns_of(snapshot, english):
        for row in range(snapshot.dataset.n_rows):
            one, other = cells.value(row, column), whole.value(row, column)
            assert (one is None) == (other is None), column.title
            assert one is None or float(one) == pytest.approx(other, rel=1e-12, abs=1e-12)
