"""The transforms as formulas: how a feature comes from its sources, and how it is called where it has no name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from neurosim.engine.transforms.base import Choice, Constants, Values, plain
from neurosim.markup.build import EQUALS, datum, number, words
from neurosim.markup.tree import Bracket, Markup, Row, Script, Symbol
from neurosim.numbers.exact import Number, all_exact
from neurosim.records import dataclass
from neurosim.working.terms import Call, Constant, Leaf, NumberStyle, Power, Quotient, Term, minus, plus, times
from neurosim.working.writing import as_numbers, as_symbols

AT_LEAST = Symbol("≥", "relation")
PRIMES: Mapping[str, str] = {"standardise": "′", "min_max": "″"}
"""The sign after the name of the source: the same quantity in other units."""

TITLES: Mapping[str, str] = {
    "mean": "mean",
    "deviation": "sd",
    "minimum": "min",
    "maximum": "max",
}
"""What constants are called in formulas."""


@dataclass(frozen=True, slots=True)
class Written:
    """A feature in one row: its formula with symbols, and with the numbers in their places."""

    symbols: Markup
    numbers: Markup


Form = Callable[[Sequence[Leaf], Mapping[str, Leaf], Values], Term]


def _standardised(x: Sequence[Leaf], constants: Mapping[str, Leaf], _settings: Values) -> Term:
    return Quotient(minus(x[0], constants["mean"]), constants["deviation"])


def _stretched(x: Sequence[Leaf], constants: Mapping[str, Leaf], settings: Values) -> Term:
    least = constants["minimum"]
    part = Quotient(minus(x[0], least), minus(constants["maximum"], least))
    low, high = _number(settings["low"]), _number(settings["high"])
    if low == 0 and high == 1:
        return part
    return plus(Constant(low), times(Constant(high - low), part))


def _raised(x: Sequence[Leaf], _constants: Mapping[str, Leaf], settings: Values) -> Term:
    return Power(x[0], Constant(_number(settings["exponent"])))


def _multiplied(x: Sequence[Leaf], _constants: Mapping[str, Leaf], _settings: Values) -> Term:
    return times(*x)


def _waving(x: Sequence[Leaf], _constants: Mapping[str, Leaf], settings: Values) -> Term:
    factor = _number(settings["factor"])
    return Call("sin", (x[0] if factor == 1 else times(Constant(factor), x[0]),))


FORMS: Mapping[str, Form] = {
    "standardise": _standardised,
    "min_max": _stretched,
    "power": _raised,
    "product": _multiplied,
    "sine": _waving,
}
"""Those that are arithmetic; a threshold and a class are written as a condition."""


def term_of(transform: str, sources: Sequence[Leaf], constants: Constants, settings: Values) -> Term | None:
    """The feature as arithmetic; ``None`` of one that is none."""
    form = FORMS.get(transform)
    if form is None:
        return None
    # Beside a rounded constant a fraction would only be harder to read: (2104 - ~2000.68) / ~786.2.
    rounded = not all_exact(constants.values())
    known = {
        name: Leaf(words(TITLES.get(name, name)), float(value) if rounded else value, is_datum=True)
        for name, value in constants.items()
    }
    return form(sources, known, settings)


def written(
    transform: str,
    sources: Sequence[Leaf],
    constants: Constants,
    settings: Values,
    style: NumberStyle,
    word: str | None = None,
) -> Written | None:
    """The feature in symbols and numbers; ``None`` when its formula is not known.

    *word*: what the source holds where that is no number.
    """
    term = term_of(transform, sources, constants, settings)
    if term is not None:
        return Written(as_symbols(term), as_numbers(term, style))
    if not sources:
        return None
    shown = words(word) if word is not None else as_numbers(sources[0], style)
    if transform == "threshold":
        ends = (settings["above"], settings["below"])
        return _either(sources[0].symbol, shown, AT_LEAST, _datum(settings["cut"], style), ends, style)
    if transform == "indicator":
        ends = (settings["own"], settings["other"])
        return _either(sources[0].symbol, shown, EQUALS, _value(settings["class"], style), ends, style)
    return None


def symbol(transform: str, sources: Sequence[Markup], settings: Values) -> Markup | None:
    """What a feature without a name is called in formulas; ``None``: by its title."""
    if not sources:
        return None
    first = sources[0]
    if transform in PRIMES:
        return primed(first, PRIMES[transform])
    if transform == "threshold":
        return Bracket(Row((first, AT_LEAST, words(plain(settings["cut"])))), "[", "]")
    if transform == "indicator":
        return Bracket(Row((first, EQUALS, words(plain(settings["class"])))), "[", "]")
    if transform not in FORMS:
        return None
    term = FORMS[transform]([Leaf(one, Fraction(0)) for one in sources], {}, settings)
    return as_symbols(term)


def primed(markup: Markup, prime: str) -> Markup:
    """A name with a prime behind it, before its index."""
    match markup:
        case Symbol(text, style):
            return Symbol(f"{text}{prime}", style)
        case Script(base, above, below):
            return Script(primed(base, prime), above, below)
    return Row((markup, Symbol(prime, "upright")))


def _either(
    symbol_: Markup,
    shown: Markup,
    relation: Symbol,
    wanted: Markup,
    ends: tuple[Choice, Choice],
    style: NumberStyle,
) -> Written:
    """``1 if x ≥ 2, else 0``."""
    yes, no = (number(_number(end), style.mode, style.decimal) for end in ends)

    def of(left: Markup) -> Markup:
        return Row((yes, words(" if "), left, relation, wanted, words(", else "), no))

    return Written(of(symbol_), of(shown))


def _number(value: Choice) -> Number:
    return Fraction(0) if isinstance(value, str) else value


def _datum(value: Choice, style: NumberStyle) -> Markup:
    return datum(_number(value), style.mode, style.decimal)


def _value(value: Choice, style: NumberStyle) -> Markup:
    return words(value) if isinstance(value, str) else _datum(value, style)
