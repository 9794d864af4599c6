"""A sentence for the user with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.records import dataclass

Action = tuple[str, Callable[[], object]]
"""A button: its text and what it does."""


@dataclass(frozen=True)
class Notice:
    """What the message bar shows: one sentence, and buttons such as Undo and Smaller step."""

    text: str
    actions: tuple[Action, ...] = ()
