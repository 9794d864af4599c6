"""What was made lately, so that it is not made again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V]):
    """Owns the *most* things that were made last.

    Reading is that of a dictionary alone: the keys of formulas are long, and are looked at in every frame.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def put(self, key: K, value: V) -> V:
        """Keep *value*, and let go of what was made first."""
        if len(self) >= self._most:
            del self[next(iter(self))]
        self[key] = value
        return value
