"""A formula in spoken English, for screen readers and for reading aloud in a lecture hall."""

from __future__ import annotations

import re

from neurosim.markup.build import NEGATIVE
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.markup.write_text import kind_of

_SAID = {
    "+": "plus",
    "−": "minus",
    "·": "times",
    "×": "times",
    "=": "equals",
    "~": "is about",
    "≈": "is about",
    "≠": "other than",
    "≤": "at most",
    "≥": "at least",
    "<": "below",
    ">": "above",
    "←": "becomes",
    "→": "goes to",
    ",": ",",
    "σ": "sigma",
    "Σ": "the sum of",
    "∂": "d",
    "η": "eta",
    "λ": "lambda",
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "μ": "mu",
    "ε": "epsilon",
    "δ": "delta",
    "π": "pi",
    "Φ": "capital phi",
    "φ": "phi",
    "ℓ": "l",
    "ln": "the natural logarithm",
    "exp": "e to the power",
    "max": "the greater",
    "min": "the smaller",
    "sgn": "the sign",
    "⋯": "and so on",
    "…": "and so on",
    "′": "prime",
    "∑": "the sum of",
    "∇": "the gradient of",
}
_PRIME = Symbol("′", "upright")
_FUNCTIONS = {"f", "g"}
_SUMS = {"Σ", "∑"}
_OF_TWO = {"max", "min"}
_DIFFERENTIALS = ("∂", "d")
_POWERS = {"2": "squared", "3": "cubed", "′": "prime"}


def write_speech(markup: Markup) -> str:
    """The formula as it is read aloud, such as ``a times x sub 1 equals 1 over 3 times 2 equals 2 over 3``."""
    text = re.sub(r"\s+", " ", _say(markup)).strip()
    text = re.sub(r" ([,;:])", r"\1", text)
    return re.sub(r"(, end of [a-z]+),(?=,| close)", r"\1", text)


def say_primes(text: str) -> str:
    """*text*, such as the name of a standardised column, with the primes behind its names said."""
    return text.replace("″", " double prime").replace("′", " prime")


def _say(markup: Markup) -> str:
    match markup:
        case Symbol():
            return f" {_symbol(markup)} "
        case Row(parts):
            return _row(parts)
        case Over(above, below):
            return _over(above, below)
        case Script(base, above, below, big):
            return _script(base, above, below, big)
        case Root(inside):
            end = "" if _short(inside) else ", end of root,"
            return f" the square root of {_say(inside)}{end} "
        case Bracket(inside, "|", "|"):
            end = "" if _short(inside) else ", end of absolute value,"
            return f" the absolute value of {_say(inside)}{end} "
        case Bracket(inside):
            return f" {_say(inside)} " if _is_number(inside) else f" open bracket {_say(inside)} close bracket "
        case Hat(base):
            return f" {_say(base)} hat "
        case Mark(inside, emphasis="cancelled"):
            return f" {_say(inside)} (cancelled) "
        case Mark(inside):
            return _say(inside)


def _symbol(symbol: Symbol) -> str:
    text = symbol.text
    if symbol.style == "number":
        text = text.replace("~", "about ").replace("\u200a", "")
        text = re.sub(r"e([−-]?\d+)$", r" times 10 to the \1", text)
        return text.replace("−", "minus ")
    return _SAID.get(text) or say_primes(text)


def _row(parts: tuple[Markup, ...]) -> str:
    said: list[str] = []
    for i, part in enumerate(parts):
        bare = _bare(part)
        if i and isinstance(bare, Bracket) and _takes_brackets(parts[:i]):
            said.append(f" of {_argument(bare, parts[i - 1])}")
            continue
        if i and not (_is_sign(parts[i - 1]) or _is_sign(part) or _is_function(parts[i - 1]) or part == _PRIME):
            said.append(" times " if _multiplies(parts[i - 1], part) else " ")
        said.append(_say(part))
    return "".join(said)


def _argument(bracket: Bracket, function: Markup) -> str:
    """What a function is of; without its brackets where it is clear where it ends."""
    name, inside = _bare(function), bracket.inside
    if bracket.left == "(" and isinstance(name, Symbol) and name.text in _OF_TWO and isinstance(_bare(inside), Row):
        return _say(inside).replace(",", " and ")
    return _say(inside) if bracket.left == "(" and _clear(inside) else _say(bracket)


def _clear(markup: Markup) -> bool:
    """Whether an argument needs no brackets: a letter, a number, or a function of one."""
    bare = _bare(markup)
    if isinstance(bare, Row) and len(bare.parts) in (2, 3) and isinstance(_bare(bare.parts[-1]), Bracket):
        inside = _bare(bare.parts[-1])
        return isinstance(inside, Bracket) and _takes_brackets(bare.parts[:-1]) and _clear(inside.inside)
    return _short(markup) or _is_number(markup)


def _over(above: Markup, below: Markup) -> str:
    top, bottom = _bare(above), _bare(below)
    if _is_partial(bottom) and (_is_partial(top) or _is_differential(top)):
        by = _say(_after(bottom))
        return (
            f" the derivative by {by} of "
            if _is_differential(top)
            else f" the derivative of {_say(_after(top))} by {by} "
        )
    if _short(above) and _short(below):
        return f" {_say(above)} over {_say(below)} "
    return f" the fraction {_say(above)} over {_say(below)}, end of fraction, "


def _script(base: Markup, above: Markup | None, below: Markup | None, big: bool) -> str:
    if big:
        return _sum_sign(base, above, below)
    if isinstance(above, Symbol) and above.style == "words":  # of a step: the new value
        return (
            f" the {above.text} {_script(base, None, below, big)} "
            if below is not None
            else f" the {above.text} {_say(base)} "
        )
    text = f" {_say(base)} "
    if above is not None and _needs_brackets(base):
        text = f" open bracket {_say(base)} close bracket "
    if below is not None:
        text += f" sub {_say(below)} "
    if above is not None:
        plain = write_speech(above)
        inside = _bare(above)
        if isinstance(inside, Bracket):
            text += f" in row {_say(inside.inside)} "
        elif isinstance(inside, Symbol) and inside.text in _POWERS:
            text += f" {_POWERS[inside.text]} "
        else:
            text += f" to the power of {plain}{'' if _short(above) else ', end of power,'} "
    return text


def _sum_sign(base: Markup, above: Markup | None, below: Markup | None) -> str:
    """A sign with limits: ``the sum for i equals 1 to n of``, ``the sum over 97 more rows of``."""
    bare = _bare(base)
    name = "the sum" if isinstance(bare, Symbol) and bare.text in _SUMS else _say(base)
    start = ""
    if below is not None:
        inside = _bare(below)
        counts = isinstance(inside, Row) and any(_is_sign(part) for part in inside.parts)
        start = f" {'for' if counts else 'over'} {_say(below)}"
    return f" {name}{start}{f' to {_say(above)}' if above is not None else ''} of "


def _needs_brackets(markup: Markup) -> bool:
    """Whether brackets are to be heard before a power that are not said by themselves: of -16/3, of a function."""
    bare = _bare(markup)
    if isinstance(bare, Row):
        return len(bare.parts) > 1 and bare.parts[-1] != _PRIME
    inside = _bare(bare.inside) if isinstance(bare, Bracket) else bare
    return isinstance(bare, Bracket) and _is_number(inside) and not _is_plain(inside)


def _is_plain(number: Markup) -> bool:
    return isinstance(number, Symbol) and "−" not in number.text


def _bare(markup: Markup) -> Markup:
    while isinstance(markup, Mark):
        markup = markup.inside
    return markup


def _is_partial(markup: Markup) -> bool:
    return isinstance(markup, Row) and len(markup.parts) > 1 and _is_differential(markup.parts[0])


def _is_differential(markup: Markup) -> bool:
    return isinstance(markup, Symbol) and markup.text in _DIFFERENTIALS


def _is_operator(markup: Markup) -> bool:
    """Whether it says "of" itself: a sum sign, a gradient, d/dx."""
    bare = _bare(markup)
    if isinstance(bare, Script):
        return bare.big
    if isinstance(bare, Over):
        return _is_differential(_bare(bare.above)) and _is_partial(_bare(bare.below))
    return isinstance(bare, Symbol) and bare.text in {*_SUMS, "∇"}


def _after(markup: Markup) -> Markup:
    assert isinstance(markup, Row)  # noqa: S101 - asked for after _is_partial only
    return Row(markup.parts[1:])


def _is_sign(markup: Markup) -> bool:
    markup = _bare(markup)
    if isinstance(markup, Row) and markup.parts:
        return _is_sign(markup.parts[0]) and markup.parts[0] != NEGATIVE
    return isinstance(markup, Symbol) and (markup.style in ("operator", "relation") or markup.text == "−")


def _is_function(markup: Markup) -> bool:
    bare = _bare(markup)
    if isinstance(bare, Script):
        bare = _bare(bare.base)
    return isinstance(bare, Symbol) and bare.style == "upright"


def _takes_brackets(before: tuple[Markup, ...]) -> bool:
    """Whether brackets after these hold what the last is of: a function, a letter that stands for one, a derivative."""
    bare = _bare(before[-1])
    if isinstance(bare, Row) and len(bare.parts) == 2 and bare.parts[1] == _PRIME:
        return True
    return bare == _PRIME or _is_function(bare) or (isinstance(bare, Symbol) and bare.text in _FUNCTIONS)


def _multiplies(left: Markup, right: Markup) -> bool:
    """Whether two neighbours without a sign between them are a product (rather than words beside a formula)."""
    if _is_operator(left):
        return False
    return not any(isinstance(_bare(part), Symbol) and _words(_bare(part)) for part in (left, right))


def _words(markup: Markup) -> bool:
    return isinstance(markup, Symbol) and (markup.style == "words" or markup.text in (",", ";", "∂"))


def _is_number(markup: Markup) -> bool:
    bare = _bare(markup)
    if isinstance(bare, Row):
        return len(bare.parts) == 2 and _is_sign(bare.parts[0]) and _is_number(bare.parts[1])
    if isinstance(bare, Over):
        return _is_number(bare.above) and _is_number(bare.below)
    return isinstance(bare, Symbol) and bare.style == "number"


def _short(markup: Markup) -> bool:
    """Whether it is clear where it ends without saying so."""
    bare = _bare(markup)
    if isinstance(bare, Row):
        return len(bare.parts) == 2 and _is_sign(bare.parts[0]) and _short(bare.parts[1])
    if isinstance(bare, Script):
        return kind_of(bare.base) == "atom" and _ends(bare.above)
    return isinstance(bare, Symbol | Hat)


def _ends(above: Markup | None) -> bool:
    """Whether it is heard where an exponent ends: squared, cubed, of a row."""
    bare = None if above is None else _bare(above)
    return bare is None or isinstance(bare, Bracket) or (isinstance(bare, Symbol) and bare.text in _POWERS)
