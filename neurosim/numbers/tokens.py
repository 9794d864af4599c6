"""Cutting a typed number into tokens: digits of any script, both decimal signs, all the usual operator signs."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Literal

from neurosim.numbers.errors import AmbiguousNumberError, NumberError
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Kind = Literal["integer", "decimal", "part", "name", "sign", "end"]

LONGEST = 1000
"""Characters; more is no number that anyone typed."""

EXACT_DIGITS = 12
"""A decimal of more significant digits than this is a measured or computed one and becomes a float64."""

_SIGNS = {
    "\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-", "\uff0b": "+",
    "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u2217": "*",
    "\u00f7": "/", "\u2044": "/", "\u2215": "/",
    "\u03c0": "pi", "\u221a": "sqrt",
}  # fmt: skip
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"))
_SPACES = " \t\u00a0\u202f\u2009\u200a\n\r"
_NUMBER = re.compile(r"(?:[0-9]+[.,\u066b]?[0-9]*|[.,\u066b][0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z]+")
_POWERS = {"\u00b2": 2, "\u00b3": 3}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a typed number: what it is, its text, its value if it is a number, where it stands (from 1).

    A ``part`` is a fraction in one character, such as ``½``: a number by itself, or behind an integer a mixed one.
    """

    kind: Kind
    text: str
    place: int
    value: Number = Fraction(0)
    after_space: bool = False


def tokenize(text: str, decimal: str) -> list[Token]:
    """The tokens of *text*, with an end token; *decimal* is the decimal sign of the user's language, "." or ",".

    Raises:
        AmbiguousNumberError: a number such as ``1,234`` could be grouped digits or a decimal.
        NumberError: a character or a number is not understood.
    """
    if len(text) > LONGEST:
        raise NumberError(f"This is {len(text)} characters long, and a number has at most {LONGEST}.")
    plain = _plain(text)
    _refuse_both_signs(plain)
    tokens: list[Token] = []
    at = 0
    space = False
    while at < len(plain):
        character = plain[at]
        if character in _SPACES:
            at += 1
            space = True
            continue
        place = at + 1
        if match := _NUMBER.match(plain, at):
            _refuse_glued(plain, match.end(), match[0])
            token = _number(match[0], place, decimal, space)
        elif match := _NAME.match(plain, at):
            token = Token("name", match[0].lower(), place, after_space=space)
        elif (part := part_of(character)) is not None:
            token = Token("part", character, place, part, space)
        elif character in _POWERS:
            tokens.append(Token("sign", "^", place))
            token = Token("integer", character, place, Fraction(_POWERS[character]))
        elif plain.startswith("**", at):
            token = Token("sign", "^", place, after_space=space)
            at += 1
        elif character in "+-*/^()~":
            token = Token("sign", character, place, after_space=space)
        else:
            raise NumberError(f'"{character}" at place {place} is not understood in a number.')
        tokens.append(token)
        at += len(match[0]) if match else 1
        space = False
    tokens.append(Token("end", "", len(plain) + 1, after_space=space))
    return tokens


def _plain(text: str) -> str:
    """Digits of any script as 0-9, operator signs as ASCII, invisible direction marks gone."""
    found = []
    for character in text.translate(_INVISIBLE):
        digit = unicodedata.decimal(character, None)
        found.append(str(digit) if digit is not None else _SIGNS.get(character, character))
    return "".join(found).replace("\u2248", "~")


def part_of(character: str) -> Fraction | None:
    """What a fraction in one character says, such as 3/4 for ``¾``."""
    top, slash, bottom = unicodedata.normalize("NFKC", character).partition("\u2044")
    return Fraction(int(top), int(bottom)) if slash and top and bottom else None


def _refuse_both_signs(plain: str) -> None:
    signs = {sign for sign in ".,\u066b" if sign in plain}
    if len(signs) > 1:
        raise NumberError(
            f'"{plain.strip()}" has two different signs that can separate decimals ({" and ".join(sorted(signs))}): '
            f"use one of them for the decimals, and nothing between thousands."
        )


def _refuse_glued(plain: str, end: int, text: str) -> None:
    """A number must not run on: ``1.2.3`` and ``1,234,567`` are no numbers, ``2x`` and ``2pi`` lack a sign."""
    if end >= len(plain):
        return
    following = plain[end]
    if following in ".,\u066b":
        tail = re.match(r"[0-9.,\u066b]*", plain[end:])
        whole = text + (tail[0] if tail else "")
        joined = re.sub(r"[.,\u066b]", "", whole)
        raise NumberError(f'"{whole}" has more than one "{following}": if the digits are grouped, write {joined}.')
    if following.isalpha():
        name = _NAME.match(plain, end)
        rest = name[0] if name else following
        if rest.lower() in ("pi", "e", "sqrt"):
            hint = f", or finish the exponent, such as {text}e3" if rest == "e" else ""
            raise NumberError(f'"{text}{rest}" lacks a sign: write {text}*{rest}{hint}.')
        raise NumberError(f'"{rest}" at place {end + 1} is not understood in a number.')


def _number(text: str, place: int, decimal: str, space: bool) -> Token:
    mantissa, _, exponent = text.lower().partition("e")
    if not exponent and mantissa.isdigit():
        return Token("integer", text, place, Fraction(int(mantissa)), space)
    foreign = "," if decimal == "." else "."
    if not exponent and foreign in mantissa and _GROUPED.fullmatch(mantissa):
        joined = mantissa.replace(foreign, "")
        as_decimal = mantissa.replace(foreign, decimal)
        raise AmbiguousNumberError(f'"{mantissa}" can be read in two ways: {as_decimal} or {joined}?')
    mantissa = re.sub(r"[,\u066b]", ".", mantissa)
    if len(exponent) > 6 or abs(int(exponent or 0)) > 1400:
        raise NumberError(f'"{text}" at place {place} is beyond what can be computed with.')
    value = Fraction(f"{mantissa}e{exponent or 0}")
    digits = mantissa.replace(".", "").strip("0")
    return Token("decimal", text, place, value if len(digits) <= EXACT_DIGITS else as_float(value, text), space)


def as_float(value: Fraction, text: str) -> float:
    """*value* as float64.

    Raises:
        NumberError: it is too large, or too small to be told from 0.
    """
    try:
        found = float(value)
    except OverflowError:
        raise NumberError(f'"{text}" is too large: numbers go up to 1.8e308.') from None
    if value and not found:
        raise NumberError(f'"{text}" is too close to 0: the smallest number is about 5e-324.')
    return found
