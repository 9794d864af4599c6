"""A formula as one line of Unicode text, with no more brackets than it takes to read it one way."""

from __future__ import annotations

import unicodedata
from typing import Literal

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol

_ABOVE = dict(zip("0123456789+−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_BELOW = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_HAT = "\u0302"
_BINARY = {"+", "−", "±"}

Kind = Literal["sum", "product", "fraction", "atom"]


def write_text(markup: Markup) -> str:
    """The formula as text, such as ``1/2[−4(0 + 16/3) − 8(4 + 14/3)]``."""
    return _write(markup).strip()


def _write(markup: Markup) -> str:
    match markup:
        case Symbol(text, "operator" | "relation"):
            return f" {text} "
        case Symbol(text):
            return text
        case Row(parts):
            return "".join(_write(part) for part in parts).replace("  ", " ")
        case Over(above, below):
            return f"{_bracketed(above, ('sum', 'fraction'))}/{_bracketed(below, ('sum', 'product', 'fraction'))}"
        case Script():
            return _script(markup)
        case Root(inside):
            text = write_text(inside)
            return f"√{text}" if _is_atom(inside) else f"√({text})"
        case Bracket(inside, left, right):
            return f"{left}{write_text(inside)}{right}"
        case Hat(base):
            text = write_text(base)
            return unicodedata.normalize("NFC", f"{text[:1]}{_HAT}{text[1:]}")
        case Mark(inside):
            return _write(inside)


def _script(script: Script) -> str:
    base = write_text(script.base)
    if not script.big and not _is_atom(script.base):
        base = f"({base})"
    if script.below is not None:
        base += _placed(write_text(script.below), _BELOW, "_", close=script.big)
    if script.above is not None:
        if isinstance(script.above, Symbol) and script.above.style == "words":
            return f"{base}^{script.above.text}"
        base += _placed(write_text(script.above), _ABOVE, "^", close=script.big)
    return f" {base} " if script.big else base


def _placed(text: str, small: dict[str, str], sign: str, close: bool) -> str:
    tight = text.replace(" ", "") if close else text
    # Raised minuses before raised brackets are hard to read, and small letters exist for some names only.
    readable = "−(" not in tight and (close or not any(c.isalpha() and c not in "in" for c in tight))
    if tight and readable and all(character in small for character in tight):
        return "".join(small[character] for character in tight)
    single = len(text) == 1 or (sign == "_" and text.replace("_", "").isalnum())
    return f"{sign}{text}" if single else f"{sign}({text})"


def _bracketed(markup: Markup, kinds: tuple[Kind, ...]) -> str:
    text = write_text(markup)
    return f"({text})" if kind_of(markup) in kinds else text


def _is_atom(markup: Markup) -> bool:
    """Whether a root or an exponent beside the text belongs to all of it."""
    match markup:
        case Mark(inside):
            return _is_atom(inside)
        case Symbol(text):
            return not text.startswith(("−", "~"))
        case Row(parts):
            return len(parts) == 1 and _is_atom(parts[0])
        case Over():
            return False
        case Script(_, above):
            return above is None
        case Root() | Bracket() | Hat():
            return True


def kind_of(markup: Markup) -> Kind:
    """What holds the formula together at its top: decides whether it needs brackets beside a fraction bar."""
    match markup:
        case Mark(inside):
            return kind_of(inside)
        case Over():
            return "atom" if _starts_with_partial(markup.above) else "fraction"
        case Row(parts):
            return _kind_of_row(parts)
        case _:
            return "atom"


def _kind_of_row(parts: tuple[Markup, ...]) -> Kind:
    signs = [part for part in parts if isinstance(part, Symbol) and part.style in ("operator", "relation")]
    if any(sign.style == "relation" or sign.text in _BINARY for sign in signs):
        return "sum"
    if signs:
        return "product"
    solid = [part for part in parts if not (isinstance(part, Symbol) and part.text in ("−", "∂", "d"))]
    if len(solid) == 1:
        return kind_of(solid[0])
    called = len(solid) == 2 and isinstance(solid[0], Symbol | Script) and isinstance(solid[1], Bracket)
    return "atom" if called or not solid else "product"


def _starts_with_partial(markup: Markup) -> bool:
    return isinstance(markup, Row) and isinstance(markup.parts[0], Symbol) and markup.parts[0].text in ("∂", "d")
