"""Generated data, one file for each kind; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.generators.base import Generator
from neurosim.registry import discover, in_order

GENERATORS: Mapping[str, Generator] = in_order(discover("neurosim.engine.generators", Generator, "neurosim.generators"))
"""Each generator by its name, in the order in which menus offer them."""

__all__ = ["GENERATORS", "Generator"]
