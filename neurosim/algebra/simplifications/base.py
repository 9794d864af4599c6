"""What a simplification is: a rewriting that has a name and is a line of its own."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.algebra.expression import Expression
from neurosim.records import dataclass


@dataclass(frozen=True)
class Rewritten:
    """What a simplification makes of a part.

    Attributes:
        expression: what takes the part's place; of the same value wherever the part has one.
        why: a sentence.
    """

    expression: Expression
    why: str


@dataclass(frozen=True)
class Simplification:
    """A rewriting of one part of an expression.

    Attributes:
        name: the unique name.
        title: what it is called in a derivation.
        order: those with a smaller one are tried first.
        example: an expression that it changes, as one would type it.
        example_result: what it makes of the example, as one would type it.
        rewrite: what it makes of a part; ``None`` where it has nothing to do. It looks at that part as a whole only.
        at_once: whether it is done in the middle of a derivation and not only at its end.
        expands: whether it makes an expression longer, and so is done on demand only.
    """

    name: str
    title: str
    order: int
    example: str
    example_result: str
    rewrite: Callable[[Expression], Rewritten | None]
    at_once: bool = False
    expands: bool = False
