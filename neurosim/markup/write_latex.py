"""A formula as LaTeX, as one would type it for a textbook."""

from __future__ import annotations

import re

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol

_NAMED = {
    "σ": r"\sigma",
    "Σ": r"\sum",
    "∂": r"\partial",
    "∇": r"\nabla",
    "η": r"\eta",
    "λ": r"\lambda",
    "α": r"\alpha",
    "β": r"\beta",
    "γ": r"\gamma",
    "μ": r"\mu",
    "ε": r"\varepsilon",
    "δ": r"\delta",
    "θ": r"\theta",
    "π": r"\pi",
    "Φ": r"\Phi",
    "φ": r"\varphi",
    "ℓ": r"\ell",
    "∞": r"\infty",
    "·": r"\cdot",
    "×": r"\times",
    "−": "-",
    "~": r"\approx",
    "≈": r"\approx",
    "≠": r"\neq",
    "≤": r"\leq",
    "≥": r"\geq",
    "←": r"\leftarrow",
    "→": r"\to",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "⋯": r"\cdots",
    "…": r"\dots",
    "′": "'",
}
_FUNCTIONS = {"ln", "log", "exp", "max", "min", "sin", "cos", "tan", "tanh", "sinh", "cosh"}
_SPECIAL = re.compile(r"([&%$#_{}])")
_EXPONENT = re.compile(r"e([−-]?\d+)$")


def write_latex(markup: Markup) -> str:
    r"""The formula as LaTeX for math mode; ``\boxed`` is amsmath, ``\cancel`` the package of that name."""
    return re.sub(r" {2,}", " ", _write(markup)).strip()


def _write(markup: Markup) -> str:
    match markup:
        case Symbol():
            return _symbol(markup)
        case Row(parts):
            return _row(parts)
        case Over(above, below):
            return rf"\frac{{{write_latex(above)}}}{{{write_latex(below)}}}"
        case Script(base, above, below):
            text = write_latex(base)
            if isinstance(base, Row | Over):
                text = f"{{{text}}}"
            text += f"_{{{write_latex(below)}}}" if below is not None else ""
            return text + (f"^{{{write_latex(above)}}}" if above is not None else "")
        case Root(inside):
            return rf"\sqrt{{{write_latex(inside)}}}"
        case Bracket(inside, left, right):
            return _bracket(write_latex(inside), _delimiter(left), _delimiter(right))
        case Hat(base):
            return rf"\hat{{{write_latex(base)}}}"
        case Mark(inside, emphasis="boxed"):
            return rf"\boxed{{{write_latex(inside)}}}"
        case Mark(inside, emphasis="cancelled"):
            return rf"\cancel{{{write_latex(inside)}}}"
        case Mark(inside):
            return _write(inside)


def _bracket(inside: str, left: str, right: str) -> str:
    """Brackets that grow only where something inside is tall."""
    if any(tall in inside for tall in (r"\frac", r"\sum", r"\sqrt")):
        return rf"\left{left} {inside} \right{right}"
    return f"{left}{inside}{right}"


def _row(parts: tuple[Markup, ...]) -> str:
    found = ""
    for part in parts:
        text = _write(part)
        # A command must not run into the letter after it.
        if found and re.search(r"\\[A-Za-z]+$", found) and text[:1].isalpha():
            found += " "
        found += text
    return found


def _symbol(symbol: Symbol) -> str:
    text = symbol.text
    if symbol.style == "number":
        return _number(text)
    if symbol.style in ("operator", "relation"):
        return f" {_NAMED.get(text, text)} "
    if text in _NAMED:
        return _NAMED[text]
    if symbol.style == "words":
        return rf"\text{{{_escaped(text)}}}"
    if symbol.style == "upright":
        if text in _FUNCTIONS:
            return f"\\{text}"
        return text if len(text) == 1 else rf"\operatorname{{{_greek(text)}}}"
    return text if len(text) == 1 else rf"\mathit{{{_escaped(text)}}}"


def _number(text: str) -> str:
    about = r"{\approx}" if text.startswith("~") else ""
    digits = text.removeprefix("~").replace("\u200a", "").replace(",", "{,}")
    digits = _EXPONENT.sub(lambda found: rf" \cdot 10^{{{found[1]}}}", digits)
    return about + digits.replace("−", "-")


def _delimiter(text: str) -> str:
    return {"{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle", "": "."}.get(text, text)


def _greek(text: str) -> str:
    return "".join(_NAMED.get(character, character) for character in text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("−", "-").replace("…", r"\dots ").replace("~", r"\textasciitilde ")
