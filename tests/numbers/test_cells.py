"""Numbers in cells: what is one, what says that there is none, and how one is written so that it reads back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.numbers.cells import cell_number, cell_text, float_text, float_texts, is_infinite, is_missing

F = Fraction


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("1.50", ".", F(3, 2)),
        ("+2", ".", F(2)),
        (" 425e-2 ", ".", F(17, 4)),
        ("1/3", ".", F(1, 3)),
        ("1,5", ",", F(3, 2)),
        ("1.234", ".", F(1234, 1000)),
        ("\u22123", ".", F(-3)),
        ("1.234", ",", None),
        ("1,234", ".", None),
        ("1 000", ".", None),
        ("1_000", ".", None),
        ("0x10", ".", None),
        ("1/0", ".", None),
        ("inf", ".", None),
        ("1e400", ".", None),
        ("1e-400", ".", None),
        ("", ".", None),
        ("NA", ".", None),
        ("pi", ".", None),
    ],
)
def test_what_a_cell_holds(cell: str, decimal: str, number: Fraction | None) -> None:
    assert cell_number(cell, decimal) == number


def test_words_for_no_value_and_for_infinity() -> None:
    assert all(map(is_missing, ["", " ", "NA", "n/a", "NaN", "NULL", "?", "-", "."]))
    assert not any(map(is_missing, ["0", "x", "--"]))
    assert all(map(is_infinite, ["inf", "-Inf", "+INFINITY"]))
    assert not is_infinite("info")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (F(3, 2), "1.5"),
        (F(1, 3), "1/3"),
        (F(-1, 8), "-0.125"),
        (F(10**20), "100000000000000000000"),
        (F(1, 2**60), "1/1152921504606846976"),
        (2.0, "2"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (-0.0, "-0.0"),
    ],
)
def test_how_a_number_is_written(number: Fraction | float, text: str) -> None:
    assert cell_text(number) == text
    assert cell_text(number, ",") == text.replace(".", ",")


def test_a_format_is_kept_where_it_loses_nothing() -> None:
    assert cell_text(F(3, 2), ".", ".2f") == "1.50"
    assert cell_text(F(1, 8), ".", ".2f") == "0.125"
    assert cell_text(0.125, ",", ".2f") == "0,125"
    assert cell_text(2.5, ".", ".3e") == "2.500e+00"


@given(st.fractions(), st.sampled_from(["", ".2f", ".6e", ".17g"]))
def test_an_exact_number_reads_back_exactly(number: Fraction, style: str) -> None:
    found = cell_number(cell_text(number, ".", style))
    assert found == number
    assert isinstance(found, Fraction)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=5))
def test_many_floats_are_written_like_each(values: list[float]) -> None:
    assert float_texts(values) == [float_text(value) for value in values]
    assert [float(text) for text in float_texts(values)] == values
