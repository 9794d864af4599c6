"""What people type as a number, in the decimal signs of four languages, and what it means."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.numbers.format import format_number, full_text
from neurosim.numbers.parse import AmbiguousNumberError, NumberError, parse_number

F = Fraction

SIGNS = {"en_US": ".", "de_DE": ",", "fr_FR": ",", "fa_IR": "."}
ASKS = AmbiguousNumberError
NO = NumberError

# What is typed, and what it means where the decimal sign is the point, and where it is the comma.
TYPED: list[tuple[str, object, object]] = [
    ("0", F(0), F(0)),
    ("7", F(7), F(7)),
    ("-6", F(-6), F(-6)),
    ("+5", F(5), F(5)),
    ("\u22126", F(-6), F(-6)),
    ("--5", F(5), F(5)),
    ("007", F(7), F(7)),
    ("1/3", F(1, 3), F(1, 3)),
    ("-136/3", F(-136, 3), F(-136, 3)),
    ("\u2212136/3", F(-136, 3), F(-136, 3)),
    ("-42/3", F(-14), F(-14)),
    ("(-42)/3", F(-14), F(-14)),
    ("1 1/3", F(4, 3), F(4, 3)),
    ("-1 1/3", F(-4, 3), F(-4, 3)),
    ("1\u00a01/3", F(4, 3), F(4, 3)),
    ("1 + 1/3", F(4, 3), F(4, 3)),
    ("0.5", F(1, 2), F(1, 2)),
    ("0,5", F(1, 2), F(1, 2)),
    (".5", F(1, 2), F(1, 2)),
    (",5", F(1, 2), F(1, 2)),
    ("760.", F(760), F(760)),
    ("1,5", F(3, 2), F(3, 2)),
    ("1.5", F(3, 2), F(3, 2)),
    ("-14.0", F(-14), F(-14)),
    ("1,234", ASKS, F(617, 500)),
    ("1.234", F(617, 500), ASKS),
    ("0,123", F(123, 1000), F(123, 1000)),
    ("1234,567", F(1234567, 1000), F(1234567, 1000)),
    ("12,34", F(617, 50), F(617, 50)),
    ("1,234,567", NO, NO),
    ("1.234,5", NO, NO),
    ("1,234.5", NO, NO),
    ("1 234", NO, NO),
    ("1\u202f234,5", NO, NO),
    ("1'234", NO, NO),
    ("1 234/5", NO, NO),
    ("1e-3", F(1, 1000), F(1, 1000)),
    ("2,5E2", F(250), F(250)),
    ("1e\u22123", F(1, 1000), F(1, 1000)),
    ("2^10", F(1024), F(1024)),
    ("2**3", F(8), F(8)),
    ("2^-2", F(1, 4), F(1, 4)),
    ("-2^2", F(-4), F(-4)),
    ("2^3^2", F(512), F(512)),
    ("9^(1/2)", F(3), F(3)),
    ("0.25^0.5", F(1, 2), F(1, 2)),
    ("sqrt(4)", F(2), F(2)),
    ("sqrt(1/9)", F(1, 3), F(1, 3)),
    ("\u221a16", F(4), F(4)),
    ("sqrt(2)", 2**0.5, 2**0.5),
    ("pi", math.pi, math.pi),
    ("\u03c0/2", math.pi / 2, math.pi / 2),
    ("2*pi", 2 * math.pi, 2 * math.pi),
    ("e^2", math.e**2, math.e**2),
    ("2 \u00d7 3 \u2212 4", F(2), F(2)),
    ("6\u00f74", F(3, 2), F(3, 2)),
    ("1/2/2", F(1, 4), F(1, 4)),
    ("2*(3+4)", F(14), F(14)),
    ("\u06f1\u06f2", F(12), F(12)),
    ("\u06f1\u066b\u06f5", F(3, 2), F(3, 2)),
    ("\u0661\u0662\u066b\u0665", F(25, 2), F(25, 2)),
    ("\u200e\u2212\u06f1/\u06f3", F(-1, 3), F(-1, 3)),
    ("0.123456789012", F(123456789012, 10**12), F(123456789012, 10**12)),
    ("0.1234567890123", 0.1234567890123, 0.1234567890123),
    ("34.62365962451697", 34.62365962451697, 34.62365962451697),
    ("12345678901234567890", F(12345678901234567890), F(12345678901234567890)),
    ("~2.39317", 2.39317, 2.39317),
    ("", NO, NO),
    ("   ", NO, NO),
    ("-", NO, NO),
    ("1/", NO, NO),
    ("1/0", NO, NO),
    ("0^-1", NO, NO),
    ("abc", NO, NO),
    ("2pi", NO, NO),
    ("2x", NO, NO),
    ("1e", NO, NO),
    ("1.2.3", NO, NO),
    ("(2", NO, NO),
    ("2)", NO, NO),
    ("2 3", NO, NO),
    ("1.5 1/2", NO, NO),
    ("sqrt(-1)", NO, NO),
    ("(-8)^(1/3)", NO, NO),
    ("nan", NO, NO),
    ("inf", NO, NO),
    ("1e400", NO, NO),
    ("1e-400", NO, NO),
    ("1e99999999999", NO, NO),
    ("10^400", NO, NO),
    ("9^9^9^9", NO, NO),
    ("__import__('os')", NO, NO),
    ("1_000", NO, NO),
    ("50%", NO, NO),
    ("½", F(1, 2), F(1, 2)),
    ("3½", F(7, 2), F(7, 2)),
    ("-1 ⅓", F(-4, 3), F(-4, 3)),
    ("¾*4", F(3), F(3)),
    ("1/⅛", F(8), F(8)),
    ("4^½", F(2), F(2)),
    ("3²", F(9), F(9)),
    ("-(1/2)³", F(-1, 8), F(-1, 8)),
    ("½½", NumberError, NumberError),
    ("²", NumberError, NumberError),
]


@pytest.mark.parametrize("language", SIGNS)
@pytest.mark.parametrize(("text", "with_point", "with_comma"), TYPED, ids=[repr(row[0]) for row in TYPED])
def test_what_is_typed(language: str, text: str, with_point: object, with_comma: object) -> None:
    expected = with_point if SIGNS[language] == "." else with_comma
    if isinstance(expected, type):
        with pytest.raises(NumberError) as caught:
            parse_number(text, SIGNS[language])
        assert caught.type is expected
        return
    found = parse_number(text, SIGNS[language])
    assert type(found) is type(expected)
    if isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-15)
    else:
        assert found == expected


def test_an_ambiguous_number_names_both_readings() -> None:
    with pytest.raises(AmbiguousNumberError, match=r"1\.234 or 1234\?"):
        parse_number("1,234", ".")
    with pytest.raises(AmbiguousNumberError, match=r"1,234 or 1234\?"):
        parse_number("1.234", ",")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("3 + foo", '"foo" at place 5'),
        ("1/0", "/ at place 2"),
        ("(1+2", '"(" at place 1'),
        ("1+2)", '")" at place 4'),
        ("2pi", "write 2*pi"),
        ("1,234,567", "write 1234567"),
        ("1 234", "write 1234 without the space"),
        ("1 7/3", "7/3 is not below 1"),
        ("4 & 5", '"&" at place 3'),
    ],
)
def test_a_complaint_quotes_what_was_not_understood(text: str, quoted: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert quoted in str(caught.value)


def test_nesting_and_length_are_bounded() -> None:
    assert parse_number("(" * 50 + "1" + ")" * 50) == 1
    with pytest.raises(NumberError, match="deeply"):
        parse_number("(" * 400 + "1" + ")" * 400)
    with pytest.raises(NumberError, match="characters long"):
        parse_number("1" * 5000)


exact = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**9)


@given(exact, st.sampled_from([".", ","]))
def test_the_whole_text_of_a_fraction_is_that_fraction(value: F, sign: str) -> None:
    assert parse_number(full_text(value, sign), sign) == value


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
def test_the_whole_text_of_a_float_is_that_float(value: float, sign: str) -> None:
    text = full_text(value, sign)
    try:
        found = parse_number(text, sign)
    except AmbiguousNumberError:
        pytest.fail(f"{text} is ambiguous in its own language")
    assert isinstance(found, float)
    assert found == value


@given(exact, st.sampled_from(["exact", "decimal"]), st.sampled_from([".", ","]))
def test_a_number_shown_without_a_tilde_is_the_number(value: F, mode: str, sign: str) -> None:
    text = format_number(value, mode, sign)
    if not text.startswith("~"):
        assert parse_number(text, sign) == value


@given(st.integers(0, 10**9), st.integers(0, 12).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_no_digit_is_dropped(whole: int, decimals: str) -> None:
    """A decimal is its digits over a power of ten, or a complaint; never something shorter."""
    for sign, other in ((".", ","), (",", ".")):
        text = f"{whole}{sign}{decimals}"
        digits = f"{whole}{decimals}".strip("0")
        value = F(int(f"{whole}{decimals}"), 10 ** len(decimals))
        found = parse_number(text, sign)
        assert found == (value if len(digits) <= 12 else float(value))
        try:
            assert parse_number(text, other) == found
        except AmbiguousNumberError:
            assert len(decimals) == 3
            assert 1 <= whole <= 999


@given(st.text("0123456789.,/*+-^() e\u2212", max_size=12))
def test_any_text_is_a_number_or_a_complaint(text: str) -> None:
    try:
        value = parse_number(text)
    except NumberError as error:
        complaint = str(error)
    else:
        assert math.isfinite(float(value))
        return
    assert complaint.endswith((".", "?"))
