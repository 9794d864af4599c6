"""Many edges at once: straight pieces in memory that Qt reads as it is, drawn by sign and width, the widest last."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPainter
from shiboken6 import wrapInstance

from neurosim.canvas import geometry, style
from neurosim.canvas.items.far import strokes
from neurosim.engine.dataset import FloatArray
from neurosim.widgets.theme import Theme

PIECES = 16
"""A curve is at most so many pieces, of equal shares of its parameter."""
KNOTS = np.array([0.0, 0.062, 0.168, 0.307, 0.5, 0.693, 0.832, 0.938, 1.0])
"""Where pieces begin and end that come as near to most curves with half as many: they lie where edges bend."""
ASTRAY = 0.9
"""So many pixels of the screen these may lie beside the curve."""
LONG_DASH = 15.0
LONG_GAP = 9.0
"""Dashes in batches: as many edges as there are, as few pieces as tell the sign."""
BUCKETS = np.array([1.75, 2.75, 3.75, 4.75, 5.75])
"""Stroke widths of the batches."""
ROOMY = 600
"""With more edges than this there is no room for strokes that are thicker than the picture's own scale."""
FEW = 20
"""One edge in so many is few: their dashes are worked out when they are drawn."""
QUIET, POSITIVE, NEGATIVE = range(3)
"""What an edge shows: no weight that counts, or its sign."""


class EdgeBatches:
    """Owns the pieces of all curves, and of which sign and width each is."""

    def __init__(self, n: int) -> None:
        self.kinds = np.full(n, QUIET, dtype=np.int8)
        self.buckets = np.zeros(n, dtype=np.int8)
        self._lines = np.zeros((n, PIECES + 1, 2))
        self._fine = np.zeros((n, PIECES, 4))
        self._coarse = np.zeros((n, KNOTS.size - 1, 4))
        self._astray = np.zeros(n)
        self._dashes: dict[int, tuple[FloatArray, NDArray[np.intp]]] = {}

    def set_curves(self, index: NDArray[np.intp], curves: geometry.Curves, lines: FloatArray) -> None:
        """Let the edges *index* run along *curves*, of which *lines* (n, ``PIECES`` + 1, 2) are the pieces' ends."""
        self._lines[index] = lines
        self._fine[index] = geometry.segments(lines).reshape(len(index), PIECES, 4)
        coarse = geometry.at(curves, KNOTS)
        self._coarse[index] = geometry.segments(coarse).reshape(len(index), KNOTS.size - 1, 4)
        self._astray[index] = _astray(lines, coarse)
        self._dashes.clear()

    def set_looks(self, weights: FloatArray, widths: FloatArray, quiet: NDArray[np.bool_]) -> None:
        """Show these *weights* (n,) as strokes of about *widths*; *quiet* edges have no sign, nor has 0."""
        self.buckets = np.abs(widths[:, None] - BUCKETS).argmin(axis=1).astype(np.int8)
        self.kinds = np.where(weights < 0, NEGATIVE, POSITIVE).astype(np.int8)
        self.kinds[quiet | (weights == 0)] = QUIET

    def key(self) -> bytes:
        """What is shown of the weights: their signs and classes of width."""
        return self.kinds.tobytes() + self.buckets.tobytes()

    def draw(
        self, painter: QPainter, of: Theme, shown: NDArray[np.bool_], detail: float, heads: FloatArray | None = None
    ) -> None:
        """Draw the edges *shown*, a mask (n,), at a zoom of *detail*, with *heads* (n, 3, 2) at their ends.

        A wide edge lies over a narrow one, whatever their signs: the large weights are the ones to be seen.
        """
        thicker = self.thicker(detail)
        # From far away dashes are as long on the screen as they are from near, as far as doubling them goes.
        stretch = 1 if detail >= 0.4 else 2 if detail >= 0.2 else 4
        bent = self._astray * detail > ASTRAY
        colours = {QUIET: of.text_muted, POSITIVE: of.positive, NEGATIVE: of.negative}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for b, wide in enumerate(BUCKETS.tolist()):
            here = shown & (self.buckets == b)
            for kind, colour in colours.items() if here.any() else ():
                group = here & (self.kinds == kind)
                if not group.any():
                    continue
                painter.setPen(style.curve_pen(colour, wide * thicker, of))
                if kind == NEGATIVE:
                    draw_segments(painter, self._dashed(group, stretch))
                else:
                    draw_segments(painter, self._fine[group & bent].reshape(-1, 4))
                    draw_segments(painter, self._coarse[group & ~bent].reshape(-1, 4))
                if heads is not None:
                    draw_segments(painter, _chevrons(heads[group]))

    def thicker(self, detail: float) -> float:
        """By what strokes are multiplied from far away, as far as so many edges leave room for it."""
        return min(strokes(detail), max(1.0, ROOMY / max(len(self.kinds), 1)))

    def _dashed(self, group: NDArray[np.bool_], stretch: int) -> FloatArray:
        """The dashes of *group*; those of all curves are kept, unless only a few are drawn, as while a node is held."""
        found = self._dashes.get(stretch)
        if found is None and np.count_nonzero(group) * FEW < len(group):
            return geometry.dashed(self._lines[group], LONG_DASH * stretch, LONG_GAP * stretch)[0]
        if found is None:
            found = geometry.dashed(self._lines, LONG_DASH * stretch, LONG_GAP * stretch)
            self._dashes[stretch] = found
        dashes, owners = found
        return np.asarray(dashes[group[owners]])


def _astray(lines: FloatArray, coarse: FloatArray) -> FloatArray:
    """How far the points of *lines* (n, ``PIECES`` + 1, 2) lie beside the pieces of *coarse* at most; shape (n,)."""
    at = np.linspace(0.0, 1.0, lines.shape[1])
    piece = np.clip(np.searchsorted(KNOTS, at, side="right") - 1, 0, KNOTS.size - 2)
    along, away = coarse[:, piece + 1] - coarse[:, piece], lines - coarse[:, piece]
    length = np.maximum(np.sqrt((along**2).sum(axis=2)), 1e-9)
    beside = np.abs(along[..., 0] * away[..., 1] - along[..., 1] * away[..., 0]) / length
    return np.asarray(beside.max(axis=1))


def draw_segments(painter: QPainter, array: FloatArray) -> None:
    """Draw line segments (n, 4) without making a Python object for each: Qt reads the array's own memory."""
    if not len(array):
        return
    kept = np.ascontiguousarray(array, dtype=np.float64)
    first = cast("QLineF", wrapInstance(kept.ctypes.data, QLineF))
    painter.drawLines(first, len(kept))


def _chevrons(heads: FloatArray) -> FloatArray:
    return np.concatenate([heads[:, [0, 1]].reshape(-1, 4), heads[:, [0, 2]].reshape(-1, 4)])
