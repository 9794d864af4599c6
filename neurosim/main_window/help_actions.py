"""Where help is found, as actions of the menu Help."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec, Scope


class HelpActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "shortcuts",
                "help",
                self.tr("&Keys and gestures"),
                self.tr("Every key, on one page"),
                ("F1",),
                icon="keyboard",
            ),
            ActionSpec(
                "canvasShortcuts",
                "",
                self.tr("Keys and gestures"),
                keys=("?",),
                scope=Scope.CANVAS,
                handler="shortcuts",
            ),
            ActionSpec(
                "palette",
                "help",
                self.tr("&Find a command…"),
                self.tr("Type what you want to do"),
                ("Ctrl+Shift+P", "Ctrl+K"),
                icon="search",
            ),
            ActionSpec(
                "messages", "help", self.tr("&Messages"), self.tr("What the program has said so far"), section=1
            ),
            ActionSpec("about", "help", self.tr("&About neurosim"), self.tr("Version and licences"), section=1),
        )
