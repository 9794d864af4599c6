"""Writing an exercise: its boxes with their labels, and its solution in the lines of the working."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import evaluate
from neurosim.engine.snapshot import Snapshot
from neurosim.lessons.mathtext import read_math
from neurosim.lessons.question import Question
from neurosim.lessons.variants.base import Draft, Given, SolutionLine
from neurosim.markup.build import EQUALS, datum, number, number_of_text
from neurosim.markup.tree import Markup, Row, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.working.line import Phase
from neurosim.working.working import step_lines


class Sheet:
    """Collects the boxes of an exercise on one state; each may use the ids of earlier ones in its formula."""

    def __init__(self, state: DocumentState | None, context: Mapping[str, Number] | None = None) -> None:
        self.state = state
        self.snapshot: Snapshot | None = (
            None if state is None else evaluate(state.network, state.dataset, state.training)
        )
        self._context = MappingProxyType(dict(context or {}))
        self.boxes: list[Question] = []
        self.labels: list[Markup] = []
        self.answers: list[Markup] = []

    def ask(self, identifier: str, label: str, expected: Number, about: str = "", formula: str = "") -> None:
        """One more box for a number; *label* is written as formulas of lessons are."""
        self.boxes.append(
            Question(
                identifier,
                "number",
                label=f"${label}$",
                expected=expected,
                about=about,
                formula=formula,
                context=self._context,
                snapshot=self.snapshot,
            )
        )
        self.labels.append(read_math(label))
        self.answers.append(answer(expected))

    def ask_formula(self, identifier: str, label: str, expected: str, shown: Markup, about: str = "") -> None:
        """One more box for a formula."""
        self.boxes.append(Question(identifier, "expression", label=f"${label}$", expected=expected, about=about))
        self.labels.append(read_math(label))
        self.answers.append(shown)

    def done(
        self,
        task: str,
        lines: Iterable[SolutionLine],
        givens: Iterable[str] = (),
        tables: Iterable[Given] = (),
    ) -> Draft:
        """The exercise."""
        question = Question("your_turn", "fields", task, fields=tuple(self.boxes), context=self._context)
        return Draft(
            task,
            tuple(read_math(given) for given in givens),
            tuple(tables),
            self.state,
            question,
            tuple(self.labels),
            tuple(self.answers),
            tuple(lines),
        )


def answer(value: Number) -> Markup:
    """An answer as the key shows it: a fraction with its decimal where that helps, or four digits."""
    if isinstance(value, Fraction):
        exact, about, short = format_number(value, "both").partition(" ~ ")
        exact, same, decimal = exact.partition(" = ")
        parts: list[Markup] = [number_of_text(exact)]
        if about:
            parts += [Symbol("~", "relation"), number_of_text(short)]
        elif same:
            parts += [EQUALS, number_of_text(decimal)]
        return parts[0] if len(parts) == 1 else Row(tuple(parts))
    return number(value, "decimal")


def table(headings: Sequence[str], rows: Iterable[Sequence[Number]]) -> Given:
    """A table of numbers under headings that are written as formulas of lessons are."""
    return Given(
        tuple(read_math(heading) for heading in headings),
        tuple(tuple(datum(value) for value in row) for row in rows),
    )


def worked(state: DocumentState, *phases: Phase) -> tuple[SolutionLine, ...]:
    """The lines of the working in *phases*, as the program shows them step by step."""
    working = step_lines(state.network, state.dataset, state.training, most_rows=8)
    several = state.dataset.n_rows > 1
    return tuple(
        SolutionLine(
            f"Row {line.row + 1}: {line.title}" if several and line.row is not None else line.title,
            tuple(equation.markup for equation in line.equations),
        )
        for line in working.lines
        if line.phase in phases and line.equations
    )


def signed(value: Fraction) -> str:
    """A number for the text of a formula, in brackets where it is negative: ``(-6)``."""
    return f"({value})" if value < 0 else str(value)


def text(value: Fraction) -> str:
    """A number for the text of a formula."""
    return str(value)


def line_text(a: Fraction, b: Fraction, x: str = "x") -> str:
    """``a x + b`` in the text of a formula: ``1/2 x - 1``."""
    head = x if a == 1 else f"-{x}" if a == -1 else f"{a} {x}"
    if not b:
        return head
    return f"{head} {'-' if b < 0 else '+'} {abs(b)}"
