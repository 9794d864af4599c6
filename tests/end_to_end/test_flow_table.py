"""The data in the whole window: a table pasted, sorted, shortened and undone; rows kept for testing; one instant."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSlider, QTableView

from neurosim.paths import resources

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
F = Fraction


@pytest.fixture
def points(open_window):
    """Four points, with the table open and the keyboard in it."""
    hand = open_window(resources() / "examples" / "four_points.neurosim")
    hand.window.book["writeTable"].trigger()
    hand.frame()
    return hand


def grid(hand) -> QTableView:
    return hand.find(QTableView, "dataTable")


def column(hand, name: str) -> list[object]:
    return list(hand.window.document.state.dataset.columns[name].numbers)


def test_paste_sort_delete_and_undo_everything(points, qtbot):
    hand, table = points, grid(points)
    start = hand.window.document.state
    assert table.hasFocus()
    QGuiApplication.clipboard().setText("3,5\t1\n0,5\t2\n2,5\t3\n")
    for _ in range(2):
        QTest.keyClick(table, KEY.Key_Down, CTRL)  # to the last row, and to the blank one behind it
    QTest.keyClick(table, KEY.Key_V, CTRL)
    hand.frame()
    rows = start.dataset.n_rows
    assert hand.window.document.undo_text == "Paste 6 cells"
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 12, 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == "sortUp").trigger()
    menu.close()
    hand.frame()
    assert column(hand, "x") == sorted(column(hand, "x"))
    n = hand.window.document.state.dataset.n_rows
    table.setFocus()
    QTest.keyClick(table, KEY.Key_Home, CTRL)
    QTest.keyClick(table, KEY.Key_Delete, CTRL)
    hand.frame()
    assert hand.window.document.state.dataset.n_rows == n - 1
    assert hand.read("dataTableNote").startswith(f"{n - 1} rows")
    for undone in ("Delete row 1", "Sort by x", "Paste 6 cells"):
        assert hand.window.document.undo_text == undone
        hand.window.activateWindow()
        qtbot.waitUntil(hand.window.isActiveWindow)
        QTest.keyClick(table, KEY.Key_Z, CTRL)
        hand.frame()
    assert hand.window.document.state == start
    assert table.model().rowCount() == rows + 1
    assert not hand.window.document.modified


def test_a_cell_typed_moves_point_line_and_loss(points):
    hand, table = points, grid(points)
    before = hand.read("lossLabel")
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 0)
    QTest.keyClick(table, KEY.Key_Right)
    QTest.keyClick(table, "7")
    QTest.keyClick(table.findChild(object, "dataTableEdit"), KEY.Key_Return)
    hand.frame()
    assert column(hand, "y")[0] == 7
    assert hand.read("lossLabel") != before
    assert hand.window.session.snapshot.dataset.columns["y"][0] == 7


def test_everything_can_be_cleared_and_brought_back(points):
    hand, table = points, grid(points)
    QTest.keyClick(table, KEY.Key_A, CTRL)
    QTest.keyClick(table, KEY.Key_Delete)
    hand.frame()
    assert hand.window.document.state.dataset.n_rows == 0
    assert hand.read("dataTableNote").startswith("0 rows · 4 rows are set aside")
    assert hand.window.session.snapshot.activation("x", 0) is None
    hand.window.document.undo()
    hand.frame()
    assert hand.read("dataTableNote") == "4 rows"
    assert not hand.window.document.modified


def test_a_point_that_is_dragged_moves_in_the_table_in_the_same_frame(points):
    hand, table = points, grid(points)
    begin = hand.in_plot(2, 4)
    hand.press(hand.plot, begin)
    seen = []
    for part in range(1, 5):
        hand.move(hand.plot, begin + (hand.in_plot(2, 2) - begin) * part / 4)
        shown = table.model().index(1, 1).data()
        seen.append(shown)
        assert F(shown) == hand.window.session.snapshot.dataset.columns["y"][1]
    hand.release(hand.plot, hand.in_plot(2, 2))
    assert len(set(seen)) > 1
    assert column(hand, "y")[1] == 2


def test_rows_are_kept_for_testing_from_the_menu(points):
    hand = points
    hand.window.book["testRows"].trigger()
    hand.frame()
    slider = hand.find(QSlider, "testShare")
    assert slider.hasFocus()
    for _ in range(5):
        QTest.keyPress(slider, KEY.Key_PageUp)
    QTest.keyRelease(slider, KEY.Key_PageUp)
    hand.frame()
    assert len(hand.window.document.state.dataset.test_rows) == 2
    label = hand.find(QLabel, "testLossLabel")
    assert label.isVisible()
    assert "Hollow" in hand.read("dataPlotNote")
    assert hand.window.document.undo_text == "Keep 50 % for testing"
    hand.window.book["trainOnAll"].trigger()
    hand.frame()
    assert not label.isVisible()
    hand.window.document.undo()
    hand.window.document.undo()
    hand.frame()
    assert not hand.window.document.modified
