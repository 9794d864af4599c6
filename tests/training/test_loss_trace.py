"""Loss logs: bounded, exact at both ends, and with the extremes of what was thinned out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.training.loss_trace import POINTS, RECENT, LossLog, trace_of


def wiggle(n: int) -> LossLog:
    steps = np.arange(1, n + 1)
    return LossLog.of(1, np.exp(-steps / 5000) * (2 + np.sin(steps * 1.7)))


@pytest.mark.parametrize("n", [5_001, 12_345, 100_000])
def test_thinning_keeps_the_ends_and_the_extremes(n: int) -> None:
    log = wiggle(n)
    log.losses[n // 3] = 99.0
    log.losses[n // 4] = -7.0
    thin = log.thinned(POINTS)
    assert len(thin) <= POINTS
    assert (thin.steps[0], thin.losses[0]) == (1, log.losses[0])
    np.testing.assert_array_equal(thin.steps[-RECENT:], log.steps[-RECENT:])
    np.testing.assert_array_equal(thin.losses[-RECENT:], log.losses[-RECENT:])
    assert (np.diff(thin.steps) > 0).all()
    assert {99.0, -7.0} <= set(thin.losses.tolist())
    assert (
        dict(zip(thin.steps.tolist(), thin.losses.tolist(), strict=True)).items()
        <= dict(zip(log.steps.tolist(), log.losses.tolist(), strict=True)).items()
    )


def test_a_log_that_grows_for_ever_stays_bounded() -> None:
    log = LossLog.of(1, [5.0])
    for number in range(200):
        log = log.followed_by(LossLog.of(2 + 700 * number, np.full(700, 1.0 / (number + 1))))
        assert len(log) <= 2 * POINTS
    assert log.steps[0] == 1
    assert log.steps[-1] == 200 * 700 + 1
    assert log.nbytes <= 2 * POINTS * 16


@given(st.integers(0, 30), st.integers(0, 30))
def test_cutting_a_log(n: int, step: int) -> None:
    log = LossLog.of(1, [float(i) for i in range(n)])
    assert log.until(step).steps.tolist() == [i for i in range(1, n + 1) if i <= step]
    assert log.after(step).steps.tolist() == [i for i in range(1, n + 1) if i > step]


def test_a_trace_cannot_be_written_to() -> None:
    trace = trace_of(wiggle(20), [3, 3, 7])
    assert trace.dividers == (3, 7)
    with pytest.raises(ValueError, match="read-only"):
        trace.losses[0] = 1.0
