"""Columns stay exact while the table is hand-sized; changes are copies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.dataset import EXACT_ROWS, Aside, Column, Dataset
from neurosim.engine.errors import DatasetError


def lecture() -> Dataset:
    return Dataset({"x": Column((Fraction(2), Fraction(4))), "y": Column((Fraction(0), Fraction(4)))})


def test_typed_fractions_are_kept() -> None:
    column = Column((Fraction(1, 3), Fraction(2)))
    assert column[0] == Fraction(1, 3)
    assert column.exact
    assert column.floats[0] == 1 / 3


def test_one_float_makes_a_column_inexact() -> None:
    assert not Column((Fraction(1, 3), 0.5)).exact


def test_long_columns_keep_floats_alone() -> None:
    column = Column(tuple(Fraction(i) for i in range(EXACT_ROWS + 1)))
    assert column.numbers is None
    assert column[7] == 7.0


def test_arrays_cannot_be_changed_behind_the_back() -> None:
    source = np.array([1.0, 2.0])
    column = Column(source)
    source[0] = 9.0
    assert column[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        column.floats[0] = 5.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_none_are_refused_with_their_row(bad: float) -> None:
    with pytest.raises(DatasetError, match="row 2"):
        Column(np.array([1.0, bad]))


def test_equality_tells_an_exact_half_from_a_rounded_one() -> None:
    assert Column((Fraction(1, 2),)) == Column((Fraction(1, 2),))
    assert Column((Fraction(1, 2),)) != Column((0.5,))
    assert hash(Column((Fraction(1, 2),))) == hash(Column((Fraction(1, 2),)))


def test_moving_a_row_leaves_the_old_dataset_alone() -> None:
    data = lecture()
    moved = data.with_values(1, {"y": Fraction(2)})
    assert moved.row(1) == {"x": 4, "y": 2}
    assert data.row(1) == {"x": 4, "y": 4}
    assert moved.columns["x"] is data.columns["x"]


def test_adding_and_deleting_rows_keeps_test_rows_pointing_at_the_same_rows() -> None:
    data = Dataset({"x": Column(tuple(Fraction(i) for i in range(5)))}, test_rows=(1, 3))
    grown = data.with_row(2, {"x": Fraction(9)})
    assert [int(v) for v in grown.columns["x"].floats] == [0, 1, 9, 2, 3, 4]
    assert grown.test_rows == (1, 4)
    shrunk = grown.without_rows([0, 1])
    assert shrunk.test_rows == (2,)
    assert shrunk.row(2) == {"x": 3}
    assert list(np.arange(4)[shrunk.train_rows]) == [0, 1, 3]


def test_columns_of_unequal_length_are_refused_by_name() -> None:
    with pytest.raises(DatasetError, match="x has 1, y has 2"):
        Dataset({"x": Column((Fraction(1),)), "y": Column((Fraction(1), Fraction(2)))})


def test_a_test_row_must_exist() -> None:
    with pytest.raises(DatasetError, match="rows go from 0 to 1"):
        Dataset(lecture().columns, test_rows=(2,))


def test_a_column_of_fractions_is_a_vector_of_them_and_is_made_once() -> None:
    column = Column([Fraction(1, 2), Fraction(-2, 3), Fraction(4)])
    assert column.exact
    assert column.vector is column.vector
    assert column.vector is not None
    assert column.vector.fractions() == (Fraction(1, 2), Fraction(-2, 3), Fraction(4))
    moved = column.with_value(0, Fraction(1, 5))
    assert moved.vector is not None
    assert moved.vector.fractions() == (Fraction(1, 5), Fraction(-2, 3), Fraction(4))
    assert Column([Fraction(1, 2), 0.25]).vector is None
    assert Column(np.array([1.0, 2.0])).vector is None


def test_a_moved_row_leaves_all_else_of_the_table_as_it_is() -> None:
    data = Dataset(
        {"x": Column([Fraction(1), Fraction(2)]), "y": Column([Fraction(3), Fraction(4)])},
        test_rows=(1,),
        texts={"name": ("a", "b")},
        aside=(Aside(1, {"x": ""}),),
    )
    assert (data.n_rows, data.n_table_rows, data.table_row(1)) == (2, 3, 2)
    moved = data.with_values(1, {"x": Fraction(7)})
    assert moved.columns["x"].numbers == (1, 7)
    assert data.columns["x"].numbers == (1, 2)
    assert moved == replace(data, columns={"x": Column([Fraction(1), Fraction(7)]), "y": data.columns["y"]})
    assert moved.with_row(0, {"x": Fraction(9)}).n_rows == 3
