"""A number at the end of an equation: after an equals sign, or after "~" where it is rounded."""

from __future__ import annotations

from neurosim.markup.build import EQUALS, row
from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.working.line import result, starts_with_about
from neurosim.working.terms import NumberStyle


def style_of(display: Display) -> NumberStyle:
    """How numbers are written now."""
    return NumberStyle(display.mode, display.decimal)


def equated_text(left: str, value: Number, display: Display) -> str:
    """The same as plain text: ``x = 1/3``, ``f(x) ~ 0.731059``."""
    shown = display.text(value)
    return f"{left} ~ {shown[1:].lstrip()}" if shown.startswith("~") else f"{left} = {shown}"


def equated(left: Markup, value: Number, display: Display) -> Markup:
    """*left* = *value*; a rounded value begins with "~", which is its relation."""
    shown = result(value, style_of(display))
    return row(left, shown) if starts_with_about(shown) else row(left, EQUALS, shown)
