"""What a question asks, taken apart for those who look for known errors: which quantity, of what, in which row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from neurosim.algebra.expression import Expression
from neurosim.algebra.parse import parse
from neurosim.lessons.answers.pencil import PLAIN, Pencil, Twist
from neurosim.lessons.answers.slips import Slip
from neurosim.lessons.answers.typed_number import TypedNumber
from neurosim.lessons.question import Question
from neurosim.numbers.exact import Number


@dataclass(frozen=True)
class Case:
    """One question and one answer to it.

    Attributes:
        question: what is asked.
        typed: the answer as it was read; of a question for a formula ``None``.
        decimal: the decimal sign.
    """

    question: Question
    typed: TypedNumber | None = None
    decimal: str = "."

    # -- what is asked -----------------------------------------------------------------------------------------------

    @cached_property
    def quantity(self) -> str:
        """The kind of quantity asked for, such as ``gradient`` of ``gradient:a``; empty when it is none.

        Besides those of ``neurosim.lessons.references`` there are ``squares`` (their sum over the rows), ``bend:n:2``
        (f'(z) of neuron n in row 2), ``logarithm``, and ``derivative:x`` of the question's formula.
        """
        return self.question.about.partition(":")[0]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What follows in the reference: ``("a",)`` of ``gradient:a``."""
        return tuple(part for part in self.question.about.split(":")[1:] if part)

    @property
    def expected(self) -> Number | None:
        """The right number; ``None`` of a question for something else."""
        expected = self.question.expected
        return None if isinstance(expected, str | tuple) else expected

    @cached_property
    def pencil(self) -> Pencil | None:
        """The step that the question is about; ``None`` when it is about none."""
        snapshot = self.question.snapshot
        return None if snapshot is None else Pencil(snapshot)

    @cached_property
    def row(self) -> int | None:
        """The index of the row asked about, from 0: references count from 1."""
        numbers = [part for part in self.parts if part.isdigit()]
        if not numbers or self.pencil is None:
            return None
        row = int(numbers[-1]) - 1
        return row if 0 <= row < self.pencil.snapshot.dataset.n_rows else None

    @cached_property
    def parameter(self) -> str | None:
        """The weight or bias asked about."""
        if self.pencil is None:
            return None
        named = (self.pencil.parameter_named(part) for part in self.parts)
        return next((name for name in named if name is not None), None)

    @cached_property
    def node(self) -> str | None:
        """The neuron asked about: the only output where none is named."""
        if self.pencil is None:
            return None
        names = [part for part in self.parts if part in self.pencil.network.node_by_id]
        return self.pencil.neuron_named(names[0] if names else "")

    def asks(self, *quantities: str) -> bool:
        """Whether it is about one of *quantities*."""
        return self.quantity in quantities

    # -- formulas ----------------------------------------------------------------------------------------------------

    @cached_property
    def derived(self) -> tuple[Expression, str] | None:
        """The function whose derivative is asked for, and the symbol that it is taken by."""
        if self.quantity != "derivative" or not self.parts or not self.question.formula:
            return None
        return parse(self.question.formula), self.parts[0]

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


def _lower(message: str) -> str:
    """The message as the rest of a sentence."""
    return message if message[:2].isupper() or message[:1] in "Ldŷ" else message[:1].lower() + message[1:]
