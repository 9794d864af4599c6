"""Random formulas for the tests of algebra: whole trees, and smooth ones that have a value on most of the line."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from neurosim.algebra.expression import (
    PI,
    Constant,
    Derivative,
    E,
    Expression,
    Function,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    number,
)
from neurosim.algebra.functions import FUNCTIONS

LETTERS = [
    "x",
    "y",
    "a",
    "b",
    "f",
    "p",
    "i",
    "l",
    "n",
    "s",
    "d",
    "h",
    "t",
    "m",
    "u",
    "x_1",
    "w_12",
    "x_i",
    "ŷ",
    "α",
    "e_1",
    "W",
]
"""Letters that run into words side by side (pi, ln, sin, mu, hat) are among them."""


def constants() -> st.SearchStrategy[Expression]:
    """Whole numbers and decimals without sign."""
    whole = st.integers(0, 120).map(lambda value: Constant(Fraction(value)))
    decimals = st.integers(0, 4000).map(lambda value: Constant(Fraction(value, 1000)))
    return st.one_of(whole, decimals)


def expressions(max_leaves: int = 10) -> st.SearchStrategy[Expression]:
    """Any tree that can be written down."""
    leaves = st.one_of(constants(), st.sampled_from(LETTERS).map(Symbol), st.sampled_from([E, PI]))

    def extended(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.one_of(
            several.map(Sum),
            several.map(Product),
            st.builds(Quotient, inner, inner),
            st.builds(Power, inner, inner),
            st.builds(Negation, inner),
            st.builds(Function, st.sampled_from(sorted(FUNCTIONS)), inner),
            st.builds(Derivative, inner, st.sampled_from(["x", "w_12", "ŷ"]), st.booleans()),
        )

    return st.recursive(leaves, extended, max_leaves=max_leaves)


SMOOTH = ("exp", "sin", "cos", "tanh", "sigmoid", "softplus")


def smooth_formula(generator: random.Random, depth: int = 3) -> Expression:
    """A random differentiable formula of x, a and b, whose logarithms, roots and fractions exist for every x."""
    if depth == 0:
        return generator.choice(
            [
                Symbol("x"),
                Symbol("x"),
                Symbol("x"),
                Symbol("a"),
                Symbol("b"),
                number(Fraction(generator.randint(1, 9), 2)),
            ]
        )

    def inner() -> Expression:
        return smooth_formula(generator, depth - 1 - generator.randint(0, 1) if depth > 1 else 0)

    def positive() -> Expression:
        return Sum((number(generator.randint(1, 3)), Power(inner(), number(2))))

    kinds: list[Callable[[], Expression]] = [
        lambda: Sum((inner(), inner())),
        lambda: Sum((inner(), Negation(inner()), inner())),
        lambda: Product((inner(), inner())),
        lambda: Product((number(generator.randint(2, 5)), inner(), inner())),
        lambda: Quotient(inner(), positive()),
        lambda: Quotient(number(generator.randint(1, 4)), Power(positive(), number(generator.randint(1, 3)))),
        lambda: Power(inner(), number(generator.randint(2, 4))),
        lambda: Power(positive(), number(Fraction(generator.choice([-3, -1, 1, 3]), 2))),
        lambda: Power(E, Negation(Power(inner(), number(2)))),
        lambda: Power(number(generator.randint(2, 3)), Function("sin", inner())),
        lambda: Power(positive(), Function("tanh", inner())),
        lambda: Function("ln", positive()),
        lambda: Function("sqrt", positive()),
        lambda: Function(generator.choice(SMOOTH[1:]), inner()),
        lambda: Function("exp", Negation(Power(inner(), number(2)))),
        lambda: Negation(inner()),
    ]
    return generator.choice(kinds)()
