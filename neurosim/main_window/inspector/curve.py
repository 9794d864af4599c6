"""A small picture of an activation: its curve, and on it where the rows of the data are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import FloatArray
from neurosim.widgets.theme import theme, theme_notifier

POINTS = 200
"""At most so many rows are drawn; of more, evenly spread ones."""
RANGE = 4.0
"""The curve is drawn from -RANGE to RANGE, or as far as the rows reach (up to ten times as far)."""


class ActivationCurve(QWidget):
    """Owns the picture. It says nothing that the numbers beside it do not say, so that it needs no keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activationCurve")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = "identity"
        self._z: FloatArray = np.empty(0)
        theme_notifier().changed.connect(self.update)

    def show_curve(self, activation: str, z: FloatArray | None) -> None:
        """Draw *activation*, with the rows' sums *z* (n_rows,) on it."""
        rows = z if z is not None else np.empty(0)
        if len(rows) > POINTS:
            rows = rows[:: len(rows) // POINTS + 1]
        if activation != self._name or not np.array_equal(rows, self._z):
            self._name, self._z = activation, np.array(rows)
            self.setAccessibleName(self.tr("Curve of {activation}").format(activation=ACTIVATIONS[activation].title))
            self.update()

    def sizeHint(self) -> QSize:
        """96 pixels high at 100 %."""
        return QSize(theme().px(180), theme().px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes, curve, rows."""
        now = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), now.canvas)
        reach = min(max(RANGE, float(np.abs(self._z).max(initial=0.0)) * 1.1), 10 * RANGE)
        z = np.linspace(-reach, reach, 201)
        a = ACTIVATIONS[self._name].curve(z)
        low, high = float(a.min()), float(a.max())
        gap = max(high - low, 1e-9) * 0.12
        low, high = low - gap, high + gap
        width, height = self.width(), self.height()

        def place(x: float, y: float) -> QPointF:
            return QPointF((x + reach) / (2 * reach) * width, (high - y) / (high - low) * height)

        painter.setPen(QPen(now.hairline, 1))
        painter.drawLine(place(0, low), place(0, high))
        if low < 0 < high:
            painter.drawLine(place(-reach, 0), place(reach, 0))
        painter.setPen(QPen(now.text, now.stroke(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for part in _parts(z, a, ACTIVATIONS[self._name].kinks):
            painter.drawPolyline(QPolygonF([place(x, y) for x, y in part]))
        painter.setPen(QPen(now.canvas, 1))
        painter.setBrush(now.accent)
        radius = now.stroke(3)
        seen = self._z[np.abs(self._z) <= reach]
        for x, y in zip(seen, ACTIVATIONS[self._name].curve(seen), strict=True):
            painter.drawEllipse(place(float(x), float(y)), radius, radius)


def _parts(z: FloatArray, a: FloatArray, kinks: tuple[float, ...]) -> list[list[tuple[float, float]]]:
    """The curve in pieces, parted where f jumps, so that no upright line pretends that f passes through it."""
    step = float(z[1] - z[0])
    parts: list[list[tuple[float, float]]] = [[]]
    for i in range(len(z)):
        crossed = i > 0 and any(z[i - 1] < kink <= z[i] for kink in kinks)
        if crossed and abs(a[i] - a[i - 1]) > 0.5 + step:
            parts.append([])
        parts[-1].append((float(z[i]), float(a[i])))
    return parts
