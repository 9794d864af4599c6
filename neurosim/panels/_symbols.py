"""How panels write a gradient on one line: as formula and as text."""

from __future__ import annotations

from neurosim.markup.build import PARTIAL, row
from neurosim.markup.tree import Markup, Symbol
from neurosim.working.names import LOSS, Names


def gradient_symbol(names: Names, parameter: str) -> Markup:
    """The derivative of the loss by *parameter* with a slash, for titles and axes: ``∂L/∂a``."""
    return row(PARTIAL, LOSS, Symbol("/", "number"), PARTIAL, names.parameter(parameter))
