"""One setting of a plug-in: which values it takes, and how it says so."""

from __future__ import annotations

import math
from fractions import Fraction
from types import MappingProxyType

import pytest

from neurosim.engine.plugin_setting import COUNT, NOT_NEGATIVE, PART, POSITIVE, Range, Setting, completed

BOTH = Range(Fraction(2), Fraction(10))


@pytest.mark.parametrize(
    ("within", "inside", "outside", "words"),
    [
        (BOTH, (Fraction(2), Fraction(10), 2.5), (Fraction(19, 10), 10.1), "from 2 to 10"),
        (PART, (Fraction(0), 0.999), (Fraction(1), Fraction(-1, 10**9)), "at least 0 and below 1"),
        (POSITIVE, (Fraction(1, 10**9), 1e300), (Fraction(0), -0.0, -1e-300), "above 0"),
        (NOT_NEGATIVE, (Fraction(0), 1e300), (-1e-300,), "at least 0"),
        (Range(high=Fraction(1, 2)), (-1e300, Fraction(1, 2)), (Fraction(51, 100),), "at most 0.5"),
    ],
)
def test_a_range_has_its_ends_or_not_and_says_which(within, inside, outside, words):
    assert [value in within for value in inside] == [True] * len(inside)
    assert [value in within for value in outside] == [False] * len(outside)
    undefined = math.nan
    assert undefined not in within
    assert Setting("n", "Name", Fraction(1), "", within).refusal(outside[0]) == f"Name must be {words}."


def test_a_number_beyond_an_end_comes_back_to_it():
    assert [BOTH.nearest(Fraction(n)) for n in (-5, 2, 7, 11)] == [2, 2, 7, 10]
    assert [COUNT.nearest(Fraction(n)) for n in (-5, 10**9)] == [1, 10**9]
    assert Range().nearest(Fraction(-5)) == -5


@pytest.mark.parametrize(
    ("setting", "fits", "refused"),
    [
        (Setting("s", "S", False, ""), (True, False), {Fraction(1): "S is a switch: it must be on or off."}),
        (
            Setting("s", "S", Fraction(2), ""),
            (Fraction(-5), 0.1),
            {True: "S must be a number.", "a": "S must be a number, not “a”."},
        ),
        (
            Setting("s", "S", Fraction(2), "", COUNT, whole=True),
            (Fraction(3), 4.0),
            {
                Fraction(5, 2): "S must be a whole number.",
                0.5: "S must be a whole number.",
                Fraction(0): "S must be at least 1.",
            },
        ),
        (
            Setting("s", "S", "a", "", choices=MappingProxyType({"a": "A", "b": "B"})),
            ("a", "b"),
            {
                "c": "S must be one of: a, b; “c” is none of them.",
                Fraction(1): "S must be one of: a, b; “1” is none of them.",
            },
        ),
        (Setting("s", "S", "", "", is_class=True), ("setosa", Fraction(7), 0.5), {}),
    ],
)
def test_each_kind_takes_what_it_can_be(setting, fits, refused):
    assert [setting.refusal(value) for value in fits] == [None] * len(fits)
    assert {value: setting.refusal(value) for value in refused} == refused


def test_what_is_not_given_has_its_default_and_strangers_are_left_out():
    settings = (Setting("a", "A", Fraction(1), ""), Setting("b", "B", Fraction(2), ""))
    assert completed(settings, {"b": Fraction(3), "c": Fraction(4)}) == {"a": Fraction(1), "b": Fraction(3)}
