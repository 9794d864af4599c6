"""Judging a typed formula: the same function in any form, the form that was asked for, or a known slip."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from neurosim.algebra.equal import compare
from neurosim.algebra.errors import ParseError
from neurosim.algebra.expression import (
    Derivative,
    Expression,
    Negation,
    Product,
    Quotient,
    Sum,
    substitute,
    symbols,
    walk,
)
from neurosim.algebra.names import text_of
from neurosim.algebra.parse import Reading, parse, read
from neurosim.algebra.render_text import render_text
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.slips import FormulaSlip, named
from neurosim.lessons.answers.typed_number import listed
from neurosim.lessons.answers.unreadable import UnreadableError
from neurosim.lessons.question import Question, Verdict

_NAME_IN_FRONT = re.compile(r"^[^=]*=(?=[^=]+$)")
_HAT = re.compile(r"y\s*(_?\d*)\^(?=\s*(?:$|[-+*/)·×−]))(?!\s*[-−]\s*\d)")
"""``y^`` with nothing raised behind it is how one types ŷ: a sign or the end follows."""

_F_OF_X = re.compile(r"\bf\s*\(\s*x(_?\d*)\s*\)")
"""The lecture writes f(x) for the prediction."""


def read_formula(text: str, known: Sequence[str], decimal: str = ".", *, strictly: bool = True) -> Reading:
    """The formula that a learner typed; ``y^`` is ŷ where nothing is raised behind it.

    Args:
        text: such as ``(y^-y) x`` or ``a x + b``; ``f'(x) =`` in front is passed over.
        known: the symbols that may appear; with ŷ among them f(x) is another name for it.
        decimal: the decimal sign.
        strictly: whether other symbols are refused.

    Raises:
        UnreadableError: it is no formula, or has letters that the question does not speak of.
    """
    plain = _NAME_IN_FRONT.sub("", text.strip())
    if "ŷ" in known or any(name.startswith("ŷ") for name in known):
        plain = _F_OF_X.sub(r"ŷ\1", _HAT.sub(r"ŷ\1", plain))
    if not plain.strip():
        raise UnreadableError("Nothing is typed yet: a formula is needed, such as a*x + b.")
    try:
        reading = read(plain, decimal)
    except ParseError as error:
        found = str(error)
        stop = "" if found.endswith((".", "!", "?")) else "."
        raise UnreadableError(f"{found}{stop} Readable would be a*x + b, 2x(y − 1) or e^(−x).") from error
    strange = [name for name in symbols(reading.expression) if name not in known]
    if strange and known and strictly:
        verb, letters = ("is", "letter") if len(known) == 1 else ("are", "letters")
        raise UnreadableError(
            f"It reads as {reading.read_as}, but {listed(map(text_of, strange))} does not appear in this question: "
            f"the {letters} here {verb} {listed(map(text_of, known))}."
        )
    if any(isinstance(part, Derivative) for _, part in walk(reading.expression)):
        raise UnreadableError(f"It reads as {reading.read_as}: a derivative in it is still to be worked out.")
    return reading


def judge_formula(
    reading: Reading, question: Question, where: Mapping[str, Expression], slips: Sequence[FormulaSlip]
) -> Verdict:
    """The verdict on a formula.

    Args:
        reading: what was typed.
        question: whose ``expected`` is a formula.
        where: what a symbol stands for, so that ``(a x + b − y) x`` is ``(ŷ − y) x``.
        slips: the formulas that known errors give.
    """
    typed, expected = reading.expression, parse(str(question.expected))
    if same_function(typed, expected, where):
        note = _note_on_form(typed, expected, question)
        return Verdict("right_with_note" if note else "right", reading.read_as, note)
    hits = [
        slip
        for slip in slips
        if same_function(typed, slip.formula, where) and not same_function(slip.formula, expected, where)
    ]
    if hits:
        return Verdict("wrong", reading.read_as, named(hits), hits[0].error)
    return Verdict("wrong", reading.read_as, _not_yet(typed, expected, where))


def same_function(one: Expression, other: Expression, where: Mapping[str, Expression]) -> bool:
    """Whether two formulas are the same function, with *where* put in."""
    return compare(_put_in(one, where), _put_in(other, where)).equal


def symbols_of(question: Question, where: Mapping[str, Expression]) -> tuple[str, ...]:
    """The symbols that an answer may have: those of the expected one, of the formula asked about, and of *where*."""
    found = list(symbols(parse(str(question.expected))))
    derived = Case(question).derived
    if derived is not None:
        found += symbols(derived[0])
    for name, meaning in where.items():
        if name in found or any(part in found for part in symbols(meaning)):
            found += [name, *symbols(meaning)]
    return tuple(dict.fromkeys(found))


def _put_in(expression: Expression, where: Mapping[str, Expression]) -> Expression:
    for name, meaning in where.items():
        expression = substitute(expression, name, meaning)
    return expression


def _note_on_form(typed: Expression, expected: Expression, question: Question) -> str:
    if question.form == "as_written" and arranged(typed) != arranged(expected):
        return f"The same function. In the form asked for it is {render_text(expected).text}."
    if question.preferred and arranged(typed) != arranged(parse(question.preferred)):
        return f"The lesson writes it {render_text(parse(question.preferred)).text}."
    return ""


def arranged(expression: Expression) -> str:
    """The form of an expression up to the order of factors and terms, and up to where a minus stands in a product."""
    negative, factors = _signed_factors(expression)
    inside = "·".join(sorted(_arranged(factor) for factor in factors))
    return f"−{inside}" if negative else inside


def _arranged(expression: Expression) -> str:
    if isinstance(expression, Sum):
        return "(" + " + ".join(sorted(arranged(term) for term in expression.terms)) + ")"
    if isinstance(expression, Product | Negation):
        return f"[{arranged(expression)}]"
    if isinstance(expression, Quotient):
        return f"({arranged(expression.numerator)})/({arranged(expression.denominator)})"
    if not expression.children:
        return repr(expression)
    name = getattr(expression, "name", type(expression).__name__)
    return f"{name}<{'; '.join(arranged(child) for child in expression.children)}>"


def _signed_factors(expression: Expression) -> tuple[bool, list[Expression]]:
    if isinstance(expression, Negation):
        negative, factors = _signed_factors(expression.operand)
        return not negative, factors
    if not isinstance(expression, Product):
        return False, [expression]
    sign, found = False, []
    for factor in expression.factors:
        negative, factors = _signed_factors(factor)
        sign ^= negative
        found += factors
    return sign, found


def _not_yet(typed: Expression, expected: Expression, where: Mapping[str, Expression]) -> str:
    """What differs, by one point at which the two do: never the answer itself."""
    found = compare(_put_in(typed, where), _put_in(expected, where))
    if found.how == "undecided":
        return "Not yet: it has a value at too few points to be compared."
    missing = [name for name in symbols(expected) if name not in symbols(typed) and name not in where]
    if missing and not where:
        return f"Not yet: nothing in it changes with {listed(map(text_of, missing))}."
    if found.witness:
        at = ", ".join(f"{text_of(name)} = {float(value):.3g}" for name, value in found.witness.items())
        return f"Not yet: put in {at}".replace("-", "−") + ", and compare both sides by pencil."
    return "Not yet: go through the rules again, one at a time."
