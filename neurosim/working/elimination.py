"""Elimination on paper: from each equation so many times another one is taken that an unknown disappears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from neurosim.markup.build import italic
from neurosim.markup.tree import Markup, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.line import Equation, equation
from neurosim.working.terms import Leaf, NumberStyle, Quotient, minus, times


@dataclass(frozen=True)
class Entry:
    """A coefficient (``column`` is a number) or a right side (``None``), after so many rounds (its primes)."""

    letter: str
    row: int
    column: int | None
    value: Number
    primes: int = 0

    @property
    def leaf(self) -> Leaf:
        """The entry as a quantity: g with two indices, h with one."""
        digits = str(self.row + 1) if self.column is None else f"{self.row + 1}{self.column + 1}"
        above: Markup | None = Symbol("\N{PRIME}" * self.primes, "upright") if self.primes else None
        return Leaf(Script(italic(self.letter), above, Symbol(digits, "number")), self.value)

    def changed(self, value: Number) -> Entry:
        """The entry after another round."""
        return Entry(self.letter, self.row, self.column, value, self.primes + 1)


class Elimination:
    """Owns the equations, round after round. The matrix is symmetric and positive: no rows need be exchanged."""

    def __init__(self, matrix: list[list[Entry]], right: list[Entry], style: NumberStyle) -> None:
        self._matrix, self._right, self._style = matrix, right, style
        self._rounds: list[tuple[str, list[Equation]]] = []
        for pivot in range(len(matrix) - 1):
            self._eliminate(pivot)

    def rounds(self) -> Iterator[tuple[str, Callable[[], list[Equation]]]]:
        """For each equation that is reduced: what is done, and the equations that do it."""
        for title, equations in self._rounds:
            yield title, partial(list, equations)

    def reduced(self, row: int) -> tuple[list[Entry], Entry]:
        """An equation after all rounds: its coefficients (those before the diagonal are gone) and its right side."""
        return self._matrix[row], self._right[row]

    def _eliminate(self, pivot: int) -> None:
        top = self._matrix[pivot]
        for row in range(pivot + 1, len(self._matrix)):
            value = self._matrix[row][pivot].value / top[pivot].value
            symbol = Script(italic("m"), None, Symbol(f"{row + 1}{pivot + 1}", "number"))
            times_taken = Leaf(symbol, value)
            quotient = Quotient(self._matrix[row][pivot].leaf, top[pivot].leaf)
            equations = [equation(symbol, quotient, value, self._style)]
            for column in range(pivot + 1, len(self._matrix)):
                found = self._taken(self._matrix[row][column], times_taken, top[column])
                equations.append(found[1])
                self._matrix[row][column] = found[0]
            self._right[row], last = self._taken(self._right[row], times_taken, self._right[pivot])
            equations.append(last)
            self._rounds.append((f"Take equation {pivot + 1} from equation {row + 1}", equations))

    def _taken(self, entry: Entry, factor: Leaf, above: Entry) -> tuple[Entry, Equation]:
        after = entry.changed(entry.value - factor.value * above.value)
        term = minus(entry.leaf, times(factor, above.leaf))
        return after, equation(after.leaf.symbol, term, after.value, self._style)
