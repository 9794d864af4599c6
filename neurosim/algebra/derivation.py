"""A derivation: the lines from ``d/dx(f)`` to its result, one rule or one simplification a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Literal

from neurosim.algebra.differentiate import apply_next
from neurosim.algebra.errors import TooLargeError
from neurosim.algebra.expression import Derivative, Expression, Path, symbols
from neurosim.algebra.names import text_of
from neurosim.algebra.numeric import LineCheck, check_line
from neurosim.algebra.paths import checked_size
from neurosim.algebra.rules import LECTURE, Style
from neurosim.algebra.simplify import AT_ONCE, LIGHT, Simplifier
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

MOST_STEPS = 300

Kind = Literal["rule", "simplification", "substitution"]


@dataclass(frozen=True)
class Step:
    """One line of a derivation, and how it came from the line before.

    Attributes:
        expression: the whole line; what is still to be differentiated stands in it as ``Derivative``.
        kind: what was done.
        name: of the rule or simplification.
        title: what it is called.
        outside: for the chain rule, the title of the rule that the outside obeys; else empty.
        before: where, in the line before, the piece stood that was acted on; its parts where they lie side by side.
        after: where, in this line, what took its place stands.
        why: a sentence.
    """

    expression: Expression
    kind: Kind
    name: str
    title: str
    outside: str
    before: tuple[Path, ...]
    after: tuple[Path, ...]
    why: str

    @property
    def label(self) -> str:
        """The title, with that of the outside's rule: ``Chain, with Power outside``."""
        return f"{self.title}, with {self.outside} outside" if self.outside else self.title


@dataclass(frozen=True)
class Line:
    """Several steps that are shown as one line.

    Attributes:
        expression: the line.
        steps: what led to it from the line before; none for the first line.
    """

    expression: Expression
    steps: tuple[Step, ...]

    @property
    def label(self) -> str:
        """What was done, in words."""
        return "; ".join(dict.fromkeys(step.label for step in self.steps))


@dataclass(frozen=True)
class Derivation:
    """The whole of it.

    Attributes:
        function: what is differentiated.
        symbol: by which symbol.
        start: the first line.
        steps: the lines after it.
    """

    function: Expression
    symbol: str
    start: Expression
    steps: tuple[Step, ...]

    @property
    def lines(self) -> tuple[Expression, ...]:
        """Every line, the first among them."""
        return (self.start, *(step.expression for step in self.steps))

    @property
    def result(self) -> Expression:
        """The last line."""
        return self.lines[-1]

    def condensed(self) -> tuple[Line, ...]:
        """The lines as on a slide: the simplifications after a rule are shown together with it."""
        starts = [index for index, step in enumerate(self.steps) if index == 0 or step.kind != "simplification"]
        groups = [self.steps[begin:end] for begin, end in pairwise([*starts, len(self.steps)])]
        return (Line(self.start, ()), *(Line(group[-1].expression, group) for group in groups))

    def check(self, line: int, values: Mapping[str, Number]) -> LineCheck:
        """A line, counted from 0, beside the central difference of the function at a point."""
        return check_line(self.lines[line], self.function, self.symbol, values)


class Writing:
    """A derivation while it is written down, line after line."""

    def __init__(self, start: Expression) -> None:
        self.start = start
        self.steps: list[Step] = []
        self._tidying = Simplifier(AT_ONCE)

    @property
    def line(self) -> Expression:
        """The last line so far."""
        return self.steps[-1].expression if self.steps else self.start

    def differentiate(self, style: Style, tidy: bool = True) -> None:
        """Apply rule after rule until nothing is left to differentiate."""
        while (done := apply_next(self.line, style)) is not None:
            outside = done.outside.title if done.outside else ""
            self.add(
                Step(
                    done.expression,
                    "rule",
                    done.rule.name,
                    done.rule.title,
                    outside,
                    (done.before,),
                    done.after,
                    done.why,
                )
            )
            if tidy:
                self._simplify(self._tidying)

    def simplify(self, names: Collection[str] = LIGHT) -> None:
        """Apply simplification after simplification until none fits."""
        self._simplify(Simplifier(names))

    def _simplify(self, simplifier: Simplifier) -> None:
        while (done := simplifier.next(self.line)) is not None:
            one = done.simplification
            self.add(
                Step(done.expression, "simplification", one.name, one.title, "", (done.before,), done.after, done.why)
            )

    def add(self, step: Step) -> None:
        """Write the next line.

        Raises:
            TooLargeError: the line or the derivation is too long to be followed.
        """
        checked_size(step.expression)
        if len(self.steps) >= MOST_STEPS:
            raise TooLargeError(f"The derivation has more than {MOST_STEPS} lines: try a shorter function.")
        self.steps.append(step)


def derive(
    function: Expression, symbol: str, style: Style = LECTURE, partial: bool | None = None, simplify: bool = True
) -> Derivation:
    """The derivation of the derivative of *function* by *symbol*.

    Args:
        function: what is differentiated; derivatives inside it are worked out too.
        symbol: the name of the symbol.
        style: how it is written where there is more than one way.
        partial: write round d's; ``None`` for: when another symbol appears in the function.
        simplify: go on to simplify, a step a line; without it the derivation ends when all rules are applied.

    Raises:
        TooLargeError: it would be too long to be followed.
    """
    checked_size(function)
    others = [name for name in symbols(function) if name != symbol]
    writing = Writing(Derivative(function, symbol, bool(others) if partial is None else partial))
    writing.differentiate(style, tidy=simplify)
    if simplify:
        writing.simplify()
    return Derivation(function, symbol, writing.start, tuple(writing.steps))


def heading(symbol: str, of: str = "f", partial: bool = False) -> str:
    """The name of a derivative in text, such as ``∂SE/∂a``."""
    sign = "∂" if partial else "d"
    return f"{sign}{of}/{sign}{text_of(symbol)}"
