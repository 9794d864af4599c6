"""The losses as formulas: what is prepared for each row, a row's loss, and its derivative at each output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from neurosim.markup.build import bracketed, joined, row
from neurosim.markup.tree import Mark, Markup, Script, Symbol
from neurosim.records import dataclass
from neurosim.working.line import Equation, equation
from neurosim.working.names import RowIndex
from neurosim.working.sheet import Sheet
from neurosim.working.softmax import Prepared, probability, softmax_lines, softmax_loss
from neurosim.working.terms import (
    HALF,
    ONE,
    ZERO,
    Absolute,
    Call,
    Constant,
    Leaf,
    Negative,
    Power,
    Product,
    Term,
    minus,
    plus,
    square,
    times,
)


@dataclass(frozen=True, slots=True)
class LossForm:
    """How one loss is worked out.

    Attributes:
        prepare: titles and writers of the lines before a row's loss, for the rows given.
        title: of the line that works out each row's loss.
        terms: a row's loss as terms, one for each output (one alone for a joint loss).
        noun: what is added up or averaged, in the plural.
        slope: the derivative of a row's loss by an output's a, or by z for a loss from the logit, before the reduction.
        symbol: what stands for a row's loss in a sum over rows.
        note: what should be said about the slope at an output and row.
    """

    prepare: Callable[[Sheet, tuple[int, ...]], list[Prepared]]
    title: str
    terms: Callable[[Sheet, int], list[Term]]
    noun: str
    slope: Callable[[Sheet, str, int], Term]
    symbol: Callable[[Sheet, RowIndex], Markup]
    note: Callable[[Sheet, str, int], str] = lambda _sheet, _node, _row: ""


def residual(sheet: Sheet, node: str, row: int) -> Leaf:
    """r = ŷ - y of an output in a row."""
    values = sheet.passes[row]
    refs = sheet.refs(node, row)
    return Leaf(sheet.names.residual(node, row), values.a(node) - values.y(node), refs, "loss")


def row_loss(sheet: Sheet, row: RowIndex) -> Markup:
    """The symbol of a row's loss."""
    return sheet.names.of_row("ℓ", row)


# -- squared, absolute, Huber --------------------------------------------------------------------------------------


def _residuals(sheet: Sheet, rows: tuple[int, ...]) -> list[Prepared]:
    def write() -> Iterator[Equation]:
        for i in rows:
            for node in sheet.outputs:
                r = residual(sheet, node, i)
                term = minus(sheet.activation(node, i), sheet.target(node, i))
                left = Mark(r.symbol, r.refs, r.role)
                yield equation(left, term, r.value, sheet.style, row=i, refs=r.refs, role="loss")

    several = len(rows) * len(sheet.outputs) > 1
    return [("Compare each prediction with its target" if several else "Compare the prediction with the target", write)]


def _summed(symbol: Callable[[Sheet, str, RowIndex], Markup]) -> Callable[[Sheet, RowIndex], Markup]:
    """The symbol of a row's loss that is a sum over outputs."""

    def write(sheet: Sheet, i: RowIndex) -> Markup:
        parts = [symbol(sheet, node, i) for node in sheet.outputs]
        together = joined(parts, Symbol("+", "operator"))
        return together if len(parts) == 1 else bracketed(together)

    return write


def _squared_symbol(sheet: Sheet, node: str, i: RowIndex) -> Markup:
    r = sheet.names.residual(node, i)
    two = Symbol("2", "number")
    return Script(bracketed(r), two) if isinstance(r, Script) and r.above is not None else Script(r, two)


def _is_small(r: Leaf) -> bool:
    return -1 <= float(r.value) <= 1


def _huber_term(sheet: Sheet, node: str, i: int) -> Term:
    r = residual(sheet, node, i)
    return times(HALF, square(r)) if _is_small(r) else minus(Absolute(r), HALF)


def _huber_slope(sheet: Sheet, node: str, i: int) -> Term:
    r = residual(sheet, node, i)
    return r if _is_small(r) else Call("sgn", (r,))


def _huber_note(sheet: Sheet, node: str, i: int) -> str:
    if _is_small(residual(sheet, node, i)):
        return "the residual is small: the parabola counts"
    return "the residual is large: the straight line counts"


# -- hinge ---------------------------------------------------------------------------------------------------------


def margin(sheet: Sheet, node: str, i: int) -> Leaf:
    """m = y ŷ of an output in a row."""
    values = sheet.passes[i]
    symbol = sheet.names.margin(node, i)
    return Leaf(symbol, values.y(node) * values.a(node), sheet.refs(node, i), "loss")


def _margins(sheet: Sheet, rows: tuple[int, ...]) -> list[Prepared]:
    def write() -> Iterator[Equation]:
        for i in rows:
            for node in sheet.outputs:
                m = margin(sheet, node, i)
                term = times(sheet.target(node, i), sheet.activation(node, i))
                yield equation(Mark(m.symbol, m.refs, m.role), term, m.value, sheet.style, row=i, refs=m.refs)

    return [("Multiply target and prediction: the margin", write)]


def _hinge_note(sheet: Sheet, node: str, i: int) -> str:
    small = margin(sheet, node, i).value < 1
    return "the margin is below 1, so the row pulls" if small else "the margin is at least 1, so the row does not pull"


# -- cross-entropy -------------------------------------------------------------------------------------------------


def logit_loss(sheet: Sheet, node: str, i: int) -> Term:
    """-y ln p - (1 - y) ln(1 - p) from z, in the form in which nothing overflows or is lost by cancellation."""
    z, y = sheet.pre_activation(node, i), sheet.target(node, i)
    if y.value == 1:
        return Call("ln", (plus(ONE, Power(None, Negative(z))),))
    if y.value == 0:
        return Call("ln", (plus(ONE, Power(None, z)),))
    return plus(
        times(y, Call("ln", (plus(ONE, Power(None, Negative(z))),))),
        times(minus(ONE, y), Call("ln", (plus(ONE, Power(None, z)),))),
    )


def _sigmoid(sheet: Sheet, node: str, i: int) -> Leaf:
    z, a = sheet.pre_activation(node, i), sheet.activation(node, i)
    return Leaf(row(Symbol("σ", "upright"), bracketed(z.symbol)), a.value, a.refs)


# -- all -----------------------------------------------------------------------------------------------------------


def _each(term: Callable[[Sheet, str, int], Term]) -> Callable[[Sheet, int], list[Term]]:
    return lambda sheet, i: [term(sheet, node, i) for node in sheet.outputs]


def _nothing(_sheet: Sheet, _rows: tuple[int, ...]) -> list[Prepared]:
    return []


LOSS_FORMS: Mapping[str, LossForm] = {
    "squared_error": LossForm(
        _residuals,
        "Square each residual",
        _each(lambda sheet, node, i: square(residual(sheet, node, i))),
        "squares",
        lambda sheet, node, i: Product((Constant(Fraction(2)), residual(sheet, node, i))),
        _summed(_squared_symbol),
    ),
    "absolute_error": LossForm(
        _residuals,
        "Take the size of each residual",
        _each(lambda sheet, node, i: Absolute(residual(sheet, node, i))),
        "sizes",
        lambda sheet, node, i: Call("sgn", (residual(sheet, node, i),)),
        _summed(
            lambda sheet, node, i: row(Symbol("|", "upright"), sheet.names.residual(node, i), Symbol("|", "upright"))
        ),
    ),
    "huber": LossForm(
        _residuals,
        "Half the square of a small residual, the size less 1/2 of a large one",
        _each(_huber_term),
        "rows' losses",
        _huber_slope,
        row_loss,
        _huber_note,
    ),
    "hinge": LossForm(
        _margins,
        "What each margin lacks to 1",
        _each(lambda sheet, node, i: Call("max", (ZERO, minus(ONE, margin(sheet, node, i))))),
        "lacks",
        lambda sheet, node, i: Negative(sheet.target(node, i)) if margin(sheet, node, i).value < 1 else ZERO,
        row_loss,
        _hinge_note,
    ),
    "cross_entropy": LossForm(
        _nothing,
        "The cross-entropy of each row, from its z",
        _each(logit_loss),
        "rows' losses",
        lambda sheet, node, i: minus(_sigmoid(sheet, node, i), sheet.target(node, i)),
        row_loss,
    ),
    "softmax_cross_entropy": LossForm(
        softmax_lines,
        "The cross-entropy of each row, from its z",
        softmax_loss,
        "rows' losses",
        lambda sheet, node, i: minus(probability(sheet, node, i), sheet.target(node, i)),
        row_loss,
    ),
}
"""The forms by the loss's name; one that is not here is shown by its values alone."""
