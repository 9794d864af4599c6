"""Two layers multiplied together, line by line: each new weight and bias with its products in symbols and numbers."""

from __future__ import annotations

from neurosim.engine.collapse import Collapse, CollapsedParameter
from neurosim.engine.network import Network
from neurosim.markup.build import sign_role
from neurosim.markup.tree import Mark
from neurosim.working.line import Equation, equation
from neurosim.working.names import Names
from neurosim.working.terms import Leaf, NumberStyle, Term, plus, times


def collapse_equations(
    before: Network, found: Collapse, style: NumberStyle | None = None, most: int | None = None
) -> tuple[Equation, ...]:
    """One equation for each new number of *found*, which was made of *before*; *most* of them at most."""
    names, after = Names(before, 1), Names(found.network, 1)
    written = style if style is not None else NumberStyle()
    return tuple(_equation(names, after, parameter, written) for parameter in found.parameters[:most])


def _equation(names: Names, after: Names, parameter: CollapsedParameter, style: NumberStyle) -> Equation:
    products: list[Term] = []
    for factors in parameter.terms:
        leaves = [Leaf(names.parameter(name), value, frozenset({name}), sign_role(value)) for name, value in factors]
        products.append(times(*leaves))
    refs = frozenset({parameter.target})
    left, value = Mark(after.parameter(parameter.name), refs), parameter.value
    return equation(left, plus(*products) if products else None, value, style, role=sign_role(value))
