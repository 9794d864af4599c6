"""A small curve of values over steps, with the present place marked: for sheets, not for reading numbers off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, theme_notifier


class SmallCurve(QWidget):
    """Owns the values and where among them the present one is; labels at both ends say from what to what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self._here = 0.0
        self._labels = ("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_notifier().changed.connect(self._restyle)

    def show_values(self, values: Sequence[float], here: float, labels: tuple[str, str, str, str]) -> None:
        """Show *values* at equal distances, with a mark at *here* (0 the first, 1 the last).

        *labels* are written at the top and bottom of the scale, and below at the left and right end.
        """
        self._values, self._here, self._labels = tuple(values), here, labels
        self.update()

    def sizeHint(self) -> QSize:
        """A wide, low picture."""
        px = theme().px
        return QSize(px(240), px(84))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axis, curve, mark and labels."""
        of = theme()
        px = of.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(11))
        metrics = painter.fontMetrics()
        top, bottom, left, right = self._labels
        margin = max(metrics.horizontalAdvance(top), metrics.horizontalAdvance(bottom)) + px(6)
        area = QRectF(self.rect()).adjusted(margin, px(6), -px(6), -metrics.height() - px(4))
        painter.setPen(of.text_muted)
        half = metrics.height() / 2
        beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for text, y in ((top, area.top()), (bottom, area.bottom())):
            painter.drawText(QRectF(0, y - half, margin - px(6), 2 * half), beside, text)
        below = QRectF(area.left(), area.bottom() + px(3), area.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, right)
        painter.setPen(QPen(of.hairline, of.stroke(1)))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.topLeft())
        if len(self._values) < 2:
            return
        highest = max(self._values) or 1.0

        def point(i: float, value: float) -> QPointF:
            return QPointF(area.left() + area.width() * i, area.bottom() - area.height() * value / highest)

        last = len(self._values) - 1
        painter.setPen(QPen(of.accent, of.stroke(2)))
        painter.drawPolyline(QPolygonF([point(i / last, value) for i, value in enumerate(self._values)]))
        here = min(max(self._here, 0.0), 1.0)
        low = min(int(here * last), last - 1)
        part = here * last - low
        value = self._values[low] * (1 - part) + self._values[low + 1] * part
        painter.setBrush(of.accent)
        painter.setPen(QPen(of.raised, of.stroke(1.5)))
        painter.drawEllipse(point(here, value), px(5), px(5))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
