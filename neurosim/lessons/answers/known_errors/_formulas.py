"""Slips in the formula of a box: the same formula with one thing done otherwise, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression, Path, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.formulas import Formula, FormulaError, read_formula
from neurosim.numbers.exact import Number

Change = Callable[[Expression], Iterator[tuple[Expression, Expression]]]
"""A part to ``(the part otherwise, what was left out or turned)``, once for each way."""


@lru_cache(maxsize=256)
def _formula(text: str) -> Formula | None:
    """The formula, read once although several errors ask for it; ``None`` when it cannot be read."""
    try:
        return read_formula(text)
    except FormulaError:
        return None


def formula_changes(case: Case, change: Change) -> Iterator[tuple[Number, Number]]:
    """What a box's formula comes to with one part changed, and the worth of what was changed; none without a formula.

    Formulas over boxes that the question does not know are passed over.
    """
    text, context = case.question.formula, case.question.context
    formula = _formula(text) if case.question.kind == "number" and text else None
    if formula is None or any(name not in context for name in formula.references):
        return
    values = {f"r_{i}": context[name] for i, name in enumerate(formula.references, start=1)}
    for path, part in walk(formula.expression):
        for otherwise, turned in change(part):
            try:
                found = evaluate(_replaced(formula.expression, path, otherwise), values)
                yield found, evaluate(turned, values)
            except EvaluationError:
                continue


def _replaced(whole: Expression, path: Path, part: Expression) -> Expression:
    if not path:
        return part
    children = list(whole.children)
    children[path[0]] = _replaced(children[path[0]], path[1:], part)
    return whole.with_children(tuple(children))
