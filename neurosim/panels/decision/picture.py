"""Everything that the decision map paints in one frame, as plain values that the layers read."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from neurosim.engine.dataset import FloatArray
from neurosim.engine.response_map import softmax
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._classes import Classes, class_of_rows, classes_for
from neurosim.panels._frame import Frame
from neurosim.panels._marks import nearest_mark
from neurosim.panels._plot_frame import UNIT, pixels
from neurosim.panels._row_links import LinkedRows
from neurosim.panels.decision.curve import CurveModel
from neurosim.panels.decision.plane import PlaneModel
from neurosim.panels.decision.regions import RegionsModel
from neurosim.panels.decision.subject import Subject
from neurosim.records import dataclass, field


@dataclass
class Rows:
    """The rows as marks on the map.

    Attributes:
        x, y: places in data units, float64 arrays (n_rows,).
        shape: the class of each row, for its mark; ``None`` where the targets are no classes.
        wrong: for each row whether it lies on the wrong side; ``None`` where nothing can be said.
        kept_out: for each row whether it is not trained on; ``None`` when all are.
        classes: for two classes the target's column, and the values of class 0 and 1.
    """

    x: FloatArray
    y: FloatArray
    shape: NDArray[np.intp] | None
    wrong: NDArray[np.bool_] | None
    kept_out: NDArray[np.bool_] | None
    classes: tuple[str, Classes] | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, subject: Subject, threshold: Number) -> Rows:
        """The rows of *snapshot* as *subject* shows them."""
        data = snapshot.dataset
        x = data.columns[subject.across].floats
        a = snapshot.activations.get(subject.node)
        classes = None
        if not subject.is_regions:
            classes = classes_for(snapshot.network, data, subject.node, snapshot.settings.loss)
        shape, wrong = _judged(snapshot, subject, classes, float(threshold))
        if subject.up is not None:
            y = data.columns[subject.up].floats
        elif subject.target is not None:
            y = data.columns[subject.target].floats
        elif a is not None:
            y = a
        else:
            y = np.zeros(x.size)
        kept_out = None
        if data.test_rows:
            kept_out = np.zeros(data.n_rows, dtype=bool)
            kept_out[list(data.test_rows)] = True
        return cls(x, y, shape, wrong, kept_out, classes)

    def accuracy(self) -> tuple[Fraction | None, Fraction | None]:
        """The share of rows on the right side, of those trained on and of those kept out; ``None`` for no rows."""
        if self.wrong is None:
            return None, None
        if self.kept_out is None:
            return _share(~self.wrong), None
        return _share(~self.wrong[~self.kept_out]), _share(~self.wrong[self.kept_out])


@dataclass
class Hand:
    """What pointer and keyboard are on.

    Attributes:
        hovered: the row under the pointer.
        pointer: where the pointer is, with no row under it; ``None``: not on the map.
        on_threshold: the pointer is on the boundary or on the line of the threshold.
        held: the threshold is in hand.
        focused: the plot has the keyboard.
    """

    hovered: int | None = None
    pointer: QPointF | None = None
    on_threshold: bool = False
    held: bool = False
    focused: bool = False


@dataclass
class MapPicture:
    """What is painted now; without a ``subject`` nothing.

    Attributes:
        snapshot: what the subject and the rows were read from. The document may be a frame ahead of it: what is painted
            or pointed at before that frame still speaks of this one.
        threshold: the value at which sides change, and how it is written.
        above, below: words for both sides, such as ``class 1``.
        crossings: for one input what is written at the places where the threshold is passed.
        note: a sentence at the foot of the plot.
        px, py: the rows in pixels.
        linked: the rows that are selected, lit up, or in the working's line.
    """

    frame: Frame = UNIT
    snapshot: Snapshot | None = None
    subject: Subject | None = None
    threshold: Number = Fraction(0)
    threshold_text: str = ""
    crossings: tuple[str, ...] = ()
    note: str = ""
    plane: PlaneModel = field(default_factory=PlaneModel)
    curve: CurveModel = field(default_factory=CurveModel)
    regions: RegionsModel = field(default_factory=RegionsModel)
    rows: Rows | None = None
    px: FloatArray = field(default_factory=lambda: np.empty(0))
    py: FloatArray = field(default_factory=lambda: np.empty(0))
    hand: Hand = field(default_factory=Hand)
    linked: LinkedRows = field(default_factory=LinkedRows)

    def place(self) -> None:
        """Work out the pixels of all rows anew."""
        self.px = self.py = np.empty(0)
        if self.rows is not None:
            self.px, self.py = pixels(self.frame, self.rows.x, self.rows.y)

    def place_of(self, row: int) -> QPointF:
        """The pixel of one row."""
        return QPointF(float(self.px[row]), float(self.py[row]))

    def nearest(self, at: QPointF, radius: float) -> int | None:
        """The row nearest to a pixel, not farther than *radius*; of rows at one place the topmost."""
        return nearest_mark(self.px, self.py, at, radius)


def _judged(
    snapshot: Snapshot, subject: Subject, classes: tuple[str, Classes] | None, threshold: float
) -> tuple[NDArray[np.intp] | None, NDArray[np.bool_] | None]:
    """The class of each row, and whether it is on the wrong side; that of a hidden neuron is never wrong."""
    if subject.is_regions:
        return _judged_by_largest(snapshot, subject)
    if classes is None:
        return None, None
    shape = class_of_rows(snapshot.dataset, *classes)
    a = snapshot.activations.get(subject.node) if subject.target is not None else None
    return shape, None if a is None else (a >= threshold) != (shape == 1)


def _judged_by_largest(
    snapshot: Snapshot, subject: Subject
) -> tuple[NDArray[np.intp] | None, NDArray[np.bool_] | None]:
    columns = [output.target for output in snapshot.network.outputs]
    data = snapshot.dataset.columns
    targets = [data[name].floats for name in columns if name is not None and name in data]
    if len(targets) < len(columns):
        return None, None
    shape = np.stack(targets).argmax(axis=0)
    logits = [snapshot.activations[node] for node, _ in subject.outputs if node in snapshot.activations]
    if len(logits) < len(columns):
        return shape, None
    return shape, softmax(logits).argmax(axis=0) != shape


def _share(right: NDArray[np.bool_]) -> Fraction | None:
    return Fraction(int(right.sum()), right.size) if right.size else None
