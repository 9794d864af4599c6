"""A widget as an SVG file: each widget within it is drawn by itself and stands, clipped, where it stands on the screen.

Drawn in one go, widgets would not be clipped by those around them, and Qt would put the clips of a widget that is not
in the corner in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from neurosim.main_window.pictures.mended_svg import SVG, mended
from neurosim.widgets.for_hands import is_for_hands


def as_svg(widget: QWidget, title: str, *, whole: bool = False) -> bytes:
    """*widget* as an SVG file that looks the same everywhere: letters are outlines, no font is needed.

    Args:
        widget: visible, or laid out as if it were.
        title: what the picture shows, for programs that read it aloud.
        whole: with buttons and scroll bars.
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    width, height = str(widget.width()), str(widget.height())
    root = ElementTree.Element(f"{{{SVG}}}svg", {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"})
    ElementTree.SubElement(root, f"{{{SVG}}}title").text = title
    ground = {"width": width, "height": height, "fill": widget.palette().window().color().name()}
    ElementTree.SubElement(root, f"{{{SVG}}}rect", ground)
    with _nothing_cached(widget):
        root.append(_drawn(widget, whole, _Names()))
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


class _Names:
    """Gives each widget a name of its own, so that what it defines has names of their own."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last += 1
        return f"w{self._last}"


def _drawn(widget: QWidget, whole: bool, names: _Names) -> ElementTree.Element:
    """*widget* and what is in it, from behind to the front, as a group that is clipped to the widget's rectangle."""
    name = names.next()
    group = ElementTree.Element(f"{{{SVG}}}g", {"clip-path": f"url(#{name})"})
    # Programs that cannot clip draw what stands outside of ``defs``.
    defined = ElementTree.SubElement(group, f"{{{SVG}}}defs")
    clip = ElementTree.SubElement(defined, f"{{{SVG}}}clipPath", {"id": name})
    ElementTree.SubElement(clip, f"{{{SVG}}}rect", {"width": str(widget.width()), "height": str(widget.height())})
    group.extend(mended(_own_picture(widget), name))
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or child.isHidden() or child.size().isEmpty():
            continue
        if whole or not is_for_hands(child):
            # A group of its own: a clip is moved by the transform of what it clips.
            place = {"transform": f"translate({child.x()},{child.y()})"}
            ElementTree.SubElement(group, f"{{{SVG}}}g", place).append(_drawn(child, whole, names))
    return group


def _own_picture(widget: QWidget) -> bytes:
    """What *widget* paints itself, without the widgets in it."""
    buffer = QBuffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the smaller standard cannot clip
    generator.setOutputDevice(buffer)
    generator.setResolution(96)  # a pixel of the screen is one of the picture
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    QWidget.render(widget, painter, QPoint(), QRegion(), QWidget.RenderFlag(0))  # a graphics view has another one
    painter.end()
    return bytes(buffer.data().data())


@contextmanager
def _nothing_cached(widget: QWidget) -> Iterator[None]:
    """Let what is kept as pixels be drawn anew, as outlines."""
    none = QGraphicsItem.CacheMode.NoCache
    views = [view for view in (widget, *widget.findChildren(QGraphicsView)) if isinstance(view, QGraphicsView)]
    modes = [(view, view.cacheMode()) for view in views]
    kept = [(item, item.cacheMode()) for view in views for item in view.scene().items() if item.cacheMode() != none]
    for view in views:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    for item, _ in kept:
        item.setCacheMode(none)
    try:
        yield
    finally:
        for item, mode in kept:
            item.setCacheMode(mode)
        for view, background in modes:
            view.setCacheMode(background)
