from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.panels.data_plot.arrows import arrow_power, power_text, too_short
from neurosim.panels.data_plot.snap import nudged, snap_unit, snapped

F = Fraction


@pytest.mark.parametrize(
    ("span", "unit"),
    [(4.0, F(1, 2)), (14.0, F(1, 2)), (40.0, F(1, 2)), (75.0, F(1)), (120.0, F(2)), (700.0, F(10)), (2.0, F(1, 20))],
)
def test_the_unit_suits_the_range(span: float, unit: Fraction) -> None:
    assert snap_unit(span) == unit


@given(st.floats(1e-9, 1e12))
def test_outside_everyday_ranges_there_are_at_least_forty_places(span: float) -> None:
    unit = snap_unit(span)
    assert span / float(unit) >= 40 * (1 - 1e-9) or 4 <= span <= 40


@given(st.floats(-1e6, 1e6), st.sampled_from([F(1, 2), F(1, 20), F(5), F(1, 1000)]))
def test_a_snapped_value_is_an_exact_multiple_next_to_the_pointer(value: float, unit: Fraction) -> None:
    found = snapped(value, unit)
    assert isinstance(found, Fraction)
    assert (found / unit).denominator == 1
    assert abs(found - F(value)) <= unit / 2


def test_a_value_that_was_not_moved_keeps_every_digit() -> None:
    assert snapped(6.3, F(1, 2), start=6.1101) == 6.1101
    assert snapped(6.4, F(1, 2), start=6.1101) == F(13, 2)


def test_nudging_keeps_fractions_exact() -> None:
    assert nudged(F(1, 3), F(1, 2), -1) == F(-1, 6)
    assert nudged(0.25, F(1, 2), 1) == 0.75


def test_arrows_are_drawn_at_their_length_when_that_can_be_seen() -> None:
    assert arrow_power(120.0, 300.0) == 0
    assert power_text(0) == ""


def test_short_arrows_are_drawn_ten_or_a_hundred_times_as_long_and_say_so() -> None:
    assert arrow_power(2.0, 300.0) == 1
    assert arrow_power(0.2, 300.0) == 2
    assert power_text(2) == "×100"
    assert arrow_power(40_000.0, 300.0) == -3
    assert power_text(-3) == "×1/1000"


def test_the_factor_does_not_flicker_while_a_point_is_dragged() -> None:
    assert arrow_power(10.0, 300.0, previous=0) == 0
    assert arrow_power(3.0, 300.0, previous=0) == 1


def test_a_model_at_rest_has_no_arrows() -> None:
    assert too_short(0.0, 0)
    assert too_short(0.001, 3)
