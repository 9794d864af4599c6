"""The distances of mathematical typesetting, in em: those of Computer Modern, which the KaTeX faces are made after.

Donald Knuth, The TeXbook, appendix G; the names are his. Where a distance depends on the size of the letters, the
three values are for full size, for scripts and for scripts of scripts.
"""

from __future__ import annotations

SCALES = (1.0, 0.7, 0.5)
"""Full size, scripts, scripts of scripts."""

AXIS = 0.25
"""Height of bars, of the middle of brackets and of the minus above the baseline."""
RULE = 0.04
X_HEIGHT = 0.431

NUMERATOR_DISPLAY = 0.677
NUMERATOR = (0.394, 0.384, 0.387)
DENOMINATOR_DISPLAY = 0.686
DENOMINATOR = (0.345, 0.344, 0.532)
FRACTION_ROOM = 0.12
"""Empty room on both sides of a fraction."""

RAISED_DISPLAY = 0.413
RAISED = (0.363, 0.431, 0.404)
RAISED_CRAMPED = (0.289, 0.286, 0.294)
LOWERED = (0.150, 0.143, 0.200)
LOWERED_UNDER_RAISED = (0.247, 0.286, 0.400)
RAISED_DROP = (0.386, 0.353, 0.494)
LOWERED_DROP = (0.050, 0.071, 0.100)
SCRIPT_ROOM = 0.05
"""Empty room after a script."""

LIMIT_GAP_ABOVE = 0.111
LIMIT_GAP_BELOW = 0.167
LIMIT_RISE = 0.2
LIMIT_DROP = 0.6
LIMIT_MARGIN = 0.1

THIN = 3 / 18
MEDIUM = 4 / 18
THICK = 5 / 18

BRACKET_SHARE = 0.901
"""The least part of its content that a bracket covers."""
BRACKET_SHORTFALL = 0.5
"""The most that a bracket may be shorter than its content."""
PLAIN_HEIGHT = 1.1
PLAIN_DEPTH = 0.45
"""Content on one line stays in brackets of one line: an exponent and an index do not make them grow."""
