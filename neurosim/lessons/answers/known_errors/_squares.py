"""What several known errors ask about a loss made of squares."""

from __future__ import annotations

from neurosim.lessons.answers.case import Case


def has_factor_two(case: Case) -> bool:
    """Whether a 2 stands in the derivative: squared error without a half in front."""
    pencil = case.pencil
    if pencil is None or pencil.settings.loss != "squared_error":
        return False
    return not pencil.settings.reduction.startswith("half")


def has_squares(case: Case) -> bool:
    """Whether the loss is made of squares of residuals of one output."""
    return case.pencil is not None and case.pencil.settings.loss == "squared_error" and case.pencil.neuron is not None
