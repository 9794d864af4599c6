"""What goes wrong while a plot is painted is told, and the program lives on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest

from neurosim import paths
from neurosim.document.json_format import load
from neurosim.panels._layer import CachedLayer, Layer
from neurosim.panels._paint import draw_chip
from neurosim.widgets.theme import theme
from samples import lecture_state


class _Wrong(Layer):
    def draw(self, _painter: QPainter) -> None:
        raise ValueError("nothing to draw")


class _WrongPicture(CachedLayer):
    def draw(self, _painter: QPainter) -> None:
        raise ValueError("nothing to keep")


def test_a_layer_that_fails_is_told_of_and_the_others_are_painted(bench, qtbot) -> None:
    made = bench("data_plot", lecture_state())
    view = made.panel.view
    before = made.plot.grab().toImage()
    layers = [kind(5.0, view.box) for kind in (_Wrong, _WrongPicture)]
    for layer in layers:
        view.add_layer(layer)
        layer.changed()
    with qtbot.captureExceptions() as caught:
        after = made.plot.grab().toImage()
    assert {str(error) for _, error, _ in caught} == {"nothing to draw", "nothing to keep"}
    assert after == before
    for layer in layers:
        layer.hide()


def test_a_label_of_nothing_is_no_label(qapp) -> None:
    pixmap = QPixmap(50, 50)
    pixmap.fill(Qt.GlobalColor.white)
    before = pixmap.toImage()
    painter = QPainter(pixmap)
    assert draw_chip(painter, theme(), QRectF(0, 0, 50, 50), QPointF(20, 20), []).isEmpty()
    painter.end()
    assert pixmap.toImage() == before


def test_another_document_is_opened_while_a_point_of_the_microscope_has_the_keyboard(bench) -> None:
    made = bench("activation", lecture_state())
    made.plot.setFocus()
    QTest.keyClick(made.plot, Qt.Key.Key_Tab)
    made.frame()
    made.document.reset(load(paths.example("hours_pass")))
    made.plot.grab()  # before the frame that shows the new document
    made.frame()
    made.plot.grab()
    assert made.panel.picture.points.z.size == made.document.state.dataset.n_rows
