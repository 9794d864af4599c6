"""Of what a picture can be drawn: the whole window, the graph, and each panel that is to be seen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from neurosim.main_window.panel_titles import panel_title
from neurosim.main_window.workspace import Workspace
from neurosim.records import dataclass

WINDOW, GRAPH = "window", "graph"


@dataclass(frozen=True)
class View:
    """A part of the window, by its name on the command line and its title for people."""

    name: str
    title: str
    widget: QWidget

    @property
    def whole(self) -> bool:
        """Whether its controls belong to what it says, as the buttons that are a lesson's words do."""
        return self.name in {WINDOW, "lesson", "inspector"}


def views(window: QWidget, graph: QWidget, workspace: Workspace) -> tuple[View, ...]:
    """What can be drawn now: a panel that is closed, or behind another one's tab, has no picture."""
    tr = QCoreApplication.translate
    found = [View(GRAPH, tr("Pictures", "Neuron graph"), graph), View(WINDOW, tr("Pictures", "Whole window"), window)]
    for name, dock in workspace.docks.items():
        panel = dock.widget()
        if panel is not None and dock.in_front and panel.isVisible():
            found.insert(-1, View(name, panel_title(name), panel))
    return tuple(found)
