"""The small picture of a variant's fit, painted."""

from __future__ import annotations

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Frame
from neurosim.panels._marks import draw_mark, stamp_marks
from neurosim.panels._paint import line_pen
from neurosim.panels.variants.fit import NOTHING, Fit
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.theme import Theme, theme, with_alpha

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

    @property
    def fit(self) -> Fit:
        """What is painted."""
        return self._fit

    def set_fit(self, fit: Fit, sentence: str = "") -> None:
        """Paint *fit*, or where there is nothing to paint a sentence."""
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
            inner = area.adjusted(6, 4, -6, -4)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._sentence)
        elif fit is not NOTHING:
            painter.save()
            painter.setClipRect(area)
            self._paint(painter, colours, fit, Frame(fit.x, fit.y, area.width(), area.height()))
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawRect(area)

    def _paint(self, painter: QPainter, colours: Theme, fit: Fit, frame: Frame) -> None:
        if fit.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, frame.width, frame.height), fit.image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((4.0, with_alpha(colours.canvas, 0.8)), (2.0, colours.text)):
            painter.setPen(line_pen(colour, colours.stroke(width)))
            for border in fit.borders:
                _draw_line(painter, frame, border)
        if fit.diagonal:
            painter.setPen(line_pen(colours.text_muted, colours.stroke(1.25), dashed=True))
            _draw_line(painter, frame, np.array([[fit.x[0], fit.x[0]], [fit.x[1], fit.x[1]]]))
        self._paint_marks(painter, colours, fit, frame)
        if fit.line is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(line_pen(colours.text, colours.stroke(2.0)))
            _draw_line(painter, frame, fit.line)

    @staticmethod
    def _paint_marks(painter: QPainter, colours: Theme, fit: Fit, frame: Frame) -> None:
        if fit.marks is None:
            return
        shapes = [1] * len(fit.marks) if fit.shapes is None else fit.shapes.tolist()
        marks = []
        for (x, y), shape in zip(fit.marks.tolist(), shapes, strict=True):
            colour = colours.text if fit.shapes is None else class_colour(colours, shape)
            marks.append((frame.place(x, y), colour, shape, False))
        if len(marks) > FEW:
            stamp_marks(painter, marks, SMALL_MARK * colours.zoom)
            return
        for place, colour, shape, _ in marks:
            draw_mark(painter, place, MARK * colours.zoom, colour, rim=colours.canvas, shape=shape)


def _draw_line(painter: QPainter, frame: Frame, points: FloatArray) -> None:
    if len(points) > 1:
        reach = FAR * (frame.y[1] - frame.y[0])
        y = np.clip(points[:, 1], frame.y[0] - reach, frame.y[1] + reach)
        painter.drawPath(pyqtgraph.arrayToQPath(frame.across(points[:, 0]), frame.down(y), connect="finite"))
