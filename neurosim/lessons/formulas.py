"""Formulas over the live state: ``{gradient:a}/2 + {data:x:1}^2``. References stand in braces, all else is algebra."""

from __future__ import annotations

import re
from collections.abc import Callable

from neurosim.algebra.errors import EvaluationError, ParseError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression, symbols
from neurosim.algebra.parse import parse
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

_REFERENCE = re.compile(r"\{([^{}]*)\}")
_SHAPE = re.compile(r"[A-Za-z][\w.-]*(?::[\w. -]+)*")


class FormulaError(ValueError):
    """A formula cannot be read or has no value; the message is a sentence."""


@dataclass(frozen=True)
class Formula:
    """A formula that was read.

    Attributes:
        text: as it was written.
        expression: the algebra, in which the symbol ``r_1`` stands for the first reference and so on.
        references: the names in braces, each once, in the order in which they first appear.
    """

    text: str
    expression: Expression
    references: tuple[str, ...]

    def value(self, look_up: Callable[[str], Number]) -> Number:
        """The value, with what *look_up* says for each reference.

        Raises:
            FormulaError: there is none, such as after a division by zero.
        """
        values = {f"r_{index}": look_up(name) for index, name in enumerate(self.references, 1)}
        try:
            return evaluate(self.expression, values)
        except EvaluationError as error:
            raise FormulaError(f"{self.text} has no value: {error}") from error


def read_formula(text: str) -> Formula:
    """The formula that *text* says: numbers, ``+ - * / ^ ( )``, functions, and references in braces.

    Raises:
        FormulaError: it is not understood; the sentence says what and where.
    """
    names: list[str] = []

    def symbol(found: re.Match[str]) -> str:
        name = found[1].strip()
        if not _SHAPE.fullmatch(name):
            raise FormulaError(f'"{found[0]}" in {text} is no reference: write one such as {{loss}} or {{edge:a}}.')
        if name not in names:
            names.append(name)
        return f"(r_{names.index(name) + 1})"

    plain = _REFERENCE.sub(symbol, text)
    try:
        expression = parse(plain)
        loose = symbols(parse(_REFERENCE.sub("(1)", text)))
    except ParseError as error:
        raise FormulaError(f"{text} is not understood: {error}") from error
    if loose:
        raise FormulaError(
            f'"{loose[0]}" in {text} has no value of its own: write it in braces, such as {{edge:{loose[0]}}} for a '
            "weight, or the name of an earlier box or line."
        )
    return Formula(text, expression, tuple(names))
