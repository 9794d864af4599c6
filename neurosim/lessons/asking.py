"""From what a page asks to a ``Question`` with the values of this moment, and the answer that its lesson gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.lesson import Ask, Box
from neurosim.lessons.question import Option, Question
from neurosim.lessons.references import Live
from neurosim.lessons.saying import plain
from neurosim.lessons.typeset import Typesetter
from neurosim.numbers.exact import Number


def question_of(ask: Ask, live: Live) -> Question:
    """What *ask* asks on the state of *live*.

    Raises:
        FormulaError: an answer has no value now.
    """
    typesetter = Typesetter(live)
    prompt = plain(ask.prompt, typesetter)
    if ask.choices:
        options = tuple(
            Option(choice.id, plain(choice.text, typesetter), plain(choice.message, typesetter))
            for choice in ask.choices
        )
        return Question(ask.id, "choice", prompt, ask.right, options, several=len(ask.right) > 1)
    context = live.context()
    values: dict[str, Number] = {}
    told: set[str] = set()
    fields = []
    for box in ask.boxes:
        question = replace(_field(box, live, values, context, prompt, typesetter), told=frozenset(told))
        if isinstance(question.expected, Fraction | float):
            values[box.id] = question.expected
        if box.given:
            told.add(box.about)
        else:
            fields.append(question)
    if len(ask.boxes) == 1:
        return fields[0]
    return Question(ask.id, "fields", prompt, fields=tuple(fields), context=context, snapshot=live.snapshot)


def answers_of(ask: Ask, live: Live) -> Mapping[str, Number | str]:
    """The right answer of every box of *ask*, given lines included, by id; an expression as its text.

    Raises:
        FormulaError: one has no value now.
    """
    values: dict[str, Number] = {}
    found: dict[str, Number | str] = {}
    for box in ask.boxes:
        if box.kind == "expression":
            found[box.id] = box.formula
        else:
            found[box.id] = values[box.id] = _value(box, live, values)
    return MappingProxyType(found)


def _value(box: Box, live: Live, values: Mapping[str, Number]) -> Number:
    return read_formula(box.formula).value(lambda name: values[name] if name in values else live.value(name))


def _field(
    box: Box,
    live: Live,
    values: Mapping[str, Number],
    context: Mapping[str, Number],
    prompt: str,
    typesetter: Typesetter,
) -> Question:
    expected: Number | str = box.formula if box.kind == "expression" else _value(box, live, values)
    return Question(
        id=box.id,
        kind=box.kind,
        prompt=prompt,
        expected=expected,
        label=plain(box.label, typesetter),
        rounding=box.rounding,
        form=box.form,
        preferred=box.preferred,
        about=box.about,
        formula="" if box.kind == "expression" else box.formula,
        where=MappingProxyType(dict(box.where)),
        context=context,
        snapshot=live.snapshot,
    )


def given_answer(question: Question) -> str:
    """What the lesson itself answers, as a learner would type it."""
    expected = question.expected
    if isinstance(expected, str):
        return expected
    if isinstance(expected, tuple):
        return ",".join(expected)
    if question.preferred:
        return question.preferred
    if isinstance(expected, Fraction):
        return str(expected)
    if expected is None:
        raise FormulaError(f"The question {question.id} has several boxes: each has its own answer.")
    return f"{expected:.6g}"
