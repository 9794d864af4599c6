"""Reading a typed number: integers, decimals with point or comma, fractions, mixed numbers, powers, roots, pi and e.

The grammar, from loose to tight: sums, products, signs, powers (to the right), single values. Everything stays an exact
fraction while it is rational. There is no ``eval``, and a digit that is not understood is never passed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from neurosim.numbers.errors import AmbiguousNumberError, NumberError
from neurosim.numbers.exact import Number
from neurosim.numbers.tokens import Token, as_float, tokenize

_CONSTANTS = {"pi": math.pi, "e": math.e}
_DEEPEST = 60
_LARGEST_BITS = 8192

__all__ = ["AmbiguousNumberError", "NumberError", "parse_number"]


def parse_number(text: str, decimal: str = ".") -> Number:
    """The number that *text* says: a ``Fraction`` while everything in it is rational, else a float64.

    Args:
        text: for example ``1/3``, ``1 1/3``, ``-0.5``, ``2^-3``, ``sqrt(2)/2``, ``1e-3``. A leading ``~`` says that the
            number is rounded, so it becomes a float. Digits of any script and the true minus sign are understood.
        decimal: the decimal sign of the user's language. The other sign is accepted where it cannot be mistaken.

    Raises:
        AmbiguousNumberError: it can be read in two ways (``1,234`` where the decimal sign is the point).
        NumberError: it is not understood, not finite or not real; the message says what and where.
    """
    if not text.strip():
        raise NumberError("Nothing is typed: a number is needed, such as 1/3 or 0.5.")
    tokens = tokenize(text, decimal)
    rounded = tokens[0].text == "~"
    value = _Parser(tokens[1:] if rounded else tokens).whole()
    return _checked(value, text.strip(), rounded)


def _checked(value: Number, text: str, rounded: bool) -> Number:
    shown = text if len(text) <= 40 else f"{text[:36]}..."
    if isinstance(value, Fraction):
        as_float_value = as_float(value, shown)
        return as_float_value if rounded else value
    if not math.isfinite(value):
        raise NumberError(f'"{shown}" is too large: numbers go up to 1.8e308.')
    return value


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Number:
        value = self._sum()
        rest = self._peek()
        if rest.kind == "end":
            return value
        if rest.text == ")":
            raise NumberError(f'The ")" at place {rest.place} closes nothing.')
        before = self._tokens[self._at - 1]
        if before.kind == rest.kind == "integer":
            raise NumberError(
                f'"{before.text} {rest.text}" is two numbers: write {before.text}{rest.text} without the space, '
                f"or a mixed number such as 1 1/3."
            )
        raise NumberError(f'A sign such as * is missing before "{rest.text}" at place {rest.place}.')

    # -- tokens ----------------------------------------------------------------------------------------------------

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _takes(self, *texts: str) -> Token | None:
        token = self._peek()
        return self._take() if token.kind == "sign" and token.text in texts else None

    # -- the grammar -----------------------------------------------------------------------------------------------

    def _sum(self) -> Number:
        value = self._product()
        while sign := self._takes("+", "-"):
            other = self._product()
            value = _add(value, other if sign.text == "+" else -other)
        return value

    def _product(self) -> Number:
        value = self._signed()
        while sign := self._takes("*", "/"):
            other = self._signed()
            value = _multiply(value, other) if sign.text == "*" else _divide(value, other, sign)
        return value

    def _signed(self) -> Number:
        negative = False
        while sign := self._takes("+", "-"):
            negative ^= sign.text == "-"
        value = self._power()
        return -value if negative else value

    def _power(self) -> Number:
        base = self._single()
        sign = self._takes("^")
        if sign is None:
            return base
        return _raise(base, self._nested(self._signed, sign), sign)

    def _single(self) -> Number:
        token = self._take()
        if token.kind == "integer":
            return self._mixed(token)
        if token.kind in ("decimal", "part"):
            return token.value
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            return self._closed(token)
        if token.kind == "end":
            raise NumberError("The number ends too early: something is missing at its end.")
        raise NumberError(f'A number is missing before "{token.text}" at place {token.place}.')

    def _mixed(self, whole: Token) -> Number:
        """An integer, or a mixed number such as ``1 1/3`` or ``1⅓``: integer, proper fraction."""
        top, bar, bottom = self._peek(), self._peek(1), self._peek(2)
        if top.kind == "part":
            self._at += 1
            return Fraction(whole.value) + Fraction(top.value)
        if not (top.kind == "integer" and top.after_space and bar.text == "/" and bottom.kind == "integer"):
            return whole.value
        self._at += 3
        if not top.value < bottom.value:
            part = f"{top.text}/{bottom.text}"
            raise NumberError(
                f'"{whole.text} {part}" is not a mixed number, because {part} is not below 1: '
                f"write {whole.text}{part} or {whole.text} + {part}."
            )
        return whole.value + Fraction(top.value) / Fraction(bottom.value)

    def _named(self, token: Token) -> Number:
        if token.text in _CONSTANTS:
            return _CONSTANTS[token.text]
        if token.text != "sqrt":
            raise NumberError(f'"{token.text}" at place {token.place} is not understood; known are pi, e and sqrt.')
        argument = self._nested(self._single, token)
        if argument < 0:
            raise NumberError(f"The root at place {token.place} is of a negative number, so it is not real.")
        return _root(argument)

    def _closed(self, opening: Token) -> Number:
        value = self._nested(self._sum, opening)
        if not self._takes(")"):
            raise NumberError(f'The "(" at place {opening.place} is never closed.')
        return value

    def _nested(self, read: Callable[[], Number], token: Token) -> Number:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NumberError(f"The number is nested too deeply at place {token.place}.")
        value = read()
        self._depth -= 1
        return value


def _both_exact(left: Number, right: Number) -> bool:
    return isinstance(left, Fraction) and isinstance(right, Fraction)


def _add(left: Number, right: Number) -> Number:
    return _sized(left + right) if _both_exact(left, right) else _float(left) + _float(right)


def _multiply(left: Number, right: Number) -> Number:
    return _sized(left * right) if _both_exact(left, right) else _float(left) * _float(right)


def _divide(left: Number, right: Number, sign: Token) -> Number:
    if right == 0:
        raise NumberError(f"The / at place {sign.place} divides by zero.")
    return _sized(left / right) if _both_exact(left, right) else _float(left) / _float(right)


def _raise(base: Number, exponent: Number, sign: Token) -> Number:
    if base == 0 and exponent < 0:
        raise NumberError(f"The ^ at place {sign.place} divides by zero.")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        if exponent.denominator == 1:
            bits = max(base.numerator.bit_length(), base.denominator.bit_length())
            if bits > 1 and abs(exponent) * bits > _LARGEST_BITS:
                raise NumberError(f"The power at place {sign.place} is too large.")
            return Fraction(base**exponent.numerator)
        if exponent.denominator == 2 and base >= 0:
            return _raise(_root(base), Fraction(exponent.numerator), sign)
    if base < 0 and not float(exponent).is_integer():
        raise NumberError(f"The power at place {sign.place} has a negative base, so it is not real.")
    try:
        return float(_float(base) ** _float(exponent))
    except OverflowError:
        raise NumberError(f"The power at place {sign.place} is too large.") from None


def _root(value: Number) -> Number:
    """The square root, exact for squares of fractions."""
    if isinstance(value, Fraction):
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    return math.sqrt(_float(value))


def _sized(value: Number) -> Number:
    """*value*, refused when it has grown beyond all use."""
    if (
        isinstance(value, Fraction)
        and max(value.numerator.bit_length(), value.denominator.bit_length()) > 4 * _LARGEST_BITS
    ):
        raise NumberError("The number is too large to be computed exactly.")
    return value


def _float(value: Number) -> float:
    return as_float(value, "the number") if isinstance(value, Fraction) else value
