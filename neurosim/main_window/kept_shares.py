"""Each panel keeps its part of the window when that becomes larger or smaller: nothing is squeezed by the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from neurosim.main_window.dock import PanelDock, StripDock
from neurosim.widgets.theme import theme

NARROW = 236
"""A column at the left that has no more than this, in pixels at 100 %, stays as wide as it is."""


class KeptShares(QObject):
    """Owns the part that each panel has of the workspace's width, at its sides, or height, at its foot.

    Qt leaves panels as large as they were, and takes all that a smaller window lacks from what is in the middle.
    A part is another one as soon as a hand, or an arrangement, gives the panel another size in a window of the same.
    """

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, PanelDock]) -> None:
        super().__init__(workspace)
        self._workspace, self._docks = workspace, docks
        self._size = QSize()
        self._parts: dict[str, float] = {}
        self._given: dict[str, int] = {}
        self._resting = True
        for dock in docks.values():
            dock.resized.connect(partial(self._note, dock))

    def rest(self, resting: bool) -> None:
        """While it rests, sizes are not those of a desk: before a class, and where there is little room."""
        self._resting = resting

    def follow(self) -> None:
        """The workspace has another size than before, or its own again: give each panel its part of it."""
        size, before = self._workspace.size(), self._size
        if self._resting or size.isEmpty():
            return
        if size != before and self._parts:
            for along in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
                self._share_out(along)
        self._size = size
        for name in self._parts:
            self._given[name] = self._length(name)

    def _share_out(self, along: Qt.Orientation) -> None:
        shown = [name for name, dock in self._docks.items() if self._is_along(dock, along)]
        sizes = [self._wanted(name) for name in shown]
        docks: list[QDockWidget] = [self._docks[name] for name in shown]
        layout = self._workspace.layout()
        if layout is not None and any(name in self._parts for name in shown):
            layout.activate()  # or Qt would share out what there was before
            self._workspace.resizeDocks(docks, sizes, along)

    def _wanted(self, name: str) -> int:
        """How many pixels a panel is to have; without a part of its own, as many as now."""
        now, part = self._length(name), self._parts.get(name)
        if part is None:
            return now
        horizontal = self._along(self._docks[name]) == Qt.Orientation.Horizontal
        if self._area(self._docks[name]) == Qt.DockWidgetArea.LeftDockWidgetArea and now <= theme().px(NARROW):
            return now
        return round(part * (self._workspace.width() if horizontal else self._workspace.height()))

    # -- keeping ---------------------------------------------------------------------------------------------------

    def _note(self, dock: PanelDock) -> None:
        """A panel has another size while the workspace has the same: that is its part from now on."""
        size = self._workspace.size()
        if self._resting or size != self._size or not self._stands(dock) or isinstance(dock, StripDock):
            return
        name = dock.objectName().removesuffix("Dock")
        length = self._length(name)
        if length != self._given.get(name):
            whole = size.width() if self._along(dock) == Qt.Orientation.Horizontal else size.height()
            self._parts[name], self._given[name] = length / whole, length

    def to_keep(self) -> str:
        """The parts, as text."""
        return json.dumps({name: round(part, 5) for name, part in sorted(self._parts.items())})

    def take(self, kept: str) -> None:
        """The parts that were kept once; what is not understood is passed over."""
        try:
            found = json.loads(kept) if kept else {}
        except ValueError:
            return
        if isinstance(found, dict):
            parts = {name: part for name, part in found.items() if name in self._docks and isinstance(part, float)}
            self._parts = {name: part for name, part in parts.items() if 0 < part < 1}

    # -- where a panel stands --------------------------------------------------------------------------------------

    def _stands(self, dock: PanelDock) -> bool:
        return dock.in_front and not dock.isFloating()

    def _is_along(self, dock: PanelDock, along: Qt.Orientation) -> bool:
        return self._stands(dock) and self._along(dock) == along

    def _along(self, dock: PanelDock) -> Qt.Orientation:
        sides = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
        return Qt.Orientation.Horizontal if self._area(dock) in sides else Qt.Orientation.Vertical

    def _area(self, dock: PanelDock) -> Qt.DockWidgetArea:
        return self._workspace.dockWidgetArea(dock)

    def _length(self, name: str) -> int:
        dock = self._docks[name]
        return dock.width() if self._along(dock) == Qt.Orientation.Horizontal else dock.height()
