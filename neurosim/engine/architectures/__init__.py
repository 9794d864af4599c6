"""Networks that are drawn at one press, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.registry import discover, in_order

ARCHITECTURES: Mapping[str, Architecture] = in_order(
    discover("neurosim.engine.architectures", Architecture, "neurosim.architectures")
)
"""Each architecture by its name, in the order in which they are offered."""

MOST_WIDTH = 32
"""A layer that is drawn at one press has at most so many neurons: more could not be told apart."""

MOST_LAYERS = 6

__all__ = ["ARCHITECTURES", "MOST_LAYERS", "MOST_WIDTH", "Architecture", "Shape", "Task"]
