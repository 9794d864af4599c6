"""Several outputs that share one probability: the region in which each is the largest, and the lines between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.response_map import ResponseMap, softmax
from neurosim.panels._contours import Line
from neurosim.panels._frame import Frame
from neurosim.panels.decision.contours import Field
from neurosim.panels.decision.plane import grid_of
from neurosim.panels.decision.subject import Subject
from neurosim.records import dataclass
from neurosim.widgets.colour_maps import class_table, indexed
from neurosim.widgets.theme import Theme

SHADES = 64
"""Colours of a class in its table: the surer, the stronger."""
COLUMNS, ROWS = 16, 14
"""The lattice on which the words for the regions stand."""
CLEAR = 28.0
MOST_MARKS = 400


@dataclass(frozen=True)
class Name:
    """Where in the plotting area the words for class *index* stand (its middle, in pixels)."""

    index: int
    x: float
    y: float


class RegionsModel:
    """Owns the probabilities. Pixels are those of the frame given to ``update``.

    Attributes:
        image: the colours (one row for one input); ``None`` when an output cannot be computed.
        borders: the lines between regions; for one input upright lines are drawn at ``edges`` instead.
        names: where the words for each region stand.
        curves: for one input the probability of each class, in pixels.
        edges: for one input the places between stretches, on the input's axis.
    """

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.borders: list[Line] = []
        self.names: list[Name] = []
        self.curves: list[Line] = []
        self.edges: list[float] = []
        self._p: FloatArray = np.empty((0, 0, 0))
        self._frame: Frame | None = None
        self._map = ResponseMap()

    def clear(self) -> None:
        """Show nothing."""
        self.image, self.borders, self.names, self.curves, self.edges = None, [], [], [], []
        self._p = np.empty((0, 0, 0))

    def update(
        self,
        network: Network,
        subject: Subject,
        frame: Frame,
        theme: Theme,
        *,
        marks: tuple[FloatArray, FloatArray],
        fine: bool,
    ) -> None:
        """Work out the regions of *subject* in *network*; words keep clear of *marks*, x and y in pixels."""
        self.clear()
        grid = grid_of(subject, frame, fine=fine)
        self._map.evaluate(network, grid)
        logits = [z.copy() for node, _ in subject.outputs if (z := self._map.activation(node)) is not None]
        if len(logits) < len(subject.outputs):
            return
        self._p, self._frame = softmax(logits), frame
        count = len(logits)
        winner = self._p.argmax(axis=0)
        sure = (self._p.max(axis=0) - 1 / count) / (1 - 1 / count)
        shade = np.clip((sure * (SHADES - 1)).astype(np.intp), 0, SHADES - 1)
        self.image = indexed(winner * SHADES + shade, class_table(theme, count))
        if subject.up is None:
            x = grid.across_values
            places = frame.across(x)
            self.curves = [np.stack((places, frame.down(p[0]))) for p in self._p]
            changes = np.flatnonzero(np.diff(winner[0]))
            self.edges = [_meeting(x, logits, winner[0], int(at)) for at in changes]
        else:
            stacked = np.stack(logits)
            for index in range(count):
                rest = np.delete(stacked, index, axis=0).max(axis=0)
                self.borders += Field(stacked[index] - rest, frame).lines(0.0)
        found = (_name(index, winner, frame, marks) for index in range(count))
        self.names = [name for name in found if name is not None]

    def probabilities_at(self, x: float, y: float) -> FloatArray | None:
        """The probability of each class at a pixel."""
        if self._frame is None or not self._p.size:
            return None
        _, rows, columns = self._p.shape
        column = min(max(round(x / self._frame.width * (columns - 1)), 0), columns - 1)
        row = min(max(round(y / self._frame.height * (rows - 1)), 0), rows - 1)
        return np.asarray(self._p[:, row, column], dtype=np.float64)


def _meeting(x: FloatArray, logits: list[FloatArray], winner: NDArray[np.intp], at: int) -> float:
    """Where between two neighbours of the grid the larger logits of both sides are equal."""
    left, right = logits[int(winner[at])][0], logits[int(winner[at + 1])][0]
    before, after = float(left[at] - right[at]), float(left[at + 1] - right[at + 1])
    part = before / (before - after) if before != after else 0.5
    return float(x[at] + part * (x[at + 1] - x[at]))


def _name(index: int, winner: NDArray[np.intp], frame: Frame, marks: tuple[FloatArray, FloatArray]) -> Name | None:
    """The place on a lattice over the region that is clear of marks and near its middle; nothing for a sliver.

    The lattice stands still, so that the words do not tremble while the region moves.
    """
    high, wide = winner.shape
    rows, columns = np.nonzero(winner == index)
    if rows.size <= 0.004 * winner.size:
        return None
    x_to, y_to = frame.width / (wide - 1), frame.height / max(high - 1, 1)
    middle = float(columns.mean()) * x_to, float(rows.mean()) * y_to
    if high == 1:
        return Name(index, middle[0], frame.height / 2)
    across, down = np.meshgrid((np.arange(COLUMNS) + 0.5) / COLUMNS, (np.arange(ROWS) + 0.5) / ROWS)
    x, y = across.ravel() * frame.width, down.ravel() * frame.height

    def is_inside(x: FloatArray, y: FloatArray) -> NDArray[np.bool_]:
        row = np.clip(np.rint(y / y_to).astype(np.intp), 0, high - 1)
        return np.asarray(winner[row, np.clip(np.rint(x / x_to).astype(np.intp), 0, wide - 1)] == index)

    inside = is_inside(x, y)
    if not inside.any():
        return Name(index, *middle)
    x, y = x[inside], y[inside]
    cost = np.hypot(x - middle[0], y - middle[1])
    for side, level in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        cost += 200.0 * ~is_inside(x + side * 1.6 * CLEAR, y + level * 0.5 * CLEAR)
    if 0 < marks[0].size <= MOST_MARKS:
        # Words are wide and low.
        away = np.hypot((x[:, None] - marks[0]) / 2, y[:, None] - marks[1]).min(axis=1)
        cost += 8 * np.maximum(CLEAR - away, 0.0)
    best = int(np.argmin(cost))
    return Name(index, float(x[best]), float(y[best]))
