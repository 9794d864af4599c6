"""What each panel was like, from one start of the program to the next: how its numbers are written, what it shows."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from neurosim.main_window.store import read_text, write
from neurosim.main_window.workspace import Workspace
from neurosim.panels.base import Panel


class PanelMemory(QObject):
    """Reminds each panel when it is made, and writes down what they are like when it is asked to."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        for panel in workspace.made.values():
            self._remind(panel)
        workspace.panel_made.connect(self._remind)

    def keep(self) -> None:
        """Write down what the panels are like now; of those that were never made it stays as it was."""
        for name, panel in self._workspace.made.items():
            if isinstance(panel, Panel):
                write(_key(name), json.dumps(panel.kept(), sort_keys=True))

    def _remind(self, panel: QWidget) -> None:
        name = next((name for name, made in self._workspace.made.items() if made is panel), None)
        if name is None or not isinstance(panel, Panel):
            return
        try:
            kept = json.loads(read_text(_key(name), "{}"))
        except ValueError:
            return  # the settings were edited by hand
        if isinstance(kept, dict):
            panel.recall({str(key): str(value) for key, value in kept.items()})


def _key(name: str) -> str:
    return f"panels/{name}"
