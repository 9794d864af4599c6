"""Layers that paint in pixels over the plotting area of a PlotWidget."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from neurosim.widgets.guarded import guarded


class Layer(QGraphicsRectItem):
    """Paints in pixels of the plotting area, of which it is a child and by which it is clipped.

    Its rectangle is that area: Qt, which asks for the bounds of each item many times a frame, knows them itself.
    """

    def __init__(self, z: float, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.setPen(Qt.PenStyle.NoPen)
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.area = QRectF()

    def set_area(self, width: float, height: float) -> None:
        """The size of the plotting area in pixels."""
        area = QRectF(0, 0, width, height)
        if area != self.area:
            self.area = area
            self.setRect(area)

    def changed(self) -> None:
        """Something that the layer shows is another."""
        self.update()

    @guarded
    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint with smooth edges."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Paint the layer."""
        raise NotImplementedError


class CachedLayer(Layer):
    """A layer kept as a picture until ``changed`` is called."""

    def __init__(self, z: float, parent: QGraphicsItem) -> None:
        super().__init__(z, parent)
        self._pixmap: QPixmap | None = None
        self._ratio = 1.0
        self.parts: Sequence[QRect] | None = None
        """What is painted anew now, in pixels of the plotting area; ``None``: all of it."""

    def set_area(self, width: float, height: float) -> None:
        """A new size needs a new picture."""
        super().set_area(width, height)
        self._pixmap = None

    def changed(self) -> None:
        """Paint anew next time."""
        self._pixmap = None
        super().changed()

    def changed_at(self, parts: Sequence[QRect]) -> None:
        """Only *parts* of the picture, in pixels of the plotting area, are others: they alone are painted anew.

        ``draw`` finds them as ``parts``, and its painter is clipped to them.
        """
        if self._pixmap is None:
            return
        region = QRegion()
        for part in parts:
            region = region.united(part)
        painter = QPainter(self._pixmap)
        painter.setClipRegion(region)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(self.area, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self.parts = parts
        self._paint_on(painter)
        self.parts = None
        painter.end()
        self.update()

    @guarded
    def _paint_on(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Put the picture in place; paint it first when there is none that fits."""
        if self.area.isEmpty():
            return
        device = painter.device()
        if is_vector(painter):
            super().paint(painter, option, widget)
            return
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        if self._pixmap is None or self._ratio != ratio:
            size = self.area.size() * ratio
            self._ratio = ratio
            self._pixmap = QPixmap(math.ceil(size.width()), math.ceil(size.height()))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._pixmap)
            super().paint(inner, option, widget)
            inner.end()
        painter.drawPixmap(0, 0, self._pixmap)


_VECTORS = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)


def is_vector(painter: QPainter) -> bool:
    """Whether *painter* makes a picture of strokes and shapes rather than of pixels."""
    engine = painter.paintEngine()  # a widget that is rendered into such a picture is still the painter's device
    return engine is not None and engine.type() in _VECTORS
