"""Everything that the data plot paints in one frame, as plain values that the layers read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from neurosim.engine.dataset import Column, FloatArray
from neurosim.engine.probabilities import said
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Frame
from neurosim.panels._marks import nearest_mark
from neurosim.panels.data_plot.axes import Axes, classes_of
from neurosim.records import dataclass, field


@dataclass
class Points:
    """The rows as places in data units.

    Attributes:
        x, y: float64 arrays (n_rows,).
        classes: the two classes when the target holds classes.
        code: 0 or 1 for each row's class; ``None`` without classes.
        part: for numeric targets in the plane, where each row's target lies between the extremes (0 to 1).
        kept_out: for each row whether it is not trained on; ``None`` when all are.
        targets: the target column; ``None`` without one.
    """

    x: FloatArray
    y: FloatArray
    classes: tuple[Number, ...] | None
    code: NDArray[np.int8] | None
    part: FloatArray | None
    kept_out: NDArray[np.bool_] | None
    targets: FloatArray | None

    @classmethod
    def of(cls, axes: Axes, snapshot: Snapshot) -> Points:
        """The rows of *snapshot* on *axes*."""
        data = snapshot.dataset
        classes = classes_of(data, axes.target, snapshot.settings.loss)
        targets = data.columns[axes.target].floats if axes.target is not None else None
        code = part = None
        if targets is not None and classes is not None:
            code = (np.abs(targets - float(classes[1])) < np.abs(targets - float(classes[0]))).astype(np.int8)
        elif targets is not None and axes.kind == "plane":
            low, span = targets.min(), np.ptp(targets)
            part = (targets - low) / span if span > 0 else np.full(targets.shape, 0.5)
        kept_out = None
        if data.test_rows:
            kept_out = np.zeros(data.n_rows, dtype=bool)
            kept_out[list(data.test_rows)] = True
        up = data.columns[axes.up_column or axes.across_column].floats
        return cls(data.columns[axes.across_column].floats, up, classes, code, part, kept_out, targets)


def columns_drawn(axes: Axes, snapshot: Snapshot) -> tuple[Column | tuple[int, ...] | None, ...]:
    """What the points depend on; the same objects mean the same picture."""
    data = snapshot.dataset
    names = (axes.across_column, axes.up_column, axes.target)
    return (*(data.columns[name] if name is not None else None for name in names), data.test_rows)


@dataclass
class Hand:
    """What pointer and keyboard are on.

    Attributes:
        held: the row that is being moved; it is painted on its own, above the cached rest.
        hovered: the row under the pointer.
        segment: the pointer is on the hovered row's residual, not on the point.
        lit: rows lit up from another view.
        line: rows that the current line of the working concerns; they stay marked until the next line.
        line_residuals: the line is about how far the prediction is off in these rows.
        selected: the selected rows.
        focused: the plot has the keyboard.
    """

    held: int | None = None
    hovered: int | None = None
    segment: bool = False
    lit: frozenset[int] = frozenset()
    line: frozenset[int] = frozenset()
    line_residuals: bool = False
    selected: frozenset[int] = frozenset()
    focused: bool = False


@dataclass(frozen=True)
class Looks:
    """Where the rows were painted and how they looked."""

    px: FloatArray
    py: FloatArray
    points: Points | None
    prediction: FloatArray | None

    def differing(self, later: Looks, most: int, *, residuals: bool = False) -> NDArray[np.intp] | None:
        """The rows that look different *later*, or with *residuals* end elsewhere; ``None``: there may be over *most*.

        A row alone can change what the network says of all of them: a mean or an extreme that it is fed with.
        """
        old, new = self.points, later.points
        if old is None or new is None or self.px.size != later.px.size or old.classes != new.classes:
            return None
        pairs: list[tuple[NDArray[np.generic] | None, NDArray[np.generic] | None]] = [
            (self.px, later.px),
            (self.py, later.py),
            (old.code, new.code),
            (old.part, new.part),
            (old.kept_out, new.kept_out),
        ]
        if residuals:
            pairs.append((self.prediction, later.prediction))
        different = np.zeros(self.px.size, dtype=bool)
        for before, now in pairs:
            if before is None or now is None:
                if before is not now:
                    return None
            elif before is not now:
                different |= before != now
        rows = different.nonzero()[0]
        return rows if rows.size <= most else None


@dataclass
class Picture:
    """What is painted now. ``None`` for ``axes`` paints nothing.

    Attributes:
        prediction: the output's activation for each row, when the axes are a line; else ``None``.
        px, py: the rows in pixels, float64 arrays (n_rows,).
    """

    frame: Frame = field(default_factory=lambda: Frame((0.0, 1.0), (0.0, 1.0), 1.0, 1.0))
    axes: Axes | None = None
    snapshot: Snapshot | None = None
    points: Points | None = None
    prediction: FloatArray | None = None
    px: FloatArray = field(default_factory=lambda: np.empty(0))
    py: FloatArray = field(default_factory=lambda: np.empty(0))
    hand: Hand = field(default_factory=Hand)

    def place(self) -> None:
        """Work out the pixels of all rows anew."""
        if self.points is not None:
            self.px, self.py = self.frame.across(self.points.x), self.frame.down(self.points.y)
        else:
            self.px = self.py = np.empty(0)

    def looks(self) -> Looks:
        """Where the rows are painted and how they look."""
        return Looks(self.px, self.py, self.points, self.prediction)

    def place_of(self, row: int) -> QPointF:
        """The pixel of one row."""
        if self.points is None:
            return QPointF()
        return self.frame.place(float(self.points.x[row]), float(self.points.y[row]))

    def nearest(self, at: QPointF, radius: float) -> int | None:
        """The row nearest to a pixel, not farther than *radius*; of rows at the same place the last (topmost)."""
        return nearest_mark(self.px, self.py, at, radius)

    def on_residual(self, at: QPointF, radius: float) -> int | None:
        """The row whose residual passes a pixel at *radius* or less."""
        if self.prediction is None or not self.px.size:
            return None
        ends = self.frame.down(self.prediction)
        low, high = np.minimum(self.py, ends), np.maximum(self.py, ends)
        away = np.abs(self.px - at.x())
        away[(at.y() < low) | (at.y() > high)] = np.inf
        row = int(np.argmin(away))
        return row if away[row] <= radius else None

    def residual(self, row: int) -> Number | None:
        """y-hat minus y of a row, exact where both are."""
        axes, snapshot = self.axes, self.snapshot
        if axes is None or snapshot is None or axes.output is None or axes.target is None:
            return None
        predicted = said(snapshot, axes.output, row)
        return None if predicted is None else predicted - snapshot.dataset.columns[axes.target][row]
