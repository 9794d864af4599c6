"""What Qt writes as SVG, mended: outlines in the place of letters, and names that are unique in the whole picture."""

from __future__ import annotations

from xml.etree import ElementTree

from PySide6.QtGui import QFont, QPainterPath, QTransform

SVG = "http://www.w3.org/2000/svg"
_DRAWN_AT = 200
"""Pixels per em at which outlines are taken: far from the grid of pixels, and scaled to the size that is wanted."""
_TYPE = QPainterPath.ElementType
_LETTERS = {_TYPE.MoveToElement: "M", _TYPE.LineToElement: "L", _TYPE.CurveToElement: "C"}


def mended(svg: bytes, name: str) -> ElementTree.Element:
    """The parts of the picture in *svg*, a file as Qt writes it; their names begin with *name*.

    Raises:
        ValueError: *svg* is no SVG file.
    """
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  # our own generator wrote it
    except ElementTree.ParseError as error:
        raise ValueError(f"no SVG file: {error}") from error
    for tag in ("title", "desc"):
        for empty in root.findall(f"{{{SVG}}}{tag}"):
            root.remove(empty)
    _name_anew(root, f"{name}-")
    for parent in list(root.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.tag == f"{{{SVG}}}text":
                path = _path_of(child)
                if path is None:
                    del parent[place]
                else:
                    parent[place] = path
    return root


def _name_anew(root: ElementTree.Element, before: str) -> None:
    names = [element.get("id") for element in root.iter() if element.get("id")]
    for element in root.iter():
        for key, value in element.items():
            if key == "id":
                element.set(key, before + value)
            elif value.startswith("url(#") and value[5:-1] in names:
                element.set(key, f"url(#{before}{value[5:-1]})")


def _path_of(text: ElementTree.Element) -> ElementTree.Element | None:
    """The outlines of *text*, labelled with what it says; none for spaces."""
    words = "".join(text.itertext())
    font = QFont()
    font.setFamilies([name.strip() for name in text.get("font-family", "").split(",") if name.strip()])
    font.setPixelSize(_DRAWN_AT)
    font.setWeight(QFont.Weight(min(max(int(float(text.get("font-weight", "400"))), 1), 1000)))
    font.setItalic(text.get("font-style") == "italic")
    outline = QPainterPath()
    outline.addText(0.0, 0.0, font, words)
    if outline.isEmpty():
        return None
    size = float(text.get("font-size", "13")) / _DRAWN_AT
    place = QTransform(size, 0, 0, size, float(text.get("x", "0")), float(text.get("y", "0")))
    kept = {key: value for key, value in text.items() if key in ("fill", "fill-opacity", "stroke", "opacity")}
    return ElementTree.Element(
        f"{{{SVG}}}path", {**kept, "fill-rule": "nonzero", "d": _written(place.map(outline)), "aria-label": words}
    )


def _written(path: QPainterPath) -> str:
    """*path* in the language of SVG: a curve is its first element and two of data."""
    elements = map(path.elementAt, range(path.elementCount()))
    return " ".join(f"{_LETTERS.get(element.type, '')}{element.x:.2f} {element.y:.2f}" for element in elements)
