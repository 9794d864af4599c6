"""Whether two expressions are the same function: by their normal form, else by their values at points."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import (
    Expression,
    Function,
    NamedConstant,
    Power,
    symbols,
    walk,
)
from neurosim.algebra.names import text_of
from neurosim.algebra.normal_form import normal_form
from neurosim.algebra.numeric import slope
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

POINTS = 8
"""Values are compared at so many points, or at five at least where the common domain is small."""

_FEWEST = 5
_TRIES = 400
_TOLERANCE = 1e-9
_RANGES = ((0, 1), (-3, 3), (1, 5), (-1, 0), (-12, 12))

How = Literal["form", "exact", "points", "undecided"]


@dataclass(frozen=True)
class Comparison:
    """What came out.

    Attributes:
        equal: whether they are the same function, as far as can be told.
        how: ``form``: the laws of algebra say so; ``exact``: fractions were compared at points; ``points``: rounded
            values were; ``undecided``: there are not five points at which both have a value.
        witness: a point at which they differ; ``None`` when there is none.
        sentence: all this for the user.
    """

    equal: bool
    how: How
    witness: Mapping[str, Number] | None
    sentence: str


def compare(left: Expression, right: Expression, seed: int = 0) -> Comparison:
    """Whether two expressions are the same function of their symbols, wherever both have a value.

    Args:
        left: one expression.
        right: the other.
        seed: of the random points; the same seed, the same answer.
    """
    form = normal_form(left)
    if left == right or (form is not None and form == normal_form(right)):
        return Comparison(True, "form", None, "They are the same, by the laws of algebra.")
    generator = random.Random(seed)  # noqa: S311 - points to compare at, nothing secret
    names = tuple(dict.fromkeys((*symbols(left), *symbols(right))))
    rational = _is_rational(left) and _is_rational(right)
    found = 0
    for attempt in range(_TRIES):
        low, high = _RANGES[attempt % len(_RANGES)]
        point: dict[str, Number] = {name: Fraction(generator.randint(low * 97, high * 97), 97) for name in names}
        try:
            one, other = evaluate(left, point, slope), evaluate(right, point, slope)
        except EvaluationError:
            continue
        found += 1
        if not _same(one, other):
            return Comparison(False, "exact" if rational else "points", point, _difference(point, one, other))
        if found >= POINTS or not names:
            break
    if found < _FEWEST and names:
        return Comparison(
            False, "undecided", None, "There are too few points at which both have a value to compare them."
        )
    how: How = "exact" if rational else "points"
    places = "1 value" if not names else f"{found} points"
    return Comparison(True, how, None, f"They have the same value at {places}.")


def equivalent(left: Expression, right: Expression) -> bool:
    """Whether two expressions are the same function: ``compare(left, right).equal``."""
    return compare(left, right).equal


def _is_rational(expression: Expression) -> bool:
    """Whether it has rational values at rational points."""
    return not any(
        isinstance(part, Function | NamedConstant) or (isinstance(part, Power) and bool(symbols(part.exponent)))
        for _, part in walk(expression)
    )


def _same(one: Number, other: Number) -> bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    return math.isclose(float(one), float(other), rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def _difference(point: Mapping[str, Number], one: Number, other: Number) -> str:
    where = ", ".join(f"{text_of(name)} = {float(value):.3g}" for name, value in point.items())
    values = f"{float(one):.6g} and {float(other):.6g}"
    sentence = f"At {where} they are {values}." if where else f"They are {values}."
    return sentence.replace("-", "−")
