"""The first look at each example, and at it tidied: no number lies over another one, a node or a picture."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF

from neurosim.canvas import style
from neurosim.canvas.items.neuron_item import PICTURE, NeuronItem
from neurosim.canvas.items.node_item import NodeItem
from neurosim.document.json_format import load
from neurosim.paths import example, resources
from tests.canvas.conftest import Hand

EXAMPLES = sorted(path.stem for path in (resources() / "examples").glob("*.neurosim"))
GRAPHS = {"1280x720": (607, 283), "1920x1080": (1247, 643)}
"""The room of the graph in windows of these sizes."""


def words_of(item: NodeItem) -> list[QRectF]:
    """What a closed neuron has around its circle: name, value and picture."""
    if not isinstance(item, NeuronItem) or item.expanded:
        return []
    value, name = style.width(item.a_text, style.VALUE), style.width(item.name, style.NAME)
    found = [
        QRectF(-value / 2, item.drop - 7, value, 14),
        QRectF(item.name_at().x() - name / 2, item.name_at().y() - 7, name, 14),
    ]
    return [rect.translated(item.pos()) for rect in found + ([PICTURE] if item.picture is not None else [])]


def assert_nothing_lies_over_another(hand: Hand, zoom: str) -> None:
    """Neither chips over one another, over a node, or over its words."""
    drawing, view = hand.view.drawing, hand.view
    if view.is_far:
        assert not [chip for chip in drawing.chips.chips.values() if drawing.chips.shown(chip, view.detail())]
        return
    chips = [chip for chip in drawing.chips.chips.values() if drawing.chips.shown(chip, view.detail())]
    assert chips
    taken = [(f"{chip.kind} of {chip.parameter}", chip.rect().adjusted(1, 1, -1, -1)) for chip in chips]
    for key, item in drawing.nodes.items():
        taken += [(f"words of {key}", rect) for rect in words_of(item)]
    for (one, here), (other, there) in itertools.combinations(taken, 2):
        assert not here.intersects(there), (zoom, one, other)
    bodies = {
        key: item.body().translated(item.pos())
        for key, item in drawing.nodes.items()
        if not (isinstance(item, NeuronItem) and item.expanded)
    }
    for chip, (key, body) in itertools.product(chips, bodies.items()):
        assert chip.parameter == f"{key}.bias" or not chip.rect().intersects(body), (zoom, chip.parameter, key)


@pytest.mark.parametrize("size", GRAPHS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_lies_over_another(make_hand, name, size):
    hand = make_hand(load(example(name)), GRAPHS[size])
    hand.frame()
    hand.view.fit_all()
    assert_nothing_lies_over_another(hand, "fitted")
    hand.view.zoom_reset()
    assert_nothing_lies_over_another(hand, "100 %")


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_lies_over_another_in_a_tidy_drawing(make_hand, name):
    hand = make_hand(load(example(name)), GRAPHS["1920x1080"])
    hand.view.tidy()
    hand.frame()
    assert_nothing_lies_over_another(hand, "tidy")
    hand.view.zoom_reset()
    assert_nothing_lies_over_another(hand, "tidy, 100 %")
