"""Where edges run and how wide they are: cubic curves from port to port, many at once, without Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray

GRID = 8.0
"""Nodes that are dragged snap to multiples of this many pixels."""
THINNEST = 1.5
WIDEST = 6.0
DASH = 9.0
GAP = 6.0
"""Negative weights are dashed: this many pixels drawn, this many left out."""
ARROW = 11.0
"""Length of an arrow head in pixels."""

Curves = NDArray[np.float64]
"""Cubic curves, shape (n, 4, 2): start, two control points, end."""


def edge_widths(weights: FloatArray) -> FloatArray:
    """Stroke widths in pixels for *weights*: 1.5 at 0, growing like a logarithm, never above 6."""
    grown = np.log1p(np.abs(weights))
    return np.asarray(THINNEST + (WIDEST - THINNEST) * grown / (1.0 + grown))


def snapped(value: float) -> float:
    """*value* on the grid."""
    return round(value / GRID) * GRID


def cubics(starts: FloatArray, ends: FloatArray, directions: FloatArray) -> Curves:
    """Curves that leave *starts* to the right and arrive at *ends* against *directions*.

    Args:
        starts: shape (n, 2), the ports where the edges begin.
        ends: shape (n, 2), the points where they arrive.
        directions: shape (n, 2), unit vectors that point out of the target at the arrival.
    """
    dx = ends[:, 0] - starts[:, 0]
    dy = np.abs(ends[:, 1] - starts[:, 1])
    forward = np.clip(0.42 * dx, 16.0, 280.0)
    backward = 60.0 + 0.4 * np.abs(dx) + 0.2 * dy
    reach = np.where(dx > 24.0, forward, np.minimum(backward, 320.0))[:, None]
    curves = np.empty((len(starts), 4, 2))
    curves[:, 0] = starts
    curves[:, 1] = starts + reach * np.array([1.0, 0.0])
    curves[:, 2] = ends + reach * directions
    curves[:, 3] = ends
    return curves


def at(curves: Curves, t: FloatArray) -> FloatArray:
    """Points of *curves* at each parameter of *t* in [0, 1]; shape (n, len(t), 2)."""
    s = 1.0 - t
    basis = np.stack([s**3, 3 * s**2 * t, 3 * s * t**2, t**3], axis=1)
    return np.asarray(np.einsum("tk,nkd->ntd", basis, curves))


def flattened(curves: Curves, segments: int) -> FloatArray:
    """*curves* as polylines of *segments* pieces; shape (n, segments + 1, 2)."""
    return at(curves, np.linspace(0.0, 1.0, segments + 1))


def distances(lines: FloatArray, point: tuple[float, float]) -> FloatArray:
    """How far *point* is from each polyline of *lines* (n, m, 2); shape (n,)."""
    if not len(lines):
        return np.zeros(0)
    a, b = lines[:, :-1], lines[:, 1:]
    along = b - a
    to_point = np.array(point) - a
    length2 = np.maximum((along**2).sum(axis=2), 1e-12)
    share = np.clip((along * to_point).sum(axis=2) / length2, 0.0, 1.0)
    gap = to_point - share[..., None] * along
    return np.asarray(np.sqrt((gap**2).sum(axis=2)).min(axis=1))


def dashed(lines: FloatArray, dash: float = DASH, gap: float = GAP) -> tuple[FloatArray, NDArray[np.intp]]:
    """The drawn pieces of dashed polylines (k, 4): x1, y1, x2, y2, and of which line each is; equal arc lengths."""
    n = len(lines)
    if not n:
        return np.zeros((0, 4)), np.zeros(0, dtype=np.intp)
    steps = np.sqrt((np.diff(lines, axis=1) ** 2).sum(axis=2))
    run = np.concatenate([np.zeros((n, 1)), np.cumsum(steps, axis=1)], axis=1)
    length = run[:, -1]
    counts = np.maximum(np.ceil(length / (dash + gap)).astype(np.intp), 1)
    line = np.repeat(np.arange(n), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    begin = (np.arange(len(line)) - np.repeat(first, counts)) * (dash + gap)
    finish = np.minimum(begin + dash, length[line])
    # All lines are looked up at once: each has its own stretch of one long axis.
    offset = np.concatenate([[0.0], np.cumsum(length + 1.0)[:-1]])
    axis = (run + offset[:, None]).ravel()
    marks = np.stack([begin, finish]) + offset[line]
    x, y = np.interp(marks, axis, lines[..., 0].ravel()), np.interp(marks, axis, lines[..., 1].ravel())
    return np.stack([x[0], y[0], x[1], y[1]], axis=1), line


def segments(lines: FloatArray) -> FloatArray:
    """Polylines (n, m, 2) as separate segments (n * (m - 1), 4): x1, y1, x2, y2."""
    return np.concatenate([lines[:, :-1], lines[:, 1:]], axis=2).reshape(-1, 4)


def arrow_heads(ends: FloatArray, directions: FloatArray, widths: FloatArray) -> FloatArray:
    """Triangles (n, 3, 2) whose tips lie at *ends* and that come from *directions* (unit vectors out of the target)."""
    across = np.stack([-directions[:, 1], directions[:, 0]], axis=1)
    half = (3.5 + 0.75 * widths)[:, None]
    base = ends + directions * (ARROW + 0.5 * widths)[:, None]
    return np.stack([ends, base + across * half, base - across * half], axis=1)


def spread(count: int) -> FloatArray:
    """Angles in radians, top to bottom, at which *count* edges arrive at the left side of a circle; 0 is its port."""
    step = min(np.radians(24.0), np.radians(110.0) / max(count - 1, 1))
    return np.asarray((np.arange(count) - (count - 1) / 2) * step)
