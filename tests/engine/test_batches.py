"""Batches: each row once per epoch, the last incomplete one used, nothing but seed and step decides."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.engine.batches import batch_rows, steps_per_epoch
from neurosim.engine.errors import TrainingError


def rows(n: int, batch_size: int | None, shuffle: bool, seed: int, step: int) -> list[int]:
    return np.arange(n)[batch_rows(n, batch_size, shuffle, seed, step)].tolist()


@given(
    n=st.integers(1, 40),
    batch_size=st.none() | st.integers(1, 50),
    shuffle=st.booleans(),
    seed=st.integers(0, 2**40),
    epoch=st.integers(0, 5),
)
def test_an_epoch_reads_each_row_once(n: int, batch_size: int | None, shuffle: bool, seed: int, epoch: int):
    steps = steps_per_epoch(n, batch_size)
    batches = [rows(n, batch_size, shuffle, seed, epoch * steps + k) for k in range(steps)]
    assert sorted(itertools.chain.from_iterable(batches)) == list(range(n))
    size = n if batch_size is None else min(n, batch_size)
    assert all(len(batch) == size for batch in batches[:-1])
    assert 1 <= len(batches[-1]) <= size


def test_the_last_incomplete_batch_is_used():
    assert [rows(10, 4, False, 0, step) for step in range(4)] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3]]
    assert steps_per_epoch(10, 4) == 3


def test_one_row_at_a_time():
    assert [rows(3, 1, False, 0, step) for step in range(4)] == [[0], [1], [2], [0]]


@pytest.mark.parametrize("batch_size", [None, 5, 6, 10**9])
def test_a_batch_of_everything_is_one_slice(batch_size: int | None):
    assert batch_rows(5, batch_size, True, 3, 8) == slice(0, 5)
    assert steps_per_epoch(5, batch_size) == 1


def test_each_epoch_has_the_order_of_its_own_generator():
    for epoch in (0, 1, 7):
        expected = np.random.default_rng([11, epoch]).permutation(9).tolist()
        found = [rows(9, 3, True, 11, 3 * epoch + k) for k in range(3)]
        assert list(itertools.chain.from_iterable(found)) == expected


def test_steps_may_be_asked_for_in_any_order():
    forwards = [rows(23, 5, True, 2, step) for step in range(40)]
    backwards = [rows(23, 5, True, 2, step) for step in reversed(range(40))]
    assert forwards == backwards[::-1]
    assert forwards[:5] != forwards[5:10]
    assert forwards != [rows(23, 5, True, 3, step) for step in range(40)]


def test_numpys_global_generator_neither_decides_nor_moves():
    expected = rows(50, 7, True, 1, 3)
    np.random.seed(0)
    before = np.random.get_state(legacy=False)["state"]
    assert rows(50, 7, True, 1, 700) != expected
    assert rows(50, 7, True, 1, 3) == expected
    after = np.random.get_state(legacy=False)["state"]
    assert before["pos"] == after["pos"]
    assert np.array_equal(before["key"], after["key"])


def test_nobody_can_spoil_the_order_for_others():
    found = batch_rows(9, 3, True, 11, 0)
    assert isinstance(found, np.ndarray)
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((0, None, False, 0, 0), "no rows to train on"),
        ((5, 0, False, 0, 0), "at least one row"),
        ((5, -3, False, 0, 0), "at least one row"),
        ((5, 2, True, -1, 0), "seed must be a whole number from 0"),
        ((5, 2, False, 0, -1), "counted from 0"),
    ],
)
def test_refuses_in_a_sentence(arguments: tuple, sentence: str):
    with pytest.raises(TrainingError, match=sentence):
        batch_rows(*arguments)
