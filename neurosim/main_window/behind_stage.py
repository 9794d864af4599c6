"""What stands behind the stage while a class looks on: the desk's panels, and what a lesson has done to them since."""

from __future__ import annotations

from PySide6.QtCore import QByteArray

from neurosim.main_window.layouts import Layout


class BehindStage:
    """Owns how the panels are to stand when the presentation ends.

    Attributes:
        kept: the places of the docks at the beginning, or those that the end of a lesson brings back.
        first: the arrangement that was in force there.
        layout: the arrangement that a lesson has asked for since; ``None``: none.
        keep: the panels that stay open besides those of *layout*.
        opened: whether each panel that was opened or closed since then is open, by name, the newest last.
    """

    def __init__(self, kept: QByteArray, first: Layout) -> None:
        self.kept, self.first = kept, first
        self.layout: Layout | None = None
        self.keep: tuple[str, ...] = ()
        self.opened: dict[str, bool] = {}

    def arrange(self, layout: Layout, keep: tuple[str, ...]) -> None:
        """A page arranges the panels anew: what was opened and closed before it is past."""
        self.layout, self.keep = layout, keep
        self.opened = {}

    def set_open(self, name: str, is_open: bool) -> None:
        """A panel is opened or closed."""
        self.opened.pop(name, None)
        self.opened[name] = is_open

    def bring_back(self, kept: QByteArray, first: Layout) -> None:
        """The panels are to stand as they did before a lesson, when the arrangement was like *first*."""
        self.kept, self.first, self.layout, self.opened = kept, first, None, {}
