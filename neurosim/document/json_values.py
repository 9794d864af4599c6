"""Raw JSON values that know their place in the file, so that every complaint can name it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from typing import Any, NoReturn, TypeVar

from neurosim.numbers.exact import Number

T = TypeVar("T")

DEEPEST = 60
"""How deeply the free parts of a file (view, lesson) may be nested."""

_EXACT = re.compile(r"([+-]?[0-9]+)/([0-9]+)|[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,3}))?")
_LONGEST_NUMBER = 2000
_LARGEST = Fraction(1.7976931348623157e308)


class FaultError(Exception):
    """Something in a file cannot be used: where, what is wrong, and what mends it."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(place, problem, remedy)
        self.place = place
        self.problem = problem
        self.remedy = remedy


class NotFinite:
    """Stands for the words NaN, Infinity and -Infinity, which are no JSON."""

    def __init__(self, word: str) -> None:
        self.word = word


class Doubled(dict[str, Any]):
    """A JSON object in which a key occurs twice."""

    key: str = ""


def parse_json(text: str) -> object:
    """*text* as JSON in which doubled keys and NaN are kept visible for the checks that follow.

    Raises:
        FaultError: the text is no JSON; the place is its line and column.
    """
    try:
        raw = json.loads(text, object_pairs_hook=_object, parse_constant=NotFinite)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise FaultError(place, "the file ends too early", "fetch or save it again") from error
        raise FaultError(
            place, f"this is not JSON ({error.msg})", "correct it there or fetch the file again"
        ) from error
    except RecursionError as error:
        raise FaultError("the whole file", "it is nested too deeply", "fetch or save the file again") from error
    except ValueError as error:  # an integer beyond what Python converts
        raise FaultError("the whole file", "it holds a number of thousands of digits", "shorten that number") from error
    for place, value in _walk(raw, ""):
        if isinstance(value, Doubled):
            raise FaultError(
                place or "the outermost object", f'the key "{value.key}" occurs twice', "remove one of them"
            )
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = Doubled(found)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            doubled.key = key
            break
        seen.add(key)
    return doubled


def _walk(raw: object, place: str) -> Iterator[tuple[str, object]]:
    """Every object in *raw* with its place; lists of plain values are passed over quickly."""
    waiting = [(place, raw)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            yield place, value
            waiting.extend((member(place, key), inner) for key, inner in value.items())
        elif isinstance(value, list) and {type(item) for item in value} & {dict, list, Doubled}:
            waiting.extend((f"{place}[{index}]", inner) for index, inner in enumerate(value))


def member(place: str, key: str) -> str:
    """The place of *key* inside the object at *place*."""
    shown = key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key, ensure_ascii=False)
    return f"{place}.{shown}" if place else shown


class Value:
    """One JSON value and its place, such as ``network.edges[2].weight``."""

    __slots__ = ("place", "raw")

    def __init__(self, raw: object, place: str = "") -> None:
        self.raw = raw
        self.place = place

    def fail(self, problem: str, remedy: str) -> NoReturn:
        """Complain about this value."""
        raise FaultError(self.place or "the outermost object", problem, remedy)

    def members(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Value]:
        """The members of an object: all of *required*, some of *optional*, nothing else."""
        found = self.mapping()
        known = (*required, *optional)
        for key in found:
            if key not in known:
                found[key].fail("this key is unknown", f"remove it; known here: {', '.join(sorted(known))}")
        for key in required:
            if key not in found:
                self.fail(f'the key "{key}" is missing', "add it")
        return found

    def mapping(self) -> dict[str, Value]:
        """The members of an object with any keys."""
        if not isinstance(self.raw, dict):
            self.fail(f"{self.shown()} stands where an object is needed", "write it as {...}")
        for key in self.raw:
            _check_text(self, key)
        return {key: Value(inner, member(self.place, key)) for key, inner in self.raw.items()}

    def items(self) -> list[Value]:
        """The values of a list."""
        return [Value(inner, f"{self.place}[{index}]") for index, inner in enumerate(self.raw_list())]

    def raw_list(self) -> list[Any]:
        """The list itself."""
        if not isinstance(self.raw, list):
            self.fail(f"{self.shown()} stands where a list is needed", "write it as [...]")
        return self.raw

    def text(self) -> str:
        """A text."""
        if not isinstance(self.raw, str):
            self.fail(f"{self.shown()} stands where a text is needed", "write it in quotation marks")
        _check_text(self, self.raw)
        return self.raw

    def choice(self, known: Collection[str]) -> str:
        """One of the texts in *known*."""
        found = self.text()
        if found not in known:
            self.fail(f"{self.shown()} is unknown", f"use one of {', '.join(known)}")
        return found

    def flag(self) -> bool:
        """``true`` or ``false``."""
        if not isinstance(self.raw, bool):
            self.fail(f"{self.shown()} stands where true or false is needed", "write true or false")
        return self.raw

    def integer(self, least: int | None = None) -> int:
        """A whole number, not smaller than *least*."""
        if not isinstance(self.raw, int) or isinstance(self.raw, bool):
            self.fail(f"{self.shown()} stands where a whole number is needed", "write one without quotation marks")
        if least is not None and self.raw < least:
            self.fail(f"{self.raw} is too small", f"write {least} or more")
        return self.raw

    def number(self) -> Number:
        """A number: exact from a text such as ``"1/3"`` or a whole number, float64 from any other JSON number."""
        raw = self.raw
        if isinstance(raw, float):
            if not math.isfinite(raw):
                self.fail("this number is beyond what a float64 holds", "write one below 1.8e308")
            return raw
        if isinstance(raw, int) and not isinstance(raw, bool):
            return self._in_range(Fraction(raw))
        if isinstance(raw, str):
            return self._in_range(self._fraction(raw))
        remedy = 'write a number, or a fraction such as "1/3" in quotation marks'
        return self.fail(f"{self.shown()} is not a number", remedy)

    def finite(self) -> float:
        """A JSON number as float64."""
        if isinstance(self.raw, str):
            self.fail(f"{self.shown()} is a text", "write the number without quotation marks")
        return float(self.number())

    def or_none(self, read: Callable[[Value], T]) -> T | None:
        """``None`` for ``null``, else what *read* makes of this value."""
        return None if self.raw is None else read(self)

    def free(self) -> object:
        """Any JSON of limited depth without NaN: what views and lessons keep."""
        waiting = [(self, 0)]
        while waiting:
            value, depth = waiting.pop()
            if depth > DEEPEST:
                value.fail(f"it is nested more than {DEEPEST} deep", "remove what is inside")
            if isinstance(value.raw, NotFinite) or (isinstance(value.raw, float) and not math.isfinite(value.raw)):
                value.fail(f"{value.shown()} is not a finite number", "write a finite number or null")
            if isinstance(value.raw, str):
                value.text()
            elif isinstance(value.raw, dict):
                waiting.extend((inner, depth + 1) for inner in value.mapping().values())
            elif isinstance(value.raw, list):
                waiting.extend((inner, depth + 1) for inner in value.items())
        return self.raw

    def shown(self) -> str:
        """The value for a message, shortened."""
        if isinstance(self.raw, NotFinite):
            return self.raw.word
        if isinstance(self.raw, dict):
            return "an object"
        if isinstance(self.raw, list):
            return "a list"
        text = json.dumps(self.raw, ensure_ascii=True)
        return text if len(text) <= 40 else f"{text[:36]}..."

    def _fraction(self, text: str) -> Fraction:
        match = _EXACT.fullmatch(text)
        if match is None or len(text) > _LONGEST_NUMBER:
            self.fail(f"{self.shown()} is not a number", 'write one such as "-0.5" or "1/3"')
        if match[2] is not None and not int(match[2]):
            self.fail(f"{self.shown()} divides by zero", "write another denominator")
        return Fraction(text)

    def _in_range(self, value: Fraction) -> Fraction:
        if abs(value) > _LARGEST:
            self.fail("this number is beyond what a float64 holds", "write one below 1.8e308")
        return value


def _check_text(value: Value, text: str) -> None:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        value.fail("the text holds half a character (a lone surrogate)", "write the text again")
