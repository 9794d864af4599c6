"""A loss map that has followed a thousand changes is the one that is made anew; a drag reads no other rows."""

from __future__ import annotations

import gc
import time
import weakref
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.loss_map.loss_map import LossMap
from neurosim.engine.loss_map.row_sums import LEAST
from neurosim.engine.loss_map.rows import TrainRows
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.triangle import LEAF
from strategies import fractions

AXES = ((-4.0, 5.0), (-3.0, 2.0), (15, 13))


def single(activation: str) -> Network:
    """One neuron, two inputs."""
    return Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=0.5, activation=activation)),
        (Edge("a", "x1", "n", 1.0), Edge("b", "x2", "n", -0.5)),
        (Output("n", "y"),),
    )


def hidden() -> Network:
    """Two tanh neurons, and a skip connection to the linear output."""
    return Network(
        (
            InputNode("x1", "x1"),
            InputNode("x2", "x2"),
            Neuron("h", bias=0.1, activation="tanh"),
            Neuron("k", bias=-0.2, activation="relu"),
            Neuron("n", bias=0.5),
        ),
        (
            Edge("a", "x1", "h", 1.0),
            Edge("b", "x2", "h", -0.5),
            Edge("c", "x2", "k", 0.75),
            Edge("d", "h", "n", 1.5),
            Edge("e", "k", "n", -1.0),
            Edge("f", "x1", "n", 0.25),
        ),
        (Output("n", "y"),),
    )


KINDS = {
    "linear": (single("identity"), "squared_error", ("a", "n.bias")),
    "logistic": (single("sigmoid"), "cross_entropy", ("a", "b")),
    "saturating": (single("tanh"), "squared_error", ("a", "b")),
    "margin": (single("identity"), "hinge", ("a", "n.bias")),
    "hidden": (hidden(), "squared_error", ("b", "d")),
    "output": (hidden(), "squared_error", ("d", "n.bias")),
}


def values_for(loss: str, rng: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    y = {
        "cross_entropy": rng.integers(0, 2, n).astype(np.float64),
        "hinge": rng.choice([-1.0, 1.0], n),
    }.get(loss, rng.normal(size=n))
    return {"x1": rng.normal(size=n), "x2": rng.normal(size=n), "y": y}


def data(loss: str, rng: np.random.Generator, n: int) -> Dataset:
    return Dataset({name: Column(values) for name, values in values_for(loss, rng, n).items()})


def made(network: Network, dataset: Dataset, training: TrainingSettings, axes: tuple[str, str]) -> LossMap:
    return LossMap(network, dataset, training, *axes, *AXES)


def assert_same(found: LossMap, expected: LossMap, relative: float = 1e-12) -> None:
    """To *relative*, where sums below a part of the largest count as that."""
    found.advance(10.0)
    expected.advance(10.0)
    assert found.current
    assert not found.pending
    mine, theirs = found.picture, expected.picture
    assert mine is not None
    assert theirs is not None
    assert np.array_equal(mine.too_large, theirs.too_large)
    size = np.maximum(theirs.values, LEAST * theirs.values[~theirs.too_large].max(initial=0.0))
    assert (np.abs(mine.values - theirs.values) <= relative * size).all()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_moves_leave_no_error(kind: str) -> None:
    network, loss, axes = KINDS[kind]
    rng = np.random.default_rng(3)
    dataset, training = data(loss, rng, 40), TrainingSettings(loss=loss, l2=0.25)
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    row = 0
    for number in range(1000):
        if rng.random() < 0.4:
            row = int(rng.integers(40))
        far = 1e4 if rng.random() < 0.02 else 1.0
        change = {name: far * float(v[0]) for name, v in values_for(loss, rng, 1).items() if name != "y"}
        if rng.random() < 0.5:
            change["y"] = float(values_for(loss, rng, 1)["y"][0])
        dataset = dataset.with_values(row, change)
        found.follow(network, dataset, training)
        if number % 100 == 99:
            assert_same(found, made(network, dataset, training, axes))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_that_come_and_go(kind: str) -> None:
    network, loss, axes = KINDS[kind]
    rng = np.random.default_rng(4)
    dataset, training = data(loss, rng, 12), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    for number in range(120):
        choice = rng.integers(5)
        if choice == 0 or dataset.n_rows - len(dataset.test_rows) < 3:
            new = {name: float(v[0]) for name, v in values_for(loss, rng, 1).items()}
            dataset = dataset.with_row(int(rng.integers(dataset.n_rows + 1)), new)
        elif choice == 1:
            dataset = dataset.without_rows([int(rng.integers(dataset.n_rows))])
        elif choice == 2:
            turned = set(dataset.test_rows) ^ {int(rng.integers(dataset.n_rows))}
            if len(turned) < dataset.n_rows - 1:
                dataset = replace(dataset, test_rows=tuple(sorted(turned)))
        elif choice == 3:
            rows = rng.choice(dataset.n_rows, 2, replace=False)
            for row in rows:
                dataset = dataset.with_values(int(row), {"x1": float(rng.normal())})
        else:
            dataset = dataset.with_values(int(rng.integers(dataset.n_rows)), {"x2": float(rng.normal())})
        found.follow(network, dataset, training)
        if number % 3 == 0:
            assert_same(found, made(network, dataset, training, axes))


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_and_settings(kind: str) -> None:
    network, loss, axes = KINDS[kind]
    dataset, training = data(loss, np.random.default_rng(5), 30), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    for number, name in enumerate([*network.parameters, *network.parameters]):
        network = network.with_parameters({name: 0.3 - 0.1 * number})
        if number % 3 == 2:
            training = replace(training, l1=0.1 * number, l2=0.2, reduction=("sum", "half_mean")[number % 2])
        found.follow(network, dataset, training)
        assert_same(found, made(network, dataset, training, axes))


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_stands_still_while_nothing_on_it_changes(kind: str) -> None:
    """The map's own parameters, the step count, labels and test rows: nothing has to be painted anew."""
    network, loss, axes = KINDS[kind]
    dataset = replace(data(loss, np.random.default_rng(6), 50), test_rows=(3,))
    training = TrainingSettings(loss=loss, l2=0.5)
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    before = found.picture
    assert before is not None
    moved = network.with_parameters({axes[0]: 3.0, axes[1]: -2.0})
    moved = moved.with_node(replace(moved.neurons[0], label="another name"))
    for change in (
        (moved, dataset, replace(training, step=7, learning_rate=0.5)),
        (moved, dataset.with_values(3, {"x1": 9.0}), training),
    ):
        assert not found.follow(*change)
        assert found.current
        assert found.picture is before
    found.follow(moved, dataset.with_values(4, {"x1": 9.0}), training)
    assert found.picture is not before


def test_a_held_parameter_makes_a_new_map_and_the_old_one_is_shown_meanwhile() -> None:
    network, loss, axes = KINDS["saturating"]
    dataset, training = data(loss, np.random.default_rng(6), 6000), TrainingSettings(loss=loss)
    found = LossMap(network, dataset, training, *axes, *AXES[:2], (80, 80))
    found.advance(60.0)
    before = found.picture
    assert found.follow(network.with_parameters({"n.bias": -1.0}), dataset, training)
    assert not found.current
    assert found.picture is before
    found.advance(60.0)
    assert found.current
    assert found.picture is not before


def test_moves_during_the_making_are_not_lost() -> None:
    network, loss, axes = KINDS["hidden"]
    rng = np.random.default_rng(7)
    dataset, training = data(loss, rng, 4000), TrainingSettings(loss=loss)
    found = LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60))
    while found.pending:
        dataset = dataset.with_values(int(rng.integers(4000)), {"x1": float(rng.normal())})
        found.follow(network, dataset, training)
        found.advance(0.05)
    assert_same(found, LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60)))


@pytest.mark.parametrize("kind", ["logistic", "saturating", "margin", "linear"])
def test_a_row_that_had_nearly_all_the_loss_comes_home(kind: str) -> None:
    """1e9 is subtracted from a sum: without care the rest would keep its rounding for good."""
    network, loss, axes = KINDS[kind]
    rng = np.random.default_rng(8)
    dataset, training = data(loss, rng, 200), TrainingSettings(loss=loss)
    home = dataset
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    target = {} if loss != "squared_error" else {"y": 1e9}
    for row, values in ((0, {"x1": 1e9, **target}), (1, {"x1": 0.5}), (0, {c: v[0] for c, v in home.columns.items()})):
        dataset = dataset.with_values(row, values)
        found.follow(network, dataset, training)
        expected = made(network, dataset, training, axes)
        expected.advance(10.0)
        if found.current:  # as long as it is not tidied up, its rounding cannot be seen
            assert found.values == pytest.approx(expected.values, rel=1e-6)
        assert_same(found, expected)


@pytest.mark.slow
def test_tidying_up_waits_while_rows_move() -> None:
    network, loss, axes = KINDS["saturating"]
    dataset, training = data(loss, np.random.default_rng(14), 20_000), TrainingSettings(loss=loss)
    found = LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60))
    found.advance(60.0)
    for row, values in ((0, {"y": 1e5}), (1, {"x1": 0.5}), (0, {"y": 0.5})):
        dataset = dataset.with_values(row, values)
        found.follow(network, dataset, training)
        assert found.current
    assert found.pending  # the 1e10 that left has taken digits along
    for number in range(5):
        dataset = dataset.with_values(0, {"y": 0.1 * number})
        assert found.follow(network, dataset, training)
        assert found.current
    found.advance(60.0)
    assert not found.pending
    assert_same(found, LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60)))


@pytest.mark.slow
def test_sums_without_digits_are_not_shown() -> None:
    network, loss, axes = KINDS["saturating"]
    dataset, training = data(loss, np.random.default_rng(14), 20_000), TrainingSettings(loss=loss)
    found = LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60))
    found.advance(60.0)
    for row, values in ((0, {"y": 1e9}), (1, {"x1": 0.5}), (0, {"y": 0.5})):
        dataset = dataset.with_values(row, values)
        found.follow(network, dataset, training)
    assert not found.current  # of the 1e18 that left, nothing but rounding stayed
    found.advance(60.0)
    assert_same(found, LossMap(network, dataset, training, *axes, *AXES[:2], (60, 60)))


@pytest.mark.parametrize("kind", ["linear", "logistic"])
def test_earlier_data_are_let_go(kind: str) -> None:
    network, loss, axes = KINDS[kind]
    dataset, training = data(loss, np.random.default_rng(15), 30), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    gone = []
    for number in range(6):
        dataset = dataset.with_values(number % 2, {"x1": 0.1 * number})
        gone.append(weakref.ref(dataset))
        found.follow(network, dataset, training)
        found.advance(10.0)
    gc.collect()
    assert [reference() is not None for reference in gone] == [False] * 4 + [gone[4]() is not None, True]


def test_a_loss_too_large_goes_away_with_its_row() -> None:
    network, loss, axes = KINDS["saturating"]
    network = single("relu")
    dataset, training = data(loss, np.random.default_rng(9), 20), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    huge = dataset.with_values(3, {"x1": 1e300})
    found.follow(network, huge, training)
    assert_same(found, made(network, huge, training, axes))
    picture = found.picture
    assert picture is not None
    assert picture.too_large.any()
    both = huge.with_values(4, {"x2": -1e300})
    found.follow(network, both, training)
    assert_same(found, made(network, both, training, axes))
    for row in (3, 4):
        both = both.with_values(row, {name: float(column[row]) for name, column in dataset.columns.items()})
        found.follow(network, both, training)
    assert_same(found, made(network, dataset, training, axes))
    picture = found.picture
    assert picture is not None
    assert not picture.too_large.any()


def test_a_target_that_the_loss_refuses_is_the_maps_problem_until_it_fits() -> None:
    network, loss, axes = KINDS["logistic"]
    dataset, training = data(loss, np.random.default_rng(10), 20), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    found.follow(network, dataset.with_values(2, {"y": 3.0}), training)
    assert found.problem is not None
    assert "row 3" in found.problem
    assert found.values is None
    softer = dataset.with_values(2, {"y": 0.25})
    found.follow(network, softer, training)
    assert_same(found, made(network, softer, training, axes))
    found.follow(network, replace(softer, test_rows=tuple(range(20))), training)
    assert found.problem is not None
    assert "test rows" in found.problem


def test_a_target_between_the_classes_goes_the_long_way() -> None:
    network, loss, axes = KINDS["logistic"]
    dataset, training = data(loss, np.random.default_rng(10), 20), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    for row, change in ((2, {"y": 0.25}), (3, {"x1": 2000.0}), (2, {"x1": 0.0})):
        dataset = dataset.with_values(row, change)
        found.follow(network, dataset, training)
        assert_same(found, made(network, dataset, training, axes))


def test_leaves_of_a_tall_table() -> None:
    """Rows moved, inserted and removed at and beside the edges between leaves, and leaves that grow."""
    network, loss, axes = KINDS["linear"]
    rng = np.random.default_rng(11)
    n = 3 * LEAF + 5
    dataset, training = data(loss, rng, n), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    edges = [0, LEAF - 1, LEAF, 2 * LEAF, 3 * LEAF, n - 1]
    for row in edges:
        dataset = dataset.with_values(row, {"x1": 50.0, "y": -20.0})
        found.follow(network, dataset, training)
        assert_same(found, made(network, dataset, training, axes))
    for row in [*edges, n]:
        new = {name: float(v[0]) for name, v in values_for(loss, rng, 1).items()}
        dataset = dataset.with_row(row, new)
        found.follow(network, dataset, training)
        dataset = dataset.with_values(row, {"x2": 30.0})  # the new row is dragged at once
        found.follow(network, dataset, training)
        assert_same(found, made(network, dataset, training, axes))
    for edge in edges:
        row = min(edge, dataset.n_rows - 2)
        dataset = dataset.without_rows([row, row + 1])
        found.follow(network, dataset, training)
        assert_same(found, made(network, dataset, training, axes))
    several = rng.choice(dataset.n_rows, 700, replace=False)
    columns = {name: column.floats.copy() for name, column in dataset.columns.items()}
    columns["x1"][several] += 1.0
    dataset = Dataset({name: Column(values) for name, values in columns.items()})
    found.follow(network, dataset, training)
    assert_same(found, made(network, dataset, training, axes))
    block = {name: np.concatenate([values, values[:2000]]) for name, values in columns.items()}
    dataset = Dataset({name: Column(values) for name, values in block.items()})
    found.follow(network, dataset, training)
    assert_same(found, made(network, dataset, training, axes))


@st.composite
def row_edits(draw: st.DrawFn) -> tuple[Dataset, Dataset]:
    """Two datasets of which one was made of the other by a few edits."""
    n = draw(st.integers(1, 6))
    whole = st.integers(0, 2).map(float)  # few values, so that neighbours are often alike
    before = Dataset({name: Column([draw(whole) for _ in range(n)]) for name in ("x", "y")})
    before = replace(before, test_rows=draw(st.sampled_from([(), (0,)])) if n > 1 else ())
    after = before
    for _ in range(draw(st.integers(0, 3))):
        edit = draw(st.sampled_from(["move", "add", "remove", "test"]))
        row = draw(st.integers(0, after.n_rows - 1))
        if edit == "move":
            after = after.with_values(row, {draw(st.sampled_from(["x", "y"])): draw(whole)})
        elif edit == "add":
            after = after.with_row(row, {"x": draw(whole), "y": draw(whole)})
        elif edit == "remove" and after.n_rows - len(after.test_rows) > 1:
            after = after.without_rows([row])
        elif edit == "test":
            after = replace(after, test_rows=tuple(sorted(set(after.test_rows) ^ {row})))
    return before, after


@settings(max_examples=400)
@given(pair=row_edits())
def test_what_came_and_went_is_found(pair: tuple[Dataset, Dataset]) -> None:
    """The old rows without the removed ones are, in order, the new ones without the added ones."""
    old, new = (TrainRows(dataset, ("x", "y")) for dataset in pair)
    change = new.since(old)
    everything = slice(None)
    kept = np.delete(old.block(("x", "y"), everything), change.removed, axis=1)
    left = np.delete(new.block(("x", "y"), everything), change.added, axis=1)
    assert np.array_equal(kept, left)
    assert bool(change) == (not np.array_equal(old.block("xy", everything), new.block("xy", everything)))
    # a boundary between two rows that stayed still lies between them
    stayed = np.setdiff1d(np.arange(old.n), change.removed)
    now = np.setdiff1d(np.arange(new.n), change.added)
    for number in range(1, len(stayed)):
        edge = change.places(np.array([stayed[number]]))[0]
        assert now[number - 1] < edge <= now[number]


@given(value=fractions())
def test_a_row_that_comes_back_leaves_no_trace(value: object) -> None:
    network, loss, axes = KINDS["saturating"]
    dataset, training = data(loss, np.random.default_rng(12), 7), TrainingSettings(loss=loss)
    found = made(network, dataset, training, axes)
    found.advance(10.0)
    for place in (dataset.with_values(2, {"x1": float(value)}), dataset):  # type: ignore[arg-type]
        found.follow(network, place, training)
    assert_same(found, made(network, dataset, training, axes), relative=1e-14)


def test_the_cost_of_a_drag_does_not_grow_with_the_rows() -> None:
    """Many times fewer rows than a hundred thousand would be read if a drag read them all."""
    network, loss, axes = KINDS["logistic"]
    times = {}
    for n in (100, 20_000):
        dataset, training = data(loss, np.random.default_rng(13), n), TrainingSettings(loss=loss)
        found = LossMap(network, dataset, training, *axes, *AXES[:2], (100, 100))
        found.advance(60.0)
        taken = []
        for number in range(60):
            place = dataset.with_values(7, {"x1": 0.01 * number})
            begin = time.process_time()
            found.follow(network, place, training)
            assert found.values is not None
            taken.append(time.process_time() - begin)
            assert found.current
        times[n] = median(taken)
    assert times[20_000] < 10 * times[100]  # 200 times more rows; the benchmark measures closely
