"""What can be written on paper for a class, as actions of the menu Lesson."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class WorksheetActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of paper."""
        return (
            ActionSpec(
                "worksheets",
                "lesson",
                self.tr("&Worksheets…"),
                self.tr("Write exercises on paper: a version with numbers of its own for each student, and the key"),
                icon="printer",
                section=4,
            ),
        )
