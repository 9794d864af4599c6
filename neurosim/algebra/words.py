"""The words that a run of typed letters is split into before what is left over is read letter by letter."""

from __future__ import annotations

from neurosim.algebra.functions import SPELLINGS
from neurosim.algebra.names import GREEK

WORDS: tuple[str, ...] = tuple(sorted({*SPELLINGS, *GREEK, "pi"} - {"σ"}, key=lambda word: (-len(word), word)))
"""Longest first, so that ``tanh`` is not read as ``tan`` and h."""

ENDINGS: tuple[str, ...] = (*WORDS, "hat")
"""What neighbouring letters must not spell by accident when they are written side by side."""

FOREIGN: frozenset[str] = frozenset(
    [
        *("arcsin", "arccos", "arctan", "asin", "acos", "atan", "sinh", "cosh", "sec", "csc", "cot"),
        *("min", "max", "floor", "ceil", "erf", "lim", "sum", "int", "diff"),
    ]
)
"""Names that people may expect to be known, and that must not be taken for a product of letters."""

FUNCTION_LETTERS = "fghFGH"
"""Letters that name a function when a bracket follows them."""

LONGEST_RUN = 3
"""From so many letters on, letters with a bracket directly after them look like the name of a function."""
