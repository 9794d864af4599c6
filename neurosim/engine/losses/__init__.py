"""Losses, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.losses.base import Loss
from neurosim.registry import discover, in_order

LOSSES: Mapping[str, Loss] = in_order(discover("neurosim.engine.losses", Loss, "neurosim.losses"))
"""Each loss by its name in files, in the order in which menus offer them."""

__all__ = ["LOSSES", "Loss"]
