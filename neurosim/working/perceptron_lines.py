"""The perceptron rule, row by row: the sum, whether it fires, target minus answer, and the new weights."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.engine.methods._perceptrons import Perceptron, perceptrons
from neurosim.engine.methods.perceptron_rule import mistakes_of
from neurosim.engine.network import Neuron
from neurosim.markup.tree import Mark
from neurosim.numbers.exact import Number
from neurosim.working.applying import MOST_PARAMETERS, applied_line, new_value, pending_note
from neurosim.working.forward_lines import all_forward_lines
from neurosim.working.line import Equation, Line, equation
from neurosim.working.names import refs_of_output, refs_of_sum
from neurosim.working.rate_lines import rate_leaf, rate_lines
from neurosim.working.sheet import Sheet
from neurosim.working.terms import ONE, TWO, Call, Leaf, Term, minus, plus, times

FIRES = "Does it fire? From 0 on it does"


def perceptron_lines(sheet: Sheet, values: dict[str, Number]) -> list[Line]:
    """All lines of the step on the row in turn; *values* are the parameters after it, in their order."""
    row = sheet.summed[0]
    units = perceptrons(sheet.network, sheet.full.dataset)
    lines: list[Line] = []
    for shown in sheet.rows:
        lines += all_forward_lines(sheet, [shown], with_activations=False)
        lines += [_fires(sheet, unit, shown) for unit in units]
    lines += [_error(sheet, unit, row) for unit in units]
    lines += rate_lines(sheet)
    wrong = any(error_of(sheet, unit, row) for unit in units)
    names = list(values)[:MOST_PARAMETERS]
    line = Line(
        0,
        "update",
        "Correct the weights by the row" if wrong else "The answer is right: nothing changes",
        lambda: _updates(sheet, units, row, values, names),
        frozenset(names),
        note=pending_note(sheet, list(values)) if wrong else "",
    )
    return [*lines, line, applied_line(sheet, values, names, None, note=_count(sheet, units, row))]


def answer(sheet: Sheet, unit: Perceptron, row: int) -> Leaf:
    """What the neuron says in a row."""
    said = Fraction(unit.answer(sheet.passes[row].z(unit.node)))
    return Leaf(sheet.names.answer(unit.node, row), said, sheet.refs(unit.node, row))


def error_of(sheet: Sheet, unit: Perceptron, row: int) -> Number:
    """Target minus answer."""
    return sheet.passes[row].y(unit.node) - answer(sheet, unit, row).value


def _error_leaf(sheet: Sheet, unit: Perceptron, row: int) -> Leaf:
    refs = refs_of_output(unit.node, row)
    return Leaf(sheet.names.error(unit.node, row), error_of(sheet, unit, row), refs, "loss")


def _fires(sheet: Sheet, unit: Perceptron, row: int) -> Line:
    def write() -> list[Equation]:
        found = answer(sheet, unit, row)
        step: Term = Call("step", (sheet.pre_activation(unit.node, row),))
        term = step if unit.low == 0 else minus(times(TWO, step), ONE)
        return [equation(Mark(found.symbol, found.refs), term, found.value, sheet.style, row=row, refs=found.refs)]

    z = sheet.passes[row].z(unit.node)
    note = "The sum is not below 0: it fires, and says 1." if z >= 0 else f"The sum is below 0: it says {_low(unit)}."
    return Line(0, "forward", f"{FIRES}{_where(sheet, unit)}", write, refs_of_sum(unit.node, row), row, None, note)


def _low(unit: Perceptron) -> str:
    return "0" if unit.low == 0 else "\N{MINUS SIGN}1"


def _error(sheet: Sheet, unit: Perceptron, row: int) -> Line:
    def write() -> list[Equation]:
        error = _error_leaf(sheet, unit, row)
        term = minus(sheet.target(unit.node, row), answer(sheet, unit, row))
        left = Mark(error.symbol, error.refs, "loss")
        return [equation(left, term, error.value, sheet.style, row=row, refs=error.refs, role="loss")]

    wrong = error_of(sheet, unit, row)
    note = "A mistake." if wrong else "Right: no mistake."
    title = f"The error: target minus answer{_where(sheet, unit)}"
    return Line(0, "loss", title, write, refs_of_output(unit.node, row), row, None, note)


def _updates(
    sheet: Sheet, units: tuple[Perceptron, ...], row: int, values: dict[str, Number], names: list[str]
) -> Iterator[Equation]:
    rate = rate_leaf(sheet)
    for unit in units:
        error = _error_leaf(sheet, unit, row)
        for name in unit.names:
            if name not in names:
                continue
            factors: list[Term] = [rate, error]
            edge = sheet.network.edge_by_id.get(name)
            if edge is not None:
                factors.append(sheet.activation(edge.source, row))
            yield new_value(sheet, name, plus(sheet.parameter(name), times(*factors)), values[name])


def _count(sheet: Sheet, units: tuple[Perceptron, ...], row: int) -> str:
    """How many mistakes have been made, this step's included."""
    total, in_epoch = mistakes_of(sheet.settings)
    n = sheet.full.dataset.n_rows - len(set(sheet.full.dataset.test_rows))
    in_epoch = 0 if sheet.settings.step % n == 0 else in_epoch
    made = sum(error_of(sheet, unit, row) != 0 for unit in units)
    epoch, place = sheet.settings.step // n + 1, sheet.settings.step % n + 1
    return f"Epoch {epoch}, row {place} of {n}. Mistakes: {in_epoch + made} in this epoch, {total + made} in all."


def _where(sheet: Sheet, unit: Perceptron) -> str:
    several = len([node for node in sheet.network.nodes if isinstance(node, Neuron)]) > 1
    return f" ({sheet.names.title(unit.node)})" if several else ""
