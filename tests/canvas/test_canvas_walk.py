"""The graph follows the walk through a step: lights, the row of the line, factors, pending values, what has changed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from neurosim.canvas.items.chip import BESIDE
from neurosim.document import edits
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.paths import example
from neurosim.widgets.theme import theme

MINUS = "\u2212"
NO_BUTTON = Qt.MouseButton.NoButton

PRODUCT = ({"x"}, {"a"}, {"a", "a.product"})
SUM = ({"n.sum", "n.one"}, {"n.bias"}, {"n.bias"})
ACTIVATION = ({"n.activation", "output:n"}, {"output:n"}, set())
OUTPUT = ({"output:n"}, {"output:n"}, set())
LIGHTS = [
    PRODUCT,
    SUM,
    ACTIVATION,
    PRODUCT,
    SUM,
    ACTIVATION,
    OUTPUT,  # residuals
    OUTPUT,  # squares
    OUTPUT,  # the loss
    OUTPUT,  # its derivative
    ({"x", "n.one"}, {"a", "n.bias"}, {"a", "a.factor", "n.bias", "n.bias.factor"}),
    (set(), {"a"}, {"a", "a.gradient"}),
    ({"n.one"}, {"n.bias"}, {"n.bias", "n.bias.gradient"}),
    (set(), set(), {"a", "n.bias"}),
    ({"output:n"}, {"output:n"}, {"a", "n.bias"}),
]
"""For each line of the lecture's step: the nodes (or their parts), edges and chips that light up."""


def named(parts: dict[str, frozenset[str]]) -> set[str]:
    return {key if part == "node" else f"{key}.{part}" for key, found in parts.items() for part in found}


def chips_named(keys) -> set[str]:
    return {name if kind == "weight" else f"{name}.{kind}" for name, kind in keys}


def shining(hand) -> tuple[set[str], set[str], set[str]]:
    drawing = hand.view.drawing
    nodes = {key: item.look.current for key, item in drawing.nodes.items()}
    return named(nodes), set(drawing.edges.current), chips_named(drawing.chips.current)


def go_to(hand, line: int) -> None:
    """Show the lines up to *line*, and one frame."""
    while hand.session.walk.position < line:
        hand.session.step()
    hand.frame()


def beside(hand, kind: str) -> dict[str, str]:
    chips = hand.view.drawing.chips
    return {c.parameter: c.text for c in chips.chips.values() if c.kind == kind and chips.shown(c, 1.0)}


def picture(hand) -> QImage:
    return hand.view.grab().toImage()


def is_near(colour: QColor, other: QColor) -> bool:
    pairs = zip(colour.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs(a - b) <= 24 for a, b in pairs)


def test_each_of_the_fifteen_lines_lights_up_what_it_concerns(lecture):
    assert shining(lecture) == (set(), set(), set())
    found = []
    for _ in range(15):
        lecture.session.step()
        found.append(shining(lecture))
    assert found == LIGHTS
    lecture.session.step()
    assert shining(lecture) == PRODUCT
    lecture.session.back()
    lecture.session.walk.reset()
    assert shining(lecture) == (set(), set(), set())


def test_the_glow_is_on_the_screen_beside_the_edge_and_not_beside_others(lecture):
    edges = lecture.view.drawing.edges
    above_a = lecture.screen(edges.point_on("a", 0.12) + QPointF(0, -7))
    beside_b = lecture.screen(edges.point_on("n.bias", 0.12) + QPointF(0, 7))
    canvas = theme().canvas
    dark = picture(lecture)
    assert dark.pixelColor(above_a) == canvas
    go_to(lecture, 1)
    lit = picture(lecture)
    assert lit.pixelColor(above_a) != canvas
    assert lit.pixelColor(above_a).blue() > lit.pixelColor(above_a).red()
    assert lit.pixelColor(beside_b) == canvas
    go_to(lecture, 2)
    assert picture(lecture).pixelColor(above_a) == canvas
    assert picture(lecture).pixelColor(beside_b) != canvas


def test_going_back_is_told_by_an_arrow_from_the_target_to_the_source(lecture):
    lecture.view.set_show_gradients(False)
    lecture.view.set_show_numbers(False)

    def purple(line: int) -> list[int]:
        """Columns of the picture with gradient colour, over the edge a."""
        go_to(lecture, line)
        image, curve = picture(lecture), lecture.view.drawing.edges.lines[0]
        left, right = lecture.screen(QPointF(*curve[0])), lecture.screen(QPointF(*curve[-1]))
        rows = range(left.y() - 40, left.y() + 20)
        return [
            sum(is_near(image.pixelColor(x, y), theme().gradient) for y in rows) for x in range(left.x(), right.x())
        ]

    assert sum(purple(1)) == 0
    heights = purple(12)
    assert sum(heights) > 60
    where = np.flatnonzero(heights)
    head = int(np.argmax(heights))
    assert head - where[0] < 0.2 * (where[-1] - where[0])  # the head is at the end of the source


def test_factors_stand_at_their_edges_while_the_line_is_about_them(lecture):
    go_to(lecture, 10)
    assert beside(lecture, "factor") == {}
    go_to(lecture, 11)
    assert beside(lecture, "factor") == {"a": "∂ŷ/∂a = x", "n.bias": "∂ŷ/∂b = 1"}
    go_to(lecture, 12)
    assert beside(lecture, "factor") == {}


def test_the_values_on_show_are_those_of_the_lines_row(lecture):
    drawing, label = lecture.view.drawing, lecture.view.findChild(QLabel, "rowLabel")
    buttons = [lecture.view.findChild(QToolButton, name) for name in ("previousRowButton", "nextRowButton")]
    lecture.selection.select_rows({1})
    seen = []
    for line in range(1, 8):
        go_to(lecture, line)
        seen.append((drawing.nodes["x"].value, drawing.chips.chips["a", "product"].text, label.text()))
        assert lecture.selection.rows == {1}
        assert any(button.isEnabled() for button in buttons) == (line == 7)
    one = ("2", "a·x = 2/3", "values of row 1 of 2")
    two = ("4", "a·x = 4/3", "values of row 2 of 2")
    assert seen == [one, one, one, two, two, two, two]
    lecture.session.walk.go_to(1)
    assert drawing.nodes["x"].value == "2"
    lecture.session.walk.reset()
    assert (drawing.nodes["x"].value, label.text()) == ("4", "values of row 2 of 2")


def test_a_single_row_that_is_worked_out_stays_on_show(lecture):
    lecture.session.walk.set_row(1)
    go_to(lecture, 5)
    assert lecture.session.walk.line.phase == "loss"
    assert lecture.view.drawing.nodes["x"].value == "4"


def test_pending_values_stand_beside_the_old_ones_until_they_are_applied(lecture):
    go_to(lecture, 13)
    assert beside(lecture, "pending") == {}
    before = [item.pos() for item in lecture.view.drawing.nodes.values()]
    go_to(lecture, 14)
    assert beside(lecture, "pending") == {"a": "83/45", "n.bias": f"{MINUS}83/15"}
    assert (lecture.chip_text("a"), lecture.chip_text("n.bias")) == ("+1/3", f"{MINUS}6")
    assert [item.pos() for item in lecture.view.drawing.nodes.values()] == before
    assert lecture.view.drawing.chips.changed == frozenset()
    lecture.session.step()  # in the same moment the new values are in force and marked as changed
    assert beside(lecture, "pending") == {}
    assert (lecture.chip_text("a"), lecture.chip_text("n.bias")) == ("+83/45", f"{MINUS}83/15")
    assert lecture.view.drawing.chips.changed == {"a", "n.bias"}
    assert not lecture.view.drawing.chips.others_dimmed
    lecture.frame()
    assert lecture.view.drawing.chips.changed == {"a", "n.bias"}
    lecture.session.step()
    assert lecture.view.drawing.chips.changed == frozenset()


def test_changed_weights_are_outlined_in_the_colour_of_text(lecture):
    go_to(lecture, 14)
    lecture.session.step()
    lecture.frame()
    rect = lecture.view.drawing.chips.chips["a", "weight"].rect()
    middle = lecture.screen(QPointF(rect.center().x(), rect.top()))
    image = picture(lecture)
    assert any(image.pixelColor(middle.x(), middle.y() + dy).lightness() < 120 for dy in (-1, 0, 1))


def test_a_frozen_weight_has_no_pending_value(lecture):
    lecture.document.edit("Freeze", edits.set_frozen, ["a"], True)
    go_to(lecture, 14)
    assert lecture.session.walk.line.phase == "update"
    assert set(beside(lecture, "pending")) == {"n.bias"}
    lecture.session.step()
    assert lecture.view.drawing.chips.changed == {"n.bias"}


def test_pending_values_move_with_a_dragged_point(lecture):
    go_to(lecture, 14)
    lecture.document.edit("Move point", edits.move_row, 1, {"y": Fraction(2)})
    lecture.frame()
    assert lecture.session.walk.position == 14
    # 1/3 + 1/30 * 112/3 and -6 + 1/30 * 12
    assert beside(lecture, "pending") == {"a": "71/45", "n.bias": f"{MINUS}28/5"}


def test_pending_values_are_written_as_numbers_are(lecture):
    go_to(lecture, 14)
    lecture.view._bench.display.mode = "decimal"
    assert beside(lecture, "pending")["a"].startswith("~")
    assert beside(lecture, "pending")["a"].endswith("1.844")


def test_pending_values_go_along_with_a_dragged_node(lecture):
    go_to(lecture, 14)
    chips = lecture.view.drawing.chips.chips
    away = chips["a", "pending"].centre - chips["a", "weight"].centre
    start = lecture.node("x") + QPointF(-20, 12)
    lecture.press(start)
    for i in range(1, 5):
        lecture.move(start + QPointF(0, -20 * i))
        picture(lecture)
        assert chips["a", "pending"].centre - chips["a", "weight"].centre == away
    lecture.release(start + QPointF(0, -80))
    assert lecture.session.walk.position == 14
    assert beside(lecture, "pending")["a"] == "83/45"


def test_without_numbers_nothing_is_pending_on_the_screen(lecture):
    lecture.view.set_show_numbers(False)
    go_to(lecture, 14)
    assert beside(lecture, "pending") == {}
    lecture.view.set_show_numbers(True)
    lecture.frame()
    assert beside(lecture, "pending") == {"a": "83/45", "n.bias": f"{MINUS}83/15"}


# -- other networks ------------------------------------------------------------------------------------------------


def random_state(seed: int) -> DocumentState:
    """A random network: inputs to the left, neurons anywhere on a coarse grid, every pair connected at times."""
    rng = np.random.default_rng(seed)
    places = rng.permutation(24)[: int(rng.integers(3, 8))]
    nodes = [InputNode(f"x{i}", f"x{i}", position=(-220.0, 150.0 * i)) for i in range(2)]
    for i, place in enumerate(sorted(places.tolist())):
        at = (place // 4 * 190.0 + float(rng.integers(-20, 20)), place % 4 * 150.0 + float(rng.integers(-20, 20)))
        bias = float(rng.normal()) if rng.random() < 0.8 else None
        nodes.append(Neuron(f"n{i}", bias=bias, activation="tanh", position=at))
    edges = []
    for j in range(2, len(nodes)):
        for i in [i for i in range(j) if rng.random() < 0.5] or [0]:
            edges.append(Edge(f"w{len(edges)}", nodes[i].id, nodes[j].id, float(rng.normal())))
    columns = {name: Column(rng.normal(size=3)) for name in ("x0", "x1", "y")}
    return DocumentState(Network(tuple(nodes), tuple(edges), (Output(nodes[-1].id, "y"),)), Dataset(columns))


@pytest.mark.parametrize("seed", range(12))
def test_chips_beside_values_cover_neither_nodes_nor_other_chips(make_hand, seed):
    hand = make_hand(random_state(seed))
    walk, drawing = hand.session.walk, hand.view.drawing
    factor_lines = [line.number for line in walk.working().lines if any("factor" in ref for ref in line.refs)]
    for position in (*factor_lines, walk.count - 1):
        walk.go_to(position)
        hand.frame()
        layer = drawing.chips
        shown = [chip for chip in layer.chips.values() if layer.shown(chip, 1.0)]
        extra = [chip for chip in shown if chip.kind in BESIDE]
        if position == walk.count - 1:
            assert {chip.parameter for chip in extra} == set(walk.pending)
        assert extra
        bodies = [item.body().translated(item.pos()) for item in drawing.nodes.values()]
        bodies += [part.translated(item.pos()) for item in drawing.nodes.values() for part in item.covered()[1:]]
        for chip in extra:
            rect = chip.rect()
            assert not any(rect.intersects(body) for body in bodies), chip
            assert not any(rect.intersects(other.rect()) for other in shown if other is not chip), chip


def test_a_network_with_a_hidden_layer_lights_up_neuron_by_neuron(two_by_two):
    walk = two_by_two.session.walk

    def at(title: str) -> tuple[set[str], set[str], set[str]]:
        walk.go_to(next(line.number for line in walk.working().lines if line.title == title))
        return shining(two_by_two)

    products = at("Multiply each input by its weight (p)")
    assert products == ({"h1", "h2"}, {"v1", "v2"}, {"v1", "v2", "v1.product", "v2.product"})
    assert at("Add up the products and the bias (h1)")[0] == {"h1"}
    back = at("Carry it back through the edge (h2)")
    assert back == ({"h2"}, {"v2"}, {"v2"})
    assert two_by_two.view.drawing.edges.flows == {"v2"}
    assert at("Carry it back through the activation (h2)")[0] == {"h2"}


def test_in_a_close_up_the_parts_of_its_neuron_light_up(two_by_two):
    two_by_two.view.open_close_up("h1")
    walk, drawing = two_by_two.session.walk, two_by_two.view.drawing
    for position in range(1, walk.count):
        walk.go_to(position)
        two_by_two.frame()
        picture(two_by_two)
        title, (nodes, _, _) = walk.line.title, shining(two_by_two)
        if title == "Carry it back through the activation (h1)":
            assert nodes == {"h1.sum", "h1.activation"}
            assert drawing.nodes["h1"].look.flows
        elif title == "Apply the activation Sigmoid (h1)":
            assert nodes == {"h1.activation"}
        elif "(h2)" in title and walk.line.phase == "forward" and "Multiply" not in title:
            assert nodes == set()


def test_what_is_deleted_during_the_walk_does_not_stay_lit(two_by_two):
    go_to(two_by_two, 1)
    assert {"w1", "w2"} <= two_by_two.view.drawing.edges.current
    two_by_two.document.edit("Delete", edits.delete, ["w2"])
    two_by_two.frame()
    assert shining(two_by_two) == ({"x1"}, {"w1"}, {"w1", "w1.product"})
    two_by_two.document.edit("Delete", edits.delete, ["h1"])
    two_by_two.frame()
    assert shining(two_by_two) == (set(), set(), set())  # other neurons: the walk begins anew


def crowd() -> DocumentState:
    """8 inputs, 8 hidden neurons and one that reads them: 72 edges."""
    nodes = [InputNode(f"x{i}", "x", position=(0, 90.0 * i)) for i in range(8)]
    nodes += [Neuron(f"h{i}", position=(400, 90.0 * i), activation="tanh") for i in range(8)]
    nodes.append(Neuron("p", position=(800, 300)))
    edges = [Edge(f"w{8 * i + j}", f"x{i}", f"h{j}", (i - j) / 9) for i in range(8) for j in range(8)]
    edges += [Edge(f"v{i}", f"h{i}", "p", 0.5) for i in range(8)]
    data = Dataset({"x": Column([0.5, -1.0]), "y": Column([1.0, 0.0])})
    return DocumentState(Network(tuple(nodes), tuple(edges), (Output("p", "y"),)), data, TrainingSettings())


def test_in_a_crowd_a_line_brings_up_the_few_numbers_it_concerns(make_hand):
    hand = make_hand(crowd(), size=(1200, 900))
    layer = hand.view.drawing.chips
    assert layer.crowded
    go_to(hand, 1)
    shown = {chip.parameter for chip in layer.chips.values() if layer.shown(chip, 1.0)}
    assert shown == {f"w{8 * i}" for i in range(8)}
    assert layer.chips["w8", "weight"].text == "~+0.111111"
    walk = hand.session.walk
    walk.go_to(walk.count - 1)
    hand.frame()
    assert len(walk.pending) == 72 + 9
    assert beside(hand, "pending") == {}
    hand.selection.select({"w9"})
    assert set(beside(hand, "pending")) == {"w9"}
    bodies = [item.body().translated(item.pos()) for item in hand.view.drawing.nodes.values()]
    assert not any(layer.chips["w9", "pending"].rect().intersects(body) for body in bodies)


# -- pointing ------------------------------------------------------------------------------------------------------


def hover(hand, at: QPointF) -> set[str]:
    hand.move(at, held=NO_BUTTON)
    return set(hand.selection.lit)


def test_what_is_pointed_at_is_told_precisely(lecture):
    chips, node = lecture.view.drawing.chips.chips, lecture.view.drawing.nodes["n"]
    assert hover(lecture, lecture.chip("a")) == {"a"}
    assert hover(lecture, chips["a", "gradient"].centre) == {"a", "a.gradient"}
    assert hover(lecture, chips["a", "product"].centre) == {"a", "a.product"}
    assert hover(lecture, chips["n.bias", "gradient"].centre) == {"n.bias", "n.bias.gradient"}
    assert hover(lecture, lecture.view.drawing.edges.point_on("n.bias", 0.12)) == {"n.bias"}
    assert hover(lecture, lecture.node("n.one")) == {"n.bias"}
    assert hover(lecture, lecture.node("n") + QPointF(0, 4)) == {"n", "n.sum"}
    assert hover(lecture, lecture.node("n") + node.f_box().center()) == {"n", "n.activation"}
    assert hover(lecture, lecture.node("n") + QPointF(node.f_at() / 2, -40)) == {"n"}
    assert hover(lecture, lecture.node("output:n")) == {"output:n"}
    assert hover(lecture, lecture.empty()) == set()


def test_pending_values_and_factors_can_be_pointed_at(lecture):
    said: list[str] = []
    lecture.view.hovered.connect(said.append)
    chips = lecture.view.drawing.chips.chips
    go_to(lecture, 11)
    assert hover(lecture, chips["a", "factor"].centre) == {"a", "a.factor"}
    go_to(lecture, 14)
    assert hover(lecture, chips["n.bias", "pending"].centre) == {"n.bias"}
    assert said[-1] == "what bias of f is about to become: worked out, but not applied yet"


def test_the_bias_of_a_closed_neuron_is_pointed_at_alone(two_by_two):
    assert hover(two_by_two, two_by_two.chip("h1.bias")) == {"h1.bias"}
    assert ("h1.bias", "weight") in two_by_two.view.drawing.chips.lit
    assert not two_by_two.view.drawing.nodes["h1"].look.lit


def test_a_click_on_a_gradient_selects_its_edge(two_by_two):
    two_by_two.click(two_by_two.view.drawing.chips.chips["v1", "gradient"].centre)
    assert two_by_two.selection.ids == {"v1"}


@pytest.mark.parametrize(
    ("refs", "nodes", "edges", "chips"),
    [
        ({"n", "n.sum", "row:0"}, {"n.sum"}, set(), set()),
        ({"n", "n.activation", "output:n", "row:1"}, {"n.activation", "output:n"}, {"output:n"}, set()),
        ({"n"}, {"n"}, set(), set()),
        ({"n.bias"}, {"n.one"}, {"n.bias"}, {"n.bias"}),
        ({"a", "a.gradient"}, set(), {"a"}, {"a", "a.gradient"}),
        ({"loss"}, {"output:n"}, {"output:n"}, set()),
        ({"row:1"}, set(), set(), set()),
        ({"nobody", "nobody.sum", "nobody.gradient"}, set(), set(), set()),
    ],
)
def test_what_is_pointed_at_elsewhere_lights_up(lecture, refs, nodes, edges, chips):
    lecture.selection.set_lit(refs)
    drawing = lecture.view.drawing
    assert named({key: item.look.lit for key, item in drawing.nodes.items()}) == nodes
    assert set(drawing.edges.lit) == edges
    assert chips_named(drawing.chips.lit) == chips


def test_the_pointers_light_and_the_lines_are_two(lecture):
    go_to(lecture, 2)
    lecture.selection.set_lit({"a"})
    edges = lecture.view.drawing.edges
    assert (set(edges.current), set(edges.lit)) == ({"n.bias"}, {"a"})
    lecture.selection.set_lit(())
    assert (set(edges.current), set(edges.lit)) == ({"n.bias"}, set())


def test_a_run_puts_the_lights_out(lecture):
    go_to(lecture, 5)
    lecture.session.run()
    assert shining(lecture) == (set(), set(), set())
    assert not lecture.view.drawing.chips.others_dimmed
    lecture.session.pause()


def test_an_edit_keeps_the_line_and_so_does_undoing_it(lecture):
    go_to(lecture, 2)
    lecture.document.edit("Set", edits.set_weight, "a", Fraction(2))
    lecture.frame()
    assert shining(lecture) == SUM
    assert lecture.view.drawing.chips.chips["a", "product"].text == "a·x = 4"
    lecture.document.undo()
    lecture.frame()
    assert shining(lecture) == SUM
    assert lecture.view.drawing.chips.chips["a", "product"].text == "a·x = 2/3"


@pytest.mark.parametrize("line", [11, 14])
def test_in_a_low_view_what_is_put_beside_the_values_stays_in_sight(make_hand, line):
    hand = make_hand(load(example("lecture")), size=(607, 243))
    go_to(hand, line)
    layer, bar = hand.view.drawing.chips, hand.view.findChild(QFrame, "canvasBar")
    room = hand.view.viewport().rect().adjusted(0, 0, 0, bar.y() - hand.view.viewport().height())
    extra = [chip for chip in layer.chips.values() if chip.kind in BESIDE]
    assert len(extra) == 2
    for chip in extra:
        assert room.contains(hand.view.mapFromScene(chip.rect()).boundingRect())
