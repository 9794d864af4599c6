"""Formulas over the live state: references in braces, everything else algebra, and nothing evaluated as code."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neurosim.lessons.formulas import FormulaError, read_formula

VALUES = {"edge:a": Fraction(1, 3), "data:x:1": Fraction(2), "bias:n": Fraction(-6), "data:x1 raw:2": Fraction(7)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{edge:a}*{data:x:1} + {bias:n}", Fraction(-16, 3)),
        ("2{edge:a}", Fraction(2, 3)),
        ("{bias:n}^2", Fraction(36)),
        ("-{bias:n}/{edge:a}", Fraction(18)),
        ("{edge:a}{bias:n}", Fraction(-2)),
        ("{data:x1 raw:2} - 42/3", Fraction(-7)),
        ("(1/2)(-4(0+16/3) - 8(4+14/3))", Fraction(-136, 3)),
    ],
)
def test_values_are_exact(text: str, value: Fraction) -> None:
    assert read_formula(text).value(VALUES.__getitem__) == value


def test_references_are_named_once_in_reading_order() -> None:
    assert read_formula("{bias:n}*{edge:a} + {bias:n}").references == ("bias:n", "edge:a")


def test_a_function_makes_a_float() -> None:
    assert read_formula("sigma({bias:n} + 6)").value(VALUES.__getitem__) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a*{data:x:1}", "{edge:a}"),
        ("r_1 + 1", "in braces"),
        ("{edge a!}", "no reference"),
        ("{edge:a} +", "ends too early"),
        ("__import__('os')", "not understood"),
        ("", "Nothing is typed"),
    ],
)
def test_what_is_not_understood_is_told_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(text)
    assert told in str(caught.value)


def test_a_division_by_zero_is_told() -> None:
    with pytest.raises(FormulaError, match="has no value"):
        read_formula("1/({bias:n} + 6)").value(VALUES.__getitem__)
