"""Differentiating with one slip in it: the formula that a learner gets who forgets one rule at one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from neurosim.algebra.expression import (
    ONE,
    TWO,
    ZERO,
    Constant,
    E,
    Expression,
    Function,
    NamedConstant,
    Negation,
    Path,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    depends_on,
    walk,
)
from neurosim.algebra.functions import FUNCTIONS
from neurosim.records import dataclass

Careless = Literal[
    "outside_only",
    "product_of_derivatives",
    "quotient_turned",
    "quotient_of_derivatives",
    "denominator_not_squared",
    "exponent_kept",
    "exponent_not_brought_down",
    "exponential_as_power",
    "constant_kept",
    "base_forgotten",
    "inner_sign_lost",
    "coefficient_lost",
]


Chain = Callable[[int], Expression]
"""The derivative of a part by its index."""


@dataclass(frozen=True)
class _Slip:
    kind: Careless | None
    path: Path


def careless(function: Expression, symbol: str, kind: Careless) -> Iterator[Expression]:
    """The derivative of *function* with one slip of *kind*, once for each place where it can be made."""
    for path, part in walk(function):
        if _possible(part, symbol, kind):
            yield _derive(function, symbol, _Slip(kind, path), ())


def rightly(function: Expression, symbol: str) -> Expression:
    """The derivative without a slip, unsimplified; what the careless ones are compared with in tests."""
    return _derive(function, symbol, _Slip(None, ()), ())


def _possible(part: Expression, symbol: str, kind: Careless) -> bool:
    if not depends_on(part, symbol):
        return kind == "constant_kept" and isinstance(part, Constant | NamedConstant | Symbol)
    match kind:
        case "outside_only":
            return _inside(part, symbol) is not None
        case "inner_sign_lost":
            return isinstance(part, Negation)
        case "coefficient_lost":
            return isinstance(part, Product) and [f for f in part.factors if depends_on(f, symbol)] == [Symbol(symbol)]
        case "product_of_derivatives":
            return isinstance(part, Product) and sum(depends_on(f, symbol) for f in part.factors) > 1
        case "quotient_turned" | "quotient_of_derivatives" | "denominator_not_squared":
            return isinstance(part, Quotient) and depends_on(part.denominator, symbol)
        case "exponent_kept" | "exponent_not_brought_down":
            return isinstance(part, Power) and not depends_on(part.exponent, symbol)
        case "exponential_as_power":
            return isinstance(part, Power) and not depends_on(part.base, symbol)
        case "base_forgotten":
            return isinstance(part, Power) and not depends_on(part.base, symbol) and part.base != E
        case "constant_kept":
            return False


def _inside(part: Expression, symbol: str) -> Expression | None:
    """What the chain rule multiplies by the derivative of; ``None`` where the inside is the variable itself."""
    inner: Expression | None = None
    if isinstance(part, Function):
        inner = part.argument
    elif isinstance(part, Power):
        inner = part.base if depends_on(part.base, symbol) else part.exponent
    elif isinstance(part, Quotient) and not depends_on(part.numerator, symbol):
        inner = part.denominator
    return None if inner is None or inner == Symbol(symbol) else inner


def _derive(part: Expression, symbol: str, slip: _Slip, path: Path) -> Expression:
    here = slip.kind if path == slip.path else None

    def inner(index: int) -> Expression:
        return _derive(part.children[index], symbol, slip, (*path, index))

    def chain(index: int) -> Expression:
        return ONE if here == "outside_only" else inner(index)

    if not depends_on(part, symbol):
        return part if here == "constant_kept" else _constant(part, slip, path)
    match part:
        case Negation():
            return inner(0) if here == "inner_sign_lost" else Negation(inner(0))
        case Sum(terms):
            return Sum(tuple(inner(i) for i in range(len(terms))))
        case Product(factors):
            if here == "coefficient_lost":
                return ONE
            if here == "product_of_derivatives":
                moving = [i for i, factor in enumerate(factors) if depends_on(factor, symbol)]
                return Product(tuple(inner(i) if i in moving else factors[i] for i in range(len(factors))))
            return Sum((ZERO, *(Product((inner(i), *factors[:i], *factors[i + 1 :])) for i in range(len(factors)))))
        case Quotient(above, below):
            return _quotient(above, below, here, chain, depends_on(above, symbol))
        case Power(base, exponent):
            return _power(base, exponent, here, chain, symbol)
        case Function(name, argument):
            return Product((FUNCTIONS[name].derivative(argument), chain(0)))
        case _:
            return ONE


def _constant(part: Expression, slip: _Slip, path: Path) -> Expression:
    """A part without the variable: 0, unless the slip is made inside it."""
    inside = slip.kind == "constant_kept" and slip.path[: len(path)] == path
    return part if inside else ZERO


def _quotient(above: Expression, below: Expression, here: Careless | None, chain: Chain, varies: bool) -> Expression:
    down = chain(1)
    up = chain(0) if varies else ZERO
    if here == "quotient_of_derivatives":
        return Quotient(up, down)
    turned = here == "quotient_turned"
    first, second = Product((up, below)), Product((above, down))
    top = Sum((second, Negation(first))) if turned else Sum((first, Negation(second)))
    return Quotient(top, below if here == "denominator_not_squared" else Power(below, TWO))


def _power(base: Expression, exponent: Expression, here: Careless | None, chain: Chain, symbol: str) -> Expression:
    lower = Power(base, Sum((exponent, Negation(ONE))))
    if not depends_on(exponent, symbol):
        if here == "exponent_kept":
            return Product((exponent, Power(base, exponent), chain(0)))
        if here == "exponent_not_brought_down":
            return Product((lower, chain(0)))
        return Product((exponent, lower, chain(0)))
    if depends_on(base, symbol):
        log = Function("ln", base)
        rule = Sum((Product((chain(1), log)), Quotient(Product((exponent, chain(0))), base)))
        return Product((Power(base, exponent), rule))
    if here == "exponential_as_power":
        return Product((exponent, lower, chain(1)))
    scale = ONE if base == E or here == "base_forgotten" else Function("ln", base)
    return Product((Power(base, exponent), scale, chain(1)))
