"""A neuron in the units of the data: ŷ = 0.139 · size + 60.9, whatever units its inputs were put into before."""

from __future__ import annotations

from neurosim.engine.probabilities import shares_probability
from neurosim.engine.raw_units import RawForm, raw_form
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import EQUALS
from neurosim.markup.tree import Mark, Markup, Row, Script
from neurosim.numbers.exact import Number
from neurosim.working.names import Names, names_of
from neurosim.working.signed_sum import signed_sum
from neurosim.working.terms import NumberStyle


def raw_equation(snapshot: Snapshot, node: str, style: NumberStyle, *, index: bool = True) -> Markup | None:
    """The neuron *node* in raw units: ŷ of a linear output, else z; ``None`` when it reads nothing in other units.

    ``index`` says whether the letter carries the neuron's name where there are several.
    """
    form = raw_form(snapshot.network, snapshot.dataset, node)
    if form is None or node not in snapshot.activations:
        return None
    names = names_of(snapshot.network, 1)
    linear = snapshot.network.output_of(node) is not None and _is_identity(snapshot, node)
    linear = linear and not shares_probability(snapshot)
    left = names.prediction(node, None) if linear else names.pre_activation(node, None)
    if not index and isinstance(left, Script):
        left = left.base
    return Row((left, EQUALS, *sum_of(form, names, style)))


def sum_of(form: RawForm, names: Names, style: NumberStyle) -> tuple[Markup, ...]:
    """The right side: coefficients times quantities, and the constant."""
    parts: list[tuple[Number, Markup | None]] = [
        (value, Mark(names.activation(name, None), frozenset({name}))) for name, value in form.coefficients.items()
    ]
    if form.constant != 0 or not parts:
        parts.append((form.constant, None))
    return signed_sum(parts, style, coloured=True)


def _is_identity(snapshot: Snapshot, node: str) -> bool:
    return getattr(snapshot.network.node_by_id[node], "activation", "") == "identity"
