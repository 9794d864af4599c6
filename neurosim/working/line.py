"""A line of the working: what is done, in words and in one or more equations, and what it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Literal

from neurosim.markup.build import ABOUT, EQUALS, joined, number, number_of_text
from neurosim.markup.tree import Emphasis, Mark, Markup, Role, Row, Symbol, refs_of
from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, format_number
from neurosim.records import dataclass
from neurosim.working.terms import NO_REFS, Leaf, NumberStyle, Term
from neurosim.working.writing import as_numbers, as_symbols

Phase = Literal["forward", "loss", "backward", "update"]
PHASES: tuple[Phase, ...] = ("forward", "loss", "backward", "update")


@dataclass(frozen=True, slots=True)
class Equation:
    """left = symbols = numbers = steps = result; what is not needed is ``None``.

    ``numbers`` is ``symbols`` with the numbers in their places; ``steps`` are further forms of the same number, such
    as an unreduced fraction. A rounded ``result`` begins with "~", which is its relation: none is needed before it.
    ``value`` is the number behind the result, with all that is known of it.
    """

    left: Markup | None = None
    symbols: Markup | None = None
    numbers: Markup | None = None
    result: Markup | None = None
    value: Number | None = None
    steps: tuple[Markup, ...] = ()
    row: int | None = None

    @property
    def chain(self) -> tuple[Markup, ...]:
        """All that stands between the equals signs, the result last."""
        parts = (self.left, self.symbols, self.numbers, *self.steps, self.result)
        return tuple([part for part in parts if part is not None])

    @property
    def markup(self) -> Markup:
        """The whole equation as one formula."""
        parts: list[Markup] = []
        for part in self.chain:
            if parts and not starts_with_about(part):
                parts.append(EQUALS)
            parts.append(part)
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    @property
    def refs(self) -> frozenset[str]:
        """Everything that its terms stand for."""
        # The numbers stand for what the symbols stand for.
        parts = [self.left, self.result, self.numbers if self.symbols is None else self.symbols]
        return NO_REFS.union(*(refs_of(part) for part in parts if part is not None))


@dataclass(frozen=True, eq=False)
class Line:
    """One operation of a step. Its equations are written when they are first asked for: few lines are looked at.

    Attributes:
        number: its place in the step, from 1; 0 for a line inside another's details.
        phase: forward, loss, backward or update.
        title: what is done, in one plain sentence without full stop.
        writer: writes the equations.
        concerns: what lights up when it is less than all that the equations speak of; ``None`` when it is all.
        row: the index of the data row that it is about, or ``None`` when it is about several.
        opener: writes the lines that it opens into; ``None`` when there are none.
        note: what else should be said, as a sentence.
    """

    number: int
    phase: Phase
    title: str
    writer: Callable[[], Iterable[Equation]] = tuple
    concerns: frozenset[str] | None = None
    row: int | None = None
    opener: Callable[[], Iterable[Line]] | None = None
    note: str = ""

    def numbered(self, number: int) -> Line:
        """The line with its place in the step: a step has hundreds of lines, and ``replace`` takes long."""
        found = object.__new__(Line)
        found.__dict__.update(self.__dict__, number=number)
        return found

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """One, or several that are one operation (all residuals); none for a line of words."""
        return tuple(self.writer())

    @property
    def opens(self) -> bool:
        """Whether there may be details."""
        return self.opener is not None

    @cached_property
    def details(self) -> tuple[Line, ...]:
        """The lines that it opens into."""
        return () if self.opener is None else tuple(self.opener())

    @cached_property
    def refs(self) -> frozenset[str]:
        """What lights up: ids of nodes and edges, ``n.bias``, ``row:0`` (the row's index), ``output:n``, ``loss``.

        A part is named beside its whole, or alone when only the part is meant: ``n.sum`` and ``n.activation`` of a
        neuron, ``a.product`` (what an edge brings to the sum), ``a.gradient`` and ``a.factor`` (what the sum changes
        by with the parameter) of a weight, or of a bias: ``n.bias.gradient``.
        """
        if self.concerns is not None:
            return self.concerns
        return NO_REFS.union(*(equation.refs for equation in self.equations))

    @property
    def symbols(self) -> Markup | None:
        """The symbols of all equations, one after another; ``None`` without any."""
        return _together([e.left if e.symbols is None else e.symbols for e in self.equations])

    @property
    def numbers(self) -> Markup | None:
        """The same with the numbers in their places."""
        return _together([e.numbers for e in self.equations])

    @property
    def result(self) -> Markup | None:
        """The results of all equations."""
        return _together([e.result for e in self.equations])

    @property
    def value(self) -> Number | None:
        """The value of the only equation; ``None`` when there are several or none."""
        return self.equations[0].value if len(self.equations) == 1 else None

    @property
    def markup(self) -> Markup | None:
        """All equations as one formula."""
        return _together([e.markup for e in self.equations])


def equation(
    left: Markup | None,
    term: Term | None,
    value: Number | None,
    style: NumberStyle,
    *,
    row: int | None = None,
    steps: tuple[Markup, ...] = (),
    refs: frozenset[str] = NO_REFS,
    role: Role | None = None,
    emphasis: Emphasis | None = None,
    with_numbers: bool = True,
    both: bool = False,
    symbols: Markup | None = None,
) -> Equation:
    """left = *term* in symbols = *term* in numbers = *steps* = *value*.

    Args:
        left: what is calculated.
        term: what it is calculated from; ``None`` when it is only stated.
        value: the result; ``None`` when the line states a formula.
        style: how numbers are shown.
        row: the index of the row that it is about.
        steps: forms between the numbers and the result.
        refs: what the result stands for.
        role: the colour of the result.
        emphasis: how the result stands out.
        with_numbers: whether the numbers are shown as well; never for a single quantity, which is the result itself.
        both: show an exact result as a decimal too.
        symbols: *term* in symbols, where that is written already.
    """
    if symbols is None and term is not None:
        symbols = as_symbols(term)
    return Equation(
        left,
        symbols,
        as_numbers(term, style) if term is not None and with_numbers and not isinstance(term, Leaf) else None,
        None if value is None else result(value, style, refs=refs, role=role, emphasis=emphasis, both=both),
        value,
        steps,
        row,
    )


def result(
    value: Number,
    style: NumberStyle,
    *,
    refs: frozenset[str] = NO_REFS,
    role: Role | None = None,
    emphasis: Emphasis | None = None,
    both: bool = False,
) -> Markup:
    """A result as shown; a rounded one begins with the relation "~"."""
    shown: Markup
    if style.mode == "both" or (both and style.mode == "exact"):
        exact, about, short = format_number(value, "both", style.decimal).partition(" ~ ")
        exact, same, decimal = exact.partition(" = ")
        shown = _alone(exact)
        if about:
            shown = Row((shown, ABOUT, number_of_text(short)))
        elif same:
            shown = Row((shown, EQUALS, number_of_text(decimal)))
    else:
        shown = _alone(format_number(value, style.mode, style.decimal))
    if not refs and role is None and emphasis is None:
        return shown
    return Mark(shown, refs, role, emphasis)


def stated(left: Markup, value: Number, style: NumberStyle, *, both: bool = False, row: int | None = None) -> Equation:
    """left = *value*."""
    return equation(left, None, value, style, both=both, row=row)


def starts_with_about(markup: Markup) -> bool:
    """Whether the formula begins with its own relation "~"."""
    while isinstance(markup, Mark):
        markup = markup.inside
    if isinstance(markup, Row) and markup.parts:
        return starts_with_about(markup.parts[0])
    return markup == ABOUT


def shown(value: Number, style: NumberStyle) -> Markup:
    """*value* inside a formula."""
    return number(value, style.mode, style.decimal)


@lru_cache(maxsize=512)
def _alone(text: str) -> Markup:
    if text.startswith("~"):
        return Row((ABOUT, number_of_text(text[1:].lstrip(HAIR_SPACE))))
    return number_of_text(text)


def _together(parts: list[Markup | None]) -> Markup | None:
    found = [part for part in parts if part is not None]
    return joined(found, Symbol("; ", "words")) if found else None
