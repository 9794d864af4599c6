"""A slip that a learner may have made: what comes out of it, and what is said to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from neurosim.algebra.expression import Expression
from neurosim.algebra.names import text_of
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

_NUMBERED = re.compile(r"([A-Za-z])(\d+)")
MANY = 2
"""More slips with the same number than this are not told one by one: it would help nobody."""


@dataclass(frozen=True)
class Slip:
    """A known error at work in one question.

    Attributes:
        value: the number that comes out of it.
        message: what to look at, in one or two sentences; never that it is wrong.
        brief: the same as the end of "... also comes out when", such as ``the factor 2 is missing``.
        error: the name of the known error; filled in by the registry.
        vague: whether it is told only when no other error gives the number.
    """

    value: Number
    message: str
    brief: str
    error: str = ""
    vague: bool = False


@dataclass(frozen=True)
class FormulaSlip:
    """A known error at work in a question that asks for a formula; see ``Slip``."""

    formula: Expression
    message: str
    brief: str
    error: str = ""


def name_text(name: str) -> str:
    """The name of an edge or a column as the graph and the text write it: ``w₂`` for ``w2``."""
    found = _NUMBERED.fullmatch(name)
    return text_of(f"{found[1]}_{found[2]}") if found is not None else name


def named(hits: Sequence[Slip | FormulaSlip]) -> str:
    """What is said when one or several known errors give the same answer: the likeliest in full, the others named."""
    first, *others = hits
    also = list(dict.fromkeys(slip.brief for slip in others if slip.brief != first.brief))
    if not also:
        return first.message
    if len(also) > MANY:
        return f"{first.message} (Other slips give the same number, too: go through it line by line.)"
    listed = ", or when ".join(also)
    return f"{first.message} (The same comes out when {listed}: which was it?)"
