"""What can be done with files and the program, as actions of the menu File."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class FileActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "new",
                "file",
                self.tr("&New"),
                self.tr("Start again from the lecture's neuron"),
                ("Ctrl+N",),
                icon="file-plus",
            ),
            ActionSpec("newEmpty", "file", self.tr("New &empty"), self.tr("Start from an empty sheet and empty data")),
            ActionSpec(
                "open",
                "file",
                self.tr("&Open…"),
                self.tr("Open a saved document"),
                ("Ctrl+O",),
                icon="folder-open",
                section=1,
            ),
            ActionSpec(
                "exampleGallery",
                "file/examples",
                self.tr("&All examples…"),
                self.tr("Look at the examples and open one"),
                ("Ctrl+Shift+X",),
                icon="layout-grid",
            ),
            ActionSpec(
                "openData",
                "file",
                self.tr("Open &data…"),
                self.tr("Read a table (CSV or TSV) and build a neuron that fits it"),
                ("Ctrl+Shift+O",),
                icon="table",
                section=1,
            ),
            ActionSpec(
                "save", "file", self.tr("&Save"), self.tr("Save the document"), ("Ctrl+S",), icon="save", section=2
            ),
            ActionSpec(
                "saveAs", "file", self.tr("Save &as…"), self.tr("Save under another name"), ("Ctrl+Shift+S",), section=2
            ),
            ActionSpec(
                "exportScript",
                "file",
                self.tr("Export as P&ython…"),
                self.tr("Write network, data and training as a short program that needs nothing but Python"),
                icon="file-text",
                section=2,
            ),
            ActionSpec(
                "restore",
                "file",
                self.tr("Restore &unsaved work"),
                self.tr("Bring back what was not saved when the program ended"),
                icon="history",
                section=2,
            ),
            ActionSpec(
                "preferences",
                "file",
                self.tr("&Preferences…"),
                self.tr("Theme, numbers, sizes"),
                ("Ctrl+,",),
                section=3,
            ),
            ActionSpec("quit", "file", self.tr("&Quit"), self.tr("Close the window"), ("Ctrl+Q",), section=4),
        )
