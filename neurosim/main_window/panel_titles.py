"""What the panels are called, and what they show, in the language of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from neurosim.panels import PANELS

_NO_PLUGINS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "inspector": (
            str(QT_TRANSLATE_NOOP("Workspace", "Inspector")),
            str(QT_TRANSLATE_NOOP("Workspace", "All that can be set for what is selected in the graph")),
        ),
        "lesson": (
            str(QT_TRANSLATE_NOOP("Workspace", "Lesson")),
            str(QT_TRANSLATE_NOOP("Workspace", "The list of the lessons, and the page of the one that is open")),
        ),
    }
)
"""Title and help of the panels that belong to the window itself."""


def panel_title(name: str) -> str:
    """The title of the panel *name*, of the inspector or of the lesson."""
    return _words(name)[0]


def panel_help(name: str) -> str:
    """What the panel *name* shows, in one line."""
    return _words(name)[1]


def _words(name: str) -> tuple[str, str]:
    context, words = "Workspace", _NO_PLUGINS.get(name)
    if words is None:
        context, words = "PanelKind", (PANELS[name].title, PANELS[name].help)
    title, text = words
    return QCoreApplication.translate(context, title), QCoreApplication.translate(context, text)
