"""Reads the formulas of a lesson's text, written as one types them: ``∂L/∂a = 1/2[-4(0 + 16/3)] = {gradient:a}``.

``/`` makes a fraction of the value before and the value after it (brackets around either fall away), ``_`` and ``^`` an
index and an exponent; letters are variables, several capitals or quoted words stand upright, references in braces are
the live values. ``sum_(i=1)^n``, ``sqrt(x)``, ``hat(y)`` (or ``yhat``), ``sigma(z)``, ``<< , >>`` are known, and
``box( )``, ``cancel( )``, ``grad( )``, ``loss( )`` mark what they enclose.
"""

from __future__ import annotations

import re

from neurosim.algebra.names import GREEK
from neurosim.markup.build import PARTIAL
from neurosim.markup.tree import Bracket, Emphasis, Hat, Mark, Markup, Over, Role, Root, Row, Script, Symbol
from neurosim.numbers.format import MINUS
from neurosim.records import dataclass

_PIECE = re.compile(
    r"\s*(?:(?P<live>\{[^{}]*\})|\"(?P<words>[^\"]*)\"|(?P<number>\d+(?:\.\d+)?)|(?P<letters>[A-Za-z]+)"
    r"|(?P<sign><<|>>|->|<=|>=|!=|[^\s]))"
)
LONGEST_PRODUCT = 3
"""Letters that may stand side by side as a product."""

_FUNCTIONS = ("ln", "log", "exp", "sin", "cos", "tan", "tanh", "max", "min")
_RELATIONS = {"=": "=", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "!=": "≠", "~": "~", "≈": "≈", "->": "→", "→": "→"}
_RELATIONS |= {sign: sign for sign in "≤≥≠∈"}
_OPERATORS = {"+": "+", "-": MINUS, MINUS: MINUS, "*": "·", "·": "·", "×": "·", "±": "±"}
_CLOSING = {"(": ")", "[": "]", "<<": ">>", "⟨": "⟩", "|": "|"}
_SHOWN = {"<<": "⟨", ">>": "⟩"}
_MARKS: dict[str, tuple[Role | None, Emphasis | None]] = {
    "box": (None, "boxed"),
    "cancel": (None, "cancelled"),
    "grad": ("gradient", None),
    "loss": ("loss", None),
    "next": ("next", None),
    "muted": ("muted", None),
}
_DERIVED = re.compile(r"\s*/\s*d([A-Za-z])(?![A-Za-z])")


class MathError(ValueError):
    """A formula of the text cannot be read; the message is a sentence without its full stop."""


@dataclass(frozen=True)
class _Piece:
    kind: str
    text: str
    end: int


def read_math(text: str) -> Markup:
    """The formula that *text* says; live values are number symbols such as ``{loss}``, to be filled in later.

    Raises:
        MathError: it is not understood; the sentence says where.
    """
    return _Reader(text).whole()


class _Reader:
    """Recursive descent over the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Markup:
        found = self._row(None)
        if not found:
            raise MathError("the formula is empty")
        return _row(found)

    # -- pieces ----------------------------------------------------------------------------------------------------

    def _peek(self) -> _Piece | None:
        shape = _PIECE.match(self._text, self._at)
        if shape is None or shape.lastgroup is None:
            return None
        return _Piece(shape.lastgroup, shape[shape.lastgroup], shape.end())

    def _is(self, *signs: str) -> bool:
        piece = self._peek()
        return piece is not None and piece.kind == "sign" and piece.text in signs

    def _take(self) -> _Piece:
        piece = self._peek()
        if piece is None:
            raise MathError(f'"{self._text.strip()}" ends too early')
        self._at = piece.end
        return piece

    # -- the grammar -----------------------------------------------------------------------------------------------

    def _row(self, closing: str | None) -> list[Markup]:
        """Everything up to *closing*, which is taken, or to the end."""
        self._depth += 1
        if self._depth > 30:
            raise MathError(f'"{self._text.strip()}" is nested too deeply')
        found: list[Markup] = []
        opens = True  # a minus here is a sign, not an operation
        while (piece := self._peek()) is not None:
            if piece.kind == "sign" and piece.text == closing:
                self._take()
                self._depth -= 1
                return found
            if piece.kind == "sign" and piece.text in _RELATIONS and piece.text != closing:
                self._take()
                found.append(Symbol(_RELATIONS[piece.text], "relation"))
                opens = True
            elif piece.kind == "sign" and piece.text in _OPERATORS:
                self._take()
                shown = _OPERATORS[piece.text]
                found.append(Symbol(shown, "number") if opens and shown == MINUS else Symbol(shown, "operator"))
                opens = True
            elif piece.kind == "sign" and piece.text in {",", ";", ":"}:
                self._take()
                found.append(Symbol(f"{piece.text} ", "words"))
                opens = True
            else:
                found.append(self._fraction())
                opens = False
        if closing is not None:
            raise MathError(f'a "{closing}" is missing in "{self._text.strip()}"')
        self._depth -= 1
        return found

    def _fraction(self) -> Markup:
        found = self._scripted()
        while self._is("/"):
            self._take()
            found = Over(_bare(found), _bare(self._scripted()))
        return found

    def _scripted(self) -> Markup:
        base = self._single()
        below: Markup | None = None
        above: Markup | None = None
        while self._is("_", "^", "'", "′"):
            sign = self._take().text
            if sign in "'′":
                base = Row((base, Symbol("′", "upright")))
            elif sign == "_":
                below = _bare(self._single(script=True))
            else:
                above = self._exponent()
        found = base if below is None and above is None else Script(base, above, below, big=_is_big(base))
        if self._is("(") and _is_function(base):
            self._take()
            return Row((found, Bracket(_row(self._row(")")))))
        return found

    def _exponent(self) -> Markup:
        if self._is("-", MINUS):
            self._take()
            return Row((Symbol(MINUS, "number"), _bare(self._single(script=True))))
        return _bare(self._single(script=True))

    def _single(self, script: bool = False) -> Markup:
        piece = self._take()
        if piece.kind == "live":
            return Symbol(piece.text, "number")
        if piece.kind == "words":
            return Symbol(piece.text, "words")
        if piece.kind == "number":
            return Symbol(piece.text, "number")
        if piece.kind == "letters":
            return self._named(piece, script)
        if piece.text in _CLOSING:
            closing = _CLOSING[piece.text]
            inside = _row(self._row(closing))
            return Bracket(inside, _SHOWN.get(piece.text, piece.text), _SHOWN.get(closing, closing))
        if piece.text == "∂":
            return Row((PARTIAL, self._scripted()))
        if piece.text == "∇":
            return Row((Symbol("∇", "upright"), self._scripted()))
        if piece.text == "Σ":
            return Symbol("∑", "operator")
        if piece.text in "σπ":
            return Symbol(piece.text, "upright" if piece.text == "σ" else "italic")
        if piece.text in "…⋯":
            return Symbol("…", "number")
        if piece.text.isalpha():
            return Symbol(piece.text, "italic")
        raise MathError(f'the "{piece.text}" in "{self._text.strip()}" is not understood')

    def _named(self, piece: _Piece, script: bool) -> Markup:
        word = piece.text
        if word in {"sqrt", "hat", *_MARKS} and self._is("("):
            self._take()
            return _applied(word, _row(self._row(")")))
        if word == "sum":
            return Symbol("∑", "operator")
        if word == "sigma":
            return Symbol("σ", "upright")
        if word == "pi":
            return Symbol("π", "italic")
        if word in GREEK:
            return Symbol(GREEK[word], "italic")
        if word in _FUNCTIONS:
            return Symbol(word, "upright")
        derived = _DERIVED.match(self._text, self._at) if word == "d" else None
        if derived is not None:
            self._at = derived.end()
            d = Symbol("d", "upright")
            return Over(d, Row((d, Symbol(derived[1], "italic"))))
        if len(word) == 4 and word.endswith("hat"):
            return Hat(Symbol(word[0], "italic"))
        if len(word) > 1 and (word.isupper() or script):
            return Symbol(word, "words" if script else "upright")
        if len(word) > LONGEST_PRODUCT:
            raise MathError(f'"{word}" in the formula "{self._text.strip()}" is no letter: put words into quotes')
        # Letters side by side are a product: one is taken, the others come next.
        self._at = piece.end - len(word) + 1
        return Symbol(word[0], "upright" if word[0] == "e" else "italic")


def _applied(word: str, inside: Markup) -> Markup:
    if word == "sqrt":
        return Root(inside)
    if word == "hat":
        return Hat(inside)
    role, emphasis = _MARKS[word]
    return Mark(inside, role=role, emphasis=emphasis)


def _is_big(base: Markup) -> bool:
    return isinstance(base, Symbol) and base.text == "∑"


def _is_function(base: Markup) -> bool:
    """Whether a bracket that follows belongs to *base*: ``f(x)`` is one value, ``a(x + 1)`` a product."""
    return isinstance(base, Symbol) and (
        (base.style == "upright" and base.text in {*_FUNCTIONS, "σ"}) or base.text in {"f", "g", "L", "SE", "MSE"}
    )


def _bare(part: Markup) -> Markup:
    """*part* without the round brackets that only held it together."""
    return part.inside if isinstance(part, Bracket) and part.left == "(" else part


def _row(parts: list[Markup]) -> Markup:
    if not parts:
        raise MathError("a bracket is empty")
    return parts[0] if len(parts) == 1 else Row(tuple(parts))
