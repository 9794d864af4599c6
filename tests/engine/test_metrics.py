"""Metrics against values worked out by hand, certified by NIST, or printed in scikit-learn's documentation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.document.csv_table import read_table
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.metrics.classes import classes_of, strata_of
from neurosim.engine.metrics.confusion import accuracy, confusion_matrix, precision, recall
from neurosim.engine.metrics.fit import exact_root, fit_of
from neurosim.engine.metrics.held_out import loss_of_test_rows
from neurosim.engine.metrics.judgement import Classified, Measured, judgements, rows_tested, rows_trained
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.split import draw_test_rows
from neurosim.paths import resources

F = Fraction
HALF = F(1, 2)


def middle(_node, classes):
    return (classes[0] + classes[1]) / 2


def line(weight: F, bias: F, loss: str = "squared_error", activation: str = "identity") -> Network:
    return Network(
        (InputNode("x", "x"), Neuron("n", bias=bias, activation=activation)),
        (Edge("a", "x", "n", weight),),
        (Output("n", "y"),),
    )


def columns(**named) -> Dataset:
    return Dataset({name: Column(tuple(F(value) for value in values)) for name, values in named.items()})


def test_four_rows_by_hand():
    # residuals 0, 1, 0, 1; the mean of the targets is 5/2, their squares about it 9/4 + 1/4 + 1/4 + 9/4 = 5
    fit = fit_of([F(1), F(2), F(3), F(4)], [F(1), F(3), F(3), F(5)])
    assert (fit.mean, fit.residual_squares, fit.total_squares) == (F(5, 2), F(2), F(5))
    assert fit.mean_square == HALF
    assert fit.r_squared == F(3, 5)
    assert fit.rmse == pytest.approx(0.7071067811865476, abs=1e-16)


def test_the_root_of_a_squared_fraction_is_a_fraction():
    assert exact_root(F(49, 9)) == F(7, 3)
    assert exact_root(F(2)) == pytest.approx(2**0.5)
    assert isinstance(exact_root(F(2)), float)


def test_equal_targets_have_no_r_squared():
    assert fit_of([F(3), F(3)], [F(3), F(4)]).r_squared is None
    assert fit_of([], []) is None


def test_norris_as_nist_certifies_it():
    table = read_table(resources() / "datasets" / "norris.csv")
    data = table.dataset()
    x, y = data.columns["x"].floats, data.columns["y"].floats
    fit = fit_of(y, -0.262323073774029 + 1.00211681802045 * x)
    assert fit.n == 36
    assert fit.residual_squares == pytest.approx(26.6173985294224, rel=1e-9)
    assert fit.r_squared == pytest.approx(0.999993745883712, abs=1e-14)
    # NIST divides by n - 2 where RMSE divides by n
    assert fit.rmse * (36 / 34) ** 0.5 == pytest.approx(0.884796396144373, rel=1e-9)


def test_confusion_as_in_the_documentation_of_scikit_learn():
    counts = confusion_matrix(np.array([2, 0, 2, 2, 0, 1]), np.array([0, 0, 2, 2, 0, 2]), 3)
    assert counts.tolist() == [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
    assert accuracy(counts) == F(2, 3)
    assert (precision(counts, 0), precision(counts, 1), precision(counts, 2)) == (F(2, 3), None, F(2, 3))
    assert (recall(counts, 0), recall(counts, 1), recall(counts, 2)) == (F(1), F(0), F(2, 3))
    assert accuracy(counts * 0) is None


def test_the_lecture_s_start_by_hand():
    # f(x) = x/3 - 6 at (2, 0) and (4, 4): residuals -16/3 and -26/3, the mean of the targets is 2
    snapshot = Evaluator().evaluate(line(F(1, 3), F(-6)), columns(x=(2, 4), y=(0, 4)), TrainingSettings())
    (found,) = judgements(snapshot, middle)
    assert isinstance(found, Measured)
    fit = found.fit(rows_trained(snapshot))
    assert fit.mean_square == F(466, 9)
    assert fit.r_squared == 1 - F(932, 9) / 8 == F(-215, 18)


def test_a_threshold_moves_rows_from_class_to_class():
    data = columns(x=(-1, 0, 1, 2), y=(0, 0, 1, 1))
    settings = TrainingSettings(loss="cross_entropy")
    snapshot = Evaluator().evaluate(line(F(1), F(0), activation="sigmoid"), data, settings)
    (found,) = judgements(snapshot, middle)
    assert isinstance(found, Classified)
    # s(0) = 1/2 is on the threshold: it counts as class 1, and is wrong
    assert found.predicted.tolist() == [0, 1, 1, 1]
    assert found.counts(rows_trained(snapshot)).tolist() == [[1, 1], [0, 2]]
    (strict,) = judgements(snapshot, lambda _node, _classes: F(3, 4))
    # s(1) = 0.731 is below 3/4
    assert strict.predicted.tolist() == [0, 0, 0, 1]
    assert strict.rows_in(1, 0, rows_trained(snapshot)) == {2}


def test_of_several_classes_the_largest_output_wins():
    network = Network(
        (InputNode("x", "x"), *(Neuron(name, bias=F(0)) for name in "abc")),
        tuple(Edge(f"w{name}", "x", name, weight) for name, weight in zip("abc", (F(-1), F(0), F(1)), strict=True)),
        tuple(Output(name, name) for name in "abc"),
    )
    data = columns(x=(-2, 0, 3, 1), a=(1, 0, 0, 0), b=(0, 1, 0, 1), c=(0, 0, 1, 0))
    snapshot = Evaluator().evaluate(network, data, TrainingSettings(loss="softmax_cross_entropy"))
    (found,) = judgements(snapshot, middle)
    # at x = 0 all three are 0: the first counts, as argmax has it
    assert found.predicted.tolist() == [0, 0, 2, 2]
    assert found.counts(slice(None)).tolist() == [[1, 0, 0], [1, 0, 1], [0, 0, 1]]


def test_classes_of_one_column_have_an_output_each():
    data = replace(columns(x=(-2, 0, 3)), texts={"kind": ("plum", "pear", "plum")})
    network = Network(
        (InputNode("x", "x"), *(Neuron(name, bias=F(0)) for name in "ab")),
        (Edge("wa", "x", "a", F(1)), Edge("wb", "x", "b", F(-1))),
        tuple(
            Output(node, "kind", transform="indicator", settings=(("class", word),))
            for node, word in (("a", "plum"), ("b", "pear"))
        ),
    )
    settings = TrainingSettings(loss="softmax_cross_entropy")
    snapshot = Evaluator().evaluate(network, data, settings)
    (found,) = judgements(snapshot, middle)
    assert found.names == ("plum", "pear")
    # a is the larger from x = 0 on: at 0 the first of equal ones
    assert (found.actual.tolist(), found.predicted.tolist()) == ([0, 1, 0], [1, 0, 0])
    assert strata_of(data, ("kind",)).tolist() == [0, 1, 0]


def test_the_loss_of_test_rows_is_the_same_formula_over_other_rows():
    data = replace(columns(x=(2, 4, 6), y=(0, 4, 1)), test_rows=(1, 2))
    snapshot = Evaluator().evaluate(line(F(1, 3), F(-6)), data, TrainingSettings(l2=F(1, 10)))
    # residuals of the rows kept out: -26/3 and -4 - 1 = -5; the penalty is none of theirs
    assert loss_of_test_rows(snapshot) == (F(676, 9) + 25) / 2
    assert list(rows_trained(snapshot)) == [0]
    assert list(rows_tested(snapshot)) == [1, 2]
    rounded = Evaluator(exact=False).evaluate(line(F(1, 3), F(-6)), data, TrainingSettings())
    assert loss_of_test_rows(rounded) == pytest.approx(float((F(676, 9) + 25) / 2), rel=1e-14)
    assert loss_of_test_rows(replace(snapshot, dataset=replace(data, test_rows=()))) is None


def test_classes_and_strata():
    data = columns(yes=(0, 1, 1), half=(0, HALF, 1), kind=(3, 1, 3))
    assert classes_of(data, "yes", "squared_error") == (0, 1)
    assert classes_of(data, "kind", "squared_error") is None
    assert strata_of(data, ("kind",)).tolist() == [1, 0, 1]
    assert strata_of(data, ("half",)) is None
    assert strata_of(data, ("yes", "kind")).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("n", "share", "count"), [(10, F(3, 10), 3), (5, HALF, 3), (4, F(1), 3), (1, F(1), 0), (7, F(0), 0)]
)
def test_how_many_rows_a_share_is(n, share, count):
    assert len(draw_test_rows(n, share, 1)) == count


def test_a_larger_share_keeps_the_rows_of_a_smaller_one():
    strata = np.array([0] * 13 + [1] * 5 + [2] * 2)
    for groups in (None, strata):
        before: set[int] = set()
        for percent in range(0, 101, 5):
            now = set(draw_test_rows(20, F(percent, 100), 7, groups))
            assert before <= now
            before = now
    assert draw_test_rows(20, HALF, 7) != draw_test_rows(20, HALF, 8)


def test_each_class_gives_the_same_share():
    strata = np.repeat([0, 1, 2], 50)
    rows = draw_test_rows(150, F(3, 10), 1, strata)
    assert [sum(strata[row] == group for row in rows) for group in range(3)] == [15, 15, 15]
    uneven = np.array([0] * 16 + [1] * 4)
    assert [sum(uneven[row] == group for row in draw_test_rows(20, F(1, 4), 3, uneven)) for group in (0, 1)] == [4, 1]
