"""Reading a typed formula, by a written grammar, never by ``eval``: what is ambiguous is read in one way, and shown.

From loose to tight: sums; products and quotients, from the left to the right, a sign left out counting as a product
of the same rank (``1/2x`` is ``(1/2)·x``); a leading minus (``-x^2`` is ``-(x^2)``, ``-2x`` is ``-(2x)``); powers,
from the right to the left, whose exponent is a single value with its sign (``e^-2x`` is ``(e^-2)·x``). Letters side
by side are a product (``ab``), unless they spell a known word; digits directly after a letter are its index (``x1``).
A function without brackets takes the run of numbers and letters that follows it (``sin 2x`` is ``sin(2x)``).
``log`` is the natural logarithm.
"""

from __future__ import annotations

from neurosim.algebra.errors import ParseError
from neurosim.algebra.expression import Expression
from neurosim.algebra.grammar import Parser
from neurosim.algebra.render_text import read_as
from neurosim.algebra.tokens import Token, tokens
from neurosim.records import dataclass

LONGEST = 1000


@dataclass(frozen=True)
class Reading:
    """What was typed, and how it was understood.

    Attributes:
        expression: the tree, in the order typed.
        read_as: the same with a bracket round every composite part and a dot at every product.
    """

    expression: Expression
    read_as: str


def parse(text: str, decimal: str = ".") -> Expression:
    """The expression that *text* says.

    Args:
        text: for example ``1/(1+e^-x)``, ``a x + b``, ``2x^2``, ``ln(x^2)``, ``sigma(z)``, ``|x|``, ``d/dx(x^2)``.
        decimal: the decimal sign, point or comma.

    Raises:
        ParseError: with a sentence for the user, the place where reading stopped and how it was read up to there.
    """
    return read(text, decimal).expression


def read(text: str, decimal: str = ".") -> Reading:
    """The expression that *text* says, and how it was read.

    Raises:
        ParseError: see ``parse``.
    """
    if not text.strip():
        raise ParseError("Nothing is typed: a formula is needed, such as 1/(1+e^-x).", 0)
    if len(text) > LONGEST:
        raise ParseError(f"The formula is longer than {LONGEST} characters.", LONGEST)
    pieces: list[Token] = []
    try:
        pieces.extend(tokens(text, decimal))
        expression = Parser(pieces).whole()
    except ParseError as error:
        understood = _read_before(pieces, error.position, decimal)
        sentence = f"{error} Read up to there: {understood}" if understood else str(error)
        raise ParseError(sentence, error.position, understood) from None
    return Reading(expression, read_as(expression, decimal))


def _read_before(pieces: list[Token], position: int, decimal: str) -> str:
    """What the longest readable beginning before *position* says; brackets left open count as closed."""
    before = [token for token in pieces if token.end <= position and token.kind != "end"]
    for count in range(len(before), max(0, len(before) - 6), -1):
        place = before[count - 1].end
        try:
            found = Parser([*before[:count], Token("end", "", place, place)], lenient=True).whole()
        except ParseError:
            continue
        return read_as(found, decimal)
    return ""
