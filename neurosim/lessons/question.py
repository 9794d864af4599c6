"""What a lesson asks, and what is said to an answer: the two values between the pages and the checking of answers.

``neurosim.lessons.answers.check(text, question, earlier)`` turns a typed answer into a ``Verdict``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

Kind = Literal["number", "expression", "choice", "fields"]
"""``number``: one value; ``expression``: a formula, compared as a function; ``choice``: one or more options;
``fields``: several boxes, each a question of its own, judged in their order."""

Form = Literal["any", "fraction", "reduced", "decimal", "as_written"]
"""Which form of a right answer is asked for. ``any``: every equivalent form, unreduced fractions included.
``as_written``: an expression built as the expected one is, such as ``sigma(z)*(1 - sigma(z))``, up to order."""

State = Literal["right", "right_with_note", "wrong", "unreadable"]
"""``unreadable`` is no attempt: what was typed could not be understood, or says too few digits to be judged."""


@dataclass(frozen=True)
class Rounding:
    """How far a decimal may be from the value that it stands for.

    Attributes:
        digits: significant digits that a rounded decimal needs at least, of an exact or a transcendental value.
        relative: how far a decimal of a transcendental value may be off, as a part of it.
    """

    digits: int = 3
    relative: float = 1e-3


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from.

    Attributes:
        id: its name inside the question.
        text: what it says, in the Markdown of the lesson.
        message: what is said to whoever chooses it; for a wrong one, what to look at.
    """

    id: str
    text: str
    message: str = ""


@dataclass(frozen=True)
class Question:
    """One question with everything that is needed to judge an answer: values, not formulas, of this very moment.

    Attributes:
        id: unique in its lesson; answers are kept under it.
        kind: what is typed or chosen.
        prompt: the question, in the Markdown of the lesson.
        expected: of ``number`` its value; of ``expression`` the text of the formula; of ``choice`` the ids of the right
            options; of ``fields`` nothing (``None``): each box has its own.
        options: of ``choice``, in the order shown.
        several: of ``choice``, whether more than one may be chosen.
        fields: of ``fields``, the boxes in their order.
        label: of a box, what stands before it, in the Markdown of the lesson.
        rounding: how decimals are taken.
        form: which form is asked for.
        preferred: the form to show beside a right answer in another one, such as ``-42/3``; empty: none.
        about: the reference of the quantity asked for, such as ``gradient:a``, ``next:a`` or ``loss``
            (``neurosim.lessons.references`` lists them); empty when it is none of them.
        formula: the answer as a formula over references and the ids of earlier boxes, ``{r1}^2``, so that a box can be
            judged from the learner's own earlier values; empty: it does not follow from earlier boxes. Of an
            ``expression`` about ``derivative:x``: the function whose derivative by x is asked for.
        context: the values of this moment by reference (``loss``, ``n``, ``rate``, ``edge:a``, ``bias:n``,
            ``data:x:1``, ``output:1``, ``residual:1``, ``gradient:a``, ``next:a``, ...); known errors work out from
            them what a slip would give. ``reduction:samples`` is what the rows' losses are divided by (1 for a sum),
            ``reduction:half`` 1/2 or 1.
        where: of ``expression``, what symbols stand for, ``{"ŷ": "a x + b"}``: an answer may use either.
        told: the references of quantities that stand right above the box: given lines, and boxes answered rightly.
        snapshot: the instant that the question is about, on which the known errors are worked out; ``None``: only those
            are looked for that need no network.
    """

    id: str
    kind: Kind
    prompt: str = ""
    expected: Number | str | tuple[str, ...] | None = None
    options: tuple[Option, ...] = ()
    several: bool = False
    fields: tuple[Question, ...] = ()
    label: str = ""
    rounding: Rounding = Rounding()
    form: Form = "any"
    preferred: str = ""
    about: str = ""
    formula: str = ""
    context: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    told: frozenset[str] = frozenset()
    snapshot: Snapshot | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Verdict:
    """What is said to an answer.

    Attributes:
        state: how it was taken.
        read_as: how it was read, as text; empty when it could not be read.
        message: a sentence or two for the learner; empty for an answer that is simply right.
        error: the id of the known error that gives this answer; ``None``: none is known.
        value: of a number that could be read, the learner's own value, which later boxes are judged from.
    """

    state: State
    read_as: str = ""
    message: str = ""
    error: str | None = None
    value: Number | None = None

    @property
    def is_right(self) -> bool:
        """Whether the answer counts as right."""
        return self.state in {"right", "right_with_note"}

    @property
    def is_attempt(self) -> bool:
        """Whether it was an answer at all."""
        return self.state != "unreadable"
