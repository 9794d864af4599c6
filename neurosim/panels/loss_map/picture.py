"""Everything that the loss map paints besides the map itself, as plain values that the layers read."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF

from neurosim.engine.loss_map.directions import Minimum, Place
from neurosim.numbers.exact import Number
from neurosim.panels._frame import Frame
from neurosim.panels._plot_frame import UNIT
from neurosim.panels.loss_map.subject import Subject
from neurosim.panels.loss_map.ways import Way
from neurosim.records import dataclass, field

FAR = 20_000.0
"""Pixels beyond which nothing is painted exactly where it is: painters count in 32 bits."""
SHORTEST = 3.0
"""A step of fewer pixels is not drawn: the dot rests."""
STRAIGHT = 1e-6
"""A step whose direction differs less from that of the falling gradient leads along it."""


@dataclass(frozen=True)
class OnWay:
    """A point of a way: which way, and which of its points."""

    way: int
    point: int


DOT, MINIMUM, LEAST = "dot", "minimum", "least"
"""What can be pointed at, besides points of the way (``OnWay``), an axis (its parameter), and a place."""


@dataclass
class Hand:
    """What pointer and keyboard are on.

    Attributes:
        hovered: ``DOT``, ``MINIMUM``, ``LEAST``, a point of a way, or ``None``.
        axis: the parameter on whose axis the pointer is.
        pointer: where the pointer is, with nothing of all this under it; ``None``: not on the map.
        held: the dot is in hand.
        focused: the plot has the keyboard.
        walked: the point of the present way to which the keyboard has gone.
    """

    hovered: str | OnWay | None = None
    axis: str | None = None
    pointer: QPointF | None = None
    held: bool = False
    focused: bool = False
    walked: int | None = None


@dataclass
class MapPicture:
    """What is painted now; without a ``subject`` nothing.

    Attributes:
        dot: the values of both parameters.
        loss, gradient: at the dot; ``None`` where they cannot be computed.
        step_end: where the coming step leads; ``None`` when none can be taken.
        descent: the direction in which the loss falls fastest among what training may change, in units of the
            parameters; zero at rest.
        pending: the new values while the working has them but has not applied them.
        minimum: where the loss on this map is least; *least*: where it is least of all, if that is another question.
        ways: the way of the present run first, if there is one.
        note: a sentence at the foot of the plot.
        lit: the parameters and gradients that are lit up; *in_line*: those of the working's current line.
    """

    frame: Frame = UNIT
    subject: Subject | None = None
    dot: Place = (0.0, 0.0)
    loss: Number | None = None
    gradient: Place | None = None
    step_end: Place | None = None
    descent: tuple[float, float] = (0.0, 0.0)
    pending: Place | None = None
    minimum: Minimum | None = None
    least: Minimum | None = None
    ways: tuple[Way, ...] = ()
    note: str = ""
    lit: frozenset[str] = frozenset()
    in_line: frozenset[str] = frozenset()
    hand: Hand = field(default_factory=Hand)

    def place_of(self, values: Place) -> QPointF:
        """The pixel of two values."""
        x, y = self.frame.across(float(values[0])), self.frame.down(float(values[1]))
        return QPointF(min(max(x, -FAR), FAR), min(max(y, -FAR), FAR))

    @property
    def dot_place(self) -> QPointF:
        """The pixel of the dot."""
        return self.place_of(self.dot)

    def is_inside(self, place: QPointF, margin: float = 0.0) -> bool:
        """Whether a pixel is in view."""
        inside_x = -margin <= place.x() <= self.frame.width + margin
        return inside_x and -margin <= place.y() <= self.frame.height + margin

    @property
    def arrow_end(self) -> QPointF | None:
        """The pixel of the head of the arrow of the falling gradient, which is as long as the coming step."""
        if self.step_end is None:
            return None
        if self.is_straight:
            return self.place_of(self.step_end)
        step = [float(end) - float(at) for end, at in zip(self.step_end, self.dot, strict=True)]
        length = math.hypot(*step)
        size = math.hypot(*self.descent)
        if size == 0.0 or not math.isfinite(length / size):
            return None
        x, y = (float(at) + part / size * length for at, part in zip(self.dot, self.descent, strict=True))
        return self.place_of((x, y))

    @property
    def shows_step(self) -> bool:
        """Whether the coming step is long enough to be seen."""
        if self.step_end is None:
            return False
        apart = self.place_of(self.step_end) - self.dot_place
        return math.hypot(apart.x(), apart.y()) >= SHORTEST

    @property
    def is_straight(self) -> bool:
        """Whether the coming step leads along the falling gradient, as plain gradient descent does."""
        if self.step_end is None:
            return False
        step = [float(end) - float(at) for end, at in zip(self.step_end, self.dot, strict=True)]
        size, length = math.hypot(*self.descent), math.hypot(*step)
        if size == 0.0 or length == 0.0:
            return True
        (sx, sy), (dx, dy) = (step[0] / length, step[1] / length), (self.descent[0] / size, self.descent[1] / size)
        return abs(sx * dy - sy * dx) < STRAIGHT and sx * dx + sy * dy > 0

    def nearest_on_way(self, place: QPointF, reach: float) -> OnWay | None:
        """The point of a way that is nearest to a pixel, the present way first; ``None``: none within *reach*."""
        for number, way in enumerate(self.ways):
            squared = (self.frame.across(way.x) - place.x()) ** 2 + (self.frame.down(way.y) - place.y()) ** 2
            if squared.size and float(squared.min()) <= reach * reach:
                # Of points in one place the newest.
                return OnWay(number, squared.size - 1 - int(np.argmin(squared[::-1])))
        return None
