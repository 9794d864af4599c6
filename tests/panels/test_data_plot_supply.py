"""New points out of the tray and the brush, old ones back into the tray: each deed is one entry of the history."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QToolButton

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels.data_plot.tray import Tray

F = Fraction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


def line() -> DocumentState:
    network = Network((InputNode("x", "x"), Neuron("n", bias=F(0))), (Edge("a", "x", "n", F(1)),), (Output("n", "y"),))
    data = Dataset({"x": Column((F(1), F(2), F(3), F(4))), "y": Column((F(2), F(3), F(5), F(8)))})
    return DocumentState(network=network, dataset=data)


def plane() -> DocumentState:
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(0), activation="sigmoid")),
        (Edge("a", "x1", "n", F(1)), Edge("b", "x2", "n", F(1))),
        (Output("n", "y"),),
    )
    values = {"x1": (-2, -1, 1, 2), "x2": (-1, -2, 2, 1), "y": (0, 0, 1, 1)}
    data = Dataset({name: Column(tuple(F(v) for v in column)) for name, column in values.items()})
    return DocumentState(network=network, dataset=data, training=TrainingSettings(loss="cross_entropy"))


class Hand:
    """A pointer that begins on the tray."""

    def __init__(self, made) -> None:
        self.made = made
        self.tray: Tray = made.panel.findChild(Tray)

    def send(self, kind: QEvent.Type, at: QPoint, button, held) -> None:
        place = QPointF(self.tray.mapFromGlobal(at))
        QApplication.sendEvent(self.tray, QMouseEvent(kind, place, QPointF(at), button, held, PLAIN))

    def pull(self, heap: int, *ends: tuple[float, float], release: bool = True) -> None:
        """Press on a heap, go by each place of the plot, let go at the last."""
        start = self.tray.mapToGlobal(QPoint(self.tray.width() * (2 * heap + 1) // (2 * self.tray.heaps), 12))
        self.send(QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
        at = start
        for end in ends:
            at = self.made.plot.viewport().mapToGlobal(self.made.at(*end))
            self.send(QEvent.Type.MouseMove, at, NONE, LEFT)
            self.made.frame()
        if release:
            self.send(QEvent.Type.MouseButtonRelease, at, LEFT, NONE)
            self.made.frame()


@pytest.fixture
def made(bench):
    return bench("data_plot", line())


def test_a_point_is_dragged_out_of_the_tray(made):
    Hand(made).pull(0, (2, 4), (2.5, 6))
    assert made.document.state.dataset.n_rows == 5
    assert made.row(4) == {"x": F(5, 2), "y": 6}
    assert made.selection.rows == {4}
    assert made.document.undo_text == "Add point"
    assert made.entries() == 1
    made.document.undo()
    assert made.document.state.dataset.n_rows == 4


def test_a_point_let_go_of_over_the_tray_was_never_there(made):
    hand = Hand(made)
    hand.pull(0, (2, 4), release=False)
    assert made.document.state.dataset.n_rows == 5
    over = hand.tray.mapToGlobal(hand.tray.rect().center())
    hand.send(QEvent.Type.MouseMove, over, NONE, LEFT)
    hand.send(QEvent.Type.MouseButtonRelease, over, LEFT, NONE)
    made.frame()
    assert made.document.state.dataset.n_rows == 4
    assert made.entries() == 0


def test_esc_puts_it_back(made):
    hand = Hand(made)
    hand.pull(0, (2, 4), release=False)
    QTest.keyClick(hand.tray, Qt.Key.Key_Escape)
    made.frame()
    assert made.entries() == 0


def test_a_point_is_dragged_into_the_tray_to_delete_it(made):
    tray = made.panel.findChild(Tray)
    over = made.plot.viewport().mapFromGlobal(tray.mapToGlobal(tray.rect().center()))
    made.drag(made.at(2, 3), over)
    assert list(made.document.state.dataset.columns["x"].numbers) == [1, 3, 4]
    assert made.document.undo_text == "Delete point 2"
    assert made.entries() == 1
    made.document.undo()
    assert made.row(1) == {"x": 2, "y": 3}


def test_the_tray_works_by_keys_and_clicks(made):
    tray = made.panel.findChild(Tray)
    tray.setFocus()
    QTest.keyClick(tray, Qt.Key.Key_Return)
    made.frame()
    assert made.document.state.dataset.n_rows == 5
    QTest.keyClick(tray, Qt.Key.Key_Delete)
    made.frame()
    assert made.document.state.dataset.n_rows == 4
    QTest.mouseClick(tray, LEFT, pos=tray.rect().center())
    made.frame()
    assert made.document.state.dataset.n_rows == 5


def test_classes_have_a_heap_each(bench):
    made = bench("data_plot", plane())
    hand = Hand(made)
    assert hand.tray.heaps == 2
    hand.pull(0, (1, 1), (1.5, 1))
    assert made.row(4)["y"] == 0
    hand.pull(1, (-1, -1), (-1.5, -1))
    assert made.row(5)["y"] == 1
    hand.tray.setFocus()
    QTest.keyClick(hand.tray, Qt.Key.Key_Left)
    QTest.keyClick(hand.tray, Qt.Key.Key_Space)
    made.frame()
    assert made.row(6)["y"] == 0


# -- the brush -----------------------------------------------------------------------------------------------------


def stroke(made) -> list[dict[str, object]]:
    made.drag(made.at(1.5, 3), made.at(3.5, 6))
    return [made.row(row) for row in range(4, made.document.state.dataset.n_rows)]


def test_a_stroke_is_one_entry_and_the_same_stroke_gives_the_same_points(made):
    brush = made.panel.findChild(QToolButton, "dataPlotBrush")
    QTest.mouseClick(brush, LEFT)
    made.frame()
    first = stroke(made)
    assert len(first) >= 6
    assert made.entries() == 1
    assert made.document.undo_text == f"Spray {len(first)} points"
    made.document.undo()
    made.frame()
    assert stroke(made) == first
    assert all(isinstance(value, Fraction) for row in first for value in row.values())


def test_without_noise_points_fall_where_the_pointer_is(made):
    QTest.keyClick(made.plot, Qt.Key.Key_B)
    made.panel.findChild(QSlider, "brushSpread").setValue(0)
    made.frame()
    place = made.at(2.5, 4)
    made.press(place)
    made.release(place)
    made.frame()
    assert float(made.row(4)["x"]) == pytest.approx(2.5, abs=0.06)
    assert float(made.row(4)["y"]) == pytest.approx(4, abs=0.06)
    assert made.document.undo_text == "Add point"


def test_esc_takes_the_stroke_back(made):
    QTest.keyClick(made.plot, Qt.Key.Key_B)
    made.press(made.at(2, 4))
    made.move(made.at(3, 5))
    QTest.keyClick(made.plot, Qt.Key.Key_Escape)
    made.release(made.at(3, 5))
    made.frame()
    assert made.entries() == 0


def test_the_brush_has_a_class_and_works_by_key(bench):
    made = bench("data_plot", plane())
    QTest.keyClick(made.plot, Qt.Key.Key_B)
    made.frame()
    QTest.keyClick(made.panel.findChild(QComboBox, "brushClass"), Qt.Key.Key_Up)
    QTest.keyClick(made.plot, Qt.Key.Key_Insert)
    made.frame()
    n = made.document.state.dataset.n_rows
    assert n == 7
    assert {made.row(row)["y"] for row in range(4, n)} == {0}


def test_points_are_kept_for_testing_by_key(made):
    made.selection.select_rows({1, 2})
    QTest.keyClick(made.plot, Qt.Key.Key_T)
    made.frame()
    assert made.document.state.dataset.test_rows == (1, 2)
    assert made.document.undo_text == "Keep 2 points for testing"
    QTest.keyClick(made.plot, Qt.Key.Key_T)
    made.frame()
    assert made.document.state.dataset.test_rows == ()


def test_points_of_a_class_that_is_a_word_get_the_word(bench):
    state = plane()
    data = Dataset(
        {name: state.dataset.columns[name] for name in ("x1", "x2")}, texts={"kind": ("pear", "pear", "plum", "plum")}
    )
    output = Output("n", "kind", transform="indicator", settings=(("class", "plum"),))
    made = bench("data_plot", replace(state, network=replace(state.network, outputs=(output,)), dataset=data))
    hand = Hand(made)
    assert hand.tray.heaps == 2
    hand.pull(1, (-1, -1), (-1.5, -1))
    hand.pull(0, (1, 1), (1.5, 1))
    assert made.document.state.dataset.texts["kind"][4:] == ("plum", "pear")
    assert made.document.state.dataset.columns["x1"][4] == F(-3, 2)
