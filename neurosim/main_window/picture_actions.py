"""What makes pictures, as actions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class PictureActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action that makes a picture."""
        return (
            ActionSpec(
                "exportPicture",
                "file",
                self.tr("Export p&icture…"),
                self.tr("Copy or save a picture of the graph, a panel or the window (PNG or SVG)"),
                ("Ctrl+Shift+I",),
                icon="image",
                section=2,
            ),
        )
