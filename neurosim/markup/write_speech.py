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
}
_PRIME = Symbol("′", "upright")
_FUNCTIONS = {"f", "g"}
_POWERS = {"2": "squared", "3": "cubed", "′": "prime"}


def write_speech(markup: Markup) -> str:
    """The formula as it is read aloud, such as ``a times x sub 1 equals 1 over 3 times 2 equals 2 over 3``."""
    text = re.sub(r"\s+", " ", _say(markup)).strip()
    return re.sub(r" ([,;])", r"\1", text)


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
            return f" the size of {_say(inside)}{'' if _short(inside) else ', end of size,'} "
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
    return _SAID.get(text, text)


def _row(parts: tuple[Markup, ...]) -> str:
    said: list[str] = []
    for i, part in enumerate(parts):
        if i and _takes_brackets(parts[i - 1]) and isinstance(_bare(part), Bracket):
            said.append(" of ")
        elif i and not (_is_sign(parts[i - 1]) or _is_sign(part) or _is_function(parts[i - 1]) or part == _PRIME):
            said.append(" times " if _multiplies(parts[i - 1], part) else " ")
        said.append(_say(part))
    return "".join(said)


def _over(above: Markup, below: Markup) -> str:
    top, bottom = _bare(above), _bare(below)
    if _is_partial(top) and _is_partial(bottom):
        of, by = _after(top), _after(bottom)
        return f" the derivative of {_say(of)} by {_say(by)} "
    if _short(above) and _short(below):
        return f" {_say(above)} over {_say(below)} "
    return f" the fraction {_say(above)} over {_say(below)}, end of fraction, "


def _script(base: Markup, above: Markup | None, below: Markup | None, big: bool) -> str:
    if big:
        start = f" for {_say(below)}" if below is not None else ""
        stop = f" to {_say(above)}" if above is not None else ""
        return f" {_say(base)}{start}{stop}, of "
    text = f" {_say(base)} "
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


def _bare(markup: Markup) -> Markup:
    while isinstance(markup, Mark):
        markup = markup.inside
    return markup


def _is_partial(markup: Markup) -> bool:
    return isinstance(markup, Row) and isinstance(markup.parts[0], Symbol) and markup.parts[0].text in ("∂", "d")


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


def _takes_brackets(markup: Markup) -> bool:
    """Whether brackets that follow hold what it is of: a function, or a letter that always stands for one."""
    bare = _bare(markup)
    if isinstance(bare, Row) and len(bare.parts) == 2 and bare.parts[1] == _PRIME:
        bare = _bare(bare.parts[0])
    return _is_function(bare) or (isinstance(bare, Symbol) and bare.text in _FUNCTIONS)


def _multiplies(left: Markup, right: Markup) -> bool:
    """Whether two neighbours without a sign between them are a product (rather than words beside a formula)."""
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
    return isinstance(bare, Symbol | Hat) or (isinstance(bare, Script) and kind_of(bare.base) == "atom")
