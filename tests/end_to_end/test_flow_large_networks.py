"""A network that is too large for its place is shown as a picture that can be read: larger nodes, fewer words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from neurosim.canvas.items.far import BEYOND, FAR, LETTERS, letters, room_for
from neurosim.canvas.items.input_item import InputItem
from neurosim.canvas.items.neuron_item import RADIUS
from neurosim.canvas.items.output_item import OutputItem
from neurosim.main_window.layouts import LAYOUTS
from neurosim.paths import example
from neurosim.widgets.theme import theme


@pytest.fixture
def opened(open_window):
    """A window of 1280x720 with an example in it."""

    def build(name: str):
        hand = open_window(size=(1280, 720))
        hand.window.open_path(example(name))
        for _ in range(6):
            hand.frame()
        return hand

    return build


def on_screen(graph, key: str) -> QRectF:
    """Where a node stands in the viewport."""
    item = graph.drawing.nodes[key]
    return QRectF(graph.mapFromScene(item.far_body()[0].translated(item.pos())).boundingRect())


@pytest.mark.parametrize("name", ["moons", "circles", "iris"])
def test_everything_is_in_sight_and_words_can_be_read(opened, name):
    graph = opened(name).window.graph
    detail = graph.detail()
    assert graph.is_far
    assert detail <= FAR
    room = QRectF(graph.viewport().rect())
    for key, item in graph.drawing.nodes.items():
        assert room.contains(on_screen(graph, key)), key
        if isinstance(item, InputItem | OutputItem):
            text = item.name if isinstance(item, InputItem) else item.brief
            shown, box = room_for(text, item.body(), theme(), detail, "both")
            assert shown == text, "nothing is cut off"
            assert box.width() * detail <= item.body().width() * detail + BEYOND
            assert letters(theme(), detail, item.body()).px * detail >= LETTERS - 1
    circles = [on_screen(graph, node.id) for node in graph.drawing.network.neurons]
    assert all(circle.width() > 2 * RADIUS * detail for circle in circles)
    assert not any(a.intersects(b) for i, a in enumerate(circles) for b in circles[i + 1 :])


def test_the_panel_under_the_graph_makes_room_and_comes_back(opened):
    hand = opened("moons")
    window = hand.window
    working = window.workspace.docks["working"]
    low, small = working.height(), window.graph.detail()
    window.document.mark_saved(window.document.path)
    window.open_path(example("lecture"))
    for _ in range(6):
        hand.frame()
    assert working.height() >= low + 30
    assert not window.graph.is_far
    window.document.mark_saved(window.document.path)
    window.open_path(example("moons"))
    for _ in range(6):
        hand.frame()
    assert working.height() == low
    assert window.graph.detail() == pytest.approx(small, rel=0.02)


def test_the_arrangement_for_networks_gives_the_graph_most_of_the_room(opened):
    hand = opened("moons")
    window = hand.window
    before = window.graph.detail()
    window.book["layout-network"].trigger()
    for _ in range(6):
        hand.frame()
    assert "network" in LAYOUTS
    assert window.graph.detail() > 1.25 * before
    assert window.graph.width() * window.graph.height() > 0.5 * window.workspace.width() * window.workspace.height()


def test_a_small_circle_is_hit_where_it_is_drawn(opened):
    hand = opened("moons")
    graph = hand.window.graph
    circle = on_screen(graph, "h1")
    place = QPoint(round(circle.center().x()), round(circle.top() + 2))
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert hand.window.selection.ids == {"h1"}


def test_with_many_edges_numbers_come_at_full_size_only(opened):
    graph = opened("moons").window.graph
    chips = graph.drawing.chips
    numbers = [chip for chip in chips.chips.values() if chip.kind == "weight" and chip.wanted and chip.text]
    assert len(numbers) >= 18
    for detail in (0.6, 0.9):
        graph.zoom_by(detail / graph.detail(), QPointF(graph.viewport().rect().center()))
        assert graph.is_far
        assert not any(chips.shown(chip, graph.detail()) for chip in numbers)
    graph.zoom_by(1.1 / graph.detail(), QPointF(graph.viewport().rect().center()))
    assert not graph.is_far
    assert all(chips.shown(chip, graph.detail()) for chip in numbers)
