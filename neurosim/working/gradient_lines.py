"""From d_z of a neuron to the gradients of its parameters: local derivatives, then the sums over the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from math import lcm

from neurosim.engine.network import Neuron
from neurosim.markup.build import NEGATIVE, derivative, number
from neurosim.markup.tree import Mark, Markup, Over, Row, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import LARGEST_DENOMINATOR
from neurosim.working.exactness import is_rounding
from neurosim.working.forward_lines import parameters_into
from neurosim.working.line import Equation, Line, equation
from neurosim.working.names import refs_of_factor, refs_of_gradient, refs_of_rows
from neurosim.working.penalty_lines import data_loss_symbol
from neurosim.working.sheet import Sheet
from neurosim.working.terms import Term, plus, times

FAINT = 1e-12
"""Only a gradient smaller than this may be nothing but rounding."""


def gradient_symbol(sheet: Sheet, parameter: str) -> Markup:
    """The derivative of the data's loss by *parameter*; of the whole loss when there is no penalty."""
    if (sheet.settings.l1 or sheet.settings.l2) and parameter in sheet.network.edge_by_id:
        return derivative(data_loss_symbol(), sheet.names.parameter(parameter))
    return sheet.names.gradient(parameter)


def backward_line(
    title: str,
    writer: Callable[[], Iterable[Equation]],
    concerns: frozenset[str] | None = None,
    *,
    opener: Callable[[], Iterable[Line]] | None = None,
    row: int | None = None,
    note: str = "",
) -> Line:
    """A line of the backward phase."""
    return Line(0, "backward", title, writer, concerns, row, opener, note)


def where(sheet: Sheet, node: str) -> str:
    """The neuron's name in brackets, where there is more than one."""
    return f" ({sheet.names.title(node)})" if len(sheet.network.neurons) > 1 else ""


def local_derivatives(sheet: Sheet, node: Neuron) -> Line:
    """What z changes by when a parameter does: the activation that the edge carries, and 1 for the bias."""
    alone = sheet.full.dataset.n_rows == 1 and bool(sheet.summed)
    first = sheet.summed[0] if alone else None

    def write(row: int | None) -> list[Equation]:
        return [_local(sheet, node, parameter, row) for parameter, _ in parameters_into(sheet, node.id)]

    def opened() -> list[Line]:
        return [backward_line(f"In row {row + 1}", partial(write, row), row=row) for row in sheet.summed]

    what = "prediction" if sheet.is_identity(node.id) and node.id in sheet.outputs else "sum"
    title = f"What the {what} changes by with each parameter{where(sheet, node.id)}"
    return backward_line(title, partial(write, first), opener=None if alone or not sheet.summed else opened)


def _local(sheet: Sheet, node: Neuron, parameter: str, row: int | None) -> Equation:
    names = sheet.names
    by_a = sheet.is_identity(node.id) and not (sheet.loss.from_logit and node.id in sheet.outputs)
    of = names.activation(node.id, row) if by_a else names.pre_activation(node.id, row)
    edge = sheet.network.edge_by_id.get(parameter)
    refs = refs_of_factor(parameter)
    left = Mark(derivative(of, names.parameter(parameter)), refs)
    if edge is None:
        return equation(left, None, Fraction(1), sheet.style, row=row, refs=refs)
    if row is None:
        return Equation(left, Mark(names.activation(edge.source, None), refs | {edge.source}))
    leaf = sheet.activation(edge.source, row)
    return equation(left, leaf, leaf.value, sheet.style, row=row, refs=leaf.refs | refs)


def gradient_line(sheet: Sheet, node: Neuron, parameter: str) -> Line:
    """A parameter's derivative as the sum of what each row adds."""
    title = f"The gradient of the weight {parameter}"
    if parameter not in sheet.network.edge_by_id:
        title = f"The gradient of the bias{where(sheet, node.id)}"
    if sheet.n > 1:
        title += ", added up over the rows"
    note = "" if sheet.network.trainable[parameter] else "Frozen: it has a gradient, but the step leaves it as it is."
    note = _rest_of_rounding(sheet, parameter) or note
    concerns = refs_of_gradient(parameter) | refs_of_rows(sheet.summed)
    return backward_line(title, lambda: [_gradient(sheet, node, parameter)], concerns, note=note)


def _rest_of_rounding(sheet: Sheet, parameter: str) -> str:
    """What there is to say of a gradient that no pencil finds: rounded terms that cancel out but for their rounding."""
    value = sheet.data_gradient[parameter]
    if not isinstance(value, float) or not 0 < abs(value) < FAINT:
        return ""
    largest = max((abs(float(sheet.passes[row].share(parameter))) for row in sheet.summed), default=0.0)
    if not is_rounding(value, largest, sheet.n):
        return ""
    return "The terms cancel out: what is left is their rounding. With all digits the sum is 0, or nearly."


def _gradient(sheet: Sheet, node: Neuron, parameter: str) -> Equation:
    edge = sheet.network.edge_by_id.get(parameter)
    terms: list[Term] = []
    shown: Number = Fraction(0)
    for row in sheet.summed:
        delta = sheet.delta(node.id, row)
        terms.append(delta if edge is None else times(delta, sheet.activation(edge.source, row)))
        shown = shown + sheet.passes[row].share(parameter)
    value = sheet.data_gradient[parameter]
    if sheet.n_rest:
        symbol = sheet.delta_symbol(node.id, "i")
        if edge is not None:
            symbol = Row((symbol, Symbol("·", "operator"), sheet.names.activation(edge.source, "i")))
        terms.append(sheet.rest(symbol, value - shown, "gradient"))
    refs = refs_of_gradient(parameter)
    return equation(
        Mark(gradient_symbol(sheet, parameter), refs, "gradient"),
        plus(*terms),
        value,
        sheet.style,
        steps=unreduced_steps(sheet, parameter),
        refs=refs,
        role="gradient",
    )


def unreduced(sheet: Sheet, parameter: str) -> tuple[int, int] | None:
    """A bias's gradient as the sum of fractions with like denominators gives it, such as -42/3 for -14.

    ``None`` when nothing can be reduced, or there is no such sum.
    """
    if parameter in sheet.network.edge_by_id or sheet.n_rest or len(sheet.summed) < 2:
        return None
    shares = [sheet.passes[row].share(parameter) for row in sheet.summed]
    value = sheet.data_gradient[parameter]
    fractions = [share for share in shares if isinstance(share, Fraction)]
    if len(fractions) < len(shares) or not isinstance(value, Fraction):
        return None
    below = lcm(*(share.denominator for share in fractions))
    like = all(share.denominator == below for share in fractions)
    if not like or below == value.denominator or below > LARGEST_DENOMINATOR or not value:
        return None
    return int(value * below), below


def unreduced_form(sheet: Sheet, parameter: str) -> Markup | None:
    """``unreduced`` as a formula."""
    found = unreduced(sheet, parameter)
    if found is None or sheet.style.mode == "decimal":
        return None
    above, below = found
    size = Over(Symbol(str(abs(above)), "number"), Symbol(str(below), "number"))
    return Row((NEGATIVE, size)) if above < 0 else size


def unreduced_steps(sheet: Sheet, parameter: str) -> tuple[Markup, ...]:
    """``unreduced`` as a step between the numbers and the result."""
    form = unreduced_form(sheet, parameter)
    return () if form is None else (form,)


def dead_line(sheet: Sheet, node: Neuron) -> Line:
    """The gradients of a neuron that leads nowhere."""
    zero = number(Fraction(0))
    equations = [
        Equation(
            Mark(gradient_symbol(sheet, parameter), refs_of_gradient(parameter), "gradient"),
            None,
            None,
            zero,
            Fraction(0),
        )
        for parameter, _ in parameters_into(sheet, node.id)
    ]
    title = f"{sheet.names.title(node.id)} leads to no output: what flows into it changes nothing"
    return backward_line(title, lambda: equations)
