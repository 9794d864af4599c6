"""What a question asks, taken apart for those who look for known errors: which quantity, of what, in which row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

from neurosim.algebra.expression import Expression
from neurosim.algebra.parse import parse
from neurosim.lessons.answers.pencil import PLAIN, Pencil, Twist
from neurosim.lessons.answers.slips import Slip
from neurosim.lessons.answers.typed_number import TypedNumber
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

_PRODUCT = re.compile(r"\s*\{edge:([^{}:]+)\}\s*[*·]\s*\{(?:data|value):[^{}:]+:(\d+)\}\s*")
"""A weight times what comes in by its edge: the formula of a box that names nothing else."""


@dataclass(frozen=True)
class Case:
    """One question and one answer to it.

    Attributes:
        question: what is asked.
        typed: the answer as it was read; of a question for a formula ``None``.
        decimal: the decimal sign.
        own: the learner's own numbers, which the slips are then made on; ``None``: the right ones.
    """

    question: Question
    typed: TypedNumber | None = None
    decimal: str = "."
    own: Pencil | None = None

    # -- what is asked -----------------------------------------------------------------------------------------------

    @cached_property
    def quantity(self) -> str:
        """The kind of quantity asked for, such as ``gradient`` of ``gradient:a``; empty when it is none.

        Besides those of ``neurosim.lessons.references`` there are ``squares`` (their sum over the rows), ``bend:n:2``
        (f'(z) of neuron n in row 2), ``product:a:2`` (a weight times what comes in by its edge), ``share:a:2`` (what
        row 2 adds to a gradient, before the mean), ``logarithm``, and ``derivative:x`` of the question's formula,
        which may also follow at once: ``derivative:x:1/(1+e^-x)``.
        """
        return self._about.partition(":")[0]

    @property
    def _about(self) -> str:
        """The reference, without the word that says that it is of the page's start: the snapshot is of then, or not."""
        about = self.question.about.removeprefix("start:")
        found = None if about else _PRODUCT.fullmatch(self.question.formula)
        return f"product:{found[1]}:{found[2]}" if found is not None else about

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What follows in the reference: ``("a",)`` of ``gradient:a``."""
        return tuple(part for part in self._about.split(":")[1:] if part)

    @property
    def expected(self) -> Number | None:
        """The right number; ``None`` of a question for something else."""
        expected = self.question.expected
        return None if isinstance(expected, str | tuple) else expected

    @cached_property
    def pencil(self) -> Pencil | None:
        """The step that the question is about; ``None`` when it is about none, or about one at another instant."""
        snapshot = self.question.snapshot
        if self.own is not None or snapshot is None:
            return self.own
        pencil = Pencil(snapshot)
        if self.expected is None:
            return pencil
        now = self.worth(pencil)
        return pencil if now is None or _agree(now, self.expected) else None

    def worth(self, pencil: Pencil) -> Number | None:
        """What comes out with *pencil*; ``None`` when it is not a quantity that a pencil works out."""
        return pencil.quantity(self.quantity, self._row_of(pencil), self._node_of(pencil), self._parameter_of(pencil))

    def reference(self, pencil: Pencil) -> str:
        """The quantity by the name that an ``OwnPencil`` looks for; empty for what is none of those."""
        row, node, parameter = self._row_of(pencil), self._node_of(pencil), self._parameter_of(pencil)
        place = "" if row is None else f":{row + 1}"
        if self.quantity in {"gradient", "part", "share", "product"}:
            return "" if parameter is None else f"{self.quantity}:{parameter}{place}"
        if self.quantity in {"z", "value", "output"}:
            kind = "z" if self.quantity == "z" else "value"
            return "" if node is None or not place else f"{kind}:{node}{place}"
        if self.quantity in {"residual", "square", "rowloss", "slope"}:
            return f"{self.quantity}{place}" if place else ""
        return self.quantity if self.quantity == "squares" else ""

    @cached_property
    def row(self) -> int | None:
        """The index of the row asked about, from 0: references count from 1."""
        return None if self.pencil is None else self._row_of(self.pencil)

    @cached_property
    def parameter(self) -> str | None:
        """The weight or bias asked about."""
        return None if self.pencil is None else self._parameter_of(self.pencil)

    @cached_property
    def node(self) -> str | None:
        """The neuron asked about: the only output where none is named."""
        return None if self.pencil is None else self._node_of(self.pencil)

    def _row_of(self, pencil: Pencil) -> int | None:
        numbers = [part for part in self.parts if part.isdigit()]
        row = int(numbers[-1]) - 1 if numbers else -1
        return row if 0 <= row < pencil.snapshot.dataset.n_rows else None

    def _parameter_of(self, pencil: Pencil) -> str | None:
        named = (pencil.parameter_named(part) for part in self.parts)
        return next((name for name in named if name is not None), None)

    def _node_of(self, pencil: Pencil) -> str | None:
        names = [part for part in self.parts if part in pencil.network.node_by_id]
        return pencil.neuron_named(names[0] if names else "")

    def knows(self, reference: str) -> bool:
        """Whether that quantity is told above the box, or was answered rightly there."""
        return reference in self.question.told

    def asks(self, *quantities: str) -> bool:
        """Whether it is about one of *quantities*."""
        return self.quantity in quantities

    # -- formulas ----------------------------------------------------------------------------------------------------

    @cached_property
    def derived(self) -> tuple[Expression, str] | None:
        """The function whose derivative is asked for, and the symbol that it is taken by."""
        if self.quantity != "derivative" or not self.parts:
            return None
        formula = self.parts[1] if len(self.parts) > 1 else self.question.formula
        return (parse(formula), self.parts[0]) if formula else None

    @cached_property
    def right_formula(self) -> Expression | None:
        """The formula that is right."""
        expected = self.question.expected
        return parse(expected) if self.question.kind == "expression" and isinstance(expected, str) else None

    # -- slips in the step -------------------------------------------------------------------------------------------

    def twisted(self, twist: Twist, message: str, brief: str) -> Iterator[Slip]:
        """A slip on the way back, in questions for a derivative and for the parameter after the step."""
        yield from self.on_gradient(lambda pencil, parameter: pencil.gradient(parameter, twist), message, brief)
        if self.asks("part") and self.parameter is not None and self.row is not None and self.pencil is not None:
            yield Slip(self.pencil.factor * self.pencil.share(self.parameter, self.row, twist), message, brief)
        if self.asks("share") and self.parameter is not None and self.row is not None and self.pencil is not None:
            yield Slip(self.pencil.share(self.parameter, self.row, twist), message, brief)
        if self.asks("slope") and self.expected is not None and twist.times != 1:
            yield Slip(self.expected * twist.times, message, brief)

    def on_gradient(self, wrong: Callable[[Pencil, str], Number], message: str, brief: str) -> Iterator[Slip]:
        """A slip in a derivative, carried on into the step where that is asked for."""
        pencil, parameter = self.pencil, self.parameter
        if pencil is None or parameter is None:
            return
        if self.asks("gradient"):
            yield Slip(wrong(pencil, parameter), message, brief)
        elif self.asks("next") and pencil.plain_descent:
            value = pencil.value(parameter) - pencil.rate * wrong(pencil, parameter)
            yield Slip(value, f"The step itself is taken well. In the gradient: {_lower(message)}", brief)

    def gradient(self, parameter: str) -> Number | None:
        """The right derivative by a parameter."""
        return None if self.pencil is None else self.pencil.gradient(parameter, PLAIN)


def _agree(one: Number, other: Number) -> bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _lower(message: str) -> str:
    """The message as the rest of a sentence."""
    return message if message[:2].isupper() or message[:1] in "Ldŷ" else message[:1].lower() + message[1:]
