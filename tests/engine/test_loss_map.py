"""The loss map against the loss that every other view shows, at random places of random networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.loss_map.logistic_terms import LogisticTerms
from neurosim.engine.loss_map.loss_map import LossMap
from neurosim.engine.loss_map.row_sums import RowSums
from neurosim.engine.loss_map.rows import TrainRows
from neurosim.engine.loss_map.squares import Squares
from neurosim.engine.loss_map.terms import LARGEST, Terms
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import REDUCTIONS, TrainingSettings
from samples import hidden_state, lecture_state
from strategies import datasets, networks

RANGE_X, RANGE_Y = (-4.0, 5.0), (-3.0, 2.0)


@dataclass(frozen=True)
class Case:
    network: Network
    dataset: Dataset
    settings: TrainingSettings
    x: str
    y: str

    def loss_map(self, shape: tuple[int, int] = (9, 7)) -> LossMap:
        return LossMap(self.network, self.dataset, self.settings, self.x, self.y, RANGE_X, RANGE_Y, shape)

    def loss_at(self, x: float, y: float) -> float | None:
        network = self.network.with_parameters({self.x: x, self.y: y})
        found = Evaluator(exact=False).evaluate(network, self.dataset, self.settings).loss
        return None if found is None else float(found)


def finished(case: Case, shape: tuple[int, int] = (9, 7)) -> LossMap:
    found = case.loss_map(shape)
    while found.advance(0.01):
        pass
    return found


def penalties() -> st.SearchStrategy[float]:
    return st.sampled_from([0.0, 0.25, 0.5])


@st.composite
def one_output(draw: st.DrawFn) -> Case:
    """The networks and data of the other tests: one output, squared error and its like, exact numbers."""
    network = draw(networks().filter(lambda network: len(network.parameters) > 1))
    dataset = draw(datasets())
    dataset = replace(dataset, test_rows=draw(st.sampled_from([(), (0,)])) if dataset.n_rows > 1 else ())
    training = TrainingSettings(
        loss=draw(st.sampled_from(["squared_error", "huber", "absolute_error"])),
        reduction=draw(st.sampled_from(REDUCTIONS)),
        l2=draw(penalties()),
        l1=draw(penalties()),
    )
    x, y = draw(st.permutations(list(network.parameters)))[:2]
    return Case(network, dataset, training, x, y)


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """Every loss and activation, several outputs (inputs and neurons that feed others among them), test rows."""
    loss = draw(
        st.sampled_from(["squared_error", "cross_entropy", "softmax_cross_entropy", "hinge", "huber", "absolute_error"])
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    least = 2 if loss == "softmax_cross_entropy" else 1
    inputs = [f"i{k}" for k in range(rng.integers(1, 4))]
    names = [f"n{k}" for k in range(rng.integers(least, 6))]
    outputs = names[-int(rng.integers(least, min(3, len(names)) + 1)) :]
    if loss == "squared_error" and rng.random() < 0.2:
        outputs.append("i0")
    fixed = {"cross_entropy": "sigmoid", "softmax_cross_entropy": "identity"}.get(loss)
    nodes: list[InputNode | Neuron] = [InputNode(name, f"x{name}") for name in inputs]
    edges: list[Edge] = []
    for name in names:
        before = [node.id for node in nodes]
        free = "identity" if rng.random() < 0.4 else str(rng.choice(list(ACTIVATIONS)))
        bias = None if rng.random() < 0.2 else float(rng.normal())
        activation = fixed if fixed is not None and name in outputs else free
        nodes.append(Neuron(name, bias=bias, activation=activation, muted=bool(rng.random() < 0.1)))
        for source in rng.choice(before, size=min(len(before), int(rng.integers(0, 5))), replace=False):
            muted = bool(rng.random() < 0.1)
            edges.append(Edge(f"{source}-{name}", str(source), name, float(rng.normal()), muted=muted))
    network = Network(tuple(nodes), tuple(edges), tuple(Output(name, f"y{k}") for k, name in enumerate(outputs)))
    n = int(rng.integers(1, 12))
    columns = {f"x{name}": rng.normal(size=n) for name in inputs}
    classes = rng.integers(0, len(outputs), n)
    for k in range(len(outputs)):
        columns[f"y{k}"] = {
            "softmax_cross_entropy": (classes == k).astype(np.float64),
            "cross_entropy": rng.choice([0.0, 1.0] if rng.random() < 0.7 else [0.0, 0.25, 1.0], n),
            "hinge": rng.choice([-1.0, 1.0], n),
        }.get(loss, rng.normal(size=n))
    test = tuple(sorted({int(row) for row in rng.integers(0, n, n // 3)})) if rng.random() < 0.4 else ()
    training = TrainingSettings(
        loss=loss,
        reduction=draw(st.sampled_from(REDUCTIONS)),
        l2=draw(penalties()),
        l1=draw(penalties()),
    )
    dataset = Dataset({name: Column(values) for name, values in columns.items()}, test)
    if len(network.parameters) < 2:
        network = network.with_node(Neuron("spare")).with_node(Neuron("other"))
    x, y = (str(name) for name in rng.choice(list(network.parameters), 2, replace=False))
    return Case(network, dataset, training, x, y)


def check(case: Case, found: LossMap, places: list[tuple[int, int]]) -> None:
    assert found.problem is None
    assert found.current
    picture = found.picture
    assert picture is not None
    assert picture.values.shape == picture.too_large.shape == (len(picture.ys), len(picture.xs)) == found.grid.shape
    assert np.isfinite(picture.values).all()
    for down, along in places:
        j, i = down % len(picture.ys), along % len(picture.xs)
        expected = case.loss_at(float(picture.xs[i]), float(picture.ys[j]))
        if expected is None:
            assert picture.too_large[j, i]
        else:
            assert not picture.too_large[j, i]
            assert picture.values[j, i] == pytest.approx(expected, rel=1e-12, abs=1e-300)


def places() -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=6, max_size=6)


@settings(max_examples=100)
@given(case=one_output(), at=places())
def test_the_map_shows_the_loss_of_one_output(case: Case, at: list[tuple[int, int]]) -> None:
    check(case, finished(case), at)


@settings(max_examples=250)
@given(case=any_case(), at=places())
def test_the_map_shows_the_loss_of_any_network(case: Case, at: list[tuple[int, int]]) -> None:
    check(case, finished(case), at)


@settings(max_examples=100)
@given(case=any_case())
def test_a_row_has_the_same_losses_alone_and_among_others(case: Case) -> None:
    """To the last bit: what is taken away when it moves is what was added."""
    grid = case.loss_map().grid
    terms = Terms(case.network, case.settings.loss, grid)
    rows = TrainRows(case.dataset, terms.columns)
    everywhere = slice(0, len(grid.ys))
    with np.errstate(all="ignore"):
        block = terms.block(rows, slice(None))
        for row in range(rows.n):
            alone, among = terms.block(rows, np.array([row])), block.part(row, row + 1)
            assert np.array_equal(terms.sum(alone, everywhere).sums, terms.sum(among, everywhere).sums)
        if not terms.loss.joint:
            together = terms._each(block, everywhere)
            for row in range(rows.n):
                single = terms._each(terms.block(rows, np.array([row])), everywhere)
                for many, one in zip(together, single, strict=True):
                    assert np.array_equal(many[row], one[0], equal_nan=True)


@pytest.mark.parametrize("rows", [1, 2, 3, 50, 500, 3000])
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy", "huber"])
def test_many_rows_and_a_fine_grid(rows: int, loss: str) -> None:
    rng = np.random.default_rng(rows)
    columns = {name: rng.normal(size=rows) * 3.0 for name in ("x1", "x2", "y")}
    columns["y"] = (columns["y"] > 0).astype(np.float64) if loss == "cross_entropy" else columns["y"]
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=0.5, activation="sigmoid")),
        (Edge("a", "x1", "n", 1.0), Edge("b", "x2", "n", -0.5)),
        (Output("n", "y"),),
    )
    dataset = Dataset({name: Column(values) for name, values in columns.items()})
    case = Case(network, dataset, TrainingSettings(loss=loss, l2=0.1), "a", "n.bias")
    check(case, finished(case, (60, 90)), [(j, 7 * j) for j in range(60)])


def test_the_fastest_way_is_taken() -> None:
    state, hidden = lecture_state(), hidden_state()
    linear = Case(state.network, state.dataset, state.training, "a", "n.bias")
    assert isinstance(linear.loss_map()._levels[0].sums, Squares)
    neuron = replace(state.network.neurons[0], activation="sigmoid")
    classes = Dataset({"x": state.dataset.columns["x"], "y": Column((Fraction(0), Fraction(1)))})
    settings = replace(state.training, loss="cross_entropy")
    logistic = Case(state.network.with_node(neuron), classes, settings, "a", "n.bias").loss_map()._levels[0].sums
    assert isinstance(logistic, RowSums)
    assert isinstance(logistic._summing, LogisticTerms)
    # both parameters enter the linear output: a bowl over what the hidden neurons give
    last = Case(hidden.network, hidden.dataset, hidden.training, "w3", "n.bias")
    assert last.loss_map().is_bowl
    first = Case(hidden.network, hidden.dataset, hidden.training, "w1", "n.bias")
    assert not first.loss_map().is_bowl


def test_the_lecture_lies_on_its_map_exactly() -> None:
    state = lecture_state()
    found = LossMap(state.network, state.dataset, state.training, "a", "n.bias", (0.0, 4.0), (-8.0, 0.0), (9, 9))
    assert found.exact_at(Fraction(1, 3), Fraction(-6)) == Fraction(466, 9)
    assert found.exact_at(Fraction(83, 45), Fraction(-83, 15)) == Fraction(8149, 2025)
    assert found.exact_at(Fraction(2), Fraction(-4)) == 0
    picture = found.picture
    assert picture is not None
    assert (picture.xs[4], picture.ys[4]) == (2.0, -4.0)
    assert picture.values[4, 4] == pytest.approx(0.0, abs=1e-28)
    # mean of (2a + b)^2 and (4a + b - 4)^2
    a, b = np.meshgrid(picture.xs, picture.ys)
    np.testing.assert_allclose(picture.values, ((2 * a + b) ** 2 + (4 * a + b - 4) ** 2) / 2, rtol=1e-13, atol=1e-27)


def test_a_square_that_is_far_from_nothing_keeps_its_digits() -> None:
    """Years as inputs: the Gram matrix alone would leave seven digits along the valley."""
    x = np.arange(1990.0, 2021.0)
    y = 0.01 * x - 3.0 + 0.001 * np.sin(x)
    slope, level = np.polyfit(x - 2005.0, y, 1)
    network = Network((InputNode("x", "x"), Neuron("n", bias=0.0)), (Edge("a", "x", "n", 0.0),), (Output("n", "y"),))
    dataset = Dataset({"x": Column(x), "y": Column(y)})
    best = slope, level - 2005.0 * slope
    ranges = [(value - 0.125, value + 0.125) for value in best]
    found = LossMap(network, dataset, TrainingSettings(), "a", "n.bias", ranges[0], ranges[1], (41, 41))
    picture = found.picture
    assert picture is not None
    # the residuals about the middle of the inputs do not cancel: an independent way to the same numbers
    a, b = np.meshgrid(picture.xs, picture.ys)
    at_middle = b + 2005.0 * a - level
    scatter = y - level - slope * (x - 2005.0)
    expected = (scatter**2).mean() + (a - slope) ** 2 * ((x - 2005.0) ** 2).mean() + at_middle**2
    np.testing.assert_allclose(picture.values, expected, rtol=1e-8)
    exact = float(np.mean([(picture.xs[20] * v + picture.ys[20] - w) ** 2 for v, w in zip(x, y, strict=True)]))
    assert picture.values[20, 20] == pytest.approx(exact, rel=1e-7)


def test_arrays_cannot_be_changed_and_nothing_that_was_given_is() -> None:
    state = hidden_state()
    before = {name: column.floats.copy() for name, column in state.dataset.columns.items()}
    found = finished(Case(state.network, state.dataset, state.training, "w1", "w4"))
    picture = found.picture
    assert picture is not None
    for array in (picture.values, picture.too_large, picture.xs, picture.ys):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
    assert all(np.array_equal(state.dataset.columns[name].floats, values) for name, values in before.items())


def test_too_large_is_marked_and_never_infinite() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=0.0, activation="relu"), Neuron("o", bias=0.0)),
        (Edge("a", "x", "n", 1.0), Edge("b", "n", "o", 1.0)),
        (Output("o", "y"),),
    )
    dataset = Dataset({"x": Column([1.0, 1e100, -3.0]), "y": Column([1.0, 2.0, 3.0])})
    case = Case(network, dataset, TrainingSettings(), "a", "b")
    found = LossMap(network, dataset, case.settings, "a", "b", (-1e100, 1e100), (-1e100, 1e100), (5, 5))
    found.advance(1.0)
    picture = found.picture
    assert picture is not None
    assert np.isfinite(picture.values).all()
    for j, b in enumerate(picture.ys):
        for i, a in enumerate(picture.xs):
            loss = case.loss_at(float(a), float(b))
            assert picture.too_large[j, i] == (loss is None or loss > LARGEST)
            if picture.too_large[j, i]:
                assert picture.values[j, i] == LARGEST
            else:
                assert picture.values[j, i] == pytest.approx(loss, rel=1e-12)
    assert picture.too_large.any()
    assert not picture.too_large.all()


def test_probabilities_that_round_to_nothing_still_have_a_loss() -> None:
    """From the logit: at z = -800 the loss of a yes is 800, not the logarithm of 0."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=0.0, activation="sigmoid")),
        (Edge("a", "x", "n", 1.0),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column([1.0, 2.0, 0.5]), "y": Column([1.0, 0.0, 1.0])})
    found = LossMap(
        network,
        dataset,
        TrainingSettings(loss="cross_entropy", reduction="sum"),
        "a",
        "n.bias",
        (-800.0, 800.0),
        (0.0, 1.0),
        (2, 3),
    )
    found.advance(1.0)
    picture = found.picture
    assert picture is not None
    low, middle, high = picture.values[0]
    assert low == pytest.approx(800.0 + 400.0)
    assert middle == pytest.approx(3 * np.log(2.0))
    assert high == pytest.approx(1600.0)


def test_the_coarse_picture_comes_first() -> None:
    state = hidden_state(rows=2000)
    case = Case(state.network, state.dataset, state.training, "w1", "w4")
    found = case.loss_map((80, 100))
    seen = []
    while found.pending:
        found.advance(0.0)
        if found.resolution is not None and found.resolution not in seen:
            seen.append(found.resolution)
            assert found.current
            picture = found.picture
            assert picture is not None
            ends = (picture.xs[0], picture.xs[-1]), (picture.ys[0], picture.ys[-1])
            assert ends == (RANGE_X, RANGE_Y)
            j, i = len(picture.ys) // 3, len(picture.xs) // 2
            expected = case.loss_at(float(picture.xs[i]), float(picture.ys[j]))
            assert picture.values[j, i] == pytest.approx(expected, rel=1e-12)
    assert seen == [(20, 25), (80, 100)]


def test_a_slice_of_time_is_kept() -> None:
    state = hidden_state(rows=1500)
    found = Case(state.network, state.dataset, state.training, "w1", "w4").loss_map((100, 100))
    slices = 0
    while found.pending:
        found.advance(0.001)
        slices += 1
    assert slices > 5


@pytest.mark.parametrize(
    ("x", "y", "range_x", "shape"),
    [
        ("a", "a", (0.0, 1.0), (5, 5)),
        ("a", "n.bias", (1.0, 1.0), (5, 5)),
        ("a", "n.bias", (2.0, 1.0), (5, 5)),
        ("a", "n.bias", (0.0, float("inf")), (5, 5)),
        ("a", "n.bias", (float("nan"), 1.0), (5, 5)),
        ("a", "n.bias", (0.0, 1.0), (1, 5)),
    ],
)
def test_axes_that_cannot_be(x: str, y: str, range_x: tuple[float, float], shape: tuple[int, int]) -> None:
    state = lecture_state()
    with pytest.raises(ValueError, match=r"map|axis"):
        LossMap(state.network, state.dataset, state.training, x, y, range_x, (0.0, 1.0), shape)


def test_what_is_missing_is_a_sentence_and_the_map_recovers() -> None:
    state = lecture_state()
    found = LossMap(state.network, state.dataset, state.training, "a", "n.bias", (0.0, 4.0), (-8.0, 0.0), (5, 5))
    assert found.values is not None
    loose = replace(state.network, outputs=())
    assert not found.follow(loose, state.dataset, state.training)
    assert found.problem == evaluate(loose, state.dataset, state.training).problem
    assert found.values is None
    found.follow(state.network.without("a"), state.dataset, state.training)
    assert found.problem == "The network has no parameter a any more: choose another one for the map."
    wrong = replace(state.training, loss="cross_entropy")
    found.follow(state.network, state.dataset, wrong)
    assert found.problem == evaluate(state.network, state.dataset, wrong).problem
    found.follow(state.network, state.dataset, state.training)
    assert found.problem is None
    assert found.current
