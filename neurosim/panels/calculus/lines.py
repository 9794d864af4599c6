"""The lines of a derivation as they are shown: each simplification alone or with its rule, and what is boxed where."""

from __future__ import annotations

from neurosim.algebra.derivation import Derivation, Step
from neurosim.algebra.expression import Expression, Path, Product, Sum
from neurosim.algebra.rules import RULES
from neurosim.records import dataclass

_NAME_OF_TITLE = {rule.title: rule.name for rule in RULES.values()}


@dataclass(frozen=True)
class ShownLine:
    """One line.

    Attributes:
        expression: the line.
        steps: what led to it from the line before; none for the first line.
        before: the pieces of the line before that were acted on.
        after: the pieces of this line that took their place.
    """

    expression: Expression
    steps: tuple[Step, ...] = ()
    before: tuple[Path, ...] = ()
    after: tuple[Path, ...] = ()

    @property
    def label(self) -> str:
        """What was done."""
        return "; ".join(dict.fromkeys(step.label for step in self.steps))

    @property
    def why(self) -> str:
        """Why, in a sentence for each step."""
        return " ".join(dict.fromkeys(step.why for step in self.steps))

    @property
    def rules(self) -> frozenset[str]:
        """The names of the differentiation rules that were used, that of a chain's outside among them."""
        found = {step.name for step in self.steps if step.kind == "rule"}
        found |= {_NAME_OF_TITLE[step.outside] for step in self.steps if step.outside in _NAME_OF_TITLE}
        return frozenset(found)


def shown_lines(derivation: Derivation, spread: bool) -> tuple[ShownLine, ...]:
    """The lines; with *spread* each simplification is one, else it stands with the rule that it follows."""
    if spread:
        steps = [ShownLine(step.expression, (step,), step.before, step.after) for step in derivation.steps]
        return (ShownLine(derivation.start), *steps)
    lines: list[ShownLine] = []
    for line in derivation.condensed():
        if not line.steps:
            lines.append(ShownLine(line.expression))
        elif len(line.steps) == 1:
            only = line.steps[0]
            lines.append(ShownLine(line.expression, line.steps, only.before, only.after))
        else:
            # The rule acts on its piece; what is simplified with it may lie anywhere in the line.
            after = changed_parts(lines[-1].expression, line.expression)
            lines.append(ShownLine(line.expression, line.steps, line.steps[0].before, after))
    return tuple(lines)


def changed_parts(before: Expression, after: Expression, path: Path = ()) -> tuple[Path, ...]:
    """The smallest pieces of *after*, side by side under one parent, that hold all that is not as in *before*."""
    if type(before) is not type(after) or not before.children or not after.children:
        return (path,)
    old, new = before.children, after.children
    # The same kind with other parts may still be another thing: another function, another symbol to differentiate by.
    if len(old) == len(new) and before.with_children(new) != after:
        return (path,)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    changed = range(start, len(new) - end)
    if len(changed) == 1 and len(old) == len(new):
        return changed_parts(old[start], new[start], (*path, start))
    if isinstance(after, Sum | Product) and changed:
        return tuple((*path, index) for index in changed)
    return (path,)


def rule_counts(lines: tuple[ShownLine, ...]) -> dict[str, int]:
    """In how many lines each rule is used."""
    counts: dict[str, int] = {}
    for line in lines:
        for name in line.rules:
            counts[name] = counts.get(name, 0) + 1
    return counts
