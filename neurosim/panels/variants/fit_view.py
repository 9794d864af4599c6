"""The small picture of a variant's fit, painted."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.panels._marks import draw_mark, stamp_marks
from neurosim.panels._paint import line_pen
from neurosim.panels.variants.fit import NOTHING, Fit, IntArray
from neurosim.records import dataclass
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme, theme

HEIGHT, TALL = 104, 148
FEW = 60
MARK, SMALL_MARK = 7.0, 5.0
FAR = 4.0
"""A curve is cut off so many heights beyond the frame."""


class FitView(QWidget):
    """Owns the picture; it takes no part in what is done."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit = NOTHING
        self._sentence = ""
        self._tall = False
        self._rows: Rows | None = None

    @property
    def fit(self) -> Fit:
        """What is painted."""
        return self._fit

    def set_fit(self, fit: Fit, sentence: str = "") -> None:
        """Paint *fit*, or where there is nothing to paint a sentence."""
        if sentence != self._sentence:
            self.setToolTip(sentence)
        self._fit, self._sentence = fit, sentence
        self.update()

    def set_tall(self, tall: bool) -> None:
        """Take more room where there is some."""
        if tall != self._tall:
            self._tall = tall
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(theme().px(120), theme().px(TALL if self._tall else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As high as it is; narrow where room is short."""
        return QSize(theme().px(72), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Colours, borders or curve, marks, a frame."""
        colours, fit = theme(), self._fit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(area, colours.canvas)
        if self._sentence:
            painter.setPen(colours.negative_text)
            painter.setFont(ui_font(11))
            inner = area.adjusted(5, 3, -5, -3)
            flags = int(Qt.TextFlag.TextWordWrap)
            high = painter.boundingRect(inner, flags, self._sentence).height()
            place = Qt.AlignmentFlag.AlignVCenter if high <= inner.height() else Qt.AlignmentFlag.AlignTop
            painter.drawText(inner, flags | int(place), self._sentence)
        elif fit is not NOTHING:
            painter.save()
            painter.setClipRect(self.rect())  # of whole pixels: any other clip is slow
            self._paint(painter, colours, fit, Frame(fit.x, fit.y, float(self.width()), float(self.height())))
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawRect(area)

    def _paint(self, painter: QPainter, colours: Theme, fit: Fit, frame: Frame) -> None:
        if fit.image is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # with which whole pictures are slow
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), fit.image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(colours.text, colours.stroke(2.0)))
        for border in fit.borders:
            _draw_line(painter, frame, border)
        if fit.guide is not None:
            painter.setPen(line_pen(colours.text_muted, colours.stroke(1.25), dashed=True))
            _draw_line(painter, frame, fit.guide)
        self._paint_marks(painter, colours, fit, frame)
        if fit.line is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(line_pen(colours.text, colours.stroke(2.0)))
            _draw_line(painter, frame, fit.line)

    def _paint_marks(self, painter: QPainter, colours: Theme, fit: Fit, frame: Frame) -> None:
        """The rows, from a picture that is painted anew only when they, the ranges, the size or the theme change."""
        if fit.marks is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        known = self._rows
        key = (fit.x, fit.y, frame.width, frame.height, colours, ratio)
        same = known is not None and known.key == key and _equal(known.marks, fit.marks)
        if known is None or not same or not _equal(known.shapes, fit.shapes):
            known = self._rows = Rows(key, fit.marks, fit.shapes, _rows_picture(colours, fit, frame, ratio))
        painter.drawPixmap(0, 0, known.picture)


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows as a picture, and what it was painted of."""

    key: object
    marks: FloatArray
    shapes: IntArray | None
    picture: QPixmap


def _equal(one: np.ndarray | None, other: np.ndarray | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(np.array_equal(one, other))


def _rows_picture(colours: Theme, fit: Fit, frame: Frame, ratio: float) -> QPixmap:
    picture = QPixmap(math.ceil(frame.width * ratio), math.ceil(frame.height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rows = [] if fit.marks is None else fit.marks.tolist()
    shapes = [1] * len(rows) if fit.shapes is None else fit.shapes.tolist()
    marks = []
    for (x, y), shape in zip(rows, shapes, strict=True):
        colour = colours.text if fit.shapes is None else class_colour(colours, shape)
        marks.append((frame.place(x, y), colour, shape, False))
    if len(marks) > FEW:
        stamp_marks(painter, marks, SMALL_MARK * colours.zoom)
    else:
        for place, colour, shape, _ in marks:
            draw_mark(painter, place, MARK * colours.zoom, colour, rim=colours.canvas, shape=shape)
    painter.end()
    return picture


def _draw_line(painter: QPainter, frame: Frame, points: FloatArray) -> None:
    if len(points) > 1:
        reach = FAR * (frame.y[1] - frame.y[0])
        y = np.clip(points[:, 1], frame.y[0] - reach, frame.y[1] + reach)
        painter.drawPath(pyqtgraph.arrayToQPath(frame.across(points[:, 0]), frame.down(y), connect="finite"))
