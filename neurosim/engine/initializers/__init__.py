"""Random starts, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.initializers.base import Initializer
from neurosim.registry import Lazily, discover, in_order

INITIALIZERS: Mapping[str, Initializer] = Lazily(
    lambda: in_order(discover("neurosim.engine.initializers", Initializer, "neurosim.initializers"))
)
"""Each initializer by its name in files, in the order in which menus offer them."""

__all__ = ["INITIALIZERS", "Initializer"]
