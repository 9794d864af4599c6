"""What the actions on panels and their arrangement do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.layouts import LAYOUTS
from neurosim.main_window.workspace import Workspace


class PanelCommands(QObject):
    """Owns nothing. ``attach`` hands it the workspace, before any of the actions can run."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._book: ActionBook | None = None
        self._workspace: Workspace | None = None

    def attach(self, book: ActionBook, workspace: Workspace) -> None:
        """Take the parts that are built later."""
        self._book, self._workspace = book, workspace

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {
            "panel": self.toggle_panel,
            "resetLayout": self.reset_layout,
            "layout": self.use_layout,
            "floatPanel": self.float_panel,
            "compareVariants": self.compare_variants,
        }

    def toggle_panel(self, name: str) -> None:
        """Show a panel, in front of those that share its place, or hide it."""
        if self._workspace is not None and self._book is not None:
            dock = self._workspace.docks[name]
            if dock.in_front:
                dock.hide()
            else:
                self._workspace.open_panel(name)
            self._book[f"panel-{name}"].setChecked(not dock.isHidden())

    def compare_variants(self) -> None:
        """Arrange the window for variants side by side, unless they are in sight already."""
        if self._workspace is not None and not self._workspace.docks["variants"].in_front:
            self._workspace.arrange(LAYOUTS["compare"])

    def reset_layout(self) -> None:
        """Put all panels back where they were at first."""
        if self._workspace is not None:
            self._workspace.arrange()

    def use_layout(self, name: str) -> None:
        """Arrange the panels for a purpose."""
        if self._workspace is not None:
            self._workspace.arrange(LAYOUTS[name])

    def float_panel(self) -> None:
        """Take the panel that has the keyboard out of the window, or put it back."""
        if self._workspace is not None:
            self._workspace.float_panel()
