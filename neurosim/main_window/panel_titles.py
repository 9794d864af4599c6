"""What the panels are called, and what they show, in the language of the interface."""

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


def panel_help(name: str) -> str:
    """What the panel *name* shows, in one line."""
    if name == "inspector":
        return QCoreApplication.translate("Workspace", "All that can be set for what is selected in the graph")
    if name == "lesson":
        return QCoreApplication.translate("Workspace", "The list of the lessons, and the page of the one that is open")
    return QCoreApplication.translate("PanelKind", PANELS[name].help)
