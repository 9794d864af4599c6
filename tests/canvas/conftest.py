"""A hand for the canvas: real mouse and key events on the view's viewport, no waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.paths import example
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Hand:
    """The view with its document, and what a hand does to it; points are scene coordinates."""

    view: GraphView
    document: Document
    session: TrainingSession
    selection: Selection
    qtbot: object

    def screen(self, at: QPointF) -> QPoint:
        return self.view.mapFromScene(at)

    def send(self, kind: QEvent.Type, at: QPointF | QPoint, button, held, modifiers=NONE) -> None:
        place = QPointF(at if isinstance(at, QPoint) else self.screen(at))
        where = QPointF(self.view.viewport().mapToGlobal(place.toPoint()))
        QApplication.sendEvent(self.view.viewport(), QMouseEvent(kind, place, where, button, held, modifiers))

    def press(self, at: QPointF | QPoint, modifiers=NONE, button=LEFT) -> None:
        self.send(QEvent.Type.MouseButtonPress, at, button, button, modifiers)

    def move(self, at: QPointF | QPoint, modifiers=NONE, held=LEFT) -> None:
        self.send(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, held, modifiers)

    def release(self, at: QPointF | QPoint, modifiers=NONE, button=LEFT) -> None:
        self.send(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton, modifiers)

    def click(self, at: QPointF, modifiers=NONE, button=LEFT) -> None:
        self.move(at, modifiers, Qt.MouseButton.NoButton)
        self.press(at, modifiers, button)
        self.release(at, modifiers, button)

    def double_click(self, at: QPointF) -> None:
        self.click(at)
        self.send(QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)
        self.release(at)

    def drag(self, start: QPointF, end: QPointF, modifiers=NONE, button=LEFT, steps: int = 5) -> None:
        # On the screen the way is fixed beforehand: the picture may move under the pointer.
        way = [self.screen(start + (end - start) * (i / steps)) for i in range(steps + 1)]
        self.move(way[0], modifiers, Qt.MouseButton.NoButton)
        self.press(way[0], modifiers, button)
        for place in way[1:]:
            self.move(place, modifiers, button)
        self.release(way[-1], modifiers, button)

    def wheel(self, at: QPointF, turns: int) -> None:
        place = QPointF(self.screen(at))
        where = QPointF(self.view.viewport().mapToGlobal(place.toPoint()))
        event = QWheelEvent(
            place,
            where,
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view.viewport(), event)

    def key(self, key: Qt.Key, modifiers=NONE) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        QTest.keyClicks(self.focus(), text)

    def enter(self) -> None:
        popup = QApplication.activePopupWidget() is not None
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)
        if popup:
            self.come_back()

    def come_back(self) -> None:
        """What a window manager does after a menu: the window that was active is active again."""
        self.view.window().activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.view.window())
        if self.view.focusWidget() is None:
            self.view.setFocus()

    def focus(self):
        """What gets the keys: a field in an open menu, else the focused widget."""
        popup = QApplication.activePopupWidget()
        inner = popup.focusWidget() if popup is not None else None
        found = inner or popup or QApplication.focusWidget()
        assert found is not None
        return found

    def menu(self) -> QMenu:
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        return popup

    def choose(self, name: str) -> None:
        """Choose an entry of the open menu, or of its submenus, by objectName or text."""
        menu = self.menu()
        actions = [a for sub in (menu, *menu.findChildren(QMenu)) for a in sub.actions()]
        action = next(a for a in actions if a.objectName() == name or a.text() == name)
        assert action.isEnabled()
        menu.close()
        action.trigger()
        self.come_back()

    def frame(self) -> None:
        """One frame of the session, as the clock would give it."""
        self.session.advance()

    # -- places ------------------------------------------------------------------------------------------------------

    def node(self, key: str) -> QPointF:
        return self.view.drawing.nodes[key].pos()

    def out_port(self, key: str) -> QPointF:
        item = self.view.drawing.nodes[key]
        return item.pos() + item.out_port() + QPointF(3, 0)

    def in_port(self, key: str) -> QPointF:
        item = self.view.drawing.nodes[key]
        return item.pos() + item.in_port() - QPointF(3, 0)

    def chip(self, parameter: str) -> QPointF:
        return self.view.drawing.chips.chips[parameter, "weight"].centre

    def chip_text(self, parameter: str, kind: str = "weight") -> str:
        return self.view.drawing.chips.chips[parameter, kind].text

    def empty(self) -> QPointF:
        """A place where nothing is: below everything."""
        rect = self.view.drawing.graph_rect()
        return QPointF(rect.center().x(), rect.bottom() + 12)

    @property
    def network(self) -> Network:
        return self.document.state.network


@pytest.fixture
def make_hand(qtbot) -> Callable[[DocumentState], Hand]:
    def make(state: DocumentState, size: tuple[int, int] = (860, 640)) -> Hand:
        document = Document(state)
        session = TrainingSession(document)
        selection = Selection(document)
        view = GraphView(document, session, selection, Display())
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.activateWindow()
        qtbot.waitActive(view)
        view.setFocus()
        view.fit_all()
        return Hand(view, document, session, selection, qtbot)

    return make


@pytest.fixture
def lecture(make_hand) -> Hand:
    """The lecture's neuron: x -> a = 1/3 -> f with bias -6, output y."""
    return make_hand(load(example("lecture")))


def two_layers() -> DocumentState:
    """2-2-1 with all edges: x1, x2 -> h1, h2 -> p."""
    nodes = (
        InputNode("x1", "x1", position=(0, -100)),
        InputNode("x2", "x2", position=(0, 100)),
        Neuron("h1", bias=Fraction(-1, 2), activation="sigmoid", position=(280, -100)),
        Neuron("h2", bias=Fraction(1, 3), activation="tanh", position=(280, 100)),
        Neuron("p", bias=Fraction(0), activation="sigmoid", position=(560, 0)),
    )
    edges = (
        Edge("w1", "x1", "h1", Fraction(2)),
        Edge("w2", "x2", "h1", Fraction(-3, 2)),
        Edge("w3", "x1", "h2", Fraction(-1)),
        Edge("w4", "x2", "h2", Fraction(1, 4)),
        Edge("v1", "h1", "p", Fraction(5, 2)),
        Edge("v2", "h2", "p", Fraction(-7, 3)),
    )
    columns = {"x1": (0, 0, 1, 1), "x2": (0, 1, 0, 1), "y": (0, 1, 1, 0)}
    dataset = Dataset({name: Column([Fraction(v) for v in values]) for name, values in columns.items()})
    network = Network(nodes, edges, (Output("p", "y"),))
    return DocumentState(network, dataset, TrainingSettings(loss="cross_entropy"))


def loose_parts() -> DocumentState:
    """An input and two neurons that nothing connects, and the lecture's data."""
    nodes = (
        InputNode("x", "x", position=(0, 0)),
        Neuron("n1", bias=Fraction(-6), position=(260, -100)),
        Neuron("n2", position=(520, 60)),
    )
    dataset = Dataset({"x": Column([Fraction(2), Fraction(4)]), "y": Column([Fraction(0), Fraction(4)])})
    return DocumentState(Network(nodes), dataset, TrainingSettings())


@pytest.fixture
def two_by_two(make_hand) -> Hand:
    return make_hand(two_layers())


@pytest.fixture
def loose(make_hand) -> Hand:
    return make_hand(loose_parts())
