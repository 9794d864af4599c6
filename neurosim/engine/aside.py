"""Rows that are kept but not trained on, because a number is missing in them or cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from neurosim.records import dataclass


@dataclass(frozen=True)
class Aside:
    """A row of a table that stands among its complete rows and is no part of them.

    Attributes:
        place: it stands before the complete row of this number (from 0), or after the last when there is none.
        cells: column to text as read; an empty text says that the value is missing. A column that is not named has no
            cell at all: the row is too short.
        beyond: cells for which there is no column: the row is too long.
        test: whether it is kept for testing as soon as it is complete.
    """

    place: int
    cells: Mapping[str, str]
    beyond: tuple[str, ...] = ()
    test: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))
