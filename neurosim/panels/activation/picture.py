"""Everything that the activation microscope paints in one frame, as plain values that the layers read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from neurosim.engine.dataset import FloatArray
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._classes import class_of_rows, classes_for
from neurosim.panels._frame import Frame
from neurosim.panels._plot_frame import UNIT, pixels
from neurosim.panels._row_links import LinkedRows
from neurosim.panels.activation.shape import Sampled, Shape
from neurosim.records import dataclass, field


@dataclass(frozen=True)
class Points:
    """The rows' operating points, arrays (n_rows,).

    Attributes:
        z, a: the sum and the activation of each row.
        shape: each row's class for its mark; ``None`` where the targets are no classes.
        kept_out: for each row whether it is not trained on; ``None`` when all are.
    """

    z: FloatArray
    a: FloatArray
    shape: NDArray[np.intp] | None = None
    kept_out: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, node: str) -> Points:
        """The operating points of *node*; none when its sums cannot be computed."""
        z, a = snapshot.pre_activations.get(node), snapshot.activations.get(node)
        if z is None or a is None:
            return cls(np.empty(0), np.empty(0))
        kept_out = None
        if snapshot.dataset.test_rows:
            kept_out = np.zeros(z.size, dtype=bool)
            kept_out[list(snapshot.dataset.test_rows)] = True
        data = snapshot.dataset
        found = classes_for(snapshot.network, data, node, snapshot.settings.loss)
        return cls(z, a, class_of_rows(data, *found) if found is not None else None, kept_out)


@dataclass
class Hand:
    """What the pointer is on.

    Attributes:
        held: the row in hand.
        hovered: the row under the pointer.
    """

    held: int | None = None
    hovered: int | None = None


@dataclass
class MicroscopePicture:
    """What is painted now; without a ``shape`` nothing.

    Attributes:
        curve: f and f' over what is visible.
        row: the chosen row, whose tangent is drawn; ``None`` without rows.
        slope: f' there.
        slope_text: how it is written.
        with_slope: whether f' is drawn as a curve of its own.
        flat_text: what is written where f is flat.
        note: a sentence at the foot of the plot.
        px, py: the points in pixels.
        linked: the rows that are selected, lit up, or in the working's line.
    """

    frame: Frame = UNIT
    shape: Shape | None = None
    curve: Sampled | None = None
    points: Points = field(default_factory=lambda: Points(np.empty(0), np.empty(0)))
    row: int | None = None
    slope: float = 0.0
    slope_text: str = ""
    with_slope: bool = False
    flat_text: str = ""
    kink_texts: tuple[str, str] = ("", "")
    note: str = ""
    px: FloatArray = field(default_factory=lambda: np.empty(0))
    py: FloatArray = field(default_factory=lambda: np.empty(0))
    hand: Hand = field(default_factory=Hand)
    linked: LinkedRows = field(default_factory=LinkedRows)

    def place(self) -> None:
        """Work out the pixels of all points anew."""
        self.px, self.py = pixels(self.frame, self.points.z, self.points.a)

    def place_of(self, row: int) -> QPointF:
        """The pixel of one row's point."""
        return QPointF(float(self.px[row]), float(self.py[row]))

    def nearest(self, at: QPointF, radius: float, rug: float) -> int | None:
        """The row nearest to a pixel, not farther than *radius*; within *rug* of the foot its tick counts as well."""
        if not self.px.size:
            return None
        squared = (self.px - at.x()) ** 2 + (self.py - at.y()) ** 2
        if self.frame.height - rug <= at.y() <= self.frame.height + 4:
            squared = np.minimum(squared, (self.px - at.x()) ** 2)
        best = squared.min()
        if best > radius * radius:
            return None
        # Of rows at one place the chosen one, so that it can be taken from under the others.
        here = np.flatnonzero(squared <= best + 1e-9)
        return self.row if self.row is not None and self.row in here else int(here[-1])
