"""The loss lines: residuals, each row's loss, the reduction, the penalty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial

import numpy as np

from neurosim.engine.settings import Reduction
from neurosim.markup.tree import Mark, Markup
from neurosim.numbers.exact import Number
from neurosim.working.line import Equation, Line, equation
from neurosim.working.loss_forms import LOSS_FORMS, row_loss
from neurosim.working.names import LOSS, refs_of_output, refs_of_rows
from neurosim.working.penalty_lines import LOSS_REFS, data_loss_symbol, penalty_lines
from neurosim.working.sheet import Sheet
from neurosim.working.softmax import probability
from neurosim.working.terms import (
    ONE,
    TWO,
    Call,
    Leaf,
    Negative,
    Quotient,
    Sum,
    Term,
    minus,
    plus,
    times,
)
from neurosim.working.writing import as_symbols

REDUCED: Mapping[Reduction, str] = {
    "sum": "Add up the {noun}",
    "mean": "Take the mean of the {noun}",
    "half_sum": "Take half the sum of the {noun}",
    "half_mean": "Take half the mean of the {noun}",
}


def loss_lines(sheet: Sheet) -> list[Line]:
    """From the outputs and targets of the rows worked out to the number that is shown as the loss."""
    lines: list[Line] = []
    form = LOSS_FORMS.get(sheet.settings.loss)
    if form is not None:
        compared = _compared(sheet, sheet.rows)
        lines += [_line(title, write, compared) for title, write in form.prepare(sheet, sheet.rows)]
    if sheet.rows:
        lines.append(_row_losses(sheet))
    lines.append(_reduction(sheet))
    if sheet.settings.l1 or sheet.settings.l2:
        lines += penalty_lines(sheet)
    return lines


def _line(
    title: str,
    writer: Callable[[], Iterable[Equation]],
    concerns: frozenset[str] | None = None,
    *,
    opener: Callable[[], Iterable[Line]] | None = None,
    note: str = "",
) -> Line:
    return Line(0, "loss", title, writer, concerns, None, opener, note)


def _compared(sheet: Sheet, rows: Iterable[int]) -> frozenset[str]:
    """What comparing outputs with their targets lights up."""
    return refs_of_rows(rows).union(*(refs_of_output(node, None) for node in sheet.outputs))


def row_terms(sheet: Sheet, row: int) -> list[tuple[Term | None, Number, frozenset[str]]]:
    """A row's loss as terms with their values and what they light up: one per output, one alone for a joint loss."""
    form = LOSS_FORMS.get(sheet.settings.loss)
    values = sheet.passes[row].losses()
    whole = frozenset({f"row:{row}"}).union(*(sheet.refs(node, row) for node in sheet.outputs))
    if form is None or sheet.loss.joint:
        total: Number = Fraction(0)
        for value in values:
            total = total + value
        return [(None if form is None else form.terms(sheet, row)[0], total, whole)]
    return [
        (term, value, sheet.refs(node, row))
        for term, value, node in zip(form.terms(sheet, row), values, sheet.outputs, strict=True)
    ]


def _row_losses(sheet: Sheet) -> Line:
    form = LOSS_FORMS.get(sheet.settings.loss)

    def write() -> Iterator[Equation]:
        for row in sheet.rows:
            for i, (term, value, refs) in enumerate(row_terms(sheet, row)):
                left = None if _names_itself(sheet) else _row_symbol(sheet, row, i)
                yield equation(left, term, value, sheet.style, row=row, refs=refs, role="loss")

    title = "The loss of each row" if form is None else form.title
    openers = {"cross_entropy": _opened_cross_entropy, "softmax_cross_entropy": _opened_softmax}
    opens = openers.get(sheet.settings.loss)
    opener = None if opens is None else partial(opens, sheet)
    note = ""
    if form is not None:
        notes = {form.note(sheet, node, row) for row in sheet.rows for node in sheet.outputs}
        note = f"{notes.pop()}." if len(notes) == 1 and notes != {""} else ""
    return _line(title, write, _compared(sheet, sheet.rows), opener=opener, note=note[:1].upper() + note[1:])


def _names_itself(sheet: Sheet) -> bool:
    """Whether a row's loss is written as what it is (r²) rather than with a letter of its own."""
    return sheet.settings.loss in ("squared_error", "absolute_error")


def _row_symbol(sheet: Sheet, row: int, output: int) -> Markup:
    if len(sheet.outputs) == 1 or sheet.loss.joint or sheet.settings.loss not in LOSS_FORMS:
        return row_loss(sheet, row)
    return sheet.names.output_loss(sheet.outputs[output], row)


def _opened_cross_entropy(sheet: Sheet) -> tuple[Line, ...]:
    """The form of the textbook, and how it leads to the one from z."""
    equations = []
    for row in sheet.rows:
        losses = sheet.passes[row].losses()
        for i, node in enumerate(sheet.outputs):
            p, y = sheet.activation(node, row), sheet.target(node, row)
            if not 0 < p.value < 1:
                continue  # rounded to the end of its range: only the form from z still has the digits
            term = Sum(
                (
                    (-1, times(y, Call("ln", (p,)))),
                    (-1, times(minus(ONE, y), Call("ln", (minus(ONE, p),)))),
                )
            )
            equations.append(equation(_row_symbol(sheet, row, i), term, losses[i], sheet.style, row=row))
    why = "Since −ln σ(z) = ln(1 + e^(−z)) and −ln(1 − σ(z)) = ln(1 + e^z), z gives the same without losing digits."
    return (_line("The same from the probability", lambda: equations, note=why),) if equations else ()


def _opened_softmax(sheet: Sheet) -> tuple[Line, ...]:
    equations = []
    for row in sheet.rows:
        parts: list[tuple[int, Term]] = []
        for node in sheet.outputs:
            p, y = probability(sheet, node, row), sheet.target(node, row)
            if y.value != 0 and float(p.value) > 0:
                logarithm = Call("ln", (p,))
                parts.append((-1, logarithm if y.value == 1 else times(y, logarithm)))
        if parts:
            value = sheet.passes[row].losses()[0]
            only = parts[0][1]
            term: Term = Negative(only) if len(parts) == 1 else Sum(tuple(parts))
            equations.append(equation(row_loss(sheet, row), term, value, sheet.style, row=row))
    return (_line("The same from the probabilities", lambda: equations),) if equations else ()


# -- reduction -----------------------------------------------------------------------------------------------------


def _reduction(sheet: Sheet) -> Line:
    form = LOSS_FORMS.get(sheet.settings.loss)
    reduction = sheet.settings.reduction
    noun = "rows' losses" if form is None else form.noun
    alone = sheet.n == 1 and (len(sheet.outputs) == 1 or sheet.loss.joint)
    title = REDUCED[reduction].format(noun=noun)
    if alone:
        title = "Take half of it: the loss" if "half" in reduction else "With one row that is the loss"
    concerns = _compared(sheet, sheet.summed) | LOSS_REFS
    return _line(title, lambda: [_reduced_loss(sheet)], concerns, note=_rows_note(sheet))


def _reduced_loss(sheet: Sheet) -> Equation:
    form = LOSS_FORMS.get(sheet.settings.loss)
    terms: list[Term] = []
    for row in sheet.summed:
        for i, (term, value, refs) in enumerate(row_terms(sheet, row)):
            named = _names_itself(sheet) and term is not None
            symbol = as_symbols(term) if named and term is not None else _row_symbol(sheet, row, i)
            terms.append(Leaf(symbol, value, refs, "loss"))
    if sheet.n_rest:
        symbol = row_loss(sheet, "i") if form is None else form.symbol(sheet, "i")
        terms.append(sheet.rest(symbol, _rest(sheet), "loss"))
    penalty = bool(sheet.settings.l1 or sheet.settings.l2)
    left = Mark(data_loss_symbol() if penalty else LOSS, LOSS_REFS, "loss")
    return equation(
        left,
        reduced(sheet, plus(*terms)),
        sheet.step.data_loss,
        sheet.style,
        refs=LOSS_REFS,
        role="loss",
        both=True,
    )


def reduced(sheet: Sheet, term: Term) -> Term:
    """*term*, a sum over rows, times the factor of the reduction; without what is 1."""
    below: list[Term] = []
    if sheet.settings.reduction in ("half_sum", "half_mean"):
        below.append(TWO)
    if sheet.settings.reduction in ("mean", "half_mean") and sheet.n > 1:
        below.append(sheet.count())
    return Quotient(term, times(*below)) if below else term


def _rest(sheet: Sheet) -> Number:
    """The sum of the losses of the rows that are not worked out."""
    shown: Number = Fraction(0)
    for row in sheet.summed:
        for _, value, _ in row_terms(sheet, row):
            shown = shown + value
    total = sheet.step.data_loss
    if isinstance(total, Fraction) and isinstance(shown, Fraction):
        return total / sheet.factor - shown
    losses = sheet.row_losses.copy()
    losses[np.searchsorted(sheet.batch, sheet.summed)] = 0.0
    return float(losses.sum())


def _rows_note(sheet: Sheet) -> str:
    batch, test = sheet.settings.batch_size, len(sheet.full.dataset.test_rows)
    if sheet.step is not sheet.full:
        return f"This step reads a mini-batch of {sheet.n} rows (batch size {batch}); it is their loss that counts."
    if test:
        return f"{sheet.n} rows are trained on; {test} test {'row is' if test == 1 else 'rows are'} left out."
    return ""
