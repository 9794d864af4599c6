"""The form of a formula: all of it but the figures of its numbers. Formulas of one form are laid out alike.

In a drag the numbers change in every frame and their form hardly ever: what was laid out once serves all of them.
"""

from __future__ import annotations

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.widgets.formula.figures import form_of_number, is_varied

Form = tuple[object, ...]
"""The tree in reading order, each node with all that it holds besides its parts; after those of a row, ``None``."""


def form_of(markup: Markup) -> tuple[Form, tuple[str, ...]]:
    """The form of *markup*, and its numbers in the order in which they are set."""
    form: list[object] = []
    numbers: list[str] = []
    take_form(markup, form, numbers)
    return tuple(form), tuple(numbers)


def take_form(markup: Markup, form: list[object], numbers: list[str]) -> None:
    """Append the form of *markup* to *form*, and its numbers to *numbers*."""
    match markup:
        case Symbol(text, "number"):
            zeros = form_of_number(text)
            if is_varied(zeros):
                numbers.append(text)
                text = zeros
            form += (text, "number")
        case Symbol(text, style):
            form += (text, style)
        case Row(parts):
            form += (Row,)
            for part in parts:
                take_form(part, form, numbers)
            form += (None,)
        case Mark(inside, refs, role, emphasis):
            form += (Mark, refs, role, emphasis)
            take_form(inside, form, numbers)
        case Script(base, above, below, big):
            form += (Script, big, above is None, below is None)
            take_form(base, form, numbers)
            if above is not None:
                take_form(above, form, numbers)
            if below is not None:
                take_form(below, form, numbers)
        case Over(above, below):
            form += (Over,)
            take_form(above, form, numbers)
            take_form(below, form, numbers)
        case Bracket(inside, left, right):
            form += (Bracket, left, right)
            take_form(inside, form, numbers)
        case Hat(base):
            form += (Hat,)
            take_form(base, form, numbers)
        case Root(inside):
            form += (Root,)
            take_form(inside, form, numbers)
