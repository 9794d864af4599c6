"""Differentiation rules, one file each; a new file here is found, listed and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.algebra.rules.base import FULL, LECTURE, QUOTIENT, STYLES, Applied, Rule, Style
from neurosim.registry import discover, in_order

RULES: Mapping[str, Rule] = in_order(discover("neurosim.algebra.rules", Rule))
"""Each rule by its name, in the order of the lecture's table, and then those that are not in it."""

__all__ = ["FULL", "LECTURE", "QUOTIENT", "RULES", "STYLES", "Applied", "Rule", "Style"]
