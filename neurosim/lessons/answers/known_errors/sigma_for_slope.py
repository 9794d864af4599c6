"""σ(z) where its derivative σ(z)(1 − σ(z)) is needed."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.algebra.expression import ONE, Function, Negation, Sum, walk
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.pencil import Twist
from neurosim.lessons.answers.slips import FormulaSlip, Slip
from neurosim.numbers.exact import Number

_MESSAGE = "σ(z) itself is not its derivative: a factor is missing that is small where σ is near 1."
_BRIEF = "σ(z) is taken for its derivative"


def _slips(case: Case) -> Iterator[Slip]:
    pencil = case.pencil
    if pencil is None or all(neuron.activation != "sigmoid" for neuron in pencil.network.neurons):
        return
    found = pencil

    def slope(node: str, row: int) -> Number:
        neuron = found.network.node_by_id[node]
        return found.a(node, row) if getattr(neuron, "activation", "") == "sigmoid" else found.slope(node, row)

    yield from case.twisted(Twist(slope=slope), _MESSAGE, _BRIEF)
    if case.asks("bend") and case.node is not None and case.row is not None:
        a = pencil.a(case.node, case.row)
        yield Slip(a, _MESSAGE, _BRIEF)
        yield Slip(1 - a, "That is 1 − σ(z): the factor σ(z) belongs to it.", "only 1 − σ(z) is taken")


def _formulas(case: Case) -> Iterator[FormulaSlip]:
    if case.derived is None:
        return
    for _, part in walk(case.derived[0]):
        if isinstance(part, Function) and part.name == "sigmoid":
            yield FormulaSlip(part, _MESSAGE, _BRIEF)
            other = Sum((ONE, Negation(part)))
            yield FormulaSlip(other, "That is 1 − σ: the factor σ belongs to it.", "only 1 − σ is taken")


PLUGIN = KnownError("sigma_for_slope", "Took σ(z) for its derivative", _slips, _formulas, order=9)
