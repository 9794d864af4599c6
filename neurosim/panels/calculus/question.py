"""What is differentiated: a function, the symbol, and perhaps a quantity with a name that it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from neurosim.algebra.derivation import Derivation, derive
from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression, depends_on, substitute, symbols
from neurosim.algebra.rules import LECTURE, Style
from neurosim.algebra.through import abbreviate, derive_through
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.links import Link
from neurosim.records import dataclass, field, replace

NO_LINKS: Mapping[str, Link] = MappingProxyType({})
FIRST_CHOICES = ("x", "z")
"""What one differentiates by unless something else is chosen."""


@dataclass(frozen=True)
class Through:
    """A quantity with a name in the middle: *name* stands for *meaning* in the function."""

    name: str
    meaning: Expression


@dataclass(frozen=True)
class Question:
    """A function and what is asked about it.

    Attributes:
        text: the function as it stands in the input line.
        function: the same, read.
        symbol: by which symbol it is differentiated; x when there is none in it.
        through: what a name in the function stands for; ``None``: nothing.
        short: a name that is written in the last line for what it stands for, such as f(x) for a x + b.
        links: what the symbols stand for on the canvas.
        share: the parameter whose gradient share a row's result is, apart from the factor of the reduction; or empty.
        beside: the name of a preset that is worth looking at beside it.
        spread: each simplification is better seen as a line of its own.
    """

    text: str
    function: Expression
    symbol: str
    through: Through | None = None
    short: Through | None = None
    links: Mapping[str, Link] = field(default_factory=lambda: NO_LINKS)
    share: str = ""
    beside: str = ""
    spread: bool = False

    @property
    def whole(self) -> Expression:
        """The function with everything put in."""
        if self.through is None or self.symbol == self.through.name:
            return self.function
        return substitute(self.function, self.through.name, self.through.meaning)

    @property
    def goes_through(self) -> bool:
        """Whether the chain rule leads through the named quantity."""
        through = self.through
        return (
            through is not None
            and depends_on(through.meaning, self.symbol)
            and depends_on(self.function, through.name)
            and not depends_on(self.function, self.symbol)
        )

    @property
    def choices(self) -> tuple[str, ...]:
        """The symbols that it can be differentiated by."""
        return choices_of(self.function, self.through)

    @property
    def free(self) -> tuple[str, ...]:
        """The symbols that need a value: the one that is differentiated by first."""
        inside = choices_of(self.whole, None)
        others = [name for name in inside if name != self.symbol]
        return (self.symbol, *others)

    def by(self, symbol: str) -> Question:
        """The same function, differentiated by another symbol."""
        return replace(self, symbol=symbol, share="", short=None, beside="") if symbol != self.symbol else self

    def expanded(self, line: Expression) -> Expression:
        """A line with what the names in it stand for put in."""
        for named in (self.short, self.through if self.symbol != self.through_name else None):
            if named is not None:
                line = substitute(line, named.name, named.meaning)
        return line

    @property
    def through_name(self) -> str:
        """The name of the quantity in the middle; empty when there is none."""
        return "" if self.through is None else self.through.name

    def complete(self, values: Mapping[str, Number]) -> dict[str, Number]:
        """*values* with those of the quantities that have a name, where they can be computed."""
        found = dict(values)
        for named in (self.through, self.short):
            if named is not None and named.name not in found:
                try:
                    found[named.name] = evaluate(named.meaning, found)
                except EvaluationError:
                    continue
        return found


def choices_of(function: Expression, through: Through | None) -> tuple[str, ...]:
    """The symbols of a function and of what a name in it stands for, each once."""
    inside = symbols(through.meaning) if through is not None else ()
    return tuple(dict.fromkeys((*symbols(function), *inside)))


def first_choice(choices: tuple[str, ...], before: str = "") -> str:
    """What one differentiates by at first: what it was before, x, z, the first symbol; x where there is none."""
    wanted = [name for name in (before, *FIRST_CHOICES) if name in choices]
    return (wanted or [*choices, FIRST_CHOICES[0]])[0]


def work_out(question: Question, style: Style = LECTURE) -> Derivation:
    """The derivation that answers the question.

    Raises:
        TooLargeError: it would be too long to be followed.
    """
    if question.goes_through and question.through is not None:
        through = question.through
        others = [name for name in symbols(through.meaning) if name != question.symbol]
        found = derive_through(
            question.function, through.name, through.meaning, question.symbol, style, partial=bool(others)
        )
    elif question.through is not None and question.symbol == question.through.name:
        found = derive(question.function, question.symbol, style, partial=False)
    else:
        found = derive(question.function, question.symbol, style)
    if question.short is not None:
        found = abbreviate(found, question.short.name, question.short.meaning)
    return found
