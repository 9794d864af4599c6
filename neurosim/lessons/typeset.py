"""Fills the live numbers into a formula of a lesson, and links its letters with what they stand for on the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from neurosim.lessons.formulas import FormulaError
from neurosim.lessons.references import Live
from neurosim.lessons.text import LiveNumber, live_of
from neurosim.markup.build import NEGATIVE, datum, number, number_of_text
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Role, Root, Row, Script, Symbol
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.numbers.format import HAIR_SPACE, MINUS, Mode
from neurosim.working.names import (
    LOSS,
    Names,
    refs_of_gradient,
    refs_of_output,
    refs_of_rows,
    refs_of_sum,
)

UNKNOWN = Symbol("?", "number")
"""Stands where a number has no value now."""

NO_REFS: frozenset[str] = frozenset()
Write = Callable[[LiveNumber, Number], Markup]


class Typesetter:
    """Sets the formulas of a page on one state; numbers in *mode* with the *decimal* sign.

    ``hidden`` names references whose numbers are kept from the learner: they are set as a box with a question mark.
    """

    def __init__(
        self, live: Live, mode: Mode = "exact", decimal: str = ".", hidden: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._live = live
        self._mode: Mode = mode
        self._decimal = decimal
        self._hidden = hidden
        self._links = _links(live)

    def formula(self, markup: Markup) -> Markup:
        """*markup* with its numbers and links."""
        return self._fill(markup)

    def number(self, live: LiveNumber) -> Mark:
        """A live number as it is set; a mark whose ``refs`` and ``role`` say what it stands for."""
        refs, role = link_of(live.reference, self._live)
        if self._hidden(live.reference):
            return Mark(UNKNOWN, NO_REFS, "muted", "boxed")
        try:
            value = self._live.value(live.reference)
        except FormulaError:
            return Mark(UNKNOWN, NO_REFS, "muted")
        if role is None and live.reference.startswith(("edge:", "bias:")):
            role = "positive" if value > 0 else "negative" if value < 0 else None
        return Mark(self._write(live, value), refs, role)

    def value(self, reference: str) -> Number | None:
        """The value of a reference; ``None`` when it has none."""
        try:
            return self._live.value(reference)
        except FormulaError:
            return None

    def _write(self, live: LiveNumber, value: Number) -> Markup:
        if live.wording == "over" and isinstance(value, Fraction) and (value * live.over).denominator == 1:
            above = value * live.over
            size = Over(Symbol(str(abs(above.numerator)), "number"), Symbol(str(live.over), "number"))
            return Row((NEGATIVE, size)) if above < 0 else size
        if live.wording == "both":
            return self._both(value)
        mode: Mode = "decimal" if live.wording == "decimal" else "exact" if live.wording else self._mode
        if live.reference.removeprefix("start:").startswith("data:"):
            return datum(value, mode, self._decimal)
        return number(value, mode, self._decimal)

    def _both(self, value: Number) -> Markup:
        """The fraction and its decimal: ``466/9 ~ 51.78``, or ``1/4 = 0.25`` where that is all of it."""
        shown, short = number(value, "exact", self._decimal), number(value, "decimal", self._decimal)
        if not isinstance(value, Fraction) or shown == short or not isinstance(short, Symbol | Row):
            return short if not isinstance(value, Fraction) else shown
        text = write_text(short)
        if not text.startswith("~"):
            return Row((shown, Symbol("=", "relation"), short))
        digits = text.removeprefix("~").strip(HAIR_SPACE)
        return Row((shown, Symbol("~", "relation"), number_of_text(digits)))

    def _fill(self, part: Markup) -> Markup:
        linked = self._links.get(write_text(part)) if isinstance(part, Symbol | Script | Over | Hat) else None
        if linked is not None and isinstance(part, Over):
            return Mark(part, *linked)  # a derivative is one thing, in one colour
        filled = self._inside(part)
        if linked is not None and not isinstance(filled, Mark):
            refs, role = linked
            return Mark(filled, refs, role)
        return filled

    def _inside(self, part: Markup) -> Markup:
        match part:
            case Symbol(text, "number") if text.startswith("{"):
                return self.number(live_of(text))
            case Symbol():
                return part
            case Row(parts):
                return Row(tuple(self._in_row(parts, index) for index in range(len(parts))))
            case Over(above, below):
                return Over(self._fill(above), self._fill(below))
            case Script(base, above, below):
                inner = self._fill(base)
                if _is_live(base) and not _is_plain(inner):
                    inner = Bracket(inner)
                over = None if above is None else self._fill(above)
                return replace(part, base=inner, above=over, below=None if below is None else self._fill(below))
            case Hat(base):
                return Hat(self._fill(base))
            case Root(inside):
                return Root(self._fill(inside))
            case Bracket(inside):
                return replace(part, inside=self._fill(inside))
            case Mark(inside):
                return replace(part, inside=self._fill(inside))

    def _in_row(self, parts: tuple[Markup, ...], index: int) -> Markup:
        """A part of a row; a negative live number behind an operation or a factor stands in brackets."""
        filled = self._fill(parts[index])
        if not _is_live(parts[index]) or not _is_negative(filled) or index == 0:
            return filled
        before = parts[index - 1]
        if isinstance(before, Symbol) and (before.style == "relation" or before.text in {", ", "; ", ": "}):
            return filled
        return Bracket(filled)


def _links(live: Live) -> Mapping[str, tuple[frozenset[str], Role | None]]:
    """What the symbols of the network stand for, by their text."""
    network, n_rows = live.state.network, live.state.dataset.n_rows
    names = Names(network, n_rows)
    found: dict[str, tuple[frozenset[str], Role | None]] = {write_text(LOSS): (frozenset({"loss"}), "loss")}
    for parameter, value in network.parameters.items():
        role: Role | None = "positive" if value > 0 else "negative" if value < 0 else None
        found[write_text(names.parameter(parameter))] = (frozenset({parameter}), role)
        found[write_text(names.gradient(parameter))] = (refs_of_gradient(parameter), "gradient")
    for row in range(min(n_rows, 12)):
        for node in network.inputs:
            found[write_text(names.activation(node.id, row))] = (refs_of_rows([row]) | {node.id}, None)
        for output in network.outputs:
            node_id = output.node
            for slope in (names.by_activation(node_id, row), names.by_sum(node_id, row)):
                found[write_text(slope)] = (refs_of_output(node_id, row), "gradient")
            for symbol, refs in (
                (names.prediction(node_id, row), refs_of_output(node_id, row)),
                (names.target(node_id, row), refs_of_output(node_id, row)),
                (names.residual(node_id, row), refs_of_output(node_id, row)),
            ):
                found.setdefault(write_text(symbol), (refs, None))
    for neuron in network.neurons:
        found.setdefault(write_text(names.pre_activation(neuron.id, None)), (refs_of_sum(neuron.id, None), None))
    return found


def link_of(reference: str, live: Live) -> tuple[frozenset[str], Role | None]:
    """What a reference lights up, and its colour; of weights and biases the sign decides."""
    kind, _, rest = reference.removeprefix("start:").partition(":")
    last = rest.rpartition(":")[2]
    row = frozenset({f"row:{int(last) - 1}"}) if last.isdigit() else NO_REFS
    match kind:
        case "loss" | "rowloss" | "square":
            return frozenset({"loss"}) | row if kind == "loss" else row, "loss"
        case "edge":
            return frozenset({rest}), None
        case "bias":
            return frozenset({f"{rest}.bias"}), None
        case "gradient" | "part" | "share":
            name = rest if kind == "gradient" else rest.rpartition(":")[0]
            return refs_of_gradient(name) | row, "gradient"
        case "slope":
            return row, "gradient"
        case "next" | "best" | "change":
            return (frozenset({"loss"}) if rest == "loss" else frozenset({rest})), "next"
        case "output" | "target" | "residual":
            outputs = live.state.network.outputs
            return row | {f"output:{outputs[0].node}"} if outputs else row, None
        case "z" | "value":
            return row | {rest.rpartition(":")[0]}, None
    return row, None


def _is_live(part: Markup) -> bool:
    return isinstance(part, Symbol) and part.style == "number" and part.text.startswith("{")


def _inner(part: Markup) -> Markup:
    while isinstance(part, Mark):
        part = part.inside
    return part


def _is_negative(part: Markup) -> bool:
    inner = _inner(part)
    if isinstance(inner, Row):
        inner = _inner(inner.parts[0])
    return isinstance(inner, Symbol) and inner.text.removeprefix("~").startswith(MINUS)


def _is_plain(part: Markup) -> bool:
    """Whether an exponent can stand at it without brackets."""
    inner = _inner(part)
    return isinstance(inner, Symbol) and not inner.text.startswith(("~", MINUS))
