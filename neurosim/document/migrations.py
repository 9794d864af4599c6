"""The file versions: how an older document becomes one of today, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

VERSION = 1
"""The version that is written."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = MappingProxyType({})
"""For each older version the function that lifts a document to the next one. Version 1 is the first."""


def migrate(
    raw: dict[str, Any], version: int, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = VERSION
) -> dict[str, Any]:
    """*raw*, a document of *version*, as one of version *newest*.

    Raises:
        KeyError: no migration starts at a version on the way (a gap in the table).
    """
    for step in range(version, newest):
        raw = {**migrations[step](raw), "version": step + 1}
    return raw
