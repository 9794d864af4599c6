"""A widget as a picture of pixels in any resolution; and pictures of both kinds in files.

Buttons and scroll bars are for hands, not for readers: they are left out, unless the whole window is drawn.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from neurosim.document.atomic_write import write_atomically
from neurosim.main_window.pictures.outlines import as_svg
from neurosim.main_window.pictures.views import View
from neurosim.widgets.for_hands import is_for_hands

_SOLID = QImage.Format.Format_ARGB32_Premultiplied


def as_image(widget: QWidget, scale: float = 1.0, *, whole: bool = False) -> QImage:
    """*widget* as it is on the screen, drawn anew with *scale* pixels for each of its own.

    Args:
        widget: visible, or laid out as if it were.
        scale: 2 for a picture that is twice as sharp.
        whole: with buttons and scroll bars.
    """
    image = QImage(QSize(round(widget.width() * scale), round(widget.height() * scale)), _SOLID)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    QWidget.render(widget, painter, QPoint())  # a graphics view has another render of its own
    if not whole:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for place, colour in _patches(widget, image):
            painter.fillRect(place, colour)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """*image* as a PNG file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the function does not
    return bytes(buffer.data().data())


def write_picture(view: View, path: Path, scale: float = 1.0) -> None:
    """Write a picture of *view*: SVG where *path* ends so, else PNG with *scale* pixels for each of the screen.

    Raises:
        OSError: *path* cannot be written; nothing is left there.
    """
    if path.suffix.lower() == ".svg":
        write_atomically(path, as_svg(view.widget, view.title, whole=view.whole))
    else:
        write_atomically(path, png(as_image(view.widget, scale, whole=view.whole)))


def _patches(widget: QWidget, image: QImage) -> list[tuple[QRect, QColor]]:
    """Where the controls of *widget* are, and the colour beside each."""
    found = []
    for child in widget.findChildren(QWidget):
        parent = child.parentWidget()
        if child.isVisible() and is_for_hands(child) and (parent is None or not is_for_hands(parent)):
            place = QRect(child.mapTo(widget, QPoint(0, 0)), child.size()).intersected(widget.rect())
            if place.isEmpty():
                continue
            beside = QPoint(place.left() - 1 if place.left() > 0 else place.right() + 1, place.center().y())
            if not widget.rect().contains(beside):
                beside = QPoint(place.center().x(), place.top() - 1 if place.top() > 0 else place.bottom() + 1)
            if widget.rect().contains(beside):
                pixel = beside * image.devicePixelRatio()
                found.append((place, image.pixelColor(min(pixel.x(), image.width() - 1), pixel.y())))
    return found
