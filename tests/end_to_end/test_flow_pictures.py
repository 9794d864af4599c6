"""Pictures for slides: what is chosen is what is drawn, in pixels and in outlines, on the clipboard and on the disk."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from neurosim.main_window.pictures.drawing import as_image
from neurosim.main_window.pictures.mended_svg import mended
from neurosim.main_window.pictures.outlines import as_svg

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def dialog(hand):
    QTest.keyClick(hand.window, Qt.Key.Key_I, CONTROL | SHIFT)
    made = hand.window.commands.pictures.dialog
    made.refresh()
    return made


def choose(dialog, name):
    dialog.what.setCurrentIndex(dialog.what.findData(name))
    dialog.what.activated.emit(dialog.what.currentIndex())


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314  # our own


def words_of(svg):
    """What the picture says, in the order of drawing."""
    return [element.get("aria-label") for element in parsed(svg).iter() if element.get("aria-label")]


def likeness(one, other):
    """The share of pixels that are alike, and not only because they are background."""
    assert one.size() == other.size()
    ground = one.pixelColor(0, 0)
    alike = drawn = 0
    for y in range(0, one.height(), 2):
        for x in range(0, one.width(), 2):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            if a != ground or b != ground:
                drawn += 1
                alike += abs(a.lightness() - b.lightness()) < 96
    return alike / drawn


def test_what_is_to_be_seen_can_be_drawn(hand, dialog):
    offered = [dialog.what.itemData(index) for index in range(dialog.what.count())]
    docks = hand.window.workspace.docks
    assert offered[0] == "graph"
    assert offered[-1] == "window"
    assert set(offered[1:-1]) == {name for name, dock in docks.items() if dock.in_front and not dock.isHidden()}
    docks["data_plot"].hide()
    dialog.refresh()
    assert dialog.what.findData("data_plot") == -1


def test_an_svg_is_like_the_screen_and_needs_no_font(hand):
    graph = hand.window.graph
    svg = as_svg(graph, "Neuron graph")
    root = parsed(svg)
    assert not list(root.iter(f"{SVG}text"))
    assert root.find(f"{SVG}title").text == "Neuron graph"
    assert {"−6", "+1/3", "Σ", "target y = 0"} <= set(words_of(svg))
    drawn = QImage(graph.size(), QImage.Format.Format_ARGB32)
    painter = QPainter(drawn)
    QSvgRenderer(svg).render(painter)
    painter.end()
    assert likeness(as_image(graph), drawn) > 0.85


@pytest.mark.parametrize("name", ["data_plot", "loss_curve"])
def test_a_plot_is_made_of_strokes_and_not_of_pixels(hand, name):
    view = next(view for view in hand.window.commands.pictures.views() if view.name == name)
    widths = re.findall(rb'<image[^>]* width="(\d+)"', as_svg(view.widget, view.title, whole=view.whole))
    assert all(int(width) < 40 for width in widths)  # icons of buttons at most


@pytest.mark.parametrize("name", ["data_plot", "working", "loss_curve", "timeline", "window"])
def test_every_view_is_like_the_screen(hand, name):
    view = next(view for view in hand.window.commands.pictures.views() if view.name == name)
    svg = as_svg(view.widget, view.title, whole=view.whole)
    drawn = QImage(view.widget.size(), QImage.Format.Format_ARGB32)
    painter = QPainter(drawn)
    QSvgRenderer(svg).render(painter)
    painter.end()
    assert likeness(as_image(view.widget, whole=view.whole), drawn) > 0.95


def test_controls_are_left_out_unless_the_window_is_drawn(hand):
    graph = hand.window.graph
    bar = graph.findChild(QAbstractButton, "graphZoomInButton")
    place = bar.mapTo(graph, bar.rect().center())
    clean, whole = as_image(graph), as_image(graph, whole=True)
    assert len({clean.pixel(place.x() + dx, place.y()) for dx in range(-8, 9)}) == 1
    assert len({whole.pixel(place.x() + dx, place.y()) for dx in range(-8, 9)}) > 1
    assert "+" not in words_of(as_svg(graph, ""))


def test_a_picture_is_copied_as_pixels_and_outlines(hand, dialog):
    choose(dialog, "data_plot")
    panel = hand.window.workspace.panels["data_plot"]
    assert dialog.sharpness.itemText(0) == f"{panel.width()} × {panel.height()} (as on the screen)"
    QTest.mouseClick(dialog.findChild(QPushButton, "copyPicture"), Qt.MouseButton.LeftButton)
    data = QGuiApplication.clipboard().mimeData()
    assert QImage(data.imageData()).size() == panel.size() * 2
    assert {"x ", "y ", "−5", "0", "5"} <= set(words_of(bytes(data.data("image/svg+xml"))))


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_saved_and_said(hand, dialog, tmp_path, ending):
    choose(dialog, "working")
    hand.window.files.dialogs.path = path = tmp_path / f"working.{ending}"
    QTest.mouseClick(dialog.findChild(QPushButton, "savePicture"), Qt.MouseButton.LeftButton)
    panel = hand.window.workspace.panels["working"]
    if ending == "png":
        assert QImage(str(path)).size() == panel.size() * 2
    else:
        assert QSvgRenderer(str(path)).defaultSize() == panel.size()
    assert hand.window.message_bar.log.messages[-1].text == f"Saved the picture as working.{ending}."


def test_what_cannot_be_written_is_said(hand, dialog, tmp_path):
    log = hand.window.message_bar.log
    hand.window.files.dialogs.path = tmp_path / "picture.jpg"
    QTest.mouseClick(dialog.findChild(QPushButton, "savePicture"), Qt.MouseButton.LeftButton)
    assert log.messages[-1].text == "picture.jpg: only PNG and SVG are drawn; give a name that ends in .png or .svg."
    hand.window.files.dialogs.path = tmp_path / "nowhere" / "picture.png"
    QTest.mouseClick(dialog.findChild(QPushButton, "savePicture"), Qt.MouseButton.LeftButton)
    assert log.messages[-1].text.startswith("picture.png: the picture cannot be written (")


def test_the_preview_follows_a_drag(hand, dialog, qtbot):
    choose(dialog, "data_plot")
    before = dialog.preview.pixmap().toImage()
    hand.drag_point((4, 4), (4, 2))
    qtbot.waitUntil(lambda: dialog.preview.pixmap().toImage() != before)


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError, match="no SVG file"):
        mended(b"<svg", "w1")
