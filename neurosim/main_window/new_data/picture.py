"""Data as a small picture: the rows in the plane of one or two inputs, classes by shape and colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.panels._frame import Frame, fitted
from neurosim.panels._marks import GLYPHS, diameter, draw_mark, stamp_marks
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, theme_notifier

MOST_MARKS = 4000
"""Of more rows so many are shown, evenly chosen."""
_SMOOTH = 400
_GAP = 8


class DataPicture(QWidget):
    """Owns what is shown of one data set; it takes no part in what is done with it."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dataPicture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._display = display
        self._names = ("", "")
        self._x: FloatArray = np.empty(0)
        self._y: FloatArray = np.empty(0)
        self._kinds: tuple[int, ...] | None = None
        theme_notifier().changed.connect(self.update)

    @property
    def axes(self) -> tuple[str, str]:
        """The columns across and upwards."""
        return self._names

    @property
    def n_marks(self) -> int:
        """How many rows are shown."""
        return len(self._x)

    def show_data(self, dataset: Dataset, inputs: Sequence[str], target: str, *, numbers: bool = False) -> None:
        """Show *dataset*: *target* over one input, or two inputs with *target* as shape and colour.

        A target of whole numbers from 0 to 5 counts as classes unless it is known to be *numbers*; where it has other
        values, it goes upwards.
        """
        words = dataset.texts.get(target)
        values = dataset.columns[target].floats if words is None else _codes(words)
        classes = None if numbers else _classes(values)
        flat = len(inputs) > 1 and classes is not None
        self._names = (inputs[0], inputs[1] if flat else target)
        n = dataset.n_rows
        rows = np.arange(n) if n <= MOST_MARKS else np.linspace(0, n - 1, MOST_MARKS).astype(np.intp)
        across, up = (values if name == target else dataset.columns[name].floats for name in self._names)
        self._x, self._y = across[rows], up[rows]
        self._kinds = None if classes is None else tuple(classes[rows].tolist())
        sentence = self.tr("{rows} rows: {y} over {x}.")
        self.setAccessibleName(sentence.format(rows=n, y=self._names[1], x=self._names[0]))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._x = self._y = np.empty(0)
        self._names = ("", "")
        self.setAccessibleName("")
        self.update()

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(theme().px(420), theme().px(300))

    def minimumSizeHint(self) -> QSize:
        """Something must be seen."""
        return QSize(theme().px(240), theme().px(170))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame, the ends of both axes, and the marks."""
        of = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.setPen(QPen(of.hairline, 1))
        painter.setBrush(of.canvas)
        painter.drawRoundedRect(area.adjusted(-0.5, -0.5, 0.5, 0.5), of.px(4), of.px(4))
        if not len(self._x):
            return
        frame = Frame(fitted(self._x, 0.08), fitted(self._y, 0.08), area.width(), area.height())
        self._paint_axes(painter, area, frame)
        painter.setClipRect(area)
        painter.translate(area.topLeft())
        self._paint_marks(painter, frame)

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(ui_font(11))
        gap = theme().px(_GAP)
        ends = [self._number(value) for value in self._ends(self._y)]
        left = max((metrics.horizontalAdvance(text) for text in ends), default=0) + gap
        below = metrics.height() + gap
        return QRectF(self.rect()).adjusted(left, below, -2, -below)

    def _paint_axes(self, painter: QPainter, area: QRectF, frame: Frame) -> None:
        of, gap = theme(), theme().px(_GAP)
        painter.setFont(ui_font(11))
        line = QFontMetricsF(painter.font()).height()
        painter.setPen(of.text_muted)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in self._ends(self._y):
            at = area.top() + frame.down(value)
            painter.drawText(QRectF(0, at - line / 2, area.left() - gap / 2, line), right, self._number(value))
        foot = area.bottom() + gap / 2
        for value in self._ends(self._x):
            text = self._number(value)
            width = QFontMetricsF(painter.font()).horizontalAdvance(text)
            at = min(max(area.left() + frame.across(value) - width / 2, area.left()), area.right() - width)
            painter.drawText(QRectF(at, foot, width + 1, line), Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(of.text)
        painter.drawText(QRectF(area.left(), foot, area.width(), line), Qt.AlignmentFlag.AlignHCenter, self._names[0])
        painter.drawText(QRectF(0, 0, area.right(), line), Qt.AlignmentFlag.AlignLeft, self._names[1])

    def _paint_marks(self, painter: QPainter, frame: Frame) -> None:
        of = theme()
        size = diameter(len(self._x)) * of.zoom
        places = zip(frame.across(self._x).tolist(), frame.down(self._y).tolist(), strict=True)
        kinds = self._kinds or (1,) * len(self._x)
        plain = self._kinds is None
        marks = (
            (QPointF(x, y), of.text if plain else class_colour(of, kind), kind, False)
            for (x, y), kind in zip(places, kinds, strict=True)
        )
        if len(self._x) > _SMOOTH:
            stamp_marks(painter, marks, size)
            return
        for place, colour, kind, _ in marks:
            draw_mark(painter, place, size, colour, rim=of.canvas, shape=kind)

    def _ends(self, values: FloatArray) -> tuple[float, ...]:
        if not len(values):
            return ()
        low, high = float(values.min()), float(values.max())
        return (low,) if low == high else (low, high)

    def _number(self, value: float) -> str:
        text = f"{value:.4g}".replace("-", "−")
        return text.replace(".", self._display.decimal)


def _codes(words: Sequence[str]) -> FloatArray:
    """The number of each word's class, in the order in which they come."""
    places = {word: index for index, word in enumerate(dict.fromkeys(words))}
    return np.array([places[word] for word in words], dtype=np.float64)


def _classes(values: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.intp]] | None:
    """The class of each row where *values* are whole numbers from 0 on, at least two and not more than shapes."""
    found = np.unique(values)
    if not 2 <= len(found) <= len(GLYPHS) or not np.isin(found, np.arange(len(GLYPHS))).all():
        return None
    return values.astype(np.intp)
