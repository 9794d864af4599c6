"""What the panels are called in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.panels import PANELS


def panel_title(name: str) -> str:
    """The title of the panel *name*, or of the inspector."""
    if name == "inspector":
        return QCoreApplication.translate("Workspace", "Inspector")
    return QCoreApplication.translate("PanelKind", PANELS[name].title)
