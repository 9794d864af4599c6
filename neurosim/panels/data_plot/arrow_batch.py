"""Many arrows in three painter calls: what a loop over arrows would cost decides whether a drag stays smooth."""

from __future__ import annotations

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from neurosim.engine.dataset import FloatArray
from neurosim.panels._paint import line_pen

SHORTEST = 2.0
"""Arrows shorter than this many pixels are not painted."""
HEADED = 4.0
"""Arrows shorter than this many pixels have no head: it would be a blot."""
HEAD, SLENDER = 4.6, 0.46
"""Length of a head in widths of the shaft, and half its breadth as a part of its length."""


def draw_arrows(
    painter: QPainter, tails: FloatArray, heads: FloatArray, colour: QColor, width: float, rim: QColor | None = None
) -> None:
    """Arrows from *tails* to *heads*, both (2, n) in pixels; no head outgrows its arrow.

    With *rim* each shaft is set off from what is under it.
    """
    length = np.hypot(*(heads - tails))
    seen = np.isfinite(length) & (length >= SHORTEST)
    if not seen.any():
        return
    tails, heads, length = tails[:, seen], heads[:, seen], length[seen]
    unit = (heads - tails) / length
    necks = heads - unit * np.where(length >= HEADED, np.minimum(HEAD * width, length * 0.6) * 0.85, 0.0)
    shafts = [QLineF(*ends) for ends in np.concatenate((tails, necks)).T.tolist()]
    if rim is not None:
        painter.setPen(line_pen(rim, width + 3.0))
        painter.drawLines(shafts)
    # Round ends of many strokes cost five times as much as flat ones, and thin strokes hardly show them.
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLines(shafts)
    draw_heads(painter, tails, heads, colour, width)


def draw_heads(painter: QPainter, tails: FloatArray, heads: FloatArray, colour: QColor, width: float) -> None:
    """The heads alone of arrows from *tails* to *heads*, both (2, n) in pixels."""
    length = np.hypot(*(heads - tails))
    headed = np.isfinite(length) & (length >= HEADED)
    if not headed.any():
        return
    tails, heads, length = tails[:, headed], heads[:, headed], length[headed]
    head, unit = np.minimum(HEAD * width, length * 0.6), (heads - tails) / length
    base, side = heads - unit * head, np.stack((-unit[1], unit[0])) * head * SLENDER
    corners = np.stack((heads, base + side, base - side), axis=-1).reshape(2, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    # Each head is a triangle of its own: after its last corner the path begins anew.
    connect = np.tile(np.array([1, 1, 0], dtype=np.int32), length.size)
    painter.drawPath(pyqtgraph.arrayToQPath(corners[0], corners[1], connect=connect))


def draw_band(painter: QPainter, tail: FloatArray, head: FloatArray, colour: QColor, width: float) -> None:
    """One broad arrow from *tail* to *head*, (2,) in pixels, as one shape, so that it may be see-through."""
    length = float(np.hypot(*(head - tail)))
    if not np.isfinite(length) or length < SHORTEST:
        return
    unit = (head - tail) / length
    side = np.array((-unit[1], unit[0]))
    reach = min(2.6 * width, length * 0.5)
    half, wing, neck = width / 2, min(1.35 * width, length * 0.5), head - unit * reach
    corners = (
        tail + side * half,
        neck + side * half,
        neck + side * wing,
        head,
        neck - side * wing,
        neck - side * half,
        tail - side * half,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
