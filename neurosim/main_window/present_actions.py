"""What can be done to show the window to a class, as actions of the menu View."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class PresentActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of presenting."""
        return (
            ActionSpec(
                "presentAction",
                "view",
                self.tr("Pr&esent"),
                self.tr(
                    "Fill the screen for a class: graph, data and one line of the working, large; "
                    "Page Down and Page Up step, B is black, W white, L a spotlight, Esc ends"
                ),
                ("F5",),
                icon="presentation",
                section=4,
            ),
            ActionSpec(
                "teacherWindow",
                "view",
                self.tr("Teacher's w&indow"),
                self.tr("A window of your own for another screen: where the class is, what comes next, and notes"),
                checkable=True,
                section=4,
            ),
            ActionSpec(
                "showKeys",
                "view",
                self.tr("Show &keys while presenting"),
                self.tr("A caption in the corner says which key or button was pressed, and what it did"),
                ("Ctrl+Shift+K",),
                checkable=True,
                section=4,
            ),
        )
