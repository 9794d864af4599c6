"""The forward lines of a row: each product, each sum, each activation, neuron by neuron."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, Neuron, bias_id
from neurosim.engine.representation import constants_of
from neurosim.markup.build import EQUALS, bracketed
from neurosim.markup.tree import Mark, Markup, Row, Symbol
from neurosim.working.activation_forms import FORMS, Form
from neurosim.working.features import constant_equations, feature_equation
from neurosim.working.line import Equation, Line, equation, result
from neurosim.working.names import refs_of_bias, refs_of_node, refs_of_product, refs_of_rows, refs_of_sum
from neurosim.working.script import Part
from neurosim.working.sheet import Sheet
from neurosim.working.terms import Call, Leaf, Term, plus, times
from neurosim.working.writing import as_symbols


def all_forward_lines(
    sheet: Sheet, rows: Iterable[int] | None = None, *, other: bool = False, with_activations: bool = True
) -> list[Line]:
    """The lines of *rows* (all that are worked out), and how many more there are.

    Args:
        sheet: the step.
        rows: some of the rows worked out.
        other: whether the rows were chosen, so that the rest are "other" ones and not "more".
        with_activations: whether the activation is applied to the sums.
    """
    if rows is None:
        return [
            line
            for part in forward_parts(sheet, other=other, with_activations=with_activations)
            for line in part.write()
        ]
    lines: list[Line] = []
    for i, row in enumerate(rows):
        lines += _placed(sheet, row, first=i == 0, with_activations=with_activations)
    return lines


def forward_parts(sheet: Sheet, *, other: bool = False, with_activations: bool = True) -> list[Part]:
    """The lines of all rows that are worked out, a part for each row; the last one says how many more there are."""

    def write(row: int) -> list[Line]:
        lines = _placed(sheet, row, first=row == sheet.rows[0], with_activations=with_activations)
        hidden = hidden_rows(sheet) if lines and row == sheet.rows[-1] else 0
        return [*lines, Line(0, "forward", _more(hidden, other=other))] if hidden else lines

    return [Part("forward", partial(write, row)) for row in sheet.rows]


def _placed(sheet: Sheet, row: int, *, first: bool, with_activations: bool) -> list[Line]:
    """The lines of a row; when it has no part in the step, the first of them says so."""
    lines = forward_lines(sheet, row, first, with_activations=with_activations)
    if lines and sheet.full.problem is None and row not in sheet.summed:
        lines[0] = replace(lines[0], note=f"{_outside(sheet, row)} {lines[0].note}".strip())
    return lines


def hidden_rows(sheet: Sheet) -> int:
    """How many more rows the step reads, or the network is run on when there is no step."""
    if sheet.full.problem is None:
        return sheet.n_rest
    return max(0, sheet.full.dataset.n_rows - len(sheet.rows))


def _more(hidden: int, *, other: bool) -> str:
    what = "other" if other else "more"
    return f"… {hidden} {what} {'row' if hidden == 1 else 'rows'}, worked out alike …"


def _outside(sheet: Sheet, row: int) -> str:
    if row in sheet.full.dataset.test_rows:
        return f"Row {row + 1} is a test row: it has no part in the step."
    return f"Row {row + 1} is not in this step's mini-batch: it has no part in the step."


def forward_lines(sheet: Sheet, row: int, first: bool, *, with_activations: bool = True) -> list[Line]:
    """The lines of the row with index *row*; what need be said only once is said with the *first*."""
    lines: list[Line] = []
    for name in sheet.network.order:
        node = sheet.network.node_by_id[name]
        if isinstance(node, Feature) and name in sheet.full.activations:
            lines.append(_feature_line(sheet, node, row))
        if isinstance(node, Neuron) and name in sheet.full.activations:
            found = _neuron_lines(sheet, node, row, first)
            lines += found if with_activations else found[:-1]
    return lines


def _feature_line(sheet: Sheet, feature: Feature, row: int) -> Line:
    """How the feature comes from the data; it opens into the constants that all training rows give."""
    title = sheet.network.title(feature.id)
    concerns = refs_of_node(feature.id, row).union(
        feature.sources, (f"wire:{source}.{feature.id}" for source in feature.sources)
    )

    def write() -> Iterator[Equation]:
        found = feature_equation(sheet.full, sheet.names, feature, row, sheet.style)
        if found is not None:
            yield found

    def constants() -> Iterator[Line]:
        for one in constant_equations(sheet.full, sheet.names, feature, sheet.style):
            yield Line(0, "forward", "Over all training rows", [one].copy)

    opens = bool(constants_of(sheet.full.dataset).get(feature.column))
    line = Line(0, "forward", f"Calculate {title} from the data", write, concerns, row)
    return replace(line, opener=constants) if opens else line


def function_symbol(activation: str) -> str:
    """What stands for the activation in a formula: ``f`` for the identity."""
    found = ACTIVATIONS[activation]
    return "f" if found.is_identity else found.symbol


def _neuron_lines(sheet: Sheet, node: Neuron, row: int, first: bool) -> list[Line]:
    edges = [edge for edge in sheet.network.incoming[node.id] if not edge.muted]
    has_bias = node.bias is not None and not node.muted
    note = _muted_note(sheet, node) if first else ""
    if len(edges) + has_bias <= 1:
        return [_single_line(sheet, node, edges, row, note=note), _activation_line(sheet, node, row, first)]
    return [
        _products_line(sheet, node, edges, row),
        _sum_line(sheet, node, edges, row, note=note),
        _activation_line(sheet, node, row, first),
    ]


def _product(sheet: Sheet, edge: Edge, row: int) -> tuple[Term, Leaf]:
    """A weight times what it is multiplied by, and the same as one quantity."""
    found = sheet.products.get((edge.id, row))
    if found is None:
        weight, value = sheet.weight(edge.id), sheet.activation(edge.source, row)
        term, refs = times(weight, value), weight.refs | value.refs | refs_of_product(edge.id, row)
        found = term, Leaf(as_symbols(term), weight.value * value.value, refs)
        sheet.products[edge.id, row] = found
    return found


def _products_line(sheet: Sheet, node: Neuron, edges: list[Edge], row: int) -> Line:
    def write() -> Iterator[Equation]:
        for edge in edges:
            term, product = _product(sheet, edge, row)
            refs = refs_of_product(edge.id, row)
            yield equation(None, term, product.value, sheet.style, row=row, refs=refs, symbols=product.symbol)

    title = "Multiply the input by its weight" if len(edges) == 1 else "Multiply each input by its weight"
    return _line(sheet, node, title, write, _carried(edges, row), row=row)


def _carried(edges: list[Edge], row: int) -> frozenset[str]:
    """What products light up: the edges, where they come from, and what they bring."""
    return refs_of_rows([row]).union(*(refs_of_product(edge.id, row) | {edge.source} for edge in edges))


def _sum_line(sheet: Sheet, node: Neuron, edges: list[Edge], row: int, note: str) -> Line:
    has_bias = node.bias is not None and not node.muted

    def write() -> Iterator[Equation]:
        terms: list[Term] = [_product(sheet, edge, row)[1] for edge in edges]
        if has_bias:
            terms.append(sheet.parameter(bias_id(node.id)))
        yield _sum(sheet, node, plus(*terms), row)

    title = "Add up the products"
    if has_bias:
        title = "Add the bias" if len(edges) == 1 else "Add up the products and the bias"
    concerns = refs_of_sum(node.id, row) | (refs_of_bias(node.id) if has_bias else frozenset())
    if len(edges) > 1:
        concerns |= {f"{edge.id}.product" for edge in edges}
    return _line(sheet, node, title, write, concerns, row=row, note=note)


def _single_line(sheet: Sheet, node: Neuron, edges: list[Edge], row: int, note: str) -> Line:
    """z of a neuron with one product or a bias alone, or with nothing at all."""
    has_bias = node.bias is not None and not node.muted

    def write() -> Iterator[Equation]:
        term: Term = _product(sheet, edges[0], row)[0] if edges else plus()
        yield _sum(sheet, node, sheet.parameter(bias_id(node.id)) if has_bias else term, row)

    title = "Multiply the input by its weight" if edges else "Take the bias alone" if has_bias else "Nothing flows in"
    concerns = refs_of_sum(node.id, row) | (refs_of_bias(node.id) if has_bias else _carried(edges, row))
    return _line(sheet, node, title, write, concerns, row=row, note=note)


def _sum(sheet: Sheet, node: Neuron, term: Term, row: int) -> Equation:
    z = sheet.pre_activation(node.id, row)
    left = Mark(z.symbol, z.refs)
    if term == plus():
        return equation(left, None, Fraction(0), sheet.style, row=row, refs=z.refs)
    return equation(left, term, z.value, sheet.style, row=row, refs=z.refs)


def _activation_line(sheet: Sheet, node: Neuron, row: int, first: bool) -> Line:
    activation = ACTIVATIONS[node.activation]
    concerns = sheet.activation_refs(node.id, row)
    if activation.is_identity:
        title, note = "Apply the activation", "Identity: f(z) = z, nothing happens." if first else ""
        return _line(sheet, node, title, lambda: [_identity(sheet, node.id, row)], concerns, row=row, note=note)
    title = f"Apply the activation {activation.title}"
    form = FORMS.get(node.activation)
    opener = None if form is None else lambda: [_opened(sheet, node, row, form)]
    return _line(sheet, node, title, lambda: [_applied(sheet, node, row)], concerns, row=row, opener=opener)


def _identity(sheet: Sheet, node: str, row: int) -> Equation:
    z, a = sheet.pre_activation(node, row), sheet.activation(node, row)
    call = Row((Symbol("f", "upright"), bracketed(Mark(z.symbol, z.refs)), EQUALS, Mark(z.symbol, z.refs)))
    shown = result(a.value, sheet.style, refs=a.refs)
    return Equation(Mark(a.symbol, a.refs), call, None, shown, a.value, (), row)


def _applied(sheet: Sheet, node: Neuron, row: int) -> Equation:
    z, a = sheet.pre_activation(node.id, row), sheet.activation(node.id, row)
    term = Call(function_symbol(node.activation), (z,))
    return equation(Mark(a.symbol, a.refs), term, a.value, sheet.style, row=row, refs=a.refs)


def _opened(sheet: Sheet, node: Neuron, row: int, form: Form) -> Line:
    z, a = sheet.pre_activation(node.id, row), sheet.activation(node.id, row)
    left = as_symbols(Call(function_symbol(node.activation), (z,)))
    found = equation(left, form.value(z), a.value, sheet.style, row=row, refs=a.refs)
    reason = form.reason(z.value)
    return Line(0, "forward", "Write the function out", lambda: [found], row=row, note=f"{reason}." if reason else "")


def _line(
    sheet: Sheet,
    node: Neuron,
    title: str,
    writer: Callable[[], Iterable[Equation]],
    concerns: frozenset[str],
    *,
    row: int,
    note: str = "",
    opener: Callable[[], Iterable[Line]] | None = None,
) -> Line:
    several = len(sheet.network.neurons) > 1
    where = f" ({sheet.names.title(node.id)})" if several else ""
    return Line(0, "forward", f"{title}{where}", writer, concerns, row, opener, note)


def _muted_note(sheet: Sheet, node: Neuron) -> str:
    muted = [edge.id for edge in sheet.network.incoming[node.id] if edge.muted]
    if node.muted and node.bias is not None:
        muted.append("the bias")
    if not muted:
        return ""
    named = ", ".join(muted)
    return f"Muted, so counted as 0: {named}."


def parameters_into(sheet: Sheet, node: str) -> list[tuple[str, Markup]]:
    """The weights and the bias that end in *node* and are not muted, each with its symbol."""
    found = [(edge.id, sheet.names.weight(edge.id)) for edge in sheet.network.incoming[node] if not edge.muted]
    neuron = sheet.network.node_by_id[node]
    if isinstance(neuron, Neuron) and neuron.bias is not None and not neuron.muted:
        found.append((bias_id(node), sheet.names.bias(node)))
    return found
