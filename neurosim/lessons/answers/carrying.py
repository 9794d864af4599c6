"""An error carried forward: a box that follows rightly from the learner's own earlier values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import slips_in
from neurosim.lessons.answers.numeric import judge_number, judge_slip
from neurosim.lessons.answers.own_pencil import OwnPencil
from neurosim.lessons.answers.rounding import same
from neurosim.lessons.answers.typed_number import TypedNumber, listed
from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.mathtext import MathError, read_math
from neurosim.lessons.question import Question, Verdict
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.records import dataclass, replace


@dataclass(frozen=True)
class Earlier:
    """A box that was answered before.

    Attributes:
        question: the box; ``None`` when only its value is known.
        value: the learner's own.
        line: its number among the boxes, from 1; 0 when it is not known.
    """

    question: Question | None
    value: Number
    line: int = 0

    @property
    def differs(self) -> bool:
        """Whether it is another value than the right one, and not only that one rounded."""
        right = None if self.question is None else self.question.expected
        if right is None or isinstance(right, str | tuple):
            return True
        return not math.isclose(self.value, right, rel_tol=1e-3, abs_tol=1e-12)

    def named(self, decimal: str) -> str:
        """What it is called to the learner: its label, or its line, or its value."""
        label = "" if self.question is None else _plain(self.question.label)
        if label:
            return label
        return f"line {self.line}" if self.line else f"own {format_number(self.value, 'exact', decimal)} above"


@dataclass(frozen=True)
class Carried:
    """What a box comes to with the learner's own values.

    Attributes:
        value: the value.
        used: the earlier boxes that it is made of.
        pencil: the step worked out with them; ``None`` where it follows by a formula of the question's own.
    """

    value: Number
    used: tuple[Earlier, ...]
    pencil: OwnPencil | None = None

    def judge(self, typed: TypedNumber, question: Question, decimal: str = ".") -> Verdict | None:
        """Right as far as this box goes, and said so; a slip on the own values named; ``None`` when it is neither."""
        here = replace(question, expected=self.value, preferred="", form="any")
        found = judge_number(typed, self.value, here, decimal)
        if found is not None and found.is_right:
            message = f"Consistent with your {self._named(decimal)}: this line is right as it goes on from there."
            return Verdict("right_with_note", typed.read_as, message, None, typed.value)
        if self.pencil is None:
            return None
        slip = judge_slip(typed, slips_in(Case(here, typed, decimal, self.pencil)), self.value, here)
        if slip is None:
            return None
        return replace(slip, message=f"Going on from your {self._named(decimal)}: {slip.message}")

    def _named(self, decimal: str) -> str:
        """The boxes that this one differs by: those whose values are not the right ones."""
        differing = [one for one in self.used if one.differs]
        return listed(one.named(decimal) for one in differing or self.used)


def carried(question: Question, earlier: Mapping[str, Earlier]) -> Carried | None:
    """What *question* comes to with the *earlier* values; ``None`` when it does not follow from them, or not otherwise.

    It follows by the question's own formula over earlier boxes, or by the arithmetic of the step where boxes are about
    quantities of one instant. Boxes that are not answered yet count with the right values.
    """
    expected = question.expected
    if not earlier or expected is None or isinstance(expected, str | tuple):
        return None
    found = _by_formula(question, earlier) or _by_the_step(question, earlier)
    return None if found is None or same(found.value, expected) else found


def _by_formula(question: Question, earlier: Mapping[str, Earlier]) -> Carried | None:
    if not question.formula:
        return None
    try:
        formula = read_formula(question.formula)
        used = {name: earlier[name] for name in formula.references if name in earlier}
        if not used:
            return None
        value = formula.value(lambda name: used[name].value if name in used else question.context[name])
    except (FormulaError, KeyError):
        return None
    return Carried(value, tuple(used.values()))


def _by_the_step(question: Question, earlier: Mapping[str, Earlier]) -> Carried | None:
    """By the lines between the quantities: a gradient from the learner's own residuals, a new value from that."""
    case = Case(question)
    right = case.pencil
    if right is None:
        return None
    boxes: dict[str, Earlier] = {}
    for one in earlier.values():
        if one.question is not None and one.question.snapshot is question.snapshot:
            boxes[Case(one.question).reference(right)] = one
    boxes.pop("", None)
    boxes.pop(case.reference(right), None)
    pencil = OwnPencil(right.snapshot, {name: one.value for name, one in boxes.items()})
    value = case.worth(pencil)
    if value is None or not pencil.used:
        return None
    return Carried(_whole(value), tuple(boxes[name] for name in pencil.used), pencil)


def _whole(value: Number) -> Number:
    return Fraction(value) if isinstance(value, int) else value


def _plain(label: str) -> str:
    """A label as text: formulas written out, without an equals sign at its end."""
    text = label.strip().rstrip(" =:")
    if text.startswith("$") and text.endswith("$") and text.count("$") == 2:
        try:
            text = write_text(read_math(text[1:-1]))
        except MathError:
            return ""
    return text
