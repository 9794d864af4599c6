"""Rectangles and free places: where something is on the canvas, and where something new may stand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from neurosim.canvas import style
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.items.chip import HEIGHT
from neurosim.canvas.scene import GraphScene
from neurosim.engine.network import Network


def rect_of(drawing: GraphScene, at: Hit) -> QRectF:
    """What *at* covers in the scene."""
    if at.part in {"edge", "chip"}:
        chip = drawing.chips.chips.get((at.key, "weight"))
        if chip is None and at.key in drawing.edges.row:
            return QRectF(drawing.edges.point_on(at.key, 0.5), QSizeF(1.0, 1.0))
        return chip.rect() if chip is not None else QRectF()
    return drawing.graph_rect({at.key})


def field_rect(drawing: GraphScene, key: str) -> QRectF:
    """Where the field of a parameter or of a node's name opens, in the scene."""
    chip = drawing.chips.chips.get((key, "weight"))
    if chip is None:
        item = drawing.nodes[key]
        return item.name_rect().translated(item.pos())
    return (
        chip.rect()
        if chip.text
        else QRectF(chip.centre.x() - 40, chip.centre.y() - style.tall(HEIGHT) / 2, 80, style.tall(HEIGHT))
    )


def menu_place(drawing: GraphScene, at: Hit) -> QPointF | None:
    """Where the menu of *at* opens, in the scene; ``None``: nowhere in particular."""
    if at.part in {"edge", "chip"}:
        chip = drawing.chips.chips.get((at.key, "weight"))
        return chip.centre if chip is not None else drawing.edges.point_on(at.key, 0.5)
    return drawing.nodes[at.key].pos() if at.key in drawing.nodes else None


def new_place(network: Network, kind: str = "neuron") -> QPointF | None:
    """Where a node stands that nobody pointed a place for: beside the others; ``None`` when there are none."""
    if not network.nodes:
        return None
    inputs = [node.position for node in network.inputs]
    if kind == "input" and inputs:
        return QPointF(inputs[-1][0], max(y for _, y in inputs) + 96.0)
    neurons = [node.position for node in network.neurons]
    if neurons:
        return QPointF(neurons[-1][0], max(y for _, y in neurons) + 136.0)
    last = network.nodes[-1].position
    return QPointF(last[0] + (240.0 if kind == "neuron" else -240.0), last[1])
