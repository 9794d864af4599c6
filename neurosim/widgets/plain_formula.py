"""Formulas that a plug-in writes in the signs of a keyboard, in the signs of a book."""

from __future__ import annotations

SIGNS = ((" - ", " \u2212 "), ("<-", "\u2190"), ("^2", "²"), ("sqrt(", "√("), (" * ", " · "))


def written(formula: str) -> str:
    """*formula* with true minus signs, arrows and squares, for a tooltip or a caption."""
    for typed, printed in SIGNS:
        formula = formula.replace(typed, printed)
    return formula
