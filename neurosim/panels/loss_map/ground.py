"""The ground of the loss map: colours, contour lines and their numbers, kept as a picture until something changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.panels._layer import CachedLayer
from neurosim.panels._paint import line_pen
from neurosim.panels.loss_map.landscape import Landscape, Relief
from neurosim.panels.loss_map.numbers_on_lines import Box, NumbersOnLines, is_free
from neurosim.panels.loss_map.picture import MapPicture
from neurosim.panels.loss_map.scale import number_text
from neurosim.panels.loss_map.tags import Labels, layout
from neurosim.widgets.colour_maps import sequence_table
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme, theme, with_alpha

LINE = 0.62
"""How much of the ground a contour line covers."""


class Ground(CachedLayer):
    """The map. It does not change while the dot moves."""

    def __init__(
        self,
        landscape: Landscape,
        picture: MapPicture,
        labels: Labels,
        decimal: Callable[[], str],
        parent: QGraphicsItem,
    ) -> None:
        super().__init__(0, parent)
        self._landscape = landscape
        self._picture = picture
        self._labels = labels
        self._decimal = decimal
        self._numbers = NumbersOnLines()
        self._boxes: list[Box] = []

    def renumber(self) -> None:
        """Let the numbers find new places."""
        self._numbers.forget()
        self.changed()

    def make_way(self) -> None:
        """Paint anew if a number is in the way of what is on the map."""
        kept_clear = self._kept_clear()
        if not all(is_free(box, kept_clear) for box in self._boxes):
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Colours first, numbers last."""
        relief = self._landscape.relief
        if relief is None or self._picture.subject is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(relief.area_in(self._picture.frame), relief.image)
        lines = self._lines(relief)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for level, pieces in lines:
            if relief.scale is not None:
                painter.setPen(line_pen(_ink(theme(), relief.scale.part(level)), theme().stroke(1.0)))
            for piece in pieces:
                painter.drawPath(pyqtgraph.arrayToQPath(piece[0], piece[1]))
        self._draw_numbers(painter, lines)

    def _lines(self, relief: Relief) -> list[tuple[float, list[FloatArray]]]:
        """The contour lines in pixels."""
        frame = self._picture.frame
        return [
            (level, [np.stack((frame.across(piece[0]), frame.down(piece[1]))) for piece in pieces])
            for level, pieces in relief.contours
        ]

    def _draw_numbers(self, painter: QPainter, lines: list[tuple[float, list[FloatArray]]]) -> None:
        colours = theme()
        font = ui_font(11)
        metrics = QFontMetricsF(font)
        texts = {level: number_text(level, self._decimal()) for level, _ in lines}
        sizes = [(metrics.horizontalAdvance(texts[level]) + 8, metrics.height() + 1) for level, _ in lines]
        area = self.area.width(), self.area.height()
        taken = self._kept_clear()
        already = len(taken)
        places = self._numbers.place(lines, sizes, area, taken)
        self._boxes = taken[already:]
        painter.setFont(font)
        for (level, _), box in zip(places, self._boxes, strict=True):
            plate = QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3])).adjusted(1, 1, -1, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(colours.canvas, 0.8))
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(colours.text)
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), texts[level])

    def _kept_clear(self) -> list[Box]:
        """What numbers must not hide: the dot, the arrow, the ends of steps, the minima, and their labels."""
        return layout(self._picture, self._labels)[0]


@lru_cache(maxsize=64)
def _ink_of(ground: int, dark: int, bright: int) -> bool:
    """Whether dark ink is easier to see on *ground* than bright ink; colours as ``QColor.rgb()``."""
    on = _luminance(QColor.fromRgb(ground))
    contrasts = [
        (max(on, ink) + 0.05) / (min(on, ink) + 0.05)
        for ink in (_luminance(QColor.fromRgb(dark)), _luminance(QColor.fromRgb(bright)))
    ]
    return contrasts[0] >= contrasts[1]


def _ink(colours: Theme, part: float) -> QColor:
    """The ink for a line on the ground that lies under it: along a contour that is one colour."""
    table = sequence_table(colours.name)
    ground = int(table[min(max(round(part * (len(table) - 1)), 0), len(table) - 1)])
    dark, bright = (colours.canvas, colours.text) if colours.dark else (colours.text, colours.canvas)
    return with_alpha(dark if _ink_of(ground, dark.rgb(), bright.rgb()) else bright, LINE)


def _luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (0.2126, colour.redF()), (0.7152, colour.greenF()), (0.0722, colour.blueF())
    return sum(w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for w, c in parts)
