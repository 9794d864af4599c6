"""What a class sees by measure: heights of digits in graph, plots and pages, what covers what, and what comes back.

Heights are those of the digit 1 in the fonts that are painted with, in parts of the window's height.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from neurosim.canvas import style
from neurosim.canvas.items.node_item import NodeItem
from neurosim.document import edits
from neurosim.document.edits import Plan
from neurosim.lessons.hands import hand_of
from neurosim.panels._plots import NumberAxis
from neurosim.panels.stage.line_view import WRAP, fitting_font
from neurosim.panels.stage.numbers_view import NumbersView
from neurosim.panels.stage.sizes import stage_font
from neurosim.widgets.fonts import UI_FAMILY, raw_face
from neurosim.widgets.theme import theme

SIZES = [(1280, 720), (1920, 1080)]
PAGES = [("1", 0), ("2", 2), ("4", 0), ("6", 2), ("10_learning_rate", 1), ("12", 5), ("14", 1)]
"""Two inputs, a line of the step, 2-2-1, areas, long fractions, pending values, a curve over the graph, a sigmoid."""
LARGE, SMALL = 0.03, 0.02
PLAN = Plan("xor", ("x1", "x2"), ("y",), activation="relu", own_data=True)


def digit(font: QFont) -> float:
    """The height of a 1, which has no round ends, in pixels."""
    face = raw_face(UI_FAMILY, 1000.0)
    part = face.boundingRect(face.glyphIndexesForString("1")[0]).height() / 1000.0
    return font.pixelSize() * part


def present(hand, size: tuple[int, int]) -> None:
    hand.window.book["presentAction"].trigger()
    hand.window.setWindowState(Qt.WindowState.WindowNoState)  # the screen of the tests is a small square
    hand.window.resize(*size)
    for _ in range(3):
        hand.frame()
    assert hand.window.height() == size[1]


def chips_on_view(graph) -> list[tuple[str, QRectF]]:
    layer, detail = graph.drawing.chips, graph.detail()
    return [("/".join(key), chip.rect()) for key, chip in layer.chips.items() if layer.shown(chip, detail)]


def check_graph(graph, height: int) -> None:
    """Numbers are large, other words readable, nothing is cut off, and no number covers another or a node."""
    detail = graph.detail()
    for face in (style.CHIP, style.VALUE):
        assert digit(style.font(face)) * detail >= LARGE * height - 0.5, (face, detail, style.lettering())
    for face in (style.CAPTION, style.NAME, style.GRADIENT):
        assert digit(style.font(face)) * detail >= SMALL * height, (face, detail, style.lettering())
    chips = chips_on_view(graph)
    assert chips
    seen = graph.mapToScene(graph.viewport().rect()).boundingRect()
    for name, rect in chips:
        assert seen.contains(rect), name
    for (one, first), (other, second) in combinations(chips, 2):
        both = first.intersected(second)
        covered = max(both.width(), 0.0) * max(both.height(), 0.0)
        smaller = min(first.width() * first.height(), second.width() * second.height())
        assert covered <= 0.1 * smaller, (one, other)
    bodies = {key: body(item) for key, item in graph.drawing.nodes.items() if not key.endswith(".one")}
    for (one, first), (other, second) in combinations(bodies.items(), 2):
        assert not first.intersects(second), (one, other)


def body(item: NodeItem) -> QRectF:
    return item.body().translated(item.pos())


def check_words(hand, height: int) -> None:
    """Whatever else is on view is at least 2 % high, and what can be pressed is large enough."""
    window = hand.window
    words = 0
    for kind in (QLabel, QAbstractButton):
        for widget in window.findChildren(kind):
            if on_view(widget) and getattr(widget, "text", str)().strip():
                words += 1
                font = widget.font()
                assert digit(font) >= SMALL * height - 0.5, (widget.objectName(), widget.text(), font.pixelSize())
    assert words >= 3
    for button in window.findChildren(QAbstractButton):
        if on_view(button):
            assert min(button.width(), button.height()) >= 24, button.objectName()
    for item in axes(window):
        assert digit(item.style["tickFont"]) >= SMALL * height - 0.5


def on_view(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def axes(window) -> list[NumberAxis]:
    found = []
    for panel in window.workspace.made.values():
        for plot in panel.findChildren(QWidget):
            if hasattr(plot, "getAxis") and on_view(plot):
                found += [plot.getAxis(side) for side in ("left", "bottom") if plot.getAxis(side).isVisible()]
    return [axis for axis in found if isinstance(axis, NumberAxis)]


@pytest.mark.parametrize("size", SIZES)
def test_the_back_row_can_read_graph_and_plots_beside_a_lesson(open_window, size):
    hand = open_window(size=size)
    lessons = PAGES if size == SIZES[0] else PAGES[2:3] + PAGES[5:6]
    hand.turn_to(*lessons[0])
    present(hand, size)
    for lesson, index in lessons:
        hand.turn_to(lesson, index)
        assert theme().name == "projector"
        assert hand.window.graph.isVisible()
        check_graph(hand.window.graph, size[1])
        check_words(hand, size[1])
        docks = {name for name, dock in hand.window.workspace.docks.items() if dock.isVisible()}
        assert "lesson" in docks
        assert len(docks) <= 2, docks
    hand.window.book["presentAction"].trigger()
    hand.frame()
    assert style.lettering() == 1.0


@pytest.mark.parametrize("size", SIZES)
def test_the_back_row_can_read_a_small_network_without_a_lesson(open_window, size):
    hand = open_window(size=size)
    hand.window.document.edit("Draw", edits.draw_architecture, PLAN)
    present(hand, size)
    check_graph(hand.window.graph, size[1])
    for item in axes(hand.window):
        assert digit(item.style["tickFont"]) >= SMALL * size[1] - 0.5
    sizes = hand.find(NumbersView, "stageNumbers")._sizes()
    assert digit(stage_font(sizes.number)) >= LARGE * size[1] - 1
    assert digit(stage_font(sizes.words)) >= SMALL * size[1] - 1
    hand.window.book["presentAction"].trigger()
    hand.frame()


def test_leaving_puts_words_places_and_panels_back(open_window):
    hand = open_window(size=(1280, 720))
    window = hand.window
    hand.turn_to("12", 2)
    graph = window.graph

    def look() -> tuple[object, ...]:
        places = {key: item.pos().toTuple() for key, item in graph.drawing.nodes.items()}
        bodies = {key: item.body().getRect() for key, item in graph.drawing.nodes.items()}
        docks = {name: dock.geometry().getRect() for name, dock in window.workspace.docks.items() if dock.in_front}
        return places, bodies, docks

    before, state = look(), window.document.state
    present(hand, (1280, 720))
    assert look() != before
    window.book["presentAction"].trigger()
    window.resize(1280, 720)
    for _ in range(3):
        hand.frame()
    assert look() == before
    assert window.document.state is state


def test_nodes_stay_where_they_are_while_a_class_looks_on(open_window):
    hand = open_window(size=(1280, 720))
    present(hand, (1280, 720))
    window = hand.window
    assert style.lettering() > 1.0
    window.selection.select({"x"})
    state = window.document.state
    window.graph.commands.nudge(1, 0, object())
    assert window.document.state is state
    window.book["presentAction"].trigger()
    hand.frame()


def test_a_panel_that_would_tell_is_not_on_the_stage_and_the_graph_takes_its_place(open_window):
    hand = open_window(size=(1280, 720))
    hand.turn_to("9", 0)
    present(hand, (1280, 720))
    window = hand.window
    assert window.workspace.docks["calculus"].isVisible()
    assert not window.graph.isVisible()
    window.commands.lessons.runner.set_hand(hand_of(("panel calculus", "panel data_plot"), ()))
    hand.frame()
    assert not window.workspace.docks["calculus"].isVisible()
    assert window.graph.isVisible()
    window.book["presentAction"].trigger()
    for _ in range(3):
        hand.frame()
    assert not window.workspace.docks["calculus"].isVisible()


@pytest.mark.parametrize("percent", [100, 250, 300])
def test_whoever_enlarges_what_a_class_sees_loses_no_line_of_the_line_on_show(open_window, percent):
    hand = open_window(size=(1280, 720))
    window = hand.window
    present(hand, (1280, 720))
    window.appearance.set_percent(percent)
    for _ in range(3):
        hand.frame()
    data, stage = (window.workspace.docks[name].geometry() for name in ("data_plot", "stage"))
    assert not data.intersects(stage)
    assert stage.right() <= window.workspace.rect().right()
    line, numbers = hand.find(QWidget, "stageLine"), hand.find(NumbersView, "stageNumbers")
    assert "Page Down shows one after another." in line.accessibleName()
    bottom, height = last_ink(line), line.height()
    assert bottom < height - line._sizes().gap * 0.5 - 1, "the sentence is cut off"
    assert last_ink(numbers) < numbers.height() - 1
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    hand.frame()
    if percent <= 250:
        assert last_ink(line) < height - line._sizes().gap * 0.5 - 1, "the formula is cut off"
    window.book["presentAction"].trigger()
    hand.frame()


def last_ink(widget: QWidget) -> int:
    """The lowest row of pixels of a widget that is not of the colour of its corner."""
    image = widget.grab().toImage()
    paper = image.pixel(0, image.height() - 1)
    rows = range(image.height() - 1, -1, -1)
    return next(y for y in rows if any(image.pixel(x, y) != paper for x in range(image.width())))


@pytest.mark.parametrize("words", ["short", "a sentence that needs some lines " * 6])
def test_words_are_set_smaller_where_there_is_no_room_for_them(qapp, words):
    font, room = stage_font(30), QRectF(0, 0, 600, 160)
    found = fitting_font(font, words, room)
    needed = QFontMetricsF(found).boundingRect(room, WRAP, words)
    assert needed.height() <= 160
    assert (found.pixelSize() == font.pixelSize()) == (words == "short")
