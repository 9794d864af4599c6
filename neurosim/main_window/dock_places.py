"""The place that each dock has in an arrangement: beside, under or behind which others it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar

from neurosim.main_window.dock import PanelDock
from neurosim.main_window.room_shares import RoomShares
from neurosim.panels import PANELS

_AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class DockPlaces(QObject):
    """Owns which arrangement gave the docks their places, until a hand moves one.

    Qt makes bars of tabs anew whenever docks are moved, and leaves those that they replace where they are.
    """

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, PanelDock], shares: RoomShares) -> None:
        super().__init__(workspace)
        self._workspace, self._docks, self._shares = workspace, docks, shares
        self._placed: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._placing = False
        for dock in docks.values():
            dock.topLevelChanged.connect(self._moved)
            dock.dockLocationChanged.connect(self._moved)

    def take(self) -> None:
        """Give each dock the place that it has in the present layout, unless every one has it already."""
        layout = self._shares.layout
        if self._placed == (layout.below, layout.apart):
            return
        with self.moving():
            for dock in self._docks.values():
                if dock.isFloating():
                    dock.setFloating(False)
                self._workspace.removeDockWidget(dock)  # or the bar of tabs that it stood in would stay
            for name, dock in self._docks.items():
                self._workspace.addDockWidget(_AREAS[self._shares.area(name) if name in PANELS else "left"], dock)
            self._gather()
        self._placed = layout.below, layout.apart

    def forget(self) -> None:
        """Docks stand elsewhere: the next layout puts all of them back."""
        self._placed = None

    @contextmanager
    def moving(self) -> Iterator[None]:
        """While the program moves docks, and no hand."""
        before = self.bars()
        self._placing = True
        yield
        self._placing = False
        for bar in before:
            bar.hide()

    def bars(self) -> list[QTabBar]:
        """The bars of tabs that there are."""
        return [child for child in self._workspace.children() if isinstance(child, QTabBar)]

    def _moved(self) -> None:
        if not self._placing:
            self.forget()

    def _gather(self) -> None:
        """Let the panels that are not shown at first stand behind the last of their area that is: tabs when opened."""
        workspace, docks, shares = self._workspace, self._docks, self._shares
        workspace.tabifyDockWidget(docks["lesson"], docks["inspector"])
        for name in shares.standing("left"):
            workspace.tabifyDockWidget(docks["inspector"], docks[name])
        for area in ("right", "bottom"):
            names = [name for name in shares.standing(area) if name not in shares.layout.apart + shares.layout.below]
            last = [name for name in names if PANELS[name].visible and not PANELS[name].strip][-1:]
            # Strips first: what is put beside one of several tabs becomes a tab itself.
            for name in sorted(names, key=lambda name: not PANELS[name].strip):
                if last and PANELS[name].strip:
                    workspace.splitDockWidget(docks[last[0]], docks[name], Qt.Orientation.Vertical)
                elif last and not PANELS[name].visible:
                    workspace.tabifyDockWidget(docks[last[0]], docks[name])
