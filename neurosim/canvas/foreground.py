"""What is painted over the canvas: words for an empty one, a close-up or a problem, and the ring of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.canvas.scene import GraphScene
from neurosim.widgets.theme import theme


def _tr(text: str) -> str:
    return QCoreApplication.translate("foreground", text)


def paint_foreground(painter: QPainter, drawing: GraphScene, room: QRectF, *, ring: bool) -> None:
    """Paint the words, and the *ring* around the viewport *room*, in screen pixels."""
    of = theme()
    painter.save()
    painter.resetTransform()
    top = QPointF(room.center().x(), 18)
    if not drawing.network.nodes:
        text = _tr("Nothing is drawn yet: double-click, or press Shift+A, to add an input.")
        style.write(painter, text, style.VALUE, of.text_muted, room.center())
    elif drawing.page is not None:
        text = _tr("Close-up of {node} · Esc shows the whole network").format(node=drawing.network.title(drawing.page))
        style.write(painter, text, style.CAPTION, of.text_muted, top)
    elif drawing.banner:
        style.write(painter, drawing.banner, style.CAPTION, of.negative_text, top)
    if ring:
        painter.setPen(style.pen(of.accent, 2.0, of))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
    painter.restore()
