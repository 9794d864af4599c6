"""What the actions of the menu Help do: the windows that they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMainWindow

from neurosim import __version__
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.actions import ActionList
from neurosim.widgets.message_bar import MessageLog

if TYPE_CHECKING:
    from neurosim.main_window.palette import CommandPalette


class HelpCommands(QObject):
    """Owns the palette. ``attach`` hands it what it tells of, before any of the actions can run."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._book: ActionBook | None = None
        self._log: MessageLog | None = None
        self._palette: CommandPalette | None = None

    def attach(self, book: ActionBook, log: MessageLog) -> None:
        """Take the actions, and what the program has said, which are built later."""
        self._book, self._log = book, log

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"shortcuts": self.shortcuts, "palette": self.palette, "messages": self.messages, "about": self.about}

    def shortcuts(self) -> None:
        """Show every key."""
        if self._book is not None:
            from neurosim.main_window.shortcuts.sheet import ShortcutsSheet

            show_once(ShortcutsSheet(self._book, ActionList().menus(), self._window))

    def palette(self) -> None:
        """Open the command palette."""
        if self._book is not None:
            if self._palette is None:
                from neurosim.main_window.palette import CommandPalette

                self._palette = CommandPalette(self._book, ActionList().menus(), self._window)
            self._palette.open_over(self._window)

    def messages(self) -> None:
        """Show what the program has said so far."""
        if self._log is not None:
            from neurosim.main_window.message_window import MessageWindow

            show_once(MessageWindow(self._log, self._window))

    def about(self) -> None:
        """Show version and licences."""
        from neurosim.main_window.about import AboutDialog

        show_once(AboutDialog(__version__, self._window))


def show_once(dialog: QDialog) -> None:
    """Show *dialog*, which ends when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
