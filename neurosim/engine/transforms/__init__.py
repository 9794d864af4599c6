"""Transforms of columns into features, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.transforms.base import Transform
from neurosim.registry import discover, in_order

TRANSFORMS: Mapping[str, Transform] = in_order(discover("neurosim.engine.transforms", Transform, "neurosim.transforms"))
"""Each transform by its name in files, in the order in which menus offer them."""

__all__ = ["TRANSFORMS", "Transform"]
