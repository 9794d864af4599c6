"""Checking an answer: reading it first, then judging it, then asking which slip gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from neurosim.algebra.errors import AlgebraError
from neurosim.algebra.expression import Expression
from neurosim.algebra.parse import parse
from neurosim.lessons.answers.algebraic import judge_formula, read_formula, symbols_of
from neurosim.lessons.answers.carrying import Carried, Earlier, carried
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.choosing import judge_choice
from neurosim.lessons.answers.known_errors import formula_slips_in, slips_in
from neurosim.lessons.answers.meanings import meanings_of
from neurosim.lessons.answers.numeric import judge_number, judge_slip, not_yet
from neurosim.lessons.answers.typed_number import read_number
from neurosim.lessons.answers.unreadable import UnreadableError
from neurosim.lessons.question import Kind, Question, Verdict
from neurosim.numbers.exact import Number


def check(
    text: str,
    question: Question,
    earlier: Mapping[str, Number] | None = None,
    *,
    decimal: str = ".",
) -> Verdict:
    """What is said to an answer.

    The order is: what cannot be read is no attempt; what is equal, in any form, is right; what rounds the value by the
    question's rule is right, and the exact value is told; what follows from the learner's own earlier values is right
    as far as this box goes; what a known error gives is met with that error's sentence; all else is "not yet".

    Args:
        text: the answer as typed; of a choice the ids of the chosen options, separated by commas.
        question: one that is answered in one piece; for one with several boxes see ``check_fields``.
        earlier: the learner's own values of earlier boxes by id, from their verdicts.
        decimal: the decimal sign of the language.

    Raises:
        ValueError: the question has boxes, or its expected answer does not fit its kind.
    """
    return _check(text, question, {name: Earlier(None, value) for name, value in (earlier or {}).items()}, decimal)


def check_fields(texts: Sequence[str], question: Question, *, decimal: str = ".") -> tuple[Verdict, ...]:
    """The verdict on each box of a question with several, each judged from the learner's own values before it.

    Args:
        texts: what was typed into the boxes, in their order.
        question: of the kind ``fields``.
        decimal: the decimal sign of the language.
    """
    verdicts: list[Verdict] = []
    own: dict[str, Earlier] = {}
    for place, (text, box) in enumerate(zip(texts, question.fields, strict=True), start=1):
        verdict = _check(text, box, own, decimal)
        if verdict.value is not None:
            own[box.id] = Earlier(box, verdict.value, place)
        verdicts.append(verdict)
    return tuple(verdicts)


def how_read(text: str, kind: Kind, expected: str = "", *, decimal: str = ".") -> str:
    """How an answer would be read, to be shown while it is typed; empty where it cannot be read yet.

    Args:
        text: the answer as typed so far.
        kind: of the question.
        expected: of a question for a formula the right one: where it has ŷ, ``y^`` is read as that.
        decimal: the decimal sign of the language.
    """
    try:
        if kind == "expression":
            known = symbols_of(Question("", kind, expected=expected), {})
            return read_formula(text, known, decimal, strictly=False).read_as
        return read_number(text, decimal).read_as if kind == "number" else ""
    except (UnreadableError, AlgebraError):
        return ""


def _check(
    text: str,
    question: Question,
    earlier: Mapping[str, Earlier],
    decimal: str,
) -> Verdict:
    try:
        if question.kind == "choice":
            return judge_choice(text, question)
        if question.kind == "expression":
            return _formula(text, question, decimal)
        if question.kind == "number" and question.expected is not None:
            told = {one.question.about for one in earlier.values() if one.question is not None and not one.differs}
            question = replace(question, told=question.told | told)
            known = {**question.context, **{name: one.value for name, one in earlier.items()}}
            follows = carried(question, earlier)
            return _number(text, replace(question, context=MappingProxyType(known)), follows, decimal)
    except UnreadableError as error:
        return Verdict("unreadable", message=str(error))
    raise ValueError(f"The question {question.id} cannot be answered in one piece: use check_fields for its boxes.")


def _number(text: str, question: Question, own: Carried | None, decimal: str) -> Verdict:
    typed = read_number(text, decimal)
    expected = question.expected
    if isinstance(expected, str | tuple) or expected is None:
        raise ValueError(f"The question {question.id} asks for a number, but expects {expected!r}.")
    slips = slips_in(Case(question, typed, decimal))
    found = judge_number(typed, expected, question, decimal)
    if found is not None and not found.is_attempt:
        # Too few digits to tell; unless they are all that a slip leads to, such as the old value.
        return judge_slip(typed, slips, expected, question, exactly=True) or found
    if found is not None:
        return found
    slip = judge_slip(typed, slips, expected, question)
    follows = own.judge(typed, question, decimal) if own is not None else None
    if follows is not None and (follows.is_right or slip is None):
        return follows
    return slip or not_yet(typed, expected)


def _formula(text: str, question: Question, decimal: str) -> Verdict:
    meanings: dict[str, Expression] = {name: parse(meaning) for name, meaning in meanings_of(question).items()}
    reading = read_formula(text, symbols_of(question, meanings), decimal)
    try:
        return judge_formula(reading, question, meanings, formula_slips_in(Case(question, None, decimal)))
    except AlgebraError as error:
        raise UnreadableError(f"It reads as {reading.read_as}, which cannot be worked with: {error}") from error
