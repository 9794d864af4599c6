"""Cutting a typed formula into numbers, letters, function names and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from neurosim.algebra.errors import ParseError
from neurosim.algebra.functions import SPELLINGS
from neurosim.algebra.names import GREEK, HAT, split_name, with_index
from neurosim.algebra.words import FOREIGN, FUNCTION_LETTERS, LONGEST_RUN, WORDS
from neurosim.numbers.tokens import part_of
from neurosim.records import dataclass

Kind = Literal["number", "symbol", "constant", "function", "raised", "sign", "end"]

_SIGNS = {
    **{sign: sign for sign in "+-*/^()|∂"},
    **dict.fromkeys("−–⁃﹣－", "-"),
    **dict.fromkeys("·×⋅∙∗•", "*"),
    **dict.fromkeys("÷∕⁄:", "/"),
    **{"[": "(", "]": ")", "{": "(", "}": ")"},
}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ˣⁿ", "0123456789-+xn")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ˣⁿ]+")
_RAISED_SHAPE = re.compile(r"([-+]?)(\d+|[xn])")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_INDEX = re.compile(r"(?:_\{([0-9A-Za-z]{1,12})\}|_([0-9]{1,12})|_([A-Za-z])|([0-9]{1,12})|([₀₁₂₃₄₅₆₇₈₉]{1,12}))")
_SHOWN_MOST = 24


@dataclass(frozen=True)
class Token:
    """A piece of the text.

    Attributes:
        kind: what it is.
        text: its meaning: a sign in its plain form, a symbol's or function's name, a raised exponent in plain digits.
        start: place of its first character in the typed text, from 0.
        end: place after its last character.
        value: of a number.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)


def tokenize(text: str, decimal: str = ".") -> list[Token]:
    """The pieces of *text*, with an ``end`` as the last one.

    Raises:
        ParseError: a character is not understood; ``position`` says where.
    """
    return list(tokens(text, decimal))


def tokens(text: str, decimal: str) -> Iterator[Token]:
    """The pieces one after another; those before an error still come out."""
    place = 0
    number = re.compile(rf"\d+(?:{re.escape(decimal)}\d*)?|{re.escape(decimal)}\d+")
    while place < len(text):
        character = text[place]
        if character.isspace():
            place += 1
        elif found := number.match(text, place):
            token = _with_part(text, _number(text, found, decimal))
            yield token
            place = token.end
        elif (part := part_of(character)) is not None:
            yield Token("number", character, place, place + 1, part)
            place += 1
        elif raised := _RAISED_RUN.match(text, place):
            yield _raised(raised)
            place = raised.end()
        elif text.startswith("**", place):
            yield Token("sign", "^", place, place + 2)
            place += 2
        elif character in _SIGNS:
            yield Token("sign", _SIGNS[character], place, place + 1)
            place += 1
        elif character == "√":
            yield Token("function", "sqrt", place, place + 1)
            place += 1
        elif character.isalpha():
            for token in _letters(text, place):
                yield token
                place = token.end
        else:
            raise ParseError(_strange(character, place), place)
    yield Token("end", "", len(text), len(text))


def _strange(character: str, place: int) -> str:
    if character in "=<>≤≥≠":
        return f'"{character}" at place {place + 1} makes this a statement: type only the formula on one side of it.'
    if character in ",.;":
        return f'The "{character}" at place {place + 1} does not stand inside a number.'
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f'The sign "{shown}" at place {place + 1} is not understood.'


def _number(text: str, found: re.Match[str], decimal: str) -> Token:
    end = found.end()
    following = text[end : end + 1]
    if following and following in ",." and text[end + 1 : end + 2].isdigit():
        digits = f"{found[0]}{following}{text[end + 1]}"
        raise ParseError(
            f'"{digits}" at place {found.start() + 1} is not read as a number: the decimal sign here is "{decimal}".',
            end,
        )
    if len(found[0]) > _SHOWN_MOST:
        raise ParseError(f"The number at place {found.start() + 1} has more than {_SHOWN_MOST} digits.", found.start())
    whole, _, part = found[0].partition(decimal)
    value = Fraction(int(whole or "0")) + (Fraction(int(part), 10 ** len(part)) if part else 0)
    return Token("number", found[0], found.start(), end, value)


def _with_part(text: str, whole: Token) -> Token:
    """The mixed number that *whole* is with a fraction in one character right behind it, such as ``3½``."""
    part = part_of(text[whole.end : whole.end + 1])
    if part is None or not whole.text.isdigit():
        return whole
    return Token("number", text[whole.start : whole.end + 1], whole.start, whole.end + 1, whole.value + part)


def _raised(found: re.Match[str]) -> Token:
    plain = found[0].translate(_RAISED)
    if not _RAISED_SHAPE.fullmatch(plain) or len(plain) > _SHOWN_MOST:
        raise ParseError(f'The raised "{found[0]}" at place {found.start() + 1} is no exponent.', found.start())
    return Token("raised", plain.removeprefix("+"), found.start(), found.end())


def _letters(text: str, start: int) -> Iterator[Token]:
    """A run of letters: known words first, the longest that fit; what is left is one symbol a letter."""
    end = start
    while end < len(text) and (text[end].isalpha() or text[end] == HAT) and text[end] not in "ˣⁿ":
        end += 1
    run, opens = text[start:end], text[end : end + 1] == "("
    if run in FOREIGN:
        raise ParseError(_unknown(run, start), start)
    place, single = start, 0
    while place < end:
        token = _word(text, place, end) or _letter(text, place)
        single = single + 1 if token.kind == "symbol" and len(token.text) == 1 else 0
        place = token.end
        if place == end and opens and single >= LONGEST_RUN:
            raise ParseError(_unknown(text[end - single : end], end - single), end - single)
        if token.kind == "symbol" and token.text[0] in FUNCTION_LETTERS and text[place:].lstrip()[:1] == "(":
            raise ParseError(
                f'"{token.text}(" at place {token.start + 1} looks like a function whose formula is not given: '
                f"type its formula, or {token.text}*( for a product.",
                token.start,
            )
        yield token
        if place > end:
            return


def _word(text: str, place: int, end: int) -> Token | None:
    if text[place] == "σ":
        return Token("function", "sigmoid", place, place + 1)
    if text[place] == "π":
        return Token("constant", "pi", place, place + 1)
    word = next((word for word in WORDS if text.startswith(word, place, end)), None)
    if word is None:
        return None
    after = place + len(word)
    if word in SPELLINGS:
        if text[after : after + 1].isdigit() and word == "log":
            raise ParseError(
                f'"log{text[after]}" at place {place + 1} is not known: write ln(x)/ln({text[after]}).', place
            )
        return Token("function", SPELLINGS[word], place, after)
    if word == "pi":
        return Token("constant", "pi", place, after)
    return _indexed(text, GREEK[word], place, after)


def _letter(text: str, place: int) -> Token:
    letter, after = text[place], place + 1
    hatted = text.startswith("hat", after) or text.startswith(HAT, after)
    if hatted:
        letter, after = letter + HAT, after + (1 if text.startswith(HAT, after) else 3)
    token = _indexed(text, letter, place, after)
    if token.text == "e":
        return Token("constant", "e", place, after)
    if split_name(token.text) is None:
        raise ParseError(f'The letter "{text[place]}" at place {place + 1} cannot be used as a symbol.', place)
    return token


def _indexed(text: str, letter: str, start: int, after: int) -> Token:
    index = _INDEX.match(text, after)
    if index is None or (letter == "e" and index[4]):
        return Token("symbol", with_index(letter, ""), start, after)
    inside = next(group for group in index.groups() if group)
    return Token("symbol", with_index(letter, inside.translate(_LOWERED)), start, index.end())


def _unknown(word: str, place: int) -> str:
    known = ", ".join(dict.fromkeys(SPELLINGS.values()))
    return f'"{word}" at place {place + 1} is not known as a function; known are {known}.'
