"""The named functions: how each is written, spoken, computed and differentiated."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from neurosim.algebra.expression import (
    ONE,
    PI,
    TWO,
    ZERO,
    E,
    Expression,
    Function,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
)
from neurosim.records import dataclass


@dataclass(frozen=True)
class NamedFunction:
    """A function of one argument.

    Attributes:
        name: the name in expressions.
        text: how it is written in plain text, before the bracket.
        latex: the LaTeX command.
        spoken: how it is read aloud, before its argument.
        aliases: further names that people type.
        value: the value as float64; raises ``ValueError`` or ``OverflowError`` outside the domain.
        exact: the value as a fraction where it is rational, else ``None``.
        derivative: the derivative at an argument, without the factor of the inside.
        formula: what the derivative is, for a table.
        domain: where the argument has to lie, in words; empty when anywhere.
    """

    name: str
    text: str
    latex: str
    spoken: str
    aliases: tuple[str, ...]
    value: Callable[[float], float]
    exact: Callable[[Fraction], Fraction | None]
    derivative: Callable[[Expression], Expression]
    formula: str
    domain: str = ""


def _sigmoid(z: float) -> float:
    # The form without overflow on either side.
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def _softplus(z: float) -> float:
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def _only(argument: int, result: Fraction | int) -> Callable[[Fraction], Fraction | None]:
    """Rational at one rational argument alone."""
    return lambda u: Fraction(result) if u == argument else None


def exact_root(value: Fraction) -> Fraction | None:
    """The square root of a square of a fraction, else ``None``."""
    if value < 0:
        return None
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None


def _sign(u: Fraction) -> Fraction:
    return Fraction((u > 0) - (u < 0))


def _squared(name: str, u: Expression) -> Expression:
    return Power(Function(name, u), TWO)


def _sigmoid_derivative(u: Expression) -> Expression:
    sigma = Function("sigmoid", u)
    return Product((sigma, Sum((ONE, Negation(sigma)))))


def _normal(u: float) -> float:
    return math.erfc(-u / math.sqrt(2)) / 2


def _normal_density(u: Expression) -> Expression:
    return Quotient(Power(E, Negation(Quotient(Power(u, TWO), TWO))), Function("sqrt", Product((TWO, PI))))


_ALL = (
    NamedFunction(
        "exp", "exp", r"\exp", "the exponential of", (), math.exp, _only(0, 1), lambda u: Function("exp", u), "exp(u)"
    ),
    NamedFunction(
        "ln",
        "ln",
        r"\ln",
        "the natural logarithm of",
        ("log",),
        math.log,
        _only(1, 0),
        lambda u: Quotient(ONE, u),
        "1/u",
        "positive",
    ),
    NamedFunction(
        "sqrt",
        "√",
        r"\sqrt",
        "the square root of",
        ("sqrt", "root"),
        math.sqrt,
        exact_root,
        lambda u: Quotient(ONE, Product((TWO, Function("sqrt", u)))),
        "1/(2√(u))",
        "zero or positive",
    ),
    NamedFunction(
        "sin", "sin", r"\sin", "the sine of", (), math.sin, _only(0, 0), lambda u: Function("cos", u), "cos(u)"
    ),
    NamedFunction(
        "cos",
        "cos",
        r"\cos",
        "the cosine of",
        (),
        math.cos,
        _only(0, 1),
        lambda u: Negation(Function("sin", u)),
        "−sin(u)",
    ),
    NamedFunction(
        "tan",
        "tan",
        r"\tan",
        "the tangent of",
        (),
        math.tan,
        _only(0, 0),
        lambda u: Quotient(ONE, _squared("cos", u)),
        "1/cos(u)²",
    ),
    NamedFunction(
        "abs",
        "abs",
        r"\operatorname{abs}",
        "the absolute value of",
        (),
        abs,
        abs,
        lambda u: Quotient(u, Function("abs", u)),
        "u/|u|, away from u = 0",
    ),
    NamedFunction(
        "sigmoid",
        "σ",
        r"\sigma",
        "sigma of",
        ("sigma", "σ", "logistic"),
        _sigmoid,
        _only(0, Fraction(1, 2)),
        _sigmoid_derivative,
        "σ(u)(1 − σ(u))",
    ),
    NamedFunction(
        "tanh",
        "tanh",
        r"\tanh",
        "the hyperbolic tangent of",
        (),
        math.tanh,
        _only(0, 0),
        lambda u: Sum((ONE, Negation(_squared("tanh", u)))),
        "1 − tanh(u)²",
    ),
    NamedFunction(
        "relu",
        "relu",
        r"\operatorname{relu}",
        "relu of",
        ("ReLU",),
        lambda u: max(u, 0.0),
        lambda u: max(u, Fraction(0)),
        lambda u: Function("step", u),
        "step(u), away from u = 0",
    ),
    NamedFunction(
        "softplus",
        "softplus",
        r"\operatorname{softplus}",
        "softplus of",
        (),
        _softplus,
        lambda _u: None,
        lambda u: Function("sigmoid", u),
        "σ(u)",
    ),
    NamedFunction(
        "Phi",
        "Φ",
        r"\Phi",
        "the normal distribution function of",
        ("Φ",),
        _normal,
        _only(0, Fraction(1, 2)),
        _normal_density,
        "e^(−u²/2)/√(2π)",
    ),
    NamedFunction(
        "step",
        "step",
        r"\operatorname{step}",
        "step of",
        (),
        lambda u: 1.0 if u >= 0 else 0.0,
        lambda u: Fraction(int(u >= 0)),
        lambda _u: ZERO,
        "0, away from u = 0",
    ),
    NamedFunction(
        "sign",
        "sign",
        r"\operatorname{sign}",
        "the sign of",
        ("sgn",),
        lambda u: float((u > 0) - (u < 0)),
        _sign,
        lambda _u: ZERO,
        "0, away from u = 0",
    ),
)

FUNCTIONS: Mapping[str, NamedFunction] = MappingProxyType({function.name: function for function in _ALL})
"""Each named function by its name in expressions."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {spelling: function.name for function in _ALL for spelling in (function.name, *function.aliases)}
)
"""What people type for a function, and the function's name."""
