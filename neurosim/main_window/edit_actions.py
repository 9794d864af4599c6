"""What takes back, selects and clears, as actions of the menu Edit."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec, Scope


class EditActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "undo", "edit", self.tr("&Undo"), self.tr("Take back the last change"), ("Ctrl+Z",), icon="undo-2"
            ),
            ActionSpec(
                "redo",
                "edit",
                self.tr("&Redo"),
                self.tr("Do again what was taken back"),
                ("Ctrl+Y", "Ctrl+Shift+Z"),
                icon="redo-2",
            ),
            ActionSpec(
                "paste",
                "edit",
                self.tr("&Paste table"),
                self.tr("Open a table from the clipboard as data"),
                ("Ctrl+V",),
                Scope.CANVAS,
                icon="clipboard-paste",
                section=1,
            ),
            ActionSpec(
                "duplicate",
                "edit",
                self.tr("Dup&licate"),
                self.tr("Copy the selected nodes"),
                ("Ctrl+D",),
                Scope.GRAPH,
                icon="copy",
                section=2,
            ),
            ActionSpec(
                "delete",
                "edit",
                self.tr("&Delete"),
                self.tr("Remove what is selected, and nothing else"),
                ("Del", "Backspace"),
                Scope.GRAPH,
                icon="trash-2",
                section=2,
            ),
            ActionSpec(
                "deleteReconnect",
                "edit",
                self.tr("Delete and re&connect"),
                self.tr("Remove the selected neurons and connect what fed them to what they fed"),
                ("Ctrl+Del",),
                Scope.GRAPH,
                section=2,
            ),
            ActionSpec(
                "selectAll",
                "edit",
                self.tr("Select &all"),
                self.tr("Select the whole graph"),
                ("Ctrl+A",),
                Scope.GRAPH,
                section=2,
            ),
            ActionSpec(
                "rename",
                "edit",
                self.tr("Re&name…"),
                self.tr("Give the selected node a name"),
                ("F2",),
                Scope.GRAPH,
                section=3,
            ),
            ActionSpec(
                "mute",
                "edit",
                self.tr("&Mute"),
                self.tr("Let the selected weights and biases count as 0, or no longer"),
                ("M",),
                Scope.GRAPH,
                section=3,
            ),
            ActionSpec(
                "freeze",
                "edit",
                self.tr("&Freeze"),
                self.tr("Keep training from changing the selected weights and biases, or no longer"),
                ("Ctrl+L",),
                Scope.GRAPH,
                icon="lock",
                section=3,
            ),
        )
