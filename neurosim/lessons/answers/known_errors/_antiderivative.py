"""The integral of the few functions that a learner may integrate by mistake."""

from __future__ import annotations

from neurosim.algebra.expression import (
    ONE,
    E,
    Expression,
    Function,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    depends_on,
)


def antiderivative(function: Expression, symbol: str) -> Expression | None:
    """An integral of sums, constant multiples, powers, 1/x and e^x; ``None`` for anything else."""
    x = Symbol(symbol)
    if not depends_on(function, symbol):
        return Product((function, x))
    match function:
        case Symbol():
            return Quotient(Power(x, Sum((ONE, ONE))), Sum((ONE, ONE)))
        case Negation(operand):
            inside = antiderivative(operand, symbol)
            return None if inside is None else Negation(inside)
        case Sum(terms):
            parts = [antiderivative(term, symbol) for term in terms]
            known = tuple(part for part in parts if part is not None)
            return Sum(known) if len(known) == len(parts) else None
        case Product(factors):
            moving = [factor for factor in factors if depends_on(factor, symbol)]
            inside = antiderivative(moving[0], symbol) if len(moving) == 1 else None
            fixed = [factor for factor in factors if not depends_on(factor, symbol)]
            return None if inside is None else Product((*fixed, inside))
        case Power(base, exponent) if base == x and not depends_on(exponent, symbol):
            higher = Sum((exponent, ONE))
            return Quotient(Power(x, higher), higher)
        case Power(base, exponent) if base == E and exponent == x:
            return function
        case Quotient(above, below) if below == x and not depends_on(above, symbol):
            return Product((above, Function("ln", x)))
        case Quotient(above, below) if not depends_on(below, symbol):
            inside = antiderivative(above, symbol)
            return None if inside is None else Quotient(inside, below)
        case _:
            return None
