"""Where things stand: tidy drawings without overlaps or needless crossings, curves, dashes, and places of chips."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from neurosim.canvas import geometry
from neurosim.canvas.auto_layout import Box, crossings, tidy

BOX = Box(40.0, 50.0, 40.0, 60.0)


@st.composite
def graphs(draw):
    n = draw(st.integers(1, 14))
    pairs = draw(
        st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1]), max_size=30)
    )
    sizes = st.floats(5, 120)
    boxes = {f"n{i}": Box(draw(sizes), draw(sizes), draw(sizes), draw(sizes)) for i in range(n)}
    return boxes, [(f"n{a}", f"n{b}") for a, b in sorted(pairs)]


@given(graphs())
def test_every_edge_runs_to_the_right_and_nothing_overlaps(graph):
    boxes, edges = graph
    places = tidy(boxes, edges)
    assert places.keys() == boxes.keys()
    for a, b in edges:
        assert places[a][0] + boxes[a].right < places[b][0] - boxes[b].left
    rects = []
    for key, (x, y) in places.items():
        box = boxes[key]
        rects.append(QRectF(x - box.left, y - box.top, box.left + box.right, box.top + box.bottom))
    for first, second in itertools.combinations(rects, 2):
        assert not first.intersects(second)


def test_a_crossed_pair_is_uncrossed():
    boxes = dict.fromkeys(("a", "b", "c", "d"), BOX)
    edges = [("a", "d"), ("b", "c")]
    places = tidy(boxes, edges)
    assert (places["a"][1] - places["b"][1]) * (places["d"][1] - places["c"][1]) > 0


def test_a_tree_is_drawn_without_crossings():
    edges = [(f"x{i}", f"h{i // 2}") for i in range(8)] + [(f"h{i}", "out") for i in range(4)]
    shuffled = ["h2", "x5", "x0", "h0", "x7", "out", "x2", "h3", "x4", "x1", "h1", "x6", "x3"]
    places = tidy(dict.fromkeys(shuffled, BOX), edges)
    inputs = sorted((f"x{i}" for i in range(8)), key=lambda k: places[k][1])
    hidden = sorted((f"h{i}" for i in range(4)), key=lambda k: places[k][1])
    assert crossings(inputs, hidden, edges) == 0


def test_a_loop_is_refused():
    with pytest.raises(ValueError, match="loop"):
        tidy({"a": BOX, "b": BOX}, [("a", "b"), ("b", "a")])


def test_crossings_of_a_complete_pair_of_layers():
    """K(n, n) drawn on two lines has (n choose 2) squared crossings."""
    for n in (2, 3, 4):
        above, below = [f"a{i}" for i in range(n)], [f"b{i}" for i in range(n)]
        assert crossings(above, below, itertools.product(above, below)) == math.comb(n, 2) ** 2


def test_widths_grow_with_the_weight_and_saturate():
    widths = geometry.edge_widths(np.array([0.0, 0.01, 0.3, 1.0, 10.0, 1e3, 1e300]))
    assert widths[0] == 1.5
    assert (np.diff(widths) > 0).all()
    assert widths[-1] <= 6.0
    less, more = geometry.edge_widths(np.array([-3.0, 3.0]))
    assert less == more


def test_a_curve_meets_its_ends_and_their_directions():
    out = np.array([[-math.cos(0.5), math.sin(0.5)]])
    curve = geometry.cubics(np.array([[0.0, 0.0]]), np.array([[200.0, 80.0]]), out)
    (start, near, before, end) = geometry.at(curve, np.array([0.0, 1e-6, 1 - 1e-6, 1.0]))[0]
    assert start == pytest.approx([0, 0])
    assert end == pytest.approx([200, 80])
    leaving, arriving = near - start, end - before
    assert leaving / np.hypot(*leaving) == pytest.approx([1, 0], abs=1e-4)
    assert arriving / np.hypot(*arriving) == pytest.approx(-out[0], abs=1e-4)


def test_distance_to_a_polyline():
    lines = np.array([[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]], [[100.0, 0.0], [110.0, 0.0], [120.0, 0.0]]])
    assert geometry.distances(lines, (5.0, 3.0)) == pytest.approx([3.0, math.hypot(95, 3)])
    assert geometry.distances(lines, (14.0, 13.0))[0] == pytest.approx(5.0)  # 3-4-5 from the corner


def test_dashes_have_equal_arc_length_on_every_line():
    """On a straight line of 100, dashes of 9 and gaps of 6 begin every 15; the last is cut at the end."""
    straight = np.stack([np.linspace(0, 100, 5), np.zeros(5)], axis=1)
    bent = np.array([[0.0, 0.0], [30.0, 0.0], [30.0, 20.0], [30.0, 40.0], [30.0, 60.0]])
    dashes, owners = geometry.dashed(np.stack([straight, bent]))
    first, second = dashes[owners == 0], dashes[owners == 1]
    assert first[:, 0].tolist() == pytest.approx([0, 15, 30, 45, 60, 75, 90])
    assert first[:, 2].tolist() == pytest.approx([9, 24, 39, 54, 69, 84, 99])
    assert len(second) == 6  # 90 long: begins at 0, 15, ..., 75
    assert second[2].tolist() == pytest.approx([30, 0, 30, 9])  # begins exactly at the corner


def test_tidy_is_one_entry_and_clears_overlaps(two_by_two):
    from neurosim.document import edits

    two_by_two.document.edit("Heap", edits.move_nodes, dict.fromkeys(("x1", "x2", "h1", "h2", "p"), (0.0, 0.0)))
    before = two_by_two.document.state
    two_by_two.view.tidy()
    items = two_by_two.view.drawing.nodes
    rects = {key: item.extent().translated(item.pos()) for key, item in items.items()}
    for a, b in itertools.combinations(rects, 2):
        assert not rects[a].intersects(rects[b]), (a, b)
    for edge in two_by_two.network.edges:
        assert items[edge.source].x() < items[edge.target].x()
    two_by_two.document.undo()
    assert two_by_two.document.state is before


def test_chips_cover_neither_nodes_nor_each_other(two_by_two):
    two_by_two.view.tidy()
    drawing = two_by_two.view.drawing
    chips = [chip for chip in drawing.chips.chips.values() if drawing.chips.shown(chip, 1.0)]
    assert len(chips) == 2 * (6 + 3)
    for a, b in itertools.combinations(chips, 2):
        assert not a.rect().adjusted(1, 1, -1, -1).intersects(b.rect().adjusted(1, 1, -1, -1)), (
            a.parameter,
            b.parameter,
        )
    bodies = {key: item.body().translated(item.pos()) for key, item in drawing.nodes.items()}
    pictures = [part.translated(item.pos()) for item in drawing.nodes.values() for part in item.covered()[1:]]
    assert len(pictures) == 3
    for chip in chips:
        assert not any(chip.rect().intersects(picture) for picture in pictures), chip.parameter
        if not chip.parameter.endswith(".bias"):
            assert not any(chip.rect().intersects(body) for body in bodies.values()), chip.parameter


def test_selected_nodes_are_aligned_and_one_undo_takes_it_back(two_by_two):
    from neurosim.document import edits

    view, document = two_by_two.view, two_by_two.document
    document.edit("Move", edits.move_nodes, {"h1": (100.0, -30.0), "h2": (160.0, 70.0)})
    before = document.state
    view.commands.align(in_row=True)
    assert document.state is before  # nothing is selected: that is said, and nothing happens
    view.commands._host.selection.select(("h1", "h2"))
    view.commands.align(in_row=False)
    items = view.drawing.nodes
    assert (items["h1"].x(), items["h1"].y(), items["h2"].x(), items["h2"].y()) == (130.0, -30.0, 130.0, 70.0)
    assert document.undo_text == "Align in a column"
    document.undo()
    assert document.state is before
