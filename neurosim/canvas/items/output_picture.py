"""A neuron's own output over the inputs of its network as a small framed picture: colours, or a curve."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPainterPath, QPixmap, QPolygonF

from neurosim.canvas import style
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import FloatArray
from neurosim.engine.response_map import colour_reach, natural_threshold
from neurosim.records import dataclass, field
from neurosim.widgets.colour_maps import DIVERGING_COVER, response_image
from neurosim.widgets.level_lines import LevelLines
from neurosim.widgets.theme import Theme, with_alpha

SIDE = 40.0
INSET = 3.0
"""A curve keeps so far away from the upper and lower edge of its frame."""
READABLE = 0.4
"""Below this zoom nothing can be told from so small a picture, and it is left out."""
FAINT = 0.35
"""How much is seen of a picture of a moment that has passed."""


@dataclass(frozen=True, eq=False)
class OutputPicture:
    """What is in the frame; the paths are in pixels from its upper left corner. Each is equal to itself alone.

    Attributes:
        image: the colours over two inputs, first row at the top.
        line: where the neuron changes sides; over one input its curve.
        above, below: over one input, what lies between curve and threshold.
        middle: over one input, how far down the threshold is.
        stale: it shows a moment that has passed.
        stretched: the colours at the zoom at which they were drawn last.
    """

    image: QImage | None = None
    line: QPainterPath | None = None
    above: QPainterPath | None = None
    below: QPainterPath | None = None
    middle: float | None = None
    stale: bool = False
    stretched: dict[float, QPixmap] = field(default_factory=dict, compare=False, repr=False)


NO_PICTURE = OutputPicture()
"""An empty frame, for an output that cannot be worked out or is not finite."""


def plane_picture(a: FloatArray, z: FloatArray | None, activation: str, of: Theme) -> OutputPicture:
    """The picture of a neuron's *a*, (rows, columns) with the top row first, over two inputs; *z* belongs to it."""
    middle = float(natural_threshold(activation))
    low, high = colour_reach(activation, a, middle)
    image = response_image(a, of, middle=middle, low=low, high=high)
    # z is smooth where a jumps, and has no flat part at the threshold as a rectifier has.
    by_z = z is not None and changes_sides_at_zero(activation)
    field, level = (z, 0.0) if by_z and z is not None else (a, middle)
    path = QPainterPath()
    if float(field.min()) < level < float(field.max()):
        for found in LevelLines(field, _places(field.shape)).at(level):
            path.addPolygon(_polygon(found))
    return OutputPicture(image, path)


def curve_picture(a: FloatArray, activation: str) -> OutputPicture:
    """The picture of a neuron's *a*, (n,), over one input from left to right."""
    middle = float(natural_threshold(activation))
    low, high = colour_reach(activation, a, middle)
    x = np.linspace(0.0, SIDE, a.size)

    def down(values: FloatArray) -> FloatArray:
        return np.asarray(SIDE - INSET - (values - low) / (high - low) * (SIDE - 2 * INSET))

    at = float(down(np.array([middle]))[0])
    line = QPainterPath()
    line.addPolygon(_polygon(np.stack([x, down(a)], axis=1)))
    sides = []
    for beyond in (np.maximum(a, middle), np.minimum(a, middle)):
        side = QPainterPath()
        side.addPolygon(_polygon(np.stack([x, down(beyond)], axis=1)))
        side.lineTo(SIDE, at)
        side.lineTo(0.0, at)
        side.closeSubpath()
        sides.append(side)
    return OutputPicture(None, line, sides[0], sides[1], at)


def draw_picture(painter: QPainter, of: Theme, picture: OutputPicture, frame: QRectF) -> None:
    """Draw *picture* in its *frame*, which is ``SIDE`` pixels wide and high."""
    painter.fillRect(frame, of.canvas)
    painter.save()
    if picture.stale:
        painter.setOpacity(painter.opacity() * FAINT)
    if picture.image is not None:
        _draw_image(painter, picture, frame)
    painter.translate(frame.topLeft())
    for side, colour in ((picture.above, of.positive), (picture.below, of.negative)):
        if side is not None:
            painter.fillPath(side, with_alpha(colour, DIVERGING_COVER))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if picture.middle is not None:
        painter.setPen(style.pen(of.border, 1.0, of))
        painter.drawLine(QPointF(0.0, picture.middle), QPointF(SIDE, picture.middle))
    if picture.line is not None:
        painter.setClipRect(QRectF(0.0, 0.0, SIDE, SIDE), Qt.ClipOperation.IntersectClip)
        painter.setPen(style.curve_pen(of.text, 1.25 if picture.image is not None else 1.75, of))
        painter.drawPath(picture.line)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(style.pen(of.border, 1.0, of))
    painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))


def _draw_image(painter: QPainter, picture: OutputPicture, frame: QRectF) -> None:
    """The colours, stretched smoothly once for each picture and zoom: the graph is drawn more often."""
    image = picture.image
    # The outermost values belong to the edges of the frame, not to pixels half inside it.
    inner = QRectF(image.rect()).adjusted(0.5, 0.5, -0.5, -0.5) if image is not None else QRectF()
    device = painter.device()
    scale = painter.worldTransform().m11() * (device.devicePixelRatioF() if device is not None else 1.0)
    engine = painter.paintEngine()
    if image is None:
        return
    if engine is None or engine.type() != QPaintEngine.Type.Raster:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(frame, image, inner)
        return
    kept = picture.stretched.get(scale)
    if kept is None:
        side = max(1, math.ceil(SIDE * scale))
        kept = QPixmap(side, side)
        stretch = QPainter(kept)
        stretch.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        stretch.drawImage(QRectF(0, 0, side, side), image, inner)
        stretch.end()
        picture.stretched.clear()
        picture.stretched[scale] = kept
    painter.drawPixmap(frame, kept, QRectF(kept.rect()))


@cache
def changes_sides_at_zero(activation: str) -> bool:
    """Whether a neuron is above its threshold where z > 0, and nowhere else."""
    found = ACTIVATIONS.get(activation)
    if found is None:
        return False
    beyond = np.linspace(0.01, 20.0, 2000)
    above, below = (found.curve(z) > float(natural_threshold(activation)) for z in (beyond, -beyond))
    return bool(above.all() and not below.any())


@cache
def _places(shape: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """How far from the left and from the top the values of a grid are, in pixels."""
    rows, columns = shape
    x, y = np.meshgrid(np.linspace(0.0, SIDE, columns), np.linspace(0.0, SIDE, rows))
    return x, y


def _polygon(points: FloatArray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
