"""Simplifications, one file each; a new file here is found, used and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.algebra.simplifications.base import Rewritten, Simplification
from neurosim.registry import discover, in_order

SIMPLIFICATIONS: Mapping[str, Simplification] = in_order(discover("neurosim.algebra.simplifications", Simplification))
"""Each simplification by its name, those that are tried first in front."""

__all__ = ["SIMPLIFICATIONS", "Rewritten", "Simplification"]
