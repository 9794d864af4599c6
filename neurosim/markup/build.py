"""The pieces that formulas are put together from: signs, numbers as they are shown, indices, derivatives."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from neurosim.markup.tree import Bracket, Markup, Over, Role, Row, Script, Style, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, MINUS, Mode, format_datum, format_number

PLUS = Symbol("+", "operator")
TAKE_AWAY = Symbol(MINUS, "operator")
TIMES = Symbol("·", "operator")
EQUALS = Symbol("=", "relation")
ABOUT = Symbol("~", "relation")
NEGATIVE = Symbol(MINUS, "number")
"""The minus in front of a number: it stands close to it."""

PARTIAL = Symbol("∂", "upright")


def italic(text: str) -> Symbol:
    """A variable."""
    return Symbol(text, "italic")


def words(text: str) -> Symbol:
    """Plain words inside a formula."""
    return Symbol(text, "words")


def row(*parts: Markup) -> Markup:
    """*parts* side by side; a single part as it is."""
    return parts[0] if len(parts) == 1 else Row(parts)


def joined(parts: Iterable[Markup], sign: Markup) -> Markup:
    """*parts* with *sign* between them."""
    found: list[Markup] = []
    for part in parts:
        if found:
            found.append(sign)
        found.append(part)
    return row(*found)


def index(base: Markup, below: Markup | str | None = None, above: Markup | None = None) -> Markup:
    """*base* with an index; a text of one letter or of digits is set as such, a longer one upright."""
    if below is None and above is None:
        return base
    return Script(base, above, name(below) if isinstance(below, str) else below)


def derivative(of: Markup, by: Markup) -> Markup:
    """The partial derivative of *of* by *by*."""
    return Over(Row((PARTIAL, of)), Row((PARTIAL, by)))


def bracketed(inside: Markup) -> Bracket:
    """*inside* in round brackets."""
    return Bracket(inside)


@lru_cache(maxsize=512)
def name(text: str) -> Markup:
    """A name as it is set: ``a``; ``w1`` as w with index 1; ``population`` and ``exam score`` as they are."""
    stem = text.rstrip("0123456789")
    digits = text[len(stem) :]
    if not stem:
        return Symbol(text, "number")
    base = _word(stem.rstrip("_ ") or stem)
    return Script(base, None, Symbol(digits, "number")) if digits else base


def number(value: Number, mode: Mode = "exact", decimal: str = ".") -> Markup:
    """*value* as shown, a fraction with a bar; rounded numbers begin with "~"."""
    return number_of_text(format_number(value, "decimal" if mode == "decimal" else "exact", decimal))


def datum(value: Number, mode: Mode = "exact", decimal: str = ".") -> Markup:
    """*value* as a number of the data: a decimal where that is the whole of it."""
    if mode == "decimal":
        return number(value, mode, decimal)
    return number_of_text(format_datum(value, decimal))


@lru_cache(maxsize=1024)
def number_of_text(text: str) -> Markup:
    """A number that was formatted before; kept, for it stands in several formulas and in the next frame again."""
    if text.startswith("~"):
        return Symbol(text.replace(HAIR_SPACE, ""), "number")
    digits = text.removeprefix(MINUS)
    above, bar, below = digits.partition("/")
    size: Markup = Over(Symbol(above, "number"), Symbol(below, "number")) if bar else Symbol(digits, "number")
    return Row((NEGATIVE, size)) if text.startswith(MINUS) else size


def sign_role(value: Number) -> Role | None:
    """The colour of a weight: by its sign."""
    return "positive" if value > 0 else "negative" if value < 0 else None


def _word(text: str) -> Markup:
    style: Style = "italic" if len(unicodedata.normalize("NFC", text)) == 1 else "words"
    return Symbol(text, style)
