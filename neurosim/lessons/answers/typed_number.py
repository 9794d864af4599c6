"""A number as a learner typed it: its value, how it was read, and in which form it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from neurosim.algebra.errors import AlgebraError, ParseError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import symbols
from neurosim.algebra.names import text_of
from neurosim.algebra.parse import Reading, read
from neurosim.algebra.render_text import read_as
from neurosim.lessons.answers.unreadable import UnreadableError
from neurosim.numbers.errors import AmbiguousNumberError, NumberError
from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, MINUS, format_number
from neurosim.numbers.parse import parse_number
from neurosim.numbers.tokens import tokenize
from neurosim.records import dataclass

Shape = Literal["whole", "fraction", "mixed", "decimal", "scientific", "calculation"]

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
_NAMED = re.compile(r"^[^=<>≤≥≠]*=")
_WORD = re.compile(r"[^\W\d_]{2,}([\s-]+[^\W\d_]{2,})*")
_SIGN = r"\(*[-+]*\(*[-+]*"
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("whole", re.compile(rf"{_SIGN}(\d+)\)*")),
    ("decimal", re.compile(rf"{_SIGN}(\d+[.,]\d*|[.,]\d+)\)*")),
    ("scientific", re.compile(rf"{_SIGN}((?:\d+[.,]?\d*|[.,]\d+)e[-+]?\d+)\)*")),
    ("fraction", re.compile(rf"{_SIGN}(\d+)\)*/{_SIGN}(\d+)\)*")),
    ("mixed", re.compile(rf"{_SIGN}(\d+) (\d+)/(\d+)\)*")),
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")


@dataclass(frozen=True)
class TypedNumber:
    """What was typed.

    Attributes:
        value: a ``Fraction`` while everything typed is rational.
        read_as: for the learner, such as ``−136/3 ~ −45.33``.
        shape: the form in which it stands there.
        digits: significant digits of a decimal or whole number; 0 for the other forms.
        places: digits after the decimal sign; 0 for the other forms.
        exponent: the power of ten behind the last digit typed: the unit that a decimal is rounded to.
        numerator, denominator: of a fraction as it was typed, not reduced and without signs; 0 for the other forms.
    """

    value: Number
    read_as: str
    shape: Shape
    digits: int = 0
    places: int = 0
    exponent: int = 0
    numerator: int = 0
    denominator: int = 0

    @property
    def is_decimal(self) -> bool:
        """Whether it is one number in digits, so that it may stand for a value that it rounds."""
        return self.shape in {"whole", "decimal", "scientific"}

    @property
    def unit(self) -> Fraction:
        """What the last digit typed counts."""
        return Fraction(10) ** self.exponent


def read_number(text: str, decimal: str = ".") -> TypedNumber:
    """The number that a learner typed: a fraction, a mixed number, a decimal, a percentage, or a calculation.

    ``-136/3``, ``1 1/3``, ``-45,33``, ``88 %``, ``2e-3``, ``2*(-16/3)*2``, ``1/(1+e^-2)``; a name in front
    (``a = 83/45``) and a "~" are passed over.

    Raises:
        UnreadableError: it is no number; the sentence says where reading stopped and what would be readable.
    """
    plain = _plain(text)
    if not plain:
        raise UnreadableError("Nothing is typed yet: a number is needed, such as 1/3, −0.5 or 2*3 − 1.")
    percent = plain.endswith("%")
    body = plain.removesuffix("%").strip() if percent else plain
    if not body:
        raise UnreadableError("There is only a percent sign: a number is needed before it, such as 88 %.")
    if "%" in body:
        raise UnreadableError('A "%" can stand only at the end, behind the whole number: 88 % is read as 88/100.')
    value = _value(body, decimal)
    shape, parts = _shape(body, decimal)
    shown = _read_as(body, value, shape, parts, decimal)
    if percent:
        value = value / 100
        head = shown if shape == "calculation" else shown.split(" ")[0]
        shown = f"{head} % {_joined(_short(value, decimal))}"
    exponent, digits, places = _digits(parts, shape)
    top, bottom = (int(parts[0]), int(parts[1])) if shape == "fraction" else (0, 0)
    return TypedNumber(value, shown, shape, digits, places, exponent - 2 * percent, top, bottom)


def _plain(text: str) -> str:
    """Without a name in front and without a sign of rounding; vulgar fractions and raised digits spelled out."""
    plain = text.strip()
    if _NAMED.match(plain) and not plain.endswith("="):
        plain = _NAMED.sub("", plain).strip()
    plain = plain.lstrip("~≈" + HAIR_SPACE).strip()
    for sign, spelled in _VULGAR.items():
        plain = re.sub(rf"(?<=\d)\s*{sign}", f" {spelled}", plain).replace(sign, f"({spelled})")
    plain = _RAISED.sub(lambda found: f"^({found[0].translate(_SUPERSCRIPTS)})", plain)
    return re.sub(r"\s*[×x·*]\s*10\s*\^\s*\(?\s*([-−+]?\d+)\s*\)?", r"e\1", plain) if "10" in plain else plain


def _value(text: str, decimal: str) -> Number:
    try:
        return parse_number(text, decimal)
    except AmbiguousNumberError as error:
        raise UnreadableError(str(error)) from error
    except NumberError as error:
        return _calculated(text, decimal, str(error))


def _calculated(text: str, decimal: str, sentence: str) -> Number:
    """The value of a formula of numbers, with the functions of ``algebra``; *sentence*: why it is no plain number."""
    try:
        reading = _formula(text, decimal)
    except ParseError as error:
        # An e alone is an exponent's: what the numbers' own reader says of it is plainer.
        found = str(error) if any(character.isalpha() and character not in "eE" for character in text) else sentence
        stop = "" if found.endswith((".", "!", "?")) else "."
        raise UnreadableError(f"{found}{stop} Readable would be −136/3, −45.33 or 2*(−16/3)*2.") from error
    letters = symbols(reading.expression)
    if letters and _WORD.fullmatch(text.strip()):
        raise UnreadableError(f'"{text.strip()}" is a word: type the number in digits, such as 3, −1/2 or 0.75.')
    if letters:
        raise UnreadableError(
            f"It reads as {reading.read_as}: put numbers in the place of {listed(map(text_of, letters))}."
        )
    try:
        return evaluate(reading.expression)
    except AlgebraError as error:
        raise UnreadableError(f"It reads as {reading.read_as}, which has no value: {error}") from error


def _formula(text: str, decimal: str) -> Reading:
    """The formula, in the decimal sign of the language or, where that is not understood, in the other one."""
    try:
        return read(text, decimal)
    except ParseError:
        other = "," if decimal == "." else "."
        if other not in text or decimal in text:
            raise
        return read(text, other)


def listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _shape(text: str, decimal: str) -> tuple[Shape, tuple[str, ...]]:
    """The form, and the runs of digits in it."""
    try:
        tokens = tokenize(text, decimal)
    except NumberError:
        return "calculation", ()
    canonical = ""
    for before, token in zip((None, *tokens), tokens, strict=False):
        both = before is not None and before.kind == token.kind == "integer"
        canonical += f" {token.text}" if both else token.text
    canonical = canonical.lower().replace("\u066b", ".")
    for shape, pattern in _SHAPES:
        found = pattern.fullmatch(canonical)
        if found is not None:
            return shape, found.groups()
    return "calculation", ()


def _digits(parts: tuple[str, ...], shape: Shape) -> tuple[int, int, int]:
    """The power of ten of the last digit, the significant digits, the digits after the decimal sign."""
    if shape not in {"whole", "decimal", "scientific"}:
        return 0, 0, 0
    mantissa, _, power = parts[0].replace(",", ".").partition("e")
    whole, _, after = mantissa.partition(".")
    return int(power or 0) - len(after), len((whole + after).lstrip("0")), len(after)


def _read_as(text: str, value: Number, shape: Shape, parts: tuple[str, ...], decimal: str) -> str:
    short = _short(value, decimal)
    sign = MINUS if value < 0 else ""
    if shape == "calculation":
        try:
            return f"{read_as(_formula(text, decimal).expression, decimal)} {_joined(short)}"
        except ParseError:
            return short
    if shape in {"decimal", "whole"}:
        return sign + re.sub(r"[.,]", decimal, parts[0])
    if shape == "scientific":
        return short
    typed = f"{sign}{parts[0]}/{parts[1]}" if shape == "fraction" else f"{sign}{parts[0]} {parts[1]}/{parts[2]}"
    return short if short.split(" ")[0] == typed else f"{typed} {_joined(short)}"


def _joined(short: str) -> str:
    """``= −14``, or ``~ 0.8808`` where the number is rounded."""
    return f"~ {short[1:].lstrip(HAIR_SPACE)}" if short.startswith("~") else f"= {short}"


def _short(value: Number, decimal: str) -> str:
    return format_number(value, "both", decimal)
