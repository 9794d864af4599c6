"""Pictures of what stands still in a window, kept from frame to frame as long as nothing in them has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from neurosim.canvas import style
from neurosim.widgets.theme import Theme, theme


class Window(NamedTuple):
    """What is painted on, as far as a picture of it depends on it."""

    size: QSize
    ratio: float
    transform: QTransform
    hints: QPainter.RenderHint
    of: Theme
    lettering: float


def window_of(painter: QPainter, widget: QWidget) -> Window | None:
    """The window *widget* that *painter* paints on; ``None`` for what is no window, or shows it in another size."""
    engine, device = painter.paintEngine(), painter.device()
    if engine is None or device is None or engine.type() != QPaintEngine.Type.Raster:
        return None
    ratio, transform = device.devicePixelRatioF(), painter.worldTransform()
    # What the widget is painted into may lie elsewhere, but a pixel has to be a pixel.
    enlarged = painter.deviceTransform().m11() / transform.m11() if transform.m11() else 0.0
    if abs(enlarged - ratio) > 1e-6:
        return None
    return Window(widget.size(), ratio, transform, painter.renderHints(), theme(), style.lettering())


class KeptPicture:
    """Owns a picture of a window, and the key of all that it depends on. Not *opaque*: it lies over something else."""

    def __init__(self, *, opaque: bool = True) -> None:
        self._opaque = opaque
        self._key: object = None
        self._picture: QPixmap | None = None

    def stands(self, key: object) -> bool:
        """Whether *key* is that of the last time; the picture of another one, or without a key, is given up."""
        if key is not None and key == self._key:
            return True
        self._key, self._picture = key, None
        return False

    def show(self, painter: QPainter, window: Window, *parts: Callable[[QPainter], None]) -> None:
        """Paint the picture over the whole window; *parts* paint it, if there is none for the key yet."""
        if self._picture is None:
            self._picture = self._made(window, parts)
        transform = painter.worldTransform()
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._picture)
        painter.setWorldTransform(transform)

    def _made(self, window: Window, parts: Iterable[Callable[[QPainter], None]]) -> QPixmap:
        picture = QPixmap(window.size * window.ratio)
        picture.setDevicePixelRatio(window.ratio)
        picture.fill(window.of.canvas if self._opaque else Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(window.hints)
        painter.setWorldTransform(window.transform)
        for part in parts:
            part(painter)
        painter.end()
        return picture
