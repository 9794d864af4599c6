"""What the panels are called in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.panels import PANELS


def panel_title(name: str) -> str:
    """The title of the panel *name*, of the inspector or of the lesson."""
    if name == "inspector":
        return QCoreApplication.translate("Workspace", "Inspector")
    if name == "lesson":
        return QCoreApplication.translate("Workspace", "Lesson")
    return QCoreApplication.translate("PanelKind", PANELS[name].title)
