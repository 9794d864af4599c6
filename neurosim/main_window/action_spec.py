"""What an action is, as data: its name, its place, its words and its keys."""

from __future__ import annotations

from enum import StrEnum

from neurosim.records import dataclass


class Scope(StrEnum):
    """Where the keys of an action work."""

    WINDOW = "window"
    """Anywhere in the window; a text field keeps the keys that it needs itself."""
    CANVAS = "canvas"
    """While the node graph or a plot has the keyboard."""
    GRAPH = "graph"
    """While the node graph has the keyboard."""


@dataclass(frozen=True)
class ActionSpec:
    """One thing that the user can do.

    Attributes:
        name: the action's objectName and the key of its handler.
        menu: the menu it stands in (``"file"``, ``"edit"``, ...), or ``"file/recent"`` for a submenu.
        text: its words, with ``&`` before the mnemonic.
        tip: one sentence for the status bar, the tooltip and screen readers.
        keys: portable key sequences; the first is shown in the menu.
        scope: where the keys work.
        icon: name of a lucide icon, or ``""``.
        checkable: whether it is switched on and off.
        choice: name of the group of which exactly one is on, or ``""``.
        section: actions of equal section stand together; a line parts the sections.
        argument: what the handler is called with, for one handler behind several actions.
        handler: name of the handler when it is not ``name``.
    """

    name: str
    menu: str
    text: str
    tip: str = ""
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    checkable: bool = False
    choice: str = ""
    section: int = 0
    argument: str | None = None
    handler: str = ""

    @property
    def plain_text(self) -> str:
        """The words without the mnemonic's mark and without the dots that announce a dialog."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
