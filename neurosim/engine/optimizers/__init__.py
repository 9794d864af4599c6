"""Optimizers, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.optimizers.base import Optimizer
from neurosim.registry import discover, in_order

OPTIMIZERS: Mapping[str, Optimizer] = in_order(discover("neurosim.engine.optimizers", Optimizer, "neurosim.optimizers"))
"""Each optimizer by its name in files, in the order in which menus offer them."""

__all__ = ["OPTIMIZERS", "Optimizer"]
