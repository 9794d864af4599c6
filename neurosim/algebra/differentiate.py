"""One application of one rule to the next derivative that is still to be worked out."""

from __future__ import annotations

from neurosim.algebra.errors import AlgebraError
from neurosim.algebra.expression import Derivative, Expression, Path, walk
from neurosim.algebra.paths import replace
from neurosim.algebra.rules import LECTURE, RULES, Rule, Style
from neurosim.records import dataclass

_BY_PRIORITY = tuple(sorted(RULES.values(), key=lambda rule: rule.priority))


@dataclass(frozen=True)
class Application:
    """A rule applied to one derivative of an expression.

    Attributes:
        expression: the whole expression afterwards.
        rule: the rule.
        outside: for the chain rule, the rule that the outside obeys.
        before: where the derivative stood.
        after: where what took its place stands.
        why: a sentence.
    """

    expression: Expression
    rule: Rule
    outside: Rule | None
    before: Path
    after: tuple[Path, ...]
    why: str


def pending(expression: Expression) -> Path | None:
    """The path of the next derivative to work out: the leftmost without one inside; ``None`` when all is done."""
    found: Path | None = None
    for path, part in walk(expression):
        if found is not None and path[: len(found)] != found:
            break  # the walk has left the derivative found, and met none inside it
        if isinstance(part, Derivative):
            found = path
    return found


def rule_for(derivative: Derivative, style: Style = LECTURE) -> Rule:
    """The rule that comes next for a derivative.

    Raises:
        AlgebraError: no rule is known.
    """
    for rule in _BY_PRIORITY:
        if rule.applies(derivative, style):
            return rule
    raise AlgebraError("There is no rule for this derivative.")


def apply_next(expression: Expression, style: Style = LECTURE) -> Application | None:
    """The next rule applied; ``None`` when nothing is left to differentiate."""
    path = pending(expression)
    if path is None:
        return None
    return apply_at(expression, path, style)


def apply_at(expression: Expression, path: Path, style: Style = LECTURE) -> Application:
    """The rule that fits the derivative at *path*, applied.

    Raises:
        AlgebraError: there is no derivative at that path.
    """
    derivative = expression
    for index in path:
        derivative = derivative.children[index]
    if not isinstance(derivative, Derivative):
        raise AlgebraError("There is nothing to differentiate at that place.")
    rule = rule_for(derivative, style)
    applied = rule.apply(derivative, style)
    whole, after = replace(expression, path, applied.expression)
    return Application(whole, rule, RULES.get(applied.outside), path, after, applied.why)
