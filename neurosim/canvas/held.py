"""While nodes are dragged, everything else is painted from one picture, so that a drag costs the same in a thicket."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPainter, QPixmap

from neurosim.canvas.camera import Camera
from neurosim.canvas.scene import GraphScene
from neurosim.engine.network import bias_id
from neurosim.widgets.theme import theme


class HeldPicture:
    """Owns the picture of what stands still while ``keys`` move."""

    def __init__(self, view: Camera, drawing: GraphScene, keys: Iterable[str]) -> None:
        self._view, self._drawing = view, drawing
        self._keys = drawing.companions(keys)
        self._rows = drawing.rows_of(self._keys)
        self._names = frozenset({drawing.edges.entries[row].key for row in self._rows} | set(map(bias_id, self._keys)))
        self._picture: QPixmap | None = None

    def forget(self) -> None:
        """Something else changed: paint the picture anew before the next frame."""
        self._picture = None

    def paint(self, painter: QPainter) -> None:
        """Paint a frame on the viewport: the picture, and what moves over it."""
        if self._picture is None:
            self._picture = self._still()
        painter.drawPixmap(0, 0, self._picture)
        self._set_up(painter)
        self._drawing.painting.draw(painter, self._view.detail(), self._rows, self._keys, self._names)

    def _still(self) -> QPixmap:
        viewport, drawing = self._view.viewport(), self._drawing
        ratio = viewport.devicePixelRatioF()
        picture = QPixmap(viewport.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme().canvas)
        painter = QPainter(picture)
        self._set_up(painter)
        moving = set(self._rows)
        rows = [row for row in range(len(drawing.edges.entries)) if row not in moving]
        names = frozenset(name for name, _ in drawing.chips.chips if name not in self._names)
        drawing.painting.draw(painter, self._view.detail(), rows, drawing.nodes.keys() - self._keys, names)
        painter.end()
        return picture

    def _set_up(self, painter: QPainter) -> None:
        painter.setRenderHints(self._view.renderHints())
        painter.setWorldTransform(self._view.viewportTransform())
