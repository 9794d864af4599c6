"""The form of a formula: all of it but the figures of its numbers. Formulas of one form are laid out alike.

In a drag the numbers change in every frame and their form hardly ever: what was laid out once serves all of them.
"""

from __future__ import annotations

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.widgets.formula.figures import ZEROS, is_varied

Form = tuple[object, ...]
"""The tree in reading order, each node with all that it holds besides its parts; after those of a row, ``None``."""


_KEPT = 2048
_READ: dict[int, tuple[Markup, Form, tuple[str, ...]]] = {}
"""What was read, by the number of its object, which nothing else can have while it is kept here."""


def form_of(markup: Markup) -> tuple[Form, tuple[str, ...]]:
    """The form of *markup*, and its numbers in the order in which they are set; one object is read only once."""
    known = _READ.get(id(markup))
    if known is None:
        if len(_READ) >= _KEPT:
            _READ.clear()
        known = _READ[id(markup)] = markup, *read_form(markup)
    return known[1], known[2]


def read_form(markup: Markup) -> tuple[Form, tuple[str, ...]]:
    """The same for a formula that is new in each frame."""
    form: list[object] = []
    numbers: list[str] = []
    _take(markup, form, numbers)
    return tuple(form), tuple(numbers)


def _take(markup: Markup, form: list[object], numbers: list[str]) -> None:
    match markup:
        case Symbol(text, "number"):
            zeros = text.translate(ZEROS)
            if is_varied(zeros):
                numbers.append(text)
                text = zeros
            form += (text, "number")
        case Symbol(text, style):
            form += (text, style)
        case Row(parts):
            form += (Row,)
            for part in parts:
                if part.__class__ is Symbol and part.style != "number":  # half of all parts are signs and letters
                    form += (part.text, part.style)
                else:
                    _take(part, form, numbers)
            form += (None,)
        case Mark(inside, refs, role, emphasis):
            form += (Mark, refs, role, emphasis)
            _take(inside, form, numbers)
        case Script(base, above, below, big):
            form += (Script, big, above is None, below is None)
            _take(base, form, numbers)
            if above is not None:
                _take(above, form, numbers)
            if below is not None:
                _take(below, form, numbers)
        case Over(above, below):
            form += (Over,)
            _take(above, form, numbers)
            _take(below, form, numbers)
        case Bracket(inside, left, right):
            form += (Bracket, left, right)
            _take(inside, form, numbers)
        case Hat(base):
            form += (Hat,)
            _take(base, form, numbers)
        case Root(inside):
            form += (Root,)
            _take(inside, form, numbers)
