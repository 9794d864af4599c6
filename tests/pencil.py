"""Works formulas out as a person with a pencil would: from the digits that are shown, and from nothing else.

Every number is an interval: a point where it is exact, and half a unit of the last digit to both sides where it is
shown with "~". A result is right when what was worked out and what is shown have a number in common.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from neurosim.markup.tree import Bracket, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.working.line import Equation, Line

DIGITS = 6
SLACK = 1e-12


class UnreadableError(Exception):
    """The formula is not arithmetic."""


@dataclass(frozen=True)
class Interval:
    """All numbers from ``low`` to ``high``."""

    low: Fraction | float
    high: Fraction | float

    @property
    def exact(self) -> bool:
        return isinstance(self.low, Fraction) and self.low == self.high

    @property
    def width(self) -> float:
        return float(self.high) - float(self.low)

    def meets(self, other: Interval) -> bool:
        if self.exact and other.exact:
            return self.low == other.low
        low, high = max(float(self.low), float(other.low)), min(float(self.high), float(other.high))
        return low <= high + SLACK * max(1.0, abs(low), abs(high))

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if (self.exact and self.low == 0) or (other.exact and other.low == 0):
            return Interval(Fraction(0), Fraction(0))
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            if other.exact:
                raise UnreadableError("division by 0")
            return Interval(-math.inf, math.inf)
        return self * Interval(1 / other.high, 1 / other.low)

    def __abs__(self) -> Interval:
        ends = [abs(self.low), abs(self.high)]
        return Interval(Fraction(0) if self.low <= 0 <= self.high else min(ends), max(ends))

    def raised(self, power: int) -> Interval:
        if power % 2 == 0:
            size = abs(self)
            return Interval(size.low**power, size.high**power)
        return Interval(self.low**power, self.high**power)


def point(value: Fraction | float) -> Interval:
    return Interval(value, value)


def number(text: str) -> Interval:
    """A number as it is shown: exact, or rounded to six digits."""
    digits = text.replace("−", "-").replace("\u200a", "").removeprefix("~")
    value = Fraction(digits)
    if not text.startswith("~") or not value:
        return point(value)
    half = Fraction(10) ** (math.floor(math.log10(abs(value))) - DIGITS + 1) / 2
    return Interval(value - half, value + half)


# -- functions, written here once more ------------------------------------------------------------------------------


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def _normal(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


RISING: dict[str, Callable[[float], float]] = {
    "σ": _sigmoid,
    "tanh": math.tanh,
    "Φ": _normal,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: math.log1p(math.exp(z)) if z < 30 else z,
}
RATIONAL: dict[str, Callable[[Fraction | float], Fraction | float]] = {
    "relu": lambda z: max(z, Fraction(0)),
    "lrelu": lambda z: z if z > 0 else z / 100,
    "hσ": lambda z: min(max(z / 6 + Fraction(1, 2), Fraction(0)), Fraction(1)),
    "step±": lambda z: Fraction(1 if z >= 0 else -1),
    "sgn": lambda z: Fraction((z > 0) - (z < 0)),
    "step": lambda z: Fraction(int(z >= 0)),
}
GENTLE: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "φ": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
    "gauss": lambda z: math.exp(-z * z),
    "silu": lambda z: z * _sigmoid(z),
    "gelu": lambda z: z * _normal(z),
}
"""Functions that rise and fall, with slopes of at most 1.2."""


def call(name: str, arguments: list[Interval]) -> Interval:
    first = arguments[0]
    if name == "max":
        return Interval(max(a.low for a in arguments), max(a.high for a in arguments))
    if name == "min":
        return Interval(min(a.low for a in arguments), min(a.high for a in arguments))
    if name == "ln":
        return Interval(_ln(float(first.low)), _ln(float(first.high)))
    if name in RATIONAL:
        return Interval(RATIONAL[name](first.low), RATIONAL[name](first.high))
    if name in RISING:
        return Interval(RISING[name](float(first.low)), RISING[name](float(first.high)))
    if name in GENTLE:
        ends = [GENTLE[name](float(first.low)), GENTLE[name](float(first.high))]
        return Interval(min(ends) - 1.2 * first.width, max(ends) + 1.2 * first.width)
    raise UnreadableError(name)


def _ln(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf


def _exp(z: Interval) -> Interval:
    return Interval(math.exp(min(float(z.low), 700)), math.exp(float(z.high)) if z.high < 700 else math.inf)


# -- reading --------------------------------------------------------------------------------------------------------


def bare(markup: Markup) -> Markup:
    while isinstance(markup, Mark):
        markup = markup.inside
    return markup


def parts(markup: Markup) -> list[Markup]:
    """The parts of a row, rows within rows opened."""
    markup = bare(markup)
    if not isinstance(markup, Row):
        return [markup]
    found: list[Markup] = []
    for part in markup.parts:
        inner = bare(part)
        # "−16/3" inside a row stays together: its minus belongs to it.
        found.append(inner)
    return found


def work_out(markup: Markup) -> Interval:
    """The value of a formula that holds numbers only."""
    markup = bare(markup)
    match markup:
        case Symbol(text, "number"):
            return number(text)
        case Over(above, below):
            return work_out(above) / work_out(below)
        case Root(inside):
            value = work_out(inside)
            return Interval(math.sqrt(max(0.0, float(value.low))), math.sqrt(max(0.0, float(value.high))))
        case Bracket(inside, "|"):
            return abs(work_out(inside))
        case Bracket(inside):
            return work_out(inside)
        case Script(base, above, None) if above is not None:
            inner = bare(base)
            if inner == Symbol("e", "upright"):
                return _exp(work_out(above))
            exponent = work_out(above)
            assert exponent.exact
            return work_out(base).raised(int(exponent.low))
        case Row():
            return _sum(parts(markup))
    raise UnreadableError(repr(markup))


def _sum(items: list[Markup]) -> Interval:
    total, start, sign = point(Fraction(0)), 0, 1
    for i, item in enumerate([*items, Symbol("+", "operator")]):
        if isinstance(item, Symbol) and item.style == "operator" and item.text in "+−":
            value = _product(items[start:i])
            total = total + value if sign > 0 else total - value
            sign, start = (1 if item.text == "+" else -1), i + 1
    return total


def _product(items: list[Markup]) -> Interval:
    value, i = point(Fraction(1)), 0
    if not items:
        raise UnreadableError("nothing to multiply")
    while i < len(items):
        item = items[i]
        if item == Symbol("−", "number"):
            value = -value
        elif isinstance(item, Symbol) and item.style == "upright":
            argument = items[i + 1]
            assert isinstance(argument, Bracket)
            value = value * call(item.text, [work_out(one) for one in _arguments(argument.inside)])
            i += 1
        elif not (isinstance(item, Symbol) and item.text == "·"):
            value = value * work_out(item)
        i += 1
    return value


def _arguments(inside: Markup) -> list[Markup]:
    found: list[list[Markup]] = [[]]
    for part in parts(inside):
        if isinstance(part, Symbol) and part.text.strip() == ",":
            found.append([])
        else:
            found[-1].append(part)
    return [one[0] if len(one) == 1 else Row(tuple(one)) for one in found]


def results(markup: Markup) -> list[Interval]:
    """What a result says: one number, or an exact one and the same rounded."""
    found, about = [], False
    items = parts(markup)
    current: list[Markup] = []
    for item in [*items, Symbol("=", "relation")]:
        if isinstance(item, Symbol) and item.style == "relation":
            if current:
                value = _sum(current)
                found.append(_rounded(value, 4 if found else DIGITS) if about else value)
            current, about = [], item.text == "~"
        else:
            current.append(item)
    return found


def _rounded(value: Interval, digits: int) -> Interval:
    if not value.low:
        return value
    half = Fraction(10) ** (math.floor(math.log10(abs(value.low))) - digits + 1) / 2
    return Interval(value.low - half, value.high + half)


# -- checking -------------------------------------------------------------------------------------------------------


def every_equation(lines: Iterable[Line]) -> Iterable[tuple[Line, Equation]]:
    """The equations of *lines* and of all their details."""
    for line in lines:
        for equation in line.equations:
            yield line, equation
        yield from every_equation(line.details)


@dataclass
class Tally:
    """How many equations were worked out, and how many of them to at least three digits."""

    checked: int = 0
    sharp: int = 0


def check(lines: Iterable[Line], write: Callable[[Markup], str]) -> Tally:
    """Work out every line's numbers and hold them against the result that is shown."""
    tally = Tally()
    for line, equation in every_equation(lines):
        if equation.result is None:
            continue
        shown = results(equation.result)
        forms = [form for form in (equation.numbers, *equation.steps) if form is not None]
        for form in forms:
            found = work_out(form)
            text = f"{line.title}: {write(equation.markup)}; worked out {found}"
            assert all(found.meets(one) for one in shown), text
            tally.checked += 1
            tally.sharp += found.width <= 1e-3 * max(abs(float(shown[0].low)), 1e-9)
        for one in shown[1:]:
            assert one.meets(shown[0]), write(equation.markup)
        if equation.value is not None:
            assert shown[0].meets(point(equation.value)), write(equation.markup)
    return tally
