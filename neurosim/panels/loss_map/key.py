"""The colour key beside the map: which colour stands for which loss, with the numbers of the contour lines."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.panels.loss_map.scale import Scale, number_text
from neurosim.widgets.colour_maps import indexed, sequence_table
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

BAR, POINT, GAP = 10.0, 7.0, 5.0
"""Width of the bar, height of its tip, and pixels between bar and numbers, at 100 %."""


class ColourKey(QWidget):
    """Owns nothing but what it shows: a bar of colours, dark below; its tip stands for all that is above."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossMapKey")
        self._display = display
        self._scale: Scale | None = None
        self._bar = QImage()
        self._bar_of = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_scale(self, scale: Scale | None, words: str) -> None:
        """Show *scale*; *words* say it to who cannot see it."""
        if scale != self._scale:
            self._scale = scale
            self.updateGeometry()
            self.update()
        if words != self.accessibleName():
            self.setAccessibleName(words)
            self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Room for the longest number."""
        zoom = theme().zoom
        metrics = QFontMetricsF(ui_font(11))
        texts = [self._text(level) for level in self._scale.levels] if self._scale is not None else []
        widest = max(
            (metrics.horizontalAdvance(text) for text in [*texts, *self._title(), self.tr("above")]), default=0
        )
        return QSize(round(widest + (BAR + GAP + 4) * zoom) + 4, theme().px(80))

    def minimumSizeHint(self) -> QSize:
        """As wide as the numbers, in any height."""
        return QSize(self.sizeHint().width(), theme().px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The title, the bar with its tip, and a number at each level that has room."""
        scale, colours = self._scale, theme()
        if scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = ui_font(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        zoom, line = colours.zoom, metrics.height()
        painter.setPen(colours.text_muted)
        for number, word in enumerate(self._title()):
            painter.drawText(QPointF(0.0, number * line + metrics.ascent() + 4), word)
        top = (len(self._title()) + 1.2) * line + 6
        bar = QRectF(0.5, top, BAR * zoom, self.height() - top - line * 0.5 - 6)
        if bar.height() < 2 * line:
            return
        painter.drawImage(bar, self._colours())
        tip = QPolygonF(
            [bar.topLeft(), QPointF(bar.center().x(), bar.top() - POINT * zoom), bar.topRight()],
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours().pixelColor(0, 0))
        painter.drawPolygon(tip)
        free = self.height() + 1.0
        left = bar.right() + GAP * zoom
        places = [(level, bar.bottom() - scale.part(level) * bar.height()) for level in scale.levels]
        ends = {scale.levels[0], scale.levels[-1]}
        highest = places[-1][1]
        for level, y in places:
            room = y + line * 0.5 <= free and (level in ends or y - line * 0.5 >= highest + line * 0.5)
            painter.setPen(QPen(colours.text_muted, 1.0))
            painter.drawLine(QPointF(bar.right() - 3 * zoom, y), QPointF(bar.right(), y))
            if room:
                painter.setPen(colours.text)
                painter.drawText(QPointF(left, y + metrics.ascent() / 2 - 1), self._text(level))
                free = y - line * 0.5
        painter.setPen(colours.text_muted)
        painter.drawText(QPointF(left, highest - line * 0.5 - 1), self.tr("above"))
        painter.end()

    def _title(self) -> list[str]:
        if self._scale is None:
            return []
        return [self.tr("loss"), self.tr("(log)")] if self._scale.log else [self.tr("loss")]

    def _text(self, level: float) -> str:
        return number_text(level, self._display.decimal)

    def _colours(self) -> QImage:
        name = theme().name
        if name != self._bar_of:
            table = sequence_table(name)
            self._bar, self._bar_of = indexed(np.arange(len(table))[::-1, None], table), name
        return self._bar
