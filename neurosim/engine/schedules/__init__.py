"""Learning-rate schedules, one file each; a new file here is found, offered and tested by being there."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.schedules.base import Schedule
from neurosim.registry import discover, in_order

SCHEDULES: Mapping[str, Schedule] = in_order(discover("neurosim.engine.schedules", Schedule, "neurosim.schedules"))
"""Each schedule by its name in files, in the order in which menus offer them."""

__all__ = ["SCHEDULES", "Schedule"]
