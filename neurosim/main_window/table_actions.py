"""What can be done with data as a whole, as actions: make them new, write them to a file."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class TableFileActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action, beside those of the menu File that open and save."""
        return (
            ActionSpec(
                "newData",
                "file",
                self.tr("Ne&w data…"),
                self.tr("Make data by a rule, from lines to spirals, or take real ones with a question"),
                ("Ctrl+Shift+N",),
                icon="dices",
            ),
            ActionSpec(
                "exportData",
                "file",
                self.tr("Expor&t data…"),
                self.tr("Write the data to a table file (CSV or TSV)"),
                ("Ctrl+Shift+E",),
                icon="file-down",
                section=2,
            ),
        )
