"""How a number is shown: fractions while they are readable, "~" whenever a digit was rounded away."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, MINUS, format_datum, format_number, full_text, spoken

F = Fraction

M = "\u2212"
H = "\u200a"  # a hair space, so that "~" and the minus do not look like one sign

SHOWN: list[tuple[Number, str, str, str]] = [
    # value, exact, decimal, both; the lecture's numbers and the limits of each rule
    (F(1, 3), "1/3", "~0.3333", "1/3 ~ 0.3333"),
    (F(-6), f"{M}6", f"{M}6", f"{M}6"),
    (F(466, 9), "466/9", "~51.78", "466/9 ~ 51.78"),
    (F(-136, 3), f"{M}136/3", f"~{H}{M}45.33", f"{M}136/3 ~ {M}45.33"),
    (F(83, 45), "83/45", "~1.844", "83/45 ~ 1.844"),
    (F(8149, 2025), "8149/2025", "~4.024", "8149/2025 ~ 4.024"),
    (F(4789, 2025), "4789/2025", "~2.365", "4789/2025 ~ 2.365"),
    (F(363463, 151875), "~2.39317", "~2.393", "~2.39317"),
    (F(1, 4), "1/4", "0.25", "1/4 = 0.25"),
    (F(0), "0", "0", "0"),
    (F(1, 9999), "1/9999", "~0.0001", "1/9999 ~ 0.0001"),
    (F(1, 10000), "0.0001", "0.0001", "0.0001"),
    (F(1, 10007), "~9.993e\u22125", "~9.993e\u22125", "~9.993e\u22125"),
    (F(399900), "399900", "399900", "399900"),
    (F(99999999999), "99999999999", "99999999999", "99999999999"),
    (F(123456789012), "~1.23457e11", "~1.235e11", "~1.23457e11"),
    (F(1234567, 100), "1234567/100", "~12346", "1234567/100 ~ 12346"),
    (0.5, "~0.5", "~0.5", "~0.5"),
    (51.77777777777778, "~51.7778", "~51.78", "~51.7778"),
    (-45.333333333333336, f"~{H}{M}45.3333", f"~{H}{M}45.33", f"~{H}{M}45.3333"),
    (0.0, "~0", "~0", "~0"),
    (-0.0, "~0", "~0", "~0"),
    (1e-7, f"~1e{M}7", f"~1e{M}7", f"~1e{M}7"),
    (1.5e300, "~1.5e300", "~1.5e300", "~1.5e300"),
    (999999.9, "~1e6", "~1e6", "~1e6"),
    (0.000012346, f"~1.2346e{M}5", f"~1.235e{M}5", f"~1.2346e{M}5"),
]


@pytest.mark.parametrize(("value", "exact", "decimal", "both"), SHOWN, ids=[str(row[0]) for row in SHOWN])
def test_the_three_modes(value: Number, exact: str, decimal: str, both: str) -> None:
    assert format_number(value, "exact") == exact
    assert format_number(value, "decimal") == decimal
    assert format_number(value, "both") == both


def test_the_decimal_comma() -> None:
    assert format_number(F(466, 9), "both", ",") == "466/9 ~ 51,78"
    assert full_text(0.1, ",") == "~0,1"


def test_a_half_is_rounded_away_from_zero_as_at_school() -> None:
    assert format_number(F(2000005, 10**9), "exact") == "~0.00200001"
    assert format_number(F(123450, 100000) + F(5, 100000), "decimal") == "~1.235"
    assert format_number(-F(123450, 100000) - F(5, 100000), "decimal") == f"~{H}{M}1.235"


@pytest.mark.parametrize("digits", [4, 6])
@given(
    value=st.floats(-1e7, 1e7)
    | st.builds(lambda whole, power: whole / 2**power, st.integers(-(10**7), 10**7), st.integers(0, 12))
    | st.decimals(-(10**6), 10**6, places=4).map(float)
    | st.builds(lambda whole, power: whole * 2.0**power, st.integers(-(10**7), 10**7), st.integers(-60, 60))
)
@example(value=0.5**20)
@example(value=12345675000000.0)
@example(value=0.125)
@example(value=9.999995e-05)
@example(value=99999.95)
@example(value=0.00012345)
@example(value=-2.5)
@example(value=1234.5)
def test_a_float_is_rounded_as_its_whole_decimal_expansion_is(value: float, digits: int) -> None:
    """The digits by Python's decimal module, which has every digit of the float64 and rounds halves up."""
    mode = {4: "decimal", 6: "exact"}[digits]
    text = format_number(value, mode)
    if (value and abs(value) < 10 ** (digits - 1)) or abs(value) >= 10**7:
        whole = Decimal(value)
        place = Decimal(1).scaleb(whole.adjusted() - digits + 1)
        wanted = whole.quantize(place, rounding=ROUND_HALF_UP)
        assert Decimal(text.lstrip("~").replace(HAIR_SPACE, "").replace(MINUS, "-")) == wanted


def test_everything_on_demand() -> None:
    assert full_text(F(363463, 151875)) == "363463/151875"
    assert full_text(F(-136, 3)) == f"{M}136/3"
    assert full_text(-45.333333333333336) == f"~{H}{M}45.333333333333336"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (F(-136, 3), "minus 136 over 3"),
        (F(2), "2"),
        (F(363463, 151875), "about 2.39317"),
        (-0.5, "about minus 0.5"),
        (1.5e-7, "about 1.5 times 10 to the minus 7"),
    ],
)
def test_spoken(value: Number, said: str) -> None:
    assert spoken(value) == said


@given(st.fractions(max_denominator=10**12), st.sampled_from(["exact", "decimal"]))
def test_rounded_digits_are_right(value: F, mode: str) -> None:
    """Within half a unit of the last digit shown, worked out in fractions."""
    digits = 6 if mode == "exact" else 4
    text = format_number(value, mode).replace(M, "-")
    if text.startswith("~"):
        shown = F(text[1:])
        assert shown != value or abs(value) >= 10**11
        assert abs(shown - value) <= abs(value) * F(5, 10**digits)
    else:
        assert F(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_always_says_that_it_is_rounded(value: float) -> None:
    for mode in ("exact", "decimal", "both"):
        assert format_number(value, mode).startswith("~")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F("17.592"), "17.592"),
        (F("-2.6807"), f"{M}2.6807"),
        (F(1, 2), "0.5"),
        (F(4), "4"),
        (F(1, 3), "1/3"),
        (F(22, 7), "22/7"),
        (F(10) ** -9, "0.000000001"),
        (34.62365962451697, "~34.6237"),
    ],
)
def test_data_look_as_in_the_table_they_came_from(value: Number, text: str) -> None:
    assert format_datum(value) == text


def test_data_take_the_decimal_comma() -> None:
    assert format_datum(F("17.592"), ",") == "17,592"
