"""The activations as formulas: f(z) written out, and the form of its slope that a pencil uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.terms import (
    HALF,
    ONE,
    ZERO,
    Call,
    Constant,
    Leaf,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Term,
    minus,
    plus,
    square,
    times,
)


@dataclass(frozen=True, slots=True)
class Form:
    """One activation written out.

    Attributes:
        value: f(z) from z.
        slope: f'(z) from z and a = f(z).
        reason: ``reason(z)`` -> why this piece of the function is the one that counts, or nothing to say.
    """

    value: Callable[[Leaf], Term]
    slope: Callable[[Leaf, Leaf], Term]
    reason: Callable[[Number], str] = lambda _z: ""


def _exp(term: Term) -> Term:
    return Power(None, term)


def _logistic(z: Leaf) -> Term:
    return Quotient(ONE, plus(ONE, _exp(Negative(z))))


def _sided(z: Number) -> str:
    return f"z is {'above' if z > 0 else 'below' if z < 0 else 'exactly'} 0"


def _inside(z: Number) -> str:
    return "z lies between −3 and 3" if -3 < z < 3 else "z does not lie between −3 and 3"


def _constant(value: int) -> Constant:
    return Constant(Fraction(value))


FORMS: Mapping[str, Form] = {
    "identity": Form(lambda z: z, lambda _z, _a: ONE),
    "sigmoid": Form(_logistic, lambda _z, a: times(a, minus(ONE, a))),
    "tanh": Form(
        lambda z: Quotient(minus(_exp(z), _exp(Negative(z))), plus(_exp(z), _exp(Negative(z)))),
        lambda _z, a: minus(ONE, square(a)),
    ),
    "relu": Form(lambda z: Call("max", (ZERO, z)), lambda z, _a: ONE if z.value > 0 else ZERO, _sided),
    "leaky_relu": Form(
        lambda z: z if z.value > 0 else Quotient(z, _constant(100)),
        lambda z, _a: ONE if z.value > 0 else Constant(Fraction(1, 100)),
        _sided,
    ),
    "elu": Form(
        lambda z: z if z.value > 0 else minus(_exp(z), ONE), lambda z, _a: ONE if z.value > 0 else _exp(z), _sided
    ),
    "softplus": Form(lambda z: Call("ln", (plus(ONE, _exp(z)),)), lambda z, _a: _logistic(z)),
    "silu": Form(
        lambda z: Quotient(z, plus(ONE, _exp(Negative(z)))),
        lambda z, _a: times(Call("σ", (z,)), plus(ONE, times(z, minus(ONE, Call("σ", (z,)))))),
    ),
    "gelu": Form(
        lambda z: times(z, Call("Φ", (z,))),
        lambda z, _a: plus(Call("Φ", (z,)), times(z, Call("φ", (z,)))),
    ),
    "gaussian": Form(lambda z: _exp(Negative(square(z))), lambda z, a: Product((Constant(Fraction(-2)), z, a))),
    "hard_sigmoid": Form(
        lambda z: Call("min", (Call("max", (Sum(((1, Quotient(z, _constant(6))), (1, HALF))), ZERO)), ONE)),
        lambda z, _a: Constant(Fraction(1, 6)) if -3 < z.value < 3 else ZERO,
        _inside,
    ),
    "sine": Form(lambda z: Call("sin", (z,)), lambda z, _a: Call("cos", (z,))),
    "sign": Form(lambda z: Call("sgn", (z,)), lambda _z, _a: ZERO),
    "step": Form(lambda z: ONE if z.value >= 0 else ZERO, lambda _z, _a: ZERO, _sided),
    "step_both": Form(lambda z: ONE if z.value >= 0 else Negative(ONE), lambda _z, _a: ZERO, _sided),
}
"""The forms by the activation's name; one that is not here is shown by its symbol alone."""
