"""Paints a figure: what stands still comes from pictures that are kept, what changes with the numbers is drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.kept_pictures import KeptPicture, Window, window_of
from neurosim.canvas.items.far import is_far
from neurosim.canvas.items.node_item import BOUNDS, NodeItem
from neurosim.canvas.rectangles import boxes
from neurosim.widgets.guarded import guarded

WORLD = QRectF(-50_000, -50_000, 100_000, 100_000)
AIR = 8.0
"""So far the rings around a node reach."""


class FigurePainting(QGraphicsItem):
    """The one item of the scene that is painted; owns the pictures of what stands still.

    From below: the ground, which is the canvas, opened neurons and the edges; what ties chips to their values; the
    bodies of nodes and the words that last; the words that change, and what else lives in the nodes; chips. Where a
    node covers another, each is painted whole before the next instead.

    A picture is made when the same is to be painted for the second time: what changes in every frame would make a new
    one each time. Anything but a window (a printer, an image of another size) is painted on without pictures.
    """

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._figure = figure
        self._ground, self._bodies, self._both = KeptPicture(), KeptPicture(opaque=False), KeptPicture()
        self._arranged, self._covers = -1, False
        self._seen_key: tuple[object, ...] = ()
        self._seen_items: list[NodeItem] = []

    def boundingRect(self) -> QRectF:
        """Everywhere."""
        return WORLD

    def shape(self) -> QPainterPath:
        """Nothing: the figure has its own ways to find what is pointed at."""
        return QPainterPath()

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the whole figure."""
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        window = None if widget is None else window_of(painter, widget)
        if window is None:
            self.draw(painter, detail)
        else:
            self._paint_window(painter, detail, window)

    def draw(
        self,
        painter: QPainter,
        detail: float,
        rows: Collection[int] | None = None,
        keys: Collection[str] | None = None,
        names: frozenset[str] | None = None,
    ) -> None:
        """Paint without pictures: all, or the edges *rows*, the nodes *keys* and the chips of parameters *names*."""
        items = _seen(painter, [item for key, item in self._figure.nodes.items() if keys is None or key in keys])
        self._draw_ground(painter, detail, items, rows)
        self._figure.chips.draw_leaders(painter, detail, names)
        if self._one_covers_another(detail):
            self._draw_each_whole(painter, detail, items)
        else:
            self._draw_bodies(painter, detail, items)
            self._draw_lives(painter, detail, items)
        self._figure.chips.draw(painter, detail, names)

    # -- the window ------------------------------------------------------------------------------------------------

    def _paint_window(self, painter: QPainter, detail: float, window: Window) -> None:
        items, chips = self._seen_in(painter, window), self._figure.chips
        stand = [item.still_key(detail) for item in items]
        below = [key for item, key in zip(items, stand, strict=True) if item.below_edges]
        ground_key = window, self._figure.arranged, self._figure.edges.key(), below
        covering = self._one_covers_another(detail)
        bodies_key = None if covering or chips.others_dimmed else (window, self._figure.arranged, stand)
        ground_stands, bodies_stand = self._ground.stands(ground_key), self._bodies.stands(bodies_key)
        self._both.stands((ground_key, bodies_key))

        def ground(on: QPainter) -> None:
            self._draw_ground(on, detail, items)

        def bodies(on: QPainter) -> None:
            self._draw_bodies(on, detail, items)

        if ground_stands and bodies_stand:
            self._both.show(painter, window, ground, bodies)
        else:
            if ground_stands:
                self._ground.show(painter, window, ground)
            else:
                ground(painter)
            chips.draw_leaders(painter, detail)
            if bodies_stand:
                self._bodies.show(painter, window, bodies)
            elif not covering:
                bodies(painter)
        if covering:
            self._draw_each_whole(painter, detail, items)
        else:
            self._draw_lives(painter, detail, items)
        chips.draw(painter, detail)

    def _seen_in(self, painter: QPainter, window: Window) -> list[NodeItem]:
        """The nodes that are seen in the window; who they are changes with their places alone."""
        key = window, self._figure.arranged, len(self._figure.nodes)
        if key != self._seen_key:
            self._seen_key, self._seen_items = key, _seen(painter, self._figure.nodes.values())
        return self._seen_items

    # -- the parts -------------------------------------------------------------------------------------------------

    def _draw_ground(
        self, painter: QPainter, detail: float, items: Iterable[NodeItem], rows: Collection[int] | None = None
    ) -> None:
        self._draw_at_places(painter, detail, (item for item in items if item.below_edges), NodeItem.draw_still)
        self._figure.edges.draw(painter, detail, rows)

    def _draw_bodies(self, painter: QPainter, detail: float, items: Iterable[NodeItem]) -> None:
        self._draw_at_places(painter, detail, (item for item in items if not item.below_edges), NodeItem.draw_still)
        self._draw_at_places(painter, detail, items, NodeItem.draw_lasting)

    def _draw_lives(self, painter: QPainter, detail: float, items: Iterable[NodeItem]) -> None:
        if is_far(detail, self._figure.far_below):
            items = [item for item in items if item.lives(detail)]
        self._draw_at_places(painter, detail, items, NodeItem.draw_live)

    def _draw_each_whole(self, painter: QPainter, detail: float, items: Iterable[NodeItem]) -> None:
        for item in items:
            parts = (NodeItem.draw_lasting, NodeItem.draw_live)
            self._draw_at_places(
                painter, detail, (item,), *(parts if item.below_edges else (NodeItem.draw_still, *parts))
            )

    @staticmethod
    def _draw_at_places(
        painter: QPainter, detail: float, items: Iterable[NodeItem], *parts: Callable[[NodeItem, QPainter, float], None]
    ) -> None:
        """Draw *parts* of each item where it stands."""
        for item in items:
            painter.save()
            painter.translate(item.pos())
            for part in parts:
                part(item, painter, detail)
            painter.restore()

    def _one_covers_another(self, detail: float) -> bool:
        """Whether the body of a node lies over the words of another one; from far away there are hardly any words."""
        if is_far(detail, self._figure.far_below):
            return False
        if self._arranged != self._figure.arranged:
            self._arranged = self._figure.arranged
            items = [item for item in self._figure.nodes.values() if not item.below_edges]
            wholes = boxes(item.extent().translated(item.pos()) for item in items)
            bodies = boxes(item.body().adjusted(-AIR, -AIR, AIR, AIR).translated(item.pos()) for item in items)
            apart = (wholes[:, None, :2] >= bodies[None, :, 2:]) | (wholes[:, None, 2:] <= bodies[None, :, :2])
            meet = ~np.asarray(apart.any(axis=2))
            self._covers = int(np.count_nonzero(meet)) > len(items)  # each meets itself
        return self._covers


def _seen(painter: QPainter, items: Iterable[NodeItem]) -> list[NodeItem]:
    """Those of *items* of which something may be in the window."""
    room = painter.worldTransform().inverted()[0].mapRect(QRectF(painter.viewport()))
    left, top = room.left() - BOUNDS.right(), room.top() - BOUNDS.bottom()
    right, bottom = room.right() - BOUNDS.left(), room.bottom() - BOUNDS.top()
    return [item for item in items if left <= item.x() <= right and top <= item.y() <= bottom]
