"""An error carried forward: a box that follows rightly from the learner's own earlier values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from neurosim.lessons.answers.numeric import judge_number
from neurosim.lessons.answers.rounding import same
from neurosim.lessons.answers.typed_number import TypedNumber, listed
from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.question import Question, Verdict
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number


@dataclass(frozen=True)
class Carried:
    """What a box comes to with the learner's own values.

    Attributes:
        value: the value.
        used: the earlier values that it is made of, by the boxes' ids.
        lines: the numbers of those boxes, where they are known.
    """

    value: Number
    used: Mapping[str, Number]
    lines: Mapping[str, int]

    def judge(self, typed: TypedNumber, question: Question, decimal: str = ".") -> Verdict | None:
        """Right as far as this box goes, and said so; ``None`` when it does not follow either."""
        found = judge_number(typed, self.value, replace(question, preferred="", form="any"), decimal)
        if found is None or not found.is_right:
            return None
        message = f"Consistent with {self._named(decimal)}: this line is right as it goes on from there."
        return Verdict("right_with_note", typed.read_as, message, None, typed.value)

    def _named(self, decimal: str) -> str:
        numbers = [self.lines[name] for name in self.used if name in self.lines]
        if len(numbers) == len(self.used):
            return f"your {'line' if len(numbers) == 1 else 'lines'} {listed(map(str, numbers))}"
        return f"your own {listed(format_number(value, 'exact', decimal) for value in self.used.values())} above"


def carried(question: Question, earlier: Mapping[str, Number], lines: Mapping[str, int]) -> Carried | None:
    """What *question* comes to with the *earlier* values; ``None`` when it does not follow from them, or not otherwise.

    Boxes that are not answered yet count with the values of the lesson.
    """
    if not question.formula or not earlier or question.expected is None or isinstance(question.expected, str | tuple):
        return None
    try:
        formula = read_formula(question.formula)
        used = {name: earlier[name] for name in formula.references if name in earlier}
        if not used:
            return None
        value = formula.value(lambda name: earlier[name] if name in earlier else question.context[name])
    except (FormulaError, KeyError):
        return None
    return None if same(value, question.expected) else Carried(value, used, lines)
