"""What the stories share: a shown window, the robot that uses it, and the places and words one looks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QPoint, QPointF, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QMenuBar
from robot import PATIENCE, Robot

from neurosim.app import create_window
from neurosim.canvas.view import GraphView
from neurosim.document.json_format import dumps
from neurosim.main_window.window import MainWindow

MINUS = "\N{MINUS SIGN}"


def _names(action: QAction) -> set[str]:
    """What an entry of a menu, or the menu that it opens, is called."""
    below = action.menu()
    return {action.objectName()} | ({below.objectName()} if isinstance(below, QMenu) else set())


class Story:
    """A shown window, the robot that uses it, and the places one points at."""

    def __init__(
        self, name: str, pictures: Path | None, size: QSize, path: Path | None = None, percent: int = 100
    ) -> None:
        self.name = name
        self.window: MainWindow = create_window(path)
        if percent == 100:
            self.window.resize(size)
            self.window.show()
        else:
            self.window.appearance.set_percent(percent)
            self.window.showMaximized()
        self.robot = Robot(self.window, pictures)
        self.graph: GraphView = self.window.graph
        self.wait(self.graph.hasFocus, "the canvas has the focus at the start")

    # -- places ----------------------------------------------------------------------------------------------------

    @property
    def plot(self) -> pyqtgraph.PlotWidget:
        """The data plot."""
        found = self.robot.find(pyqtgraph.PlotWidget, "dataPlot")
        assert isinstance(found, pyqtgraph.PlotWidget)
        return found

    def at(self, x: float, y: float) -> QPoint:
        """Where on the screen a point of the data plot is."""
        scene = self.plot.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        return self.robot.in_scene(self.plot, scene)

    def chip(self, parameter: str) -> QPoint:
        """Where on the screen the number of a weight or bias stands."""
        return self.robot.in_scene(self.graph, self.graph.drawing.chips.chips[parameter, "weight"].centre)

    def port(self, node: str, side: str) -> QPoint:
        """Where on the screen a port of a node is."""
        item = self.graph.drawing.nodes[node]
        place = item.out_port() if side == "out" else item.in_port()
        return self.robot.in_scene(self.graph, item.pos() + place)

    def menu_item(self, menu: QMenu, name: str) -> QPoint:
        """Where on the screen an entry of an open menu is."""
        action = next(action for action in menu.actions() if name in _names(action))
        return self.robot.place(menu, menu.actionGeometry(action).center())

    def choose(self, title: str, *names: str) -> None:
        """Click through the menus: the title in the menu bar, then entries by name."""
        bar = self.robot.find(QMenuBar, "menuBar")
        assert isinstance(bar, QMenuBar)
        entry = next(action for action in bar.actions() if action.text().replace("&", "") == title)
        self.robot.click(self.robot.place(bar, bar.actionGeometry(entry).center()))
        for depth, name in enumerate(names):
            self.wait(lambda: QApplication.activePopupWidget() is not None, f"the menu {title} opens")
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            self.robot.click(self.menu_item(menu, name))
            if depth + 1 < len(names):
                self.wait(lambda m=menu: QApplication.activePopupWidget() is not m, f"{name} opens")
        self.wait(lambda: QApplication.activePopupWidget() is None, "the menu closes")

    def button(self, name: str) -> QPoint:
        """Where on the screen the middle of a button is."""
        return self.robot.place(self.robot.find(QAbstractButton, name))

    # -- what one sees ---------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """What a label says."""
        label = self.robot.find(QLabel, name)
        assert isinstance(label, QLabel)
        return label.text().replace(MINUS, "-")

    def wait(self, condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Wait until something is so, for *patience* seconds at most."""
        self.robot.wait(condition, f"{self.name}: {what}", patience)

    def shows(self, label: str, words: str) -> None:
        """Wait until a label contains *words*."""
        self.wait(lambda: words in self.text(label), f"{label} shows {words}, not {self.text(label)!r}")

    def parameter(self, name: str) -> object:
        """The value of a weight or bias."""
        return self.window.document.state.network.parameters[name]

    def entries(self) -> int:
        """How many entries undo would take back."""
        return len(self.window.document.history.branch()) - 1

    def state_hash(self) -> str:
        """What a file of the document would be, as one number."""
        return hashlib.sha256(dumps(self.window.document.state).encode()).hexdigest()

    def fresh(self) -> None:
        """Begin again from the lecture's neuron with Ctrl+N, with nothing to undo and nothing to save."""
        self.window.document.mark_saved(Path("put-away.neurosim"))
        self.robot.keys(["Escape", "ctrl+n"])
        self.shows("lossLabel", "466/9")
        self.wait(lambda: not self.window.document.can_undo, "there is nothing to undo")
        self.window.graph.setFocus()

    def picture(self, moment: str) -> None:
        """Take a picture of the screen."""
        self.robot.picture(f"{self.name}-{moment}")
