"""A logarithmic axis: numbers that are round, stand apart, and are there at all."""

from __future__ import annotations

import itertools
import math

import pytest

from neurosim.panels._log_ticks import ROOM, log_text, log_ticks


@pytest.mark.parametrize(
    ("low", "high", "pixels", "values"),
    [
        (-4, 0, 120, [0.0001, 0.001, 0.01, 0.1, 1]),
        (math.log10(4), math.log10(40), 100, [5, 10, 20]),
        (math.log10(8.9), math.log10(9.6), 80, [9, 9.5]),
        (-300, 0, 100, [10.0**-300, 10.0**-200, 10.0**-100, 1]),
    ],
)
def test_ticks_are_round_values(low: float, high: float, pixels: float, values: list[float]) -> None:
    ((_, places),) = log_ticks(low, high, pixels)
    assert [10.0**place for place in places] == pytest.approx(values, rel=1e-9)


@pytest.mark.parametrize("width", [0.05, 0.3, 0.9, 1.7, 3.2, 12, 90])
@pytest.mark.parametrize("low", [-12.3, -1.0, 0.61, 4.4])
def test_numbers_never_run_into_one_another(low: float, width: float) -> None:
    ((_, places),) = log_ticks(low, low + width, 90.0)
    gaps = [(b - a) * 90.0 / width for a, b in itertools.pairwise(places)]
    assert len(places) >= 1
    assert min(gaps, default=ROOM) > ROOM / 2
    assert all(low <= place <= low + width for place in places)


@pytest.mark.parametrize(
    ("place", "text"),
    [(0.0, "1"), (-1.0, "0.1"), (math.log10(20), "20"), (-10.0, "10⁻¹⁰"), (math.log10(5e7), "5·10⁷"), (-4.0, "0.0001")],
)
def test_numbers_are_plain_near_one_and_powers_far_away(place: float, text: str) -> None:
    assert log_text(place) == text


def test_an_empty_range_has_no_ticks() -> None:
    assert log_ticks(1.0, 1.0, 100.0) == []
