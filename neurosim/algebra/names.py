"""The letters of symbols: Greek ones with their names, hats, and indices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

GREEK: Mapping[str, str] = MappingProxyType(
    {
        "alpha": "α",
        "beta": "β",
        "gamma": "γ",
        "delta": "δ",
        "epsilon": "ε",
        "zeta": "ζ",
        "eta": "η",
        "theta": "θ",
        "kappa": "κ",
        "lambda": "λ",
        "mu": "μ",
        "nu": "ν",
        "xi": "ξ",
        "rho": "ρ",
        "tau": "τ",
        "phi": "φ",
        "chi": "χ",
        "psi": "ψ",
        "omega": "ω",
    }
)
"""The Greek letters that can be symbols, by the names that people type; pi and sigma have meanings of their own."""

HAT = "\u0302"
_SPELLED = {letter: name for name, letter in GREEK.items()}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SHAPE = re.compile(r"([^\W\d_])(\u0302?)(?:_([0-9A-Za-z]+))?")
_APPLIED = re.compile(r"[A-Za-z]\([A-Za-z]\)")


def split_name(name: str) -> tuple[str, bool, str] | None:
    """The letter of a symbol, whether it wears a hat, and its index; ``None`` when it is no symbol's name.

    >>> split_name("x_12")
    ('x', False, '12')
    """
    shape = _SHAPE.fullmatch(unicodedata.normalize("NFD", name))
    if shape is None or shape[1] in "σπ∂" or (shape[1] == "e" and not shape[2] and not shape[3]):
        return None
    return shape[1], bool(shape[2]), shape[3] or ""


def with_index(letter: str, index: str) -> str:
    """The name of a symbol with an index, or without one."""
    name = unicodedata.normalize("NFC", letter)
    return f"{name}_{index}" if index else name


def text_of(name: str) -> str:
    """A symbol in plain text: the digits of an index hang low, a longer index is in curly brackets."""
    parts = split_name(name)
    if parts is None:
        return name
    letter = unicodedata.normalize("NFC", parts[0] + HAT * parts[1])
    index = parts[2]
    if index.isdigit():
        return letter + index.translate(_SUBSCRIPTS)
    return letter + (f"_{index}" if len(index) == 1 else f"_{{{index}}}" if index else "")


def latex_of(name: str) -> str:
    """A symbol in LaTeX."""
    parts = split_name(name)
    if parts is None:
        return name if _APPLIED.fullmatch(name) else rf"\mathrm{{{name}}}"
    letter, hat, index = parts
    shown = f"\\{_SPELLED[letter]}" if letter in _SPELLED else letter
    shown = f"\\hat{{{shown}}}" if hat else shown
    if not index:
        return shown
    inside = index if index.isdigit() or len(index) == 1 else rf"\mathrm{{{index}}}"
    return f"{shown}_{{{inside}}}" if len(inside) > 1 else f"{shown}_{inside}"


def spoken_of(name: str) -> str:
    """A symbol as it is read aloud."""
    parts = split_name(name)
    if parts is None:
        return name.replace("(", " of ").replace(")", "")
    letter, hat, index = parts
    capital = "capital " if letter.isupper() else ""
    return f"{capital}{_SPELLED.get(letter, letter)}{' hat' if hat else ''}{f' sub {index}' if index else ''}"


def symbol_parts(name: str) -> tuple[str, bool, str, str]:
    """Letter, hat, index and argument of a symbol; the argument is that of a quantity named like ``f(x)``."""
    parts = split_name(name)
    if parts is not None:
        return (*parts, "")
    applied = _APPLIED.fullmatch(name)
    return (name[0], False, "", name[2]) if applied else (name, False, "", "")
