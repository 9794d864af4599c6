"""Light simplification as steps that are seen one by one; nothing is reordered or cancelled silently."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from neurosim.algebra.expression import Expression, Path, walk
from neurosim.algebra.paths import at, replace
from neurosim.algebra.simplifications import SIMPLIFICATIONS, Simplification

MOST_STEPS = 300

LIGHT = frozenset(name for name, one in SIMPLIFICATIONS.items() if not one.expands)
"""What makes an expression shorter or tidier."""

AT_ONCE = frozenset(name for name, one in SIMPLIFICATIONS.items() if one.at_once)
"""What is done in the middle of a derivation too."""

EXPANDING = frozenset(SIMPLIFICATIONS)
"""Everything, multiplying out among it."""


@dataclass(frozen=True)
class Rewriting:
    """A simplification applied to one part of an expression.

    Attributes:
        expression: the whole expression afterwards.
        simplification: what was done.
        before: where the part stood.
        after: where what took its place stands.
        why: a sentence.
    """

    expression: Expression
    simplification: Simplification
    before: Path
    after: tuple[Path, ...]
    why: str


def simplify_next(expression: Expression, names: Collection[str] = LIGHT, inside: Path = ()) -> Rewriting | None:
    """The next simplification among *names*: the first in order that fits, at its outermost and leftmost place.

    Args:
        expression: the whole expression.
        names: which simplifications are tried.
        inside: only the part at this path is looked at.
    """
    parts = list(walk(at(expression, inside), inside))
    for simplification in SIMPLIFICATIONS.values():
        if simplification.name not in names:
            continue
        for path, part in parts:
            done = simplification.rewrite(part)
            if done is not None:
                whole, after = replace(expression, path, done.expression)
                return Rewriting(whole, simplification, path, after, done.why)
    return None


def simplify(expression: Expression, names: Collection[str] = LIGHT) -> tuple[Rewriting, ...]:
    """All simplifications one after another, until none fits; the last one holds the result."""
    steps: list[Rewriting] = []
    seen = {expression}
    while len(steps) < MOST_STEPS:
        step = simplify_next(steps[-1].expression if steps else expression, names)
        if step is None or step.expression in seen:
            break
        seen.add(step.expression)
        steps.append(step)
    return tuple(steps)


def simplified(expression: Expression, names: Collection[str] = LIGHT) -> Expression:
    """The result of ``simplify``."""
    steps = simplify(expression, names)
    return steps[-1].expression if steps else expression
