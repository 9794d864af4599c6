"""Light simplification as steps that are seen one by one; nothing is reordered or cancelled silently."""

from __future__ import annotations

from collections.abc import Collection

from neurosim.algebra.expression import Expression, Path
from neurosim.algebra.paths import replace
from neurosim.algebra.simplifications import SIMPLIFICATIONS, Rewritten, Simplification
from neurosim.records import dataclass

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


class Simplifier:
    """Finds the next simplification, and remembers the parts in which there is nothing to do: most stay as they are."""

    def __init__(self, names: Collection[str] = LIGHT) -> None:
        self._chosen = [one for one in SIMPLIFICATIONS.values() if one.name in names]
        # Kept by identity, and kept alive, so that no other part can come to have the same one.
        self._quiet: dict[str, dict[int, Expression]] = {one.name: {} for one in self._chosen}

    def next(self, expression: Expression) -> Rewriting | None:
        """The first simplification in order that fits, at its outermost and leftmost place; ``None`` when none does."""
        for one in self._chosen:
            found = self._find(one, expression, ())
            if found is not None:
                path, done = found
                whole, after = replace(expression, path, done.expression)
                return Rewriting(whole, one, path, after, done.why)
        return None

    def _find(self, one: Simplification, part: Expression, path: Path) -> tuple[Path, Rewritten] | None:
        quiet = self._quiet[one.name]
        if id(part) in quiet:
            return None
        done = one.rewrite(part)
        if done is not None:
            return path, done
        for index, child in enumerate(part.children):
            found = self._find(one, child, (*path, index))
            if found is not None:
                return found
        quiet[id(part)] = part
        return None


def simplify(expression: Expression, names: Collection[str] = LIGHT) -> tuple[Rewriting, ...]:
    """All simplifications one after another, until none fits; the last one holds the result."""
    simplifier = Simplifier(names)
    steps: list[Rewriting] = []
    seen = {expression}
    while len(steps) < MOST_STEPS:
        step = simplifier.next(steps[-1].expression if steps else expression)
        if step is None or step.expression in seen:
            break
        seen.add(step.expression)
        steps.append(step)
    return tuple(steps)


def simplified(expression: Expression, names: Collection[str] = LIGHT) -> Expression:
    """The result of ``simplify``."""
    steps = simplify(expression, names)
    return steps[-1].expression if steps else expression
