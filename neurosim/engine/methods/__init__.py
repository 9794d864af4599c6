"""Training methods, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.methods.base import Method
from neurosim.registry import discover, in_order

METHODS: Mapping[str, Method] = in_order(discover("neurosim.engine.methods", Method, "neurosim.methods"))
"""Each method by its name in files, in the order in which menus offer them."""

__all__ = ["METHODS", "Method"]
