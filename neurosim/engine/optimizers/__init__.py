"""Optimizers, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.optimizers.base import Optimizer
from neurosim.registry import discover

OPTIMIZERS: Mapping[str, Optimizer] = discover("neurosim.engine.optimizers", Optimizer, "neurosim.optimizers")
"""Each optimizer by its name in files."""

__all__ = ["OPTIMIZERS", "Optimizer"]
