"""The backward lines: the loss's own derivative, then the chain factor by factor, neuron by neuron."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from neurosim.engine.network import Neuron
from neurosim.markup.build import bracketed, words
from neurosim.markup.tree import Mark, Markup, Row, Script, Symbol
from neurosim.working.activation_forms import FORMS
from neurosim.working.cross_entropy import opened_into_factors
from neurosim.working.forward_lines import function_symbol, parameters_into
from neurosim.working.gradient_lines import backward_line, dead_line, gradient_line, local_derivatives, where
from neurosim.working.line import Equation, Line, equation
from neurosim.working.loss_forms import LOSS_FORMS
from neurosim.working.loss_lines import reduced
from neurosim.working.names import RowIndex, refs_of_activation, refs_of_rows, refs_of_sum
from neurosim.working.penalty_lines import penalty_gradient_line
from neurosim.working.sheet import Sheet
from neurosim.working.terms import NO_REFS, Constant, Leaf, Product, Quotient, Term, plus, times
from neurosim.working.writing import as_symbols


def backward_lines(sheet: Sheet) -> list[Line]:
    """From the loss back to the gradient of each parameter that counts."""
    lines = [_loss_derivatives(sheet)] if sheet.summed else []
    for name in reversed(sheet.network.order):
        node = sheet.network.node_by_id[name]
        if not isinstance(node, Neuron) or name not in sheet.full.activations:
            continue
        if name in sheet.alive:
            lines += _neuron_lines(sheet, node)
        elif parameters_into(sheet, name):
            lines.append(dead_line(sheet, node))
    if sheet.settings.l1 or sheet.settings.l2:
        lines.append(penalty_gradient_line(sheet))
    return lines


# -- the loss's own derivative -------------------------------------------------------------------------------------


def _direct_symbol(sheet: Sheet, node: str, row: RowIndex) -> Markup:
    by_z = sheet.loss.from_logit and node in sheet.full.pre_activations
    whole = sheet.names.by_sum(node, row) if by_z else sheet.names.by_activation(node, row)
    passed_on = any(not edge.muted and edge.target in sheet.alive for edge in sheet.network.outgoing[node])
    return Script(bracketed(whole), None, words("direct")) if passed_on else whole


def _direct(sheet: Sheet, node: str, row: int) -> Leaf:
    value = sheet.passes[row].direct[node]
    return Leaf(_direct_symbol(sheet, node, row), value, _direct_refs(sheet, node) | {f"row:{row}"}, "gradient")


def _loss_derivatives(sheet: Sheet) -> Line:
    form = LOSS_FORMS.get(sheet.settings.loss)

    def write() -> Iterator[Equation]:
        for row in sheet.summed:
            for node in sheet.outputs:
                direct = _direct(sheet, node, row)
                term = None if form is None else _reduced_slope(sheet, form.slope(sheet, node, row))
                left = Mark(direct.symbol, direct.refs, "gradient")
                yield equation(left, term, direct.value, sheet.style, row=row, refs=direct.refs, role="gradient")

    pairs = [(node, row) for row in sheet.summed for node in sheet.outputs]
    notes = set() if form is None else {form.note(sheet, node, row) for node, row in pairs}
    note = notes.pop() if len(notes) == 1 else ""
    opener = partial(opened_into_factors, sheet) if sheet.settings.loss == "cross_entropy" else None
    what = "z" if sheet.loss.from_logit else "each prediction" if len(pairs) > 1 else "the prediction"
    title = f"Differentiate the loss by {what}"
    concerns = refs_of_rows(sheet.summed).union(*(_direct_refs(sheet, node) for node in sheet.outputs))
    note = f"{note[:1].upper()}{note[1:]}." if note else ""
    return backward_line(title, write, concerns, opener=opener, note=note)


def _direct_refs(sheet: Sheet, node: str) -> frozenset[str]:
    """Where the loss pulls: at the output; when its derivative is by z, at the sum before it as well."""
    by_z = sheet.loss.from_logit and node in sheet.full.pre_activations
    return frozenset({f"output:{node}"}) | (refs_of_sum(node, None) if by_z else NO_REFS)


def _reduced_slope(sheet: Sheet, slope: Term) -> Term:
    """The slope of a row's loss times the factor of the reduction; 2 r / 2 is written as r."""
    two = Constant(Fraction(2))
    if isinstance(slope, Product) and slope.factors[0] == two and "half" in sheet.settings.reduction:
        rest = times(*slope.factors[1:])
        return reduced_by_count(sheet, rest)
    return reduced(sheet, slope)


def reduced_by_count(sheet: Sheet, term: Term) -> Term:
    """*term* over n where the reduction is a mean."""
    return Quotient(term, sheet.count()) if "mean" in sheet.settings.reduction and sheet.n > 1 else term


# -- one neuron ----------------------------------------------------------------------------------------------------


def _neuron_lines(sheet: Sheet, node: Neuron) -> list[Line]:
    lines: list[Line] = []
    is_output = node.id in sheet.outputs
    by_z = sheet.loss.from_logit and is_output
    users = [edge for edge in sheet.network.outgoing[node.id] if not edge.muted and edge.target in sheet.alive]
    if sheet.summed:
        if users:
            lines.append(_collected(sheet, node, by_z=by_z))
        if not sheet.is_identity(node.id) and (users or not by_z):
            lines.append(_slopes(sheet, node))
            lines.append(_through_activation(sheet, node, by_z=by_z))
        elif by_z and users:
            lines.append(_through_activation(sheet, node, by_z=by_z))
    if parameters_into(sheet, node.id):
        lines.append(local_derivatives(sheet, node))
        lines += [gradient_line(sheet, node, parameter) for parameter, _ in parameters_into(sheet, node.id)]
    return lines


def _collected(sheet: Sheet, node: Neuron, *, by_z: bool) -> Line:
    edges = [edge for edge in sheet.network.outgoing[node.id] if not edge.muted and edge.target in sheet.alive]

    def write() -> Iterator[Equation]:
        for row in sheet.summed:
            terms: list[Term] = []
            if node.id in sheet.outputs and not by_z:
                terms.append(_direct(sheet, node.id, row))
            terms += [times(sheet.weight(edge.id), sheet.delta(edge.target, row)) for edge in edges]
            refs = sheet.refs(node.id, row) | refs_of_activation(node.id, row)
            left = Mark(sheet.names.by_activation(node.id, row), refs, "gradient")
            value = sheet.passes[row].d_a[node.id]
            yield equation(left, plus(*terms), value, sheet.style, row=row, refs=refs, role="gradient")

    many = len(edges) > 1
    title = "Collect what flows back through each edge" if many else "Carry it back through the edge"
    concerns = refs_of_rows(sheet.summed) | refs_of_activation(node.id, None) | {edge.id for edge in edges}
    return backward_line(f"{title}{where(sheet, node.id)}", write, concerns)


def slope_leaf(sheet: Sheet, node: str, row: int) -> Leaf:
    """f'(z) of a neuron in a row."""
    neuron = sheet.network.node_by_id[node]
    activation = neuron.activation if isinstance(neuron, Neuron) else "identity"
    z = sheet.pre_activation(node, row)
    symbol = Row(
        (Symbol(function_symbol(activation), "upright"), Symbol("′", "upright"), bracketed(Mark(z.symbol, z.refs)))
    )
    return Leaf(symbol, sheet.passes[row].slope(node), refs_of_activation(node, row))


def _slopes(sheet: Sheet, node: Neuron) -> Line:
    form = FORMS.get(node.activation)

    def write() -> Iterator[Equation]:
        for row in sheet.summed:
            slope = slope_leaf(sheet, node.id, row)
            z, a = sheet.pre_activation(node.id, row), sheet.activation(node.id, row)
            term = None if form is None else form.slope(z, a)
            shown = None if isinstance(term, Constant) else term
            yield equation(as_symbols(slope), shown, slope.value, sheet.style, row=row, refs=slope.refs)

    reasons = set() if form is None else {form.reason(sheet.passes[row].z(node.id)) for row in sheet.summed}
    reason = reasons.pop() if len(reasons) == 1 else ""
    return backward_line(
        f"The slope of the activation{where(sheet, node.id)}",
        write,
        refs_of_rows(sheet.summed) | refs_of_activation(node.id, None),
        note=f"{reason}, so this is the slope that counts." if reason else "",
    )


def _through_activation(sheet: Sheet, node: Neuron, *, by_z: bool) -> Line:
    def write() -> Iterator[Equation]:
        for row in sheet.summed:
            values = sheet.passes[row]
            refs = sheet.refs(node.id, row) | refs_of_sum(node.id, row)
            before = sheet.refs(node.id, row) | refs_of_activation(node.id, row)
            d_a = Leaf(sheet.names.by_activation(node.id, row), values.d_a[node.id], before, "gradient")
            term: Term = d_a if sheet.is_identity(node.id) else times(d_a, slope_leaf(sheet, node.id, row))
            if by_z:
                term = plus(_direct(sheet, node.id, row), term)
            left = Mark(sheet.names.by_sum(node.id, row), refs, "gradient")
            yield equation(left, term, values.d_z[node.id], sheet.style, row=row, refs=refs, role="gradient")

    concerns = refs_of_rows(sheet.summed) | refs_of_activation(node.id, None) | refs_of_sum(node.id, None)
    return backward_line(f"Carry it back through the activation{where(sheet, node.id)}", write, concerns)
