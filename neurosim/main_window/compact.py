"""One place for all panels: how a workspace with little room is arranged, and how it finds back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow

from neurosim.main_window.dock import PanelDock
from neurosim.widgets.theme import theme

LEFT = ("lesson", "inspector")
BESIDE, ALONE = 0.42, 0.5
"""The part of the width that the panels have, beside the column at the left and without one."""


class Compact:
    """Remembers how a workspace stood while it had room enough.

    Attributes:
        level: 0 for a workspace with room enough, 1 where all panels share one place at the right of the graph,
            2 where lesson and inspector are there, too.
        ample: how the workspace stood before, or ``None`` where it has been arranged anew since.
    """

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, PanelDock], strips: frozenset[str]) -> None:
        self._workspace, self._docks, self._strips = workspace, docks, strips
        self.level = 0
        self.ample: QByteArray | None = None
        self._opened: frozenset[str] = frozenset()
        self._zoom = 1.0

    def opened(self) -> frozenset[str]:
        """The panels that are open, in front or not."""
        return frozenset(name for name, dock in self._docks.items() if not dock.isHidden())

    def enter(self, level: int, ample: QByteArray) -> None:
        """Come from a workspace with room enough, which stood as *ample* says."""
        if not self.level:
            self.ample, self._zoom = ample, theme().zoom
        self.level = level

    @property
    def kept_sizes(self) -> bool:
        """Whether the sizes of before are still good: those of another zoom are not."""
        return theme().zoom == self._zoom

    def leave(self) -> QByteArray | None:
        """How to stand with room enough; ``None`` where that is to be arranged anew."""
        ample, self.ample, self.level = self.ample, None, 0
        return ample

    def note_opened(self) -> None:
        """Remember what is open now, so that what is opened and closed in little room stays so."""
        self._opened = self.opened()

    def changed(self) -> Mapping[str, bool]:
        """The panels that were opened or closed since, and whether they are open."""
        now = self.opened()
        return {name: name in now for name in now ^ self._opened}

    def gather(self, opened: frozenset[str], front: list[str]) -> None:
        """Put all panels into their one place, those *opened* open, and those in *front* in front of the others."""
        place, first = Qt.DockWidgetArea.RightDockWidgetArea, None
        for name, dock in self._docks.items():
            if dock.isFloating():
                continue
            self._workspace.removeDockWidget(dock)
            if name in self._strips:
                self._workspace.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
            elif name in LEFT and self.level == 1:
                self._workspace.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
            else:
                self._workspace.addDockWidget(place, dock)
                if first is not None:
                    self._workspace.tabifyDockWidget(first, dock)
                first = dock
        if self.level == 1:
            self._workspace.tabifyDockWidget(*(self._docks[name] for name in LEFT))
        for name, dock in self._docks.items():
            dock.setVisible(name in opened and name not in self._strips)
        for name in front:
            if name in opened and name not in self._strips:
                self._docks[name].bring_to_front()

    def width(self, whole: int) -> int:
        """Of the panels beside the graph, in a workspace *whole* pixels wide."""
        left = self.level == 1 and any(not self._docks[name].isHidden() for name in LEFT)
        return round(whole * (BESIDE if left else ALONE))
