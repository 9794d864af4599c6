"""Writing a number: the one formatter, so that the same number looks the same everywhere.

"~" in front says that the digits shown are rounded, or that the number itself is a rounded float64.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import inf
from typing import Literal

from neurosim.numbers.exact import Number

Mode = Literal["exact", "decimal", "both"]

MINUS = "\u2212"
HAIR_SPACE = "\u200a"
LARGEST_DENOMINATOR = 9999
LONGEST_EXACT = 11
"""Characters of an exact number in exact mode; a longer one is shown rounded, and whole on demand."""

_EXACT_DIGITS = 6
_DATUM_DIGITS = 12
_DECIMAL_DIGITS = 4
_LARGEST_PLAIN = 6
"""Numbers from ten to this power on are written with an exponent when they are rounded."""

_SMALLEST_PLAIN = -4

_LEAST, _MOST = 10.0**_SMALLEST_PLAIN, 10.0**_LARGEST_PLAIN


def format_number(value: Number, mode: Mode = "exact", decimal: str = ".") -> str:
    """*value* as shown on the screen.

    Args:
        value: exact or float64; a float always carries "~".
        mode: ``exact``: the fraction while its denominator is at most 9999 and it has at most 11 characters, else "~"
            and 6 significant digits. ``decimal``: 4 significant digits (all digits before the decimal sign, up to a
            million), trailing zeros off. ``both``: ``466/9 ~ 51.78``, or ``1/4 = 0.25`` where that is all of it.
        decimal: the decimal sign.
    """
    if isinstance(value, float):
        return _of_float(value, _DECIMAL_DIGITS if mode == "decimal" else _EXACT_DIGITS, decimal)
    exact = _exact_text(value)
    if mode == "exact":
        return exact if exact is not None else _rounded(value, _EXACT_DIGITS, decimal)
    if exact is not None and "/" not in exact:
        return exact
    short = _rounded(value, _DECIMAL_DIGITS, decimal)
    if mode == "decimal":
        return short
    if exact is None:
        return _rounded(value, _EXACT_DIGITS, decimal)
    return f"{exact} ~ {short[1:].lstrip(HAIR_SPACE)}" if short.startswith("~") else f"{exact} = {short}"


def format_datum(value: Number, decimal: str = ".") -> str:
    """*value* as a number of the data: a decimal where that is the whole of it, as in the table it came from.

    ``17.592`` is not a measurement of ``2199/125``; but ``1/3`` stays ``1/3``, and what is rounded carries "~".
    """
    if isinstance(value, Fraction) and value.denominator != 1:
        exact = _as_decimal(value, _DATUM_DIGITS + 1).normalize()
        if (
            len(exact.as_tuple().digits) <= _DATUM_DIGITS
            and Fraction(exact) == value
            and exact.adjusted() >= -_DATUM_DIGITS
        ):
            return _signed(f"{exact:f}", decimal)
    return format_number(value, "exact", decimal)


def full_text(value: Number, decimal: str = ".") -> str:
    """Every digit of *value*, for tooltips and the clipboard; typed in again it is the same number."""
    if isinstance(value, Fraction):
        return str(value).replace("-", MINUS)
    return _signed(f"~{float(value)!r}", decimal)


def equals(text: str) -> str:
    """A written number as the right side of an equation: ``= 3`` when it is exact, ``~ 2.17`` when it is rounded."""
    return f"~ {text[1:].lstrip()}" if text.startswith("~") else f"= {text}"


def spoken(value: Number) -> str:
    """*value* as a screen reader should say it, such as ``minus 136 over 3`` or ``about 2.39317``."""
    text = format_number(value, "exact").replace("e", " times 10 to the ").replace("/", " over ")
    return text.replace("~", "about ").replace(HAIR_SPACE, "").replace(MINUS, "minus ")


@lru_cache(maxsize=1024)
def _of_float(value: float, digits: int, decimal: str) -> str:
    """Kept: the same number stands in several places of a frame, on the screen and in what is said of it."""
    return _rounded(value, digits, decimal)


def _exact_text(value: Fraction) -> str | None:
    if value.denominator > LARGEST_DENOMINATOR:
        return None
    if abs(value.numerator) >= 10**LONGEST_EXACT:
        return None
    text = str(value)
    return text.replace("-", MINUS) if len(text) <= LONGEST_EXACT else None


def _rounded(value: Number, digits: int, decimal: str) -> str:
    """*value* to *digits* significant digits, half away from zero; "~" unless nothing was rounded."""
    if isinstance(value, float):
        quick = _plainly(value, digits)
        if quick is not None:
            text = quick.replace("-", MINUS)
            text = f"~{HAIR_SPACE}{text}" if value < 0.0 else f"~{text}"
            return text if decimal == "." else text.replace(".", decimal)
    exact = _as_decimal(value, 60)
    if not exact:
        return "0" if isinstance(value, Fraction) else "~0"
    magnitude = exact.adjusted()
    plain = _SMALLEST_PLAIN <= magnitude < _LARGEST_PLAIN
    kept = max(digits, magnitude + 1) if plain else digits
    short = Context(prec=kept, rounding=ROUND_HALF_UP).plus(exact).normalize()
    if not _SMALLEST_PLAIN <= short.adjusted() < _LARGEST_PLAIN:
        plain = False
    text = f"{short:f}" if plain else _scientific(short)
    same = isinstance(value, Fraction) and Fraction(short) == value
    return _signed(text if same else f"~{text}", decimal)


def _plainly(value: float, digits: int) -> str | None:
    """A float64 to *digits* significant digits, as C writes it; ``None`` where that is not what is wanted.

    C rounds the float64 as it is, but a tie to the even digit. A tie has one digit more than is kept, a 5.
    """
    if not _LEAST <= abs(value) < _MOST:
        return _with_exponent(value, digits)
    text = f"{value:.{digits}g}"
    longer = f"{value:.{digits + 1}g}"
    if "e" in text or (longer[-1] == "5" and float(longer) == value):
        return None
    return text


def _with_exponent(value: float, digits: int) -> str | None:
    """The same of one that is far from 1; with the true minus in the exponent."""
    if not 0.0 < abs(value) < inf:
        return None
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    longer = f"{value:.{digits}e}"
    if longer[longer.index("e") - 1] == "5" and float(longer) == value:
        return None
    power = exponent.lstrip("+-").lstrip("0")
    if exponent[0] == "-":
        power = f"{MINUS}{power}"
    return f"{mantissa.rstrip('0').rstrip('.')}e{power}"


def _as_decimal(value: Number, precision: int) -> Decimal:
    """*value* to *precision* digits (a float64 whole), never rounded to a tie that it is not."""
    if isinstance(value, Fraction):
        return Context(prec=precision).divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(float(value))


def _scientific(value: Decimal) -> str:
    digits = "".join(map(str, value.as_tuple().digits)).rstrip("0")
    sign = "-" if value < 0 else ""
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{value.adjusted()}"


def _signed(text: str, decimal: str) -> str:
    # The hair space keeps "~" and the minus from looking like one sign.
    return text.replace("~-", f"~{HAIR_SPACE}-").replace("-", MINUS).replace("e+", "e").replace(".", decimal)
