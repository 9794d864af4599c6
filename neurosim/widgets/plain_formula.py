"""Formulas that a plug-in writes in the signs of a keyboard, in the signs of a book."""

from __future__ import annotations

import re

SIGNS = (("<-", "\u2190"), (">=", "≥"), ("<=", "≤"), ("^2", "²"), ("sqrt(", "√("), (" * ", " · "))
MINUS = re.compile(r"-(?=[\s\w(])")


def written(formula: str) -> str:
    """*formula* with true minus signs, arrows and squares, for a tooltip or a caption."""
    for typed, printed in SIGNS:
        formula = formula.replace(typed, printed)
    return MINUS.sub("\u2212", formula)
