"""The pencil's check of each line at one point, worked out when a line is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression
from neurosim.algebra.numeric import LineCheck, agree, central_difference, slope
from neurosim.numbers.exact import Number


class Checks:
    """Owns the central difference of one function at one point, and what each line that was asked for is worth there.

    The same as ``Derivation.check``, with the difference taken once for all lines.
    """

    def __init__(self, function: Expression, symbol: str, values: Mapping[str, Number]) -> None:
        self._values = values
        self._found: dict[Expression, LineCheck] = {}
        self._difference: float | None = None
        self._problem = ""
        try:
            self._difference = central_difference(function, symbol, values)
        except EvaluationError as error:
            self._problem = str(error)

    @property
    def values(self) -> Mapping[str, Number]:
        """The point: the value of each symbol."""
        return self._values

    def of(self, line: Expression) -> LineCheck:
        """A line beside the central difference."""
        found = self._found.get(line)
        if found is None:
            found = self._found[line] = self._checked(line)
        return found

    def _checked(self, line: Expression) -> LineCheck:
        if self._difference is None:
            return LineCheck(None, None, False, self._problem)
        try:
            value = evaluate(line, self._values, slope)
        except EvaluationError as error:
            return LineCheck(None, None, False, str(error))
        return LineCheck(value, self._difference, agree(float(value), self._difference))
