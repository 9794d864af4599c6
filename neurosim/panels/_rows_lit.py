"""Rows among the ids that light up together: ``row:3`` is the row with index 3."""

from __future__ import annotations

from collections.abc import Iterable

ROW = "row:"


def row_ref(row: int) -> str:
    """The id under which a row lights up."""
    return f"{ROW}{row}"


def rows_in(ids: Iterable[str]) -> frozenset[int]:
    """The rows among *ids*."""
    return frozenset(int(found.removeprefix(ROW)) for found in ids if found.startswith(ROW))
