"""What the instructor locks stays as it is by every way in, and each says so in a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QTreeView

from neurosim.lessons.hands import hand_of
from neurosim.panels.loss_map.panel import LossMapPanel
from neurosim.widgets.number_field import NumberField


def lock(hand, *phrases: str) -> None:
    hand.window.commands.lessons.runner.set_hand(hand_of((), phrases))
    hand.frame()


def told(hand) -> list[str]:
    return [message.text for message in hand.window.message_bar.log.messages if "locked" in message.text]


def type_on_the_chip(hand) -> None:
    graph = hand.window.graph
    graph.setFocus()
    hand.click_in_graph(graph.drawing.chips.chips["a", "weight"].centre)
    hand.frame()
    field = hand.window.focusWidget()
    if isinstance(field, NumberField):
        field.selectAll()
        QTest.keyClicks(field, "2.5")
        QTest.keyClick(field, Qt.Key.Key_Return)


def scrub_the_chip(hand) -> None:
    graph = hand.window.graph
    place = graph.mapFromScene(graph.drawing.chips.chips["a", "weight"].centre)
    view = graph.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    for away in (4, 12, 30):
        QTest.mouseMove(view, place + QPointF(away, 0).toPoint())
    QTest.mouseRelease(
        view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place + QPointF(30, 0).toPoint()
    )


def type_in_the_inspector(hand) -> None:
    window = hand.window
    window.selection.select({"a"})
    window.workspace.docks["inspector"].bring_to_front()
    hand.frame()
    field = next(f for f in window.workspace.docks["inspector"].findChildren(NumberField) if f.isVisible())
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2.5")
    QTest.keyClick(field, Qt.Key.Key_Return)


def type_in_the_outline(hand) -> None:
    window = hand.window
    window.workspace.open_panel("outline")
    hand.frame()
    tree = window.workspace.panels["outline"].findChild(QTreeView)
    model = tree.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                model.setData(index, "2.5", Qt.ItemDataRole.EditRole)
    walk = [model.index(row, 0) for row in range(model.rowCount())]
    while walk:
        parent = walk.pop()
        for row in range(model.rowCount(parent)):
            walk.append(model.index(row, 0, parent))
            for column in range(1, model.columnCount(parent)):
                index = model.index(row, column, parent)
                if index.flags() & Qt.ItemFlag.ItemIsEditable and "1/3" in str(model.data(index)):
                    model.setData(index, "2.5", Qt.ItemDataRole.EditRole)


def click_in_the_loss_map(hand) -> None:
    window = hand.window
    window.workspace.open_panel("loss_map")
    for _ in range(3):
        hand.frame()
    panel = window.workspace.panels["loss_map"]
    assert isinstance(panel, LossMapPanel)
    middle = panel.plot.viewport().rect().center()
    QTest.mouseClick(panel.plot.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    panel.plot.setFocus()
    QTest.keyClick(panel.plot, Qt.Key.Key_Right)


def draw_anew(hand) -> None:
    hand.window.book["newRandomStart"].trigger()


WEIGHTS = [
    type_on_the_chip,
    scrub_the_chip,
    type_in_the_inspector,
    type_in_the_outline,
    click_in_the_loss_map,
    draw_anew,
]


@pytest.mark.parametrize("way", WEIGHTS)
@pytest.mark.parametrize("phrases", [("weights",), ("edge a", "bias n")])
def test_a_locked_weight_stays_by_every_way_in(open_window, way, phrases):
    hand = open_window(size=(1600, 1000))
    lock(hand, *phrases)
    before = dict(hand.window.document.state.network.parameters)
    way(hand)
    hand.frame()
    assert dict(hand.window.document.state.network.parameters) == before
    assert told(hand), "it is said"
    hand.window.commands.lessons.runner.set_hand(hand_of((), ()))
    hand.frame()
    way(hand)
    hand.frame()
    assert dict(hand.window.document.state.network.parameters) != before, "unlocked, the same way changes it"


def drag_a_point(hand) -> None:
    hand.drag_point((2, 0), (2, 3))


def nudge_a_point(hand) -> None:
    hand.window.selection.select_rows({0})
    hand.plot.setFocus()
    QTest.keyClick(hand.plot, Qt.Key.Key_Up)


def type_in_the_table(hand) -> None:
    model = _table(hand).model()
    index = model.index(0, 0)
    model.setData(index, "9", Qt.ItemDataRole.EditRole)


def paste_a_table(hand) -> None:
    table = _table(hand)
    QGuiApplication.clipboard().setText("7\t8\n9\t10\n")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _table(hand) -> QTableView:
    hand.window.workspace.open_panel("data_table")
    hand.frame()
    found = hand.window.workspace.panels["data_table"].findChild(QTableView)
    assert found is not None
    return found


POINTS = [drag_a_point, nudge_a_point, type_in_the_table, paste_a_table]


@pytest.mark.parametrize("way", POINTS)
def test_locked_points_stay_by_every_way_in(open_window, way):
    hand = open_window(size=(1600, 1000))
    lock(hand, "points")
    before = hand.window.document.state.dataset
    way(hand)
    hand.frame()
    assert hand.window.document.state.dataset == before
    assert told(hand), "it is said"
    lock(hand)
    way(hand)
    hand.frame()
    assert hand.window.document.state.dataset != before, "unlocked, the same way changes them"
