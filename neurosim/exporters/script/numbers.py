"""Numbers as Python writes them, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from neurosim.numbers.exact import Number


def literal(number: Number | bool | int, *, exact: bool) -> str:
    """*number* as an expression: a fraction as ``F(1, 3)`` or ``F("0.05")`` where *exact*, else a float."""
    if isinstance(number, bool):
        return repr(number)
    if not exact or isinstance(number, float):
        return repr(float(number))
    fraction = Fraction(number)
    if fraction.denominator == 1:
        return f"F({fraction.numerator})"
    decimal = _decimal(fraction)
    return f'F("{decimal}")' if decimal else f"F({fraction.numerator}, {fraction.denominator})"


def table(entries: Mapping[str, str], indent: str = "    ") -> str:
    """A dictionary of expressions, an entry on each line."""
    return "{\n" + "".join(f"{indent}{name!r}: {value},\n" for name, value in entries.items()) + "}"


def _decimal(fraction: Fraction) -> str:
    """*fraction* as people typed it, where it is a short decimal with at least three places or a tenth, or ""."""
    if fraction.denominator < 100:
        return ""
    for places in range(2, 13):
        scaled = fraction * 10**places
        if scaled.denominator == 1:
            sign, digits = ("-" if scaled < 0 else ""), f"{abs(scaled.numerator):0{places + 1}d}"
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return ""
