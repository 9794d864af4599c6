"""Activation functions, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.activations.base import Activation
from neurosim.registry import discover, in_order

ACTIVATIONS: Mapping[str, Activation] = in_order(
    discover("neurosim.engine.activations", Activation, "neurosim.activations")
)
"""Each activation by its name in files, in the order in which menus offer them."""

__all__ = ["ACTIVATIONS", "Activation"]
