"""The closed form, line by line: sums over the rows, the normal equations, elimination, and the optimum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.quadratic import Bowl, bowl_of
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import PLUS, TIMES, bracketed, italic, number
from neurosim.markup.tree import Mark, Markup, Row, Script, Symbol
from neurosim.numbers.exact import Number, all_exact
from neurosim.records import dataclass
from neurosim.working.applying import MOST_PARAMETERS, applied_line, new_value
from neurosim.working.elimination import Elimination, Entry
from neurosim.working.line import Equation, Line, equation, result
from neurosim.working.names import COUNT, refs_of_gradient, refs_of_output, refs_of_rows
from neurosim.working.penalty_lines import strength
from neurosim.working.sheet import Sheet
from neurosim.working.terms import TWO, Leaf, Quotient, Term, minus, plus, times

MOST_UNKNOWNS = 5
"""So many unknowns are eliminated line by line."""

HAND_SIZED = 300
"""Of more rows the sums are formed in float64."""

Values = list[Number] | FloatArray
"""A column: fractions where they are, or float64."""

NOTHING = 1e-13
"""A sum that is smaller than this part of the sizes of its terms is 0 but for rounding."""

RIDGE = italic("ρ")


def closed_form_lines(sheet: Sheet, values: dict[str, Number], after: Snapshot) -> list[Line]:
    """All lines of the step that leads to *values*, the optimum."""
    lines: dict[str, list[Line]] = {"loss": [], "backward": [], "update": []}
    for output in sheet.network.outputs:
        found = Equations(sheet, bowl_of(sheet.network, output.node, output.target or ""), output.node)
        if not found.bowl.names:
            continue
        for line in found.lines(values):
            lines[line.phase].append(line)
    shown = list(values)[:MOST_PARAMETERS]
    return [
        *lines["loss"],
        *lines["backward"],
        *lines["update"],
        applied_line(sheet, values, shown, after),
    ]


@dataclass(frozen=True)
class Equations:
    """The normal equations of one linear output."""

    sheet: Sheet
    bowl: Bowl
    node: str

    def lines(self, values: dict[str, Number]) -> Iterator[Line]:
        """From the sums to the solution."""
        sheet, names = self.sheet, self.bowl.names
        refs = frozenset(names)
        rows = refs_of_rows(sheet.summed)
        if self.bowl.fixed:
            left = refs_of_output(self.node, None) | rows
            yield Line(0, "loss", f"What the frozen parameters leave of the target{self._of}", self._left_over, left)
        if sheet.settings.l2:
            yield Line(0, "loss", "The ridge: what the penalty adds to each weight's sum", self._ridge, refs)
        yield Line(0, "loss", f"Add up the products of the inputs{self._of}", self._products, refs | rows)
        targets = refs_of_output(self.node, None) | rows
        yield Line(0, "loss", f"Add up the inputs times the target{self._of}", self._with_target, targets)
        slopes = frozenset().union(*(refs_of_gradient(name) for name in names))
        title = f"Set the derivative by each parameter to 0: the normal equations{self._of}"
        yield Line(0, "backward", title, self._normal, slopes)
        if len(names) > MOST_UNKNOWNS:
            title = f"Solve the {len(names)} equations by elimination{self._of}"
            yield Line(0, "update", title, partial(self._solution, values), refs)
            return
        elimination = Elimination(self._matrix(), self._right(), sheet.style)
        for title, write in elimination.rounds():
            yield Line(0, "update", f"{title}{self._of}", write, refs)
        yield Line(
            0,
            "update",
            f"Solve from the last equation to the first{self._of}",
            partial(self._back, elimination, values),
            refs,
            note="The lowest point: no step can be better.",
        )

    @property
    def _of(self) -> str:
        return f" ({self.sheet.names.title(self.node)})" if len(self.sheet.outputs) > 1 else ""

    # -- quantities ------------------------------------------------------------------------------------------------

    def _x(self, i: int, row: int) -> Leaf | None:
        """What parameter *i* is multiplied by in a row; ``None`` for the 1 of the bias."""
        edge = self.sheet.network.edge_by_id.get(self.bowl.names[i])
        return None if edge is None else self.sheet.activation(edge.source, row)

    def _target(self, row: int) -> Leaf:
        """What the trainable parameters have to make in a row."""
        target = self.sheet.target(self.node, row)
        if not self.bowl.fixed:
            return target
        above = Symbol("\N{PRIME}", "upright")
        symbol = target.symbol
        primed = Script(symbol.base, above, symbol.below) if isinstance(symbol, Script) else Script(symbol, above)
        return Leaf(primed, self._column_target()[row], target.refs)

    def _values(self, name: str | None) -> Values:
        dataset = self.sheet.full.dataset
        if dataset.n_rows > HAND_SIZED:
            return np.ones(dataset.n_rows) if name is None else dataset.columns[name].floats
        if name is None:
            return [Fraction(1)] * dataset.n_rows
        column = dataset.columns[name]
        return [column[row] for row in range(dataset.n_rows)]

    def _column(self, i: int) -> Values:
        return self._values(self.bowl.columns[i])

    def _column_target(self) -> Values:
        found = self._values(self.bowl.target)
        for name, value in self.bowl.fixed:
            values = self._values(name)
            if isinstance(found, np.ndarray) and isinstance(values, np.ndarray):
                found = found - float(value) * values
            else:
                found = [here - value * other for here, other in zip(found, values, strict=True)]
        return found

    def _total(self, first: Values, second: Values) -> Number:
        if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
            products = first[self.sheet.batch] * second[self.sheet.batch]
        else:
            numbers = [first[row] * second[row] for row in self.sheet.batch.tolist()]
            if all_exact(numbers):
                return sum(numbers, Fraction(0))
            products = np.array([float(number) for number in numbers])
        total, size = float(products.sum()), float(np.abs(products).sum())
        return total if abs(total) > NOTHING * size else 0.0

    @property
    def _penalty(self) -> Leaf:
        """ρ = l2 / (2c): what the penalty adds, once the factor of the reduction is divided out."""
        return Leaf(RIDGE, self.sheet.settings.l2 / (2 * self.sheet.factor))

    def _entry(self, i: int, j: int) -> Number:
        value = self._total(self._column(i), self._column(j))
        ridge = i == j and self.sheet.settings.l2 and self.bowl.columns[i] is not None
        return value + self._penalty.value if ridge else value

    def _matrix(self) -> list[list[Entry]]:
        size = range(len(self.bowl.names))
        return [[Entry("g", i, j, self._entry(i, j)) for j in size] for i in size]

    def _right(self) -> list[Entry]:
        target = self._column_target()
        return [Entry("h", i, None, self._total(self._column(i), target)) for i in range(len(self.bowl.names))]

    # -- equations -------------------------------------------------------------------------------------------------

    def _left_over(self) -> Iterator[Equation]:
        for row in self.sheet.summed:
            leaf = self._target(row)
            term: Term = self.sheet.target(self.node, row)
            for edge in self.sheet.network.incoming[self.node]:
                if not edge.muted and not edge.trainable:
                    term = minus(term, times(self.sheet.weight(edge.id), self.sheet.activation(edge.source, row)))
            if any(name is None for name, _ in self.bowl.fixed):
                term = minus(term, self.sheet.parameter(f"{self.node}.bias"))
            yield equation(leaf.symbol, term, leaf.value, self.sheet.style, row=row, refs=leaf.refs)

    def _ridge(self) -> Iterator[Equation]:
        sheet = self.sheet
        above: Term = strength(sheet, "2")
        if sheet.settings.reduction in ("mean", "half_mean") and sheet.n > 1:
            above = times(above, sheet.count())
        halved = sheet.settings.reduction in ("half_sum", "half_mean")
        yield equation(RIDGE, above if halved else Quotient(above, TWO), self._penalty.value, sheet.style)

    def _products(self) -> Iterator[Equation]:
        for i in range(len(self.bowl.names)):
            for j in range(i, len(self.bowl.names)):
                entry = Entry("g", i, j, self._entry(i, j))
                if self.bowl.columns[i] is None and self.bowl.columns[j] is None:
                    yield equation(entry.leaf.symbol, Leaf(COUNT, entry.value), entry.value, self.sheet.style)
                    continue
                terms: list[Term] = [self._product(i, j, row) for row in self.sheet.summed]
                if self.sheet.n_rest:
                    terms.append(self._rest(self._generic(i, j), self._column(i), self._column(j)))
                if i == j and self.sheet.settings.l2:
                    terms.append(self._penalty)
                yield equation(entry.leaf.symbol, plus(*terms), entry.value, self.sheet.style)

    def _with_target(self) -> Iterator[Equation]:
        target = self._column_target()
        for entry in self._right():
            i = entry.row
            terms: list[Term] = []
            for row in self.sheet.summed:
                x = self._x(i, row)
                terms.append(self._target(row) if x is None else times(x, self._target(row)))
            if self.sheet.n_rest:
                generic = self.sheet.names.target(self.node, "i")
                edge = self.sheet.network.edge_by_id.get(self.bowl.names[i])
                if edge is not None:
                    generic = Row((self.sheet.names.activation(edge.source, "i"), TIMES, generic))
                terms.append(self._rest(generic, self._column(i), target))
            yield equation(entry.leaf.symbol, plus(*terms), entry.value, self.sheet.style)

    def _product(self, i: int, j: int, row: int) -> Term:
        first, second = self._x(i, row), self._x(j, row)
        if first is None or second is None:
            alone = first if second is None else second
            return alone if alone is not None else Leaf(COUNT, Fraction(1))
        return times(first, second)

    def _generic(self, i: int, j: int) -> Markup:
        sources = [self.sheet.network.edge_by_id.get(self.bowl.names[k]) for k in (i, j)]
        parts = [self.sheet.names.activation(edge.source, "i") for edge in sources if edge is not None]
        return Row((parts[0], TIMES, parts[1])) if len(parts) == 2 else parts[0]

    def _rest(self, symbol: Markup, first: Values, second: Values) -> Leaf:
        """The rows that are not worked out, as one quantity."""
        shown: Number = Fraction(0)
        for row in self.sheet.summed:
            shown = shown + first[row] * second[row]
        return self.sheet.rest(symbol, self._total(first, second) - shown)

    def _normal(self) -> Iterator[Equation]:
        right = self._right()
        for i, row in enumerate(self._matrix()):
            parts: list[Markup] = []
            for name, entry in zip(self.bowl.names, row, strict=True):
                parts += [PLUS] if parts else []
                shown = number(entry.value, self.sheet.style.mode, self.sheet.style.decimal)
                parts.append(bracketed(shown) if parts and entry.value < 0 else shown)
                parts += [TIMES, Mark(self.sheet.names.parameter(name), frozenset({name}))]
            value = right[i].value
            yield Equation(Row(tuple(parts)), None, None, result(value, self.sheet.style), value)

    def _solution(self, values: dict[str, Number]) -> Iterator[Equation]:
        for name in self.bowl.names[:MOST_PARAMETERS]:
            yield new_value(self.sheet, name, None, values[name])

    def _back(self, elimination: Elimination, values: dict[str, Number]) -> Iterator[Equation]:
        names = self.bowl.names
        for i in reversed(range(len(names))):
            row, right = elimination.reduced(i)
            above: Term = right.leaf
            for j in range(i + 1, len(names)):
                solved = Leaf(self.sheet.names.new(names[j]), values[names[j]], frozenset({names[j]}))
                above = minus(above, times(row[j].leaf, solved))
            yield new_value(self.sheet, names[i], Quotient(above, row[i].leaf), values[names[i]])
