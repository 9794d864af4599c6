"""What stands where while a class looks on: the graph, a lesson's page or the line on show, and one panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from neurosim.main_window.dock import PanelDock
from neurosim.panels import PANELS
from neurosim.widgets.theme import theme

DATA, DATA_PX, DATA_MOST, LOWER = 0.32, 230, 0.45, 0.345
"""Without a lesson: the width of the data under the graph (beside the line on show), which is more where a larger zoom
was asked for, so many pixels at 100 % but no more than the third; and the height of both."""
PAGE, PICTURE = 0.38, 0.43
"""With a lesson: the width of its page, and the height of the panel under the graph."""
NEVER = frozenset({"lesson", "inspector", "stage", "outline"})
ALONE = frozenset({"biology", "calculus", "compare", "sweep", "variants"})
"""Panels that need all of the height, and say all that there is to say of the network themselves."""
LINES = "working"
"""The panel with all lines of a step: too much for the back row, which sees the line on show in its place."""


class Stage:
    """Owns which panels a lesson has opened so far: of them the class sees one at a time, large.

    Where the docks stood before, and that they come back, is for whoever sets the stage.
    """

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock], graph: QWidget) -> None:
        """*window*: the one in which the docks stand around the *graph*."""
        self._window, self._docks, self._graph = window, docks, graph
        self._opened: list[str] = []
        self._reading = False
        self._of_graph = True
        self.held: frozenset[str] = frozenset()
        self.set = False

    def begin(self, opened: Iterable[str], *, reading: bool, graph: bool) -> None:
        """Clear the window for a class; *opened* are the panels that are in sight, the newest last.

        *graph*: whether the page that is read has anything to say of the network.
        """
        self.set, self._reading, self._of_graph = True, reading, graph
        self._opened = [name for name in opened if name not in NEVER]
        self._clear()

    def set_reading(self, reading: bool) -> None:
        """A lesson has been opened or left while the class looks on; what it has opened so far counts."""
        if self.set and reading != self._reading:
            self._reading = reading
            self._of_graph = self._of_graph or not reading
            self._graph.show()
            self._clear()
            self.share_out()

    def _clear(self) -> None:
        for dock in self._docks.values():
            dock.setFloating(False)
            dock.bar.fold(True)
            self._window.removeDockWidget(dock)
        if self._reading:
            self._stand("lesson", Qt.DockWidgetArea.LeftDockWidgetArea)
            self._follow()
            return
        shown = [name for name in ("data_plot", "stage") if name not in self.held]
        for name in shown:
            self._stand(name, Qt.DockWidgetArea.BottomDockWidgetArea)
        if len(shown) > 1:
            self._window.splitDockWidget(self._docks[shown[0]], self._docks[shown[1]], Qt.Orientation.Horizontal)

    def end(self) -> None:
        """Give the docks their titles back."""
        self.set = False
        self._graph.show()
        for dock in self._docks.values():
            dock.bar.fold(False)

    def open(self, name: str) -> None:
        """The lesson opens a panel: it is seen in place of the one before, if it is one for a class."""
        if name not in NEVER:
            self.close(name)
            self._opened.append(name)
            self._follow()

    def close(self, name: str) -> None:
        """The lesson closes a panel."""
        self._opened = [other for other in self._opened if other != name]
        self._follow()

    def hold_back(self, names: Iterable[str]) -> None:
        """These panels would tell what the instructor hides: they are not seen, on the stage or off it."""
        before, self.held = self.held, frozenset(names)
        if self.set and not self._reading and before != self.held:
            self._clear()
            self.share_out()
        self._follow()

    def arrange(self, opened: Iterable[str], *, graph: bool) -> None:
        """The lesson begins with these panels, and with the graph or without."""
        self._of_graph = graph
        self._opened = [name for name in opened if name not in NEVER]
        self._follow()

    @property
    def on_view(self) -> str | None:
        """The panel under the graph while a lesson is read; ``None``: the graph has all of the height."""
        opened = [name for name in self._opened if name not in self.held]
        pictures = [name for name in opened if name != LINES and not PANELS[name].strip]
        return pictures[-1] if pictures else "stage" if LINES in opened else None

    def share_out(self) -> None:
        """Give everything its part of the window."""
        width, height = self._window.width(), self._window.height()
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        if not self._reading:
            both = [self._docks[name] for name in ("data_plot", "stage") if name not in self.held]
            if len(both) > 1:
                data = round(min(max(width * DATA, theme().px(DATA_PX)), width * DATA_MOST))
                self._window.resizeDocks(both, [data, width - data], across)
            self._window.resizeDocks(both, [round(height * LOWER)] * len(both), down)
            return
        shown = self.on_view
        if shown in ALONE:
            both = [self._docks["lesson"], self._docks[shown]]
            self._window.resizeDocks(both, [round(width * PAGE), width - round(width * PAGE)], across)
            return
        self._window.resizeDocks([self._docks["lesson"]], [round(width * PAGE)], across)
        if shown is not None:
            self._window.resizeDocks([self._docks[shown]], [round(height * PICTURE)], down)

    def _follow(self) -> None:
        """Show the panel that is to be seen, and no other."""
        if not self.set or not self._reading:
            return
        wanted = self.on_view
        for name, dock in self._docks.items():
            if name not in {"lesson", wanted} and not dock.isHidden():
                dock.hide()
        self._graph.setVisible(self._of_graph and wanted not in ALONE)
        if wanted is not None and not self._docks[wanted].in_front:
            alone = wanted in ALONE
            area = Qt.DockWidgetArea.RightDockWidgetArea if alone else Qt.DockWidgetArea.BottomDockWidgetArea
            self._stand(wanted, area)
        self.share_out()

    def _stand(self, name: str, area: Qt.DockWidgetArea) -> None:
        dock = self._docks[name]
        self._window.addDockWidget(area, dock)
        dock.bring_to_front()


def in_sight(docks: Mapping[str, PanelDock], newest: Iterable[str]) -> list[str]:
    """The panels that are in front, those opened last at the end; *newest*: names in the order of opening."""
    order = {name: place for place, name in enumerate(newest)}
    found = [name for name in PANELS if docks[name].in_front]
    return sorted(found, key=lambda name: order.get(name, -1))
