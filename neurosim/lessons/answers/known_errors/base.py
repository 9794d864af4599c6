"""What a known error is: a slip that many learners make, worked out on the very numbers of the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.slips import FormulaSlip, Slip
from neurosim.records import dataclass


def no_slips(_case: Case) -> Iterable[Slip]:
    """For errors that happen in formulas alone."""
    return ()


def no_formulas(_case: Case) -> Iterable[FormulaSlip]:
    """For errors that happen in numbers alone."""
    return ()


@dataclass(frozen=True)
class KnownError:
    """One known error.

    Attributes:
        name: what verdicts call it.
        title: what the learner did, for a list of all of them.
        slips: the numbers that come out of it in a question; none where it cannot be made.
        formulas: the same for a question that asks for a formula.
        order: how likely it is among those that give the same answer: the lowest is told first.
    """

    name: str
    title: str
    slips: Callable[[Case], Iterable[Slip]] = no_slips
    formulas: Callable[[Case], Iterable[FormulaSlip]] = no_formulas
    order: int = 100
