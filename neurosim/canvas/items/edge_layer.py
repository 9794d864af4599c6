"""All edges: each drawn finely while they are few, in batches by colour and width when they are many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from neurosim.canvas import geometry, style
from neurosim.canvas.items.edge_batches import PIECES, EdgeBatches
from neurosim.canvas.items.far import FAR, is_far
from neurosim.canvas.items.light import band_along, draw_flow, glow_along
from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass
from neurosim.widgets.theme import Theme, theme

FINE = 80
"""Up to this many edges each is stroked as a curve of its own."""
HIT = 9.0
"""An edge can be hit this many screen pixels beside its middle."""


@dataclass(frozen=True, slots=True)
class EdgeEntry:
    """One curve: its key (a parameter id, ``output:<node>`` or a wire), its ends' nodes.

    ``link``: it carries no weight; ``wire``: it can be pointed at all the same.
    """

    key: str
    source: str
    target: str
    link: bool = False
    wire: bool = False
    muted: bool = False


class EdgeLayer:
    """Owns the curves of all edges as arrays.

    Attributes:
        selected, lit, focused, drop: edges that are selected, pointed at, under the keyboard, or a target to drop on.
        current: the edges that the current line concerns.
        flows: those of them beside which an arrow says that the line goes back through them.
    """

    def __init__(self) -> None:
        self.entries: tuple[EdgeEntry, ...] = ()
        self.row: dict[str, int] = {}
        self.selected: frozenset[str] = frozenset()
        self.lit: frozenset[str] = frozenset()
        self.current: frozenset[str] = frozenset()
        self.flows: frozenset[str] = frozenset()
        self.focused: str | None = None
        self.drop: str | None = None
        self.far_below = FAR
        self._far, self._thicker = False, 1.0
        self._version = 0
        self._told: FloatArray = np.zeros(0)
        self._resize(0)

    # -- contents --------------------------------------------------------------------------------------------------

    def set_entries(self, entries: Sequence[EdgeEntry]) -> None:
        """Draw these edges from now on; their ends and weights follow."""
        self.entries = tuple(entries)
        self.row = {entry.key: i for i, entry in enumerate(self.entries)}
        self._resize(len(self.entries))

    def set_ends(self, rows: Sequence[int], starts: FloatArray, ends: FloatArray, directions: FloatArray) -> None:
        """Let the edges *rows* run from *starts* to *ends* (both (n, 2)), arriving against the unit *directions*."""
        if not len(rows):
            return
        self._version += 1
        index = np.asarray(rows)
        bases = ends + directions * (geometry.ARROW * 0.8)
        curves = geometry.cubics(starts, bases, directions)
        self.curves[index] = curves
        self.tips[index], self.directions[index] = ends, directions
        self.lines[index] = geometry.flattened(curves, PIECES)
        lines = self.lines[index]
        self._batches.set_curves(index, curves, lines)
        self._low[index], self._high[index] = lines.min(axis=1), lines.max(axis=1)
        for i in index:
            self._paths[i] = None

    def set_weights(self, weights: FloatArray) -> None:
        """Show *weights*, shape (n,); NaN where an edge carries none."""
        if np.array_equal(weights, self._told, equal_nan=True):
            return
        self._told = weights
        known = np.isfinite(weights)
        self.weights = np.where(known, weights, 0.0)
        self.widths = np.where(known, geometry.edge_widths(self.weights), 2.0)
        self._batches.set_looks(self.weights, self.widths, self._link | self._muted)

    def key(self) -> tuple[object, ...]:
        """All that ``draw`` depends on besides theme, zoom and lettering: of many weights only sign and width class."""
        marked = self.selected, self.lit, self.current, self.flows, self.focused, self.drop
        each = len(self.entries) <= FINE or any(marked)
        return self._version, self.far_below, marked, self.weights.tobytes() if each else self._batches.key()

    @property
    def reach(self) -> QRectF:
        """The rectangle around the middles of all curves, which swing out beyond their ends."""
        if not self.entries:
            return QRectF()
        (left, top), (right, bottom) = self._low.min(axis=0).tolist(), self._high.max(axis=0).tolist()
        return QRectF(left, top, right - left, bottom - top)

    # -- asking ----------------------------------------------------------------------------------------------------

    def edge_at(self, point: QPointF, detail: float) -> str | None:
        """The key of the edge or wire nearest to *point* within reach at a zoom of *detail*, if there is one."""
        if not self.entries:
            return None
        reach = HIT / max(detail, 0.05)
        x, y = point.x(), point.y()
        place = np.array([x, y])
        boxes = ((self._low - reach <= place) & (self._high + reach >= place)).all(axis=1)
        near = np.flatnonzero(boxes & self._reached)
        if not len(near):
            return None
        away = geometry.distances(self.lines[near], (x, y))
        best = int(away.argmin())
        return self.entries[int(near[best])].key if away[best] <= reach else None

    def point_on(self, key: str, t: float) -> QPointF:
        """The point of an edge at the curve parameter *t*."""
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.curves[self.row[key]].tolist()
        s = 1.0 - t
        a, b, c, d = s**3, 3 * s**2 * t, 3 * s * t**2, t**3
        return QPointF(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)

    # -- painting --------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, detail: float, rows: Iterable[int] | None = None) -> None:
        """Draw the edges *rows*, or all."""
        of = theme()
        chosen = np.arange(len(self.entries)) if rows is None else np.array(sorted(rows), dtype=np.intp)
        if not len(chosen):
            return
        self._far = is_far(detail, self.far_below)
        self._thicker = self._batches.thicker(detail) if self._far else 1.0
        if len(self.entries) <= FINE:
            for i in chosen:
                self._draw_fine(painter, of, int(i))
        else:
            shown = np.zeros(len(self.entries), dtype=bool)
            shown[chosen] = self._seen(painter, chosen)
            # The nodes have grown over the heads of arrows that are seen from far away.
            heads = None if self._far else geometry.arrow_heads(self.tips, self.directions, self.widths)
            self._batches.draw(painter, of, shown, detail, heads)
            marked = self.selected | self.lit | self.current | {self.focused, self.drop}
            for i in sorted({self.row[key] for key in marked if key in self.row} & set(chosen.tolist())):
                self._draw_fine(painter, of, i)
        for i in chosen if self.flows else ():
            if self.entries[i].key in self.flows:
                draw_flow(painter, of, self.lines[i])

    def _draw_fine(self, painter: QPainter, of: Theme, i: int) -> None:
        entry, stroke = self.entries[i], float(self.widths[i]) * self._thicker
        path = self._path(i)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if entry.key in self.current:
            glow_along(painter, of, path, stroke, plain=len(self.entries) > FINE)
        if entry.key in self.lit or entry.key == self.drop:
            band_along(painter, of, path, stroke)
        if entry.key in self.selected or entry.key == self.focused:
            painter.setPen(style.pen(of.accent, stroke + 7.0, of))
            painter.drawPath(path)
            painter.setPen(style.pen(of.canvas, stroke + 3.0, of))
            painter.drawPath(path)
        colour = self._colour(of, i)
        dashes: tuple[float, ...] = ()
        if entry.muted:
            stroke = 1.75
        elif self.weights[i] < 0 and not entry.link:
            dashes = (geometry.DASH * self._thicker, geometry.GAP * self._thicker)
        painter.setPen(style.pen(colour, stroke, of, dashes))
        painter.drawPath(path)
        if self._far:  # the nodes have grown over the arrow's head
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        corners = geometry.arrow_heads(self.tips[i : i + 1], self.directions[i : i + 1], np.array([stroke]))[0]
        painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in corners]))
        if entry.muted:
            self._strike(painter, of, i)

    def _strike(self, painter: QPainter, of: Theme, i: int) -> None:
        """Two short strokes across a muted edge, left and right of its chip."""
        painter.setPen(style.pen(of.text_muted, 2.0, of))
        for t in (0.22, 0.26, 0.74, 0.78):
            (x, y), (u, v) = geometry.at(self.curves[i : i + 1], np.array([t, t + 0.01]))[0]
            length = float(np.hypot(u - x, v - y)) or 1.0
            across = ((y - v) / length * 7 + (u - x) / length * 3, (u - x) / length * 7 + (v - y) / length * 3)
            painter.drawLine(QPointF(x - across[0], y - across[1]), QPointF(x + across[0], y + across[1]))

    def _seen(self, painter: QPainter, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which edges have their boxes in the window."""
        window = painter.worldTransform().inverted()[0].mapRect(QRectF(painter.viewport()))
        low, high = (window.left(), window.top()), (window.right(), window.bottom())
        return np.asarray(((self._high[rows] >= low) & (self._low[rows] <= high)).all(axis=1))

    def _path(self, i: int) -> QPainterPath:
        path = self._paths[i]
        if path is None:
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.curves[i].tolist()
            path = QPainterPath(QPointF(x0, y0))
            path.cubicTo(x1, y1, x2, y2, x3, y3)
            self._paths[i] = path
        return path

    def _colour(self, of: Theme, i: int) -> QColor:
        entry = self.entries[i]
        if entry.link or entry.muted or not self.weights[i]:
            return of.text_muted
        return of.positive if self.weights[i] > 0 else of.negative

    def _resize(self, n: int) -> None:
        self._version += 1
        self.curves = np.zeros((n, 4, 2))
        self.lines = np.zeros((n, PIECES + 1, 2))
        self.tips, self.directions = np.zeros((n, 2)), np.zeros((n, 2))
        self.weights, self.widths = np.zeros(n), np.full(n, 2.0)
        self._told = np.full(n, np.nan)
        self._low, self._high = np.zeros((n, 2)), np.zeros((n, 2))
        self._link: NDArray[np.bool_] = np.array([entry.link for entry in self.entries], dtype=bool)
        self._reached = np.array([entry.wire or not entry.link for entry in self.entries], dtype=bool)
        self._muted: NDArray[np.bool_] = np.array([entry.muted for entry in self.entries], dtype=bool)
        self._paths: list[QPainterPath | None] = [None] * n
        self._batches: EdgeBatches = EdgeBatches(n)
        self._batches.set_looks(self.weights, self.widths, self._link | self._muted)
