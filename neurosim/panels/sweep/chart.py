"""The picture of a sweep: the values side by side, each with the loss at the end of its training."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from neurosim.panels._log_ticks import log_text, log_ticks
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, with_alpha

WIDE = 20.0
"""From this ratio of the largest to the smallest loss on the scale is logarithmic."""


@dataclass(frozen=True)
class Dot:
    """One value: its label, its loss (``None``: not yet, or never), and whether it diverged, is best or is in force.

    ``said`` is a sentence for the tooltip, ``text`` the loss as it is written beside the dot.
    """

    label: str
    loss: float | None
    said: str
    text: str = ""
    diverged: bool = False
    best: bool = False
    now: bool = False


class SweepChart(QWidget):
    """Owns the dots and which of them is chosen.

    Signals:
        chosen(int): a dot was clicked.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sweepChart")
        self._dots: tuple[Dot, ...] = ()
        self._chosen = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_dots(self, dots: Sequence[Dot], chosen: int) -> None:
        """Show *dots* from left to right, with a ring around the chosen one."""
        self._dots, self._chosen = tuple(dots), chosen
        self.setAccessibleName(self.tr("Loss at the end: {all}").format(all="; ".join(dot.said for dot in dots)))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(theme().px(280), theme().px(180))

    def minimumSizeHint(self) -> QSize:
        """Room for a small one."""
        return QSize(theme().px(160), theme().px(80))

    # -- where -----------------------------------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        px = theme().px
        return QRectF(self.rect()).adjusted(px(56), px(14), -px(14), -px(26))

    def place(self, index: int) -> QPointF:
        """The middle of a dot; one that diverged stands at the top, one without a loss at the foot."""
        area, dot = self._area, self._dots[index]
        x = area.left() + area.width() * (index + 0.5) / len(self._dots)
        if dot.diverged:
            return QPointF(x, area.top())
        if dot.loss is None:
            return QPointF(x, area.bottom())
        low, high, log = self._scale()
        value = math.log10(dot.loss) if log else dot.loss
        return QPointF(x, area.bottom() - area.height() * (value - low) / (high - low))

    def _scale(self) -> tuple[float, float, bool]:
        """The ends of the vertical axis, and whether they are logarithms."""
        losses = [dot.loss for dot in self._dots if dot.loss is not None and not dot.diverged]
        if not losses:
            return 0.0, 1.0, False
        low, high = min(losses), max(losses)
        if low > 0 and high / low >= WIDE:
            bottom, top = math.log10(low), math.log10(high)
            return bottom - 0.08 * (top - bottom), top + 0.12 * (top - bottom), True
        return 0.0, high * 1.12 or 1.0, False

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Scale, line, dots and their labels."""
        of, area = theme(), self._area
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), of.canvas)
        painter.setFont(ui_font(11))
        self._paint_scale(painter, area)
        places = [self.place(i) for i in range(len(self._dots))]
        line = [at for at, dot in zip(places, self._dots, strict=True) if dot.loss is not None and not dot.diverged]
        painter.setPen(QPen(of.loss, of.stroke(1.5)))
        painter.drawPolyline(QPolygonF(line))
        for i, (dot, at) in enumerate(zip(self._dots, places, strict=True)):
            if (i == self._chosen or dot.best) and dot.loss is not None and not dot.diverged:
                self._paint_loss(painter, dot, at)  # behind the dots
        for i, (dot, at) in enumerate(zip(self._dots, places, strict=True)):
            self._paint_dot(painter, dot, at, chosen=i == self._chosen)
        self._paint_labels(painter, area)

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        of = theme()
        low, high, log = self._scale()
        ticks = log_ticks(low, high, area.height()) if log else []
        marks = ticks[0][1] if ticks else [low, high] if log else round_ticks(high, area.height() / of.px(26))
        for mark in marks:
            y = area.bottom() - area.height() * (mark - low) / (high - low)
            painter.setPen(QPen(of.hairline, of.stroke(1)))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(of.text_muted)
            text = log_text(mark) if log else f"{mark:.6g}"
            box = QRectF(0, y - of.px(8), area.left() - of.px(6), of.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_dot(self, painter: QPainter, dot: Dot, at: QPointF, *, chosen: bool) -> None:
        of = theme()
        radius = of.px(6)
        if chosen:
            painter.setPen(QPen(of.accent, of.stroke(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + of.px(4), radius + of.px(4))
        if dot.diverged:
            painter.setPen(QPen(of.negative, of.stroke(2.5)))
            for sign in (1, -1):
                painter.drawLine(at + QPointF(-radius, -sign * radius), at + QPointF(radius, sign * radius))
            return
        painter.setPen(QPen(of.canvas if dot.loss is not None else of.border, of.stroke(1.5)))
        painter.setBrush((of.right if dot.best else of.loss) if dot.loss is not None else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius, radius)
        if dot.best:
            painter.setPen(QPen(of.canvas, of.stroke(1.75)))
            tick = [at + QPointF(-0.45 * radius, 0), at + QPointF(-0.1 * radius, 0.4 * radius)]
            painter.drawPolyline(QPolygonF([*tick, at + QPointF(0.5 * radius, -0.4 * radius)]))

    def _paint_loss(self, painter: QPainter, dot: Dot, at: QPointF) -> None:
        """The loss beside its dot: above it, or below where there is no room."""
        of = theme()
        width = painter.fontMetrics().horizontalAdvance(dot.text) + of.px(8)
        above = at.y() - of.px(28) >= 0
        box = QRectF(at.x() - width / 2, at.y() + (-of.px(28) if above else of.px(12)), width, of.px(16))
        box.moveLeft(min(max(box.left(), self._area.left()), self.width() - width))
        painter.fillRect(box, with_alpha(of.canvas, 0.85))
        painter.setPen(of.right if dot.best else of.loss)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, dot.text)

    def _paint_labels(self, painter: QPainter, area: QRectF) -> None:
        of = theme()
        if not self._dots:
            return
        room = area.width() / len(self._dots)
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(dot.label) for dot in self._dots) + of.px(8)
        every = max(1, math.ceil(widest / room))
        for i, dot in enumerate(self._dots):
            if i % every and not dot.now:
                continue
            x = area.left() + room * (i + 0.5)
            painter.setPen(of.text if dot.now else of.text_muted)
            painter.setFont(ui_font(11, 600 if dot.now else 400))
            box = QRectF(x - widest / 2, area.bottom() + of.px(8), widest, of.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, dot.label)

    # -- pointing --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the dot under the pointer."""
        index = self._at(event.position())
        if index >= 0:
            self.chosen.emit(index)

    def event(self, event: QEvent) -> bool:
        """Say what a dot is about."""
        if isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._dots[index].said if index >= 0 else "", self)
            return True
        return super().event(event)

    def _at(self, point: QPointF) -> int:
        """The dot in whose column the point lies; -1 for none."""
        area = self._area
        if not self._dots or not area.left() <= point.x() <= area.right():
            return -1
        return min(int((point.x() - area.left()) / area.width() * len(self._dots)), len(self._dots) - 1)


def round_ticks(high: float, most: float) -> list[float]:
    """Round values from 0 to *high*, about *most* of them at most: multiples of 1, 2 or 5 times a power of ten."""
    least = high / max(most, 1.0)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least)
    return [step * k for k in range(math.floor(high / step + 1e-9) + 1)]
