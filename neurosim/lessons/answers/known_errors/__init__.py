"""Known errors, one file each; a new file here is found, looked for and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors.base import KnownError
from neurosim.lessons.answers.slips import FormulaSlip, Slip
from neurosim.registry import Lazily, discover, in_order

KNOWN_ERRORS: Mapping[str, KnownError] = Lazily(
    lambda: in_order(discover("neurosim.lessons.answers.known_errors", KnownError, "neurosim.known_errors"))
)
"""Each known error by its name, the likeliest first."""


def slips_in(case: Case) -> list[Slip]:
    """Every number that a known error gives in a question, the likeliest first."""
    return [replace(slip, error=error.name) for error in KNOWN_ERRORS.values() for slip in error.slips(case)]


def formula_slips_in(case: Case) -> list[FormulaSlip]:
    """Every formula that a known error gives in a question, the likeliest first."""
    return [replace(slip, error=error.name) for error in KNOWN_ERRORS.values() for slip in error.formulas(case)]


__all__ = ["KNOWN_ERRORS", "KnownError", "formula_slips_in", "slips_in"]
