"""Brackets and root signs that grow with what they enclose: glyphs of five sizes, then pieces."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, PathBox
from neurosim.widgets.formula.faces import GROWING, Glyph, glyph, raw_font
from neurosim.widgets.formula.letters import symbol_box
from neurosim.widgets.formula.parameters import (
    AXIS,
    BRACKET_SHARE,
    BRACKET_SHORTFALL,
    PLAIN_DEPTH,
    PLAIN_HEIGHT,
    RULE,
)

_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "{": "⎧⎪⎩⎨", "}": "⎫⎪⎭⎬", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
    "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦",
}  # fmt: skip
"""Top, what lengthens, bottom, and a middle where there is one."""

_BAR_WIDTH = 0.278
_DOUBLE_GAP = 0.16


def bracket_box(sign: str, content: Box, px: float) -> Box:
    """The bracket *sign* as large as *content* asks for, at *px* pixels per em."""
    height, depth = content.height / px, content.depth / px
    reach = 2 * max(height - AXIS, depth + AXIS)
    if sign in ("|", "‖"):
        return _bars(1 if sign == "|" else 2, max(reach, 1.0), px)
    plain = not content.tall and height <= PLAIN_HEIGHT and depth <= PLAIN_DEPTH
    total = 0.0 if plain else max(BRACKET_SHARE * reach, reach - BRACKET_SHORTFALL)
    for face in GROWING:
        found = glyph(face, sign)
        if found is not None and found.height + found.depth >= total - 0.01:
            return _centred(found, px)
    if sign in _PIECES:
        return _pieced(_PIECES[sign], total, px)
    largest = glyph("size4", sign)
    return symbol_box(sign, "number", px) if largest is None else _stretched(largest, total, px)


def root_boxes(height: float, depth: float, px: float, gap: float) -> tuple[Box, float]:
    """The root sign for content of that size in pixels, and how far over the baseline its bar's top is.

    Args:
        gap: the least distance between the content and the bar.
    """
    rule = RULE * px
    wanted = height + depth + gap + rule
    box: Box | None = None
    for face in GROWING:
        found = glyph(face, "√")
        if found is not None and (found.height + found.depth) * px >= wanted:
            size = (found.height + found.depth) * px
            box = GlyphBox(found.width * px, found.height * px, found.depth * px, px)
            box.glyphs.append((found.face, found.index, 0.0, 0.0))
            break
    else:
        size = wanted
        box = _drawn_root(wanted, px)
    # What the sign is too long is shared between above and below.
    top = height + gap + rule + (size - wanted) / 2
    return box, top


def _centred(found: Glyph, px: float) -> Box:
    """The glyph with its middle on the axis."""
    down = (found.height - found.depth) / 2 - AXIS
    box = GlyphBox(found.width * px, (found.height - down) * px, (found.depth + down) * px, px)
    box.glyphs.append((found.face, found.index, 0.0, down * px))
    return box


def _bars(count: int, total: float, px: float) -> Box:
    width = _BAR_WIDTH + (count - 1) * _DOUBLE_GAP
    box = Group(width * px, (AXIS + total / 2) * px, (total / 2 - AXIS) * px)
    for i in range(count):
        left = (_BAR_WIDTH - RULE) / 2 + i * _DOUBLE_GAP
        box.rules.append((left * px, -box.height, RULE * px, total * px))
    return box


def _outline(face_glyph: Glyph, px: float) -> QPainterPath:
    return raw_font(face_glyph.face, px).pathForGlyph(face_glyph.index)


@lru_cache(maxsize=64)
def _pieced(signs: str, total: float, px: float) -> Box:
    """Top and bottom from the largest face, the straight piece between them as long as it takes."""
    pieces = [piece for piece in (glyph("size4", sign) for sign in signs) if piece is not None]
    top, straight, bottom = pieces[:3]
    middle = pieces[3] if len(pieces) > 3 else None
    sizes = [piece.height + piece.depth for piece in (top, bottom)]
    total = max(total, sum(sizes) + (middle.height + middle.depth if middle else 0.0))
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    height = AXIS + total / 2
    _put(path, top, top.height - height, px)
    _put(path, bottom, height * -1 + total - bottom.depth, px)
    joints = [-height + sizes[0], -height + total - sizes[1]]
    if middle is not None:
        centre = (middle.height - middle.depth) / 2 - AXIS
        _put(path, middle, centre, px)
        joints[1:1] = [centre - middle.height, centre + middle.depth]
    for start, end in zip(joints[::2], joints[1::2], strict=True):
        if end > start:  # laps over both neighbours, so that no seam shows
            lap = 0.05
            left = straight.left * px
            path.addRect(QRectF(left, (start - lap) * px, straight.right * px - left, (end - start + 2 * lap) * px))
    return PathBox(top.width * px, height * px, (total - height) * px, path)


def _put(path: QPainterPath, piece: Glyph, y: float, px: float) -> None:
    path.addPath(_outline(piece, px).translated(0.0, y * px))


@lru_cache(maxsize=64)
def _stretched(largest: Glyph, total: float, px: float) -> Box:
    """The largest glyph, taller: for signs that have no straight piece."""
    size = largest.height + largest.depth
    path = QPainterPath()
    for i in range((outline := _outline(largest, px)).elementCount()):
        outline.setElementPositionAt(
            i,
            outline.elementAt(i).x,
            (outline.elementAt(i).y + (largest.height - size / 2) * px) * total / size - AXIS * px,
        )
    path.addPath(outline)
    return PathBox(largest.width * px, (AXIS + total / 2) * px, (total / 2 - AXIS) * px, path)


@lru_cache(maxsize=64)
def _drawn_root(size: float, px: float) -> Box:
    """A root sign of any length, in the shape of the largest glyph; its top is *size* over its foot."""
    rule = RULE * px
    foot, width = size, 1.0 * px
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    hook = foot - 1.05 * px
    points = [
        (0.10, hook + 0.14 * px),
        (0.29, hook),
        (0.53, foot - 0.42 * px),
        (0.98, 0.0),
        (1.02, 0.0),
        (1.02, rule),
        (0.56, foot),
        (0.52, foot),
        (0.25, hook + 0.10 * px),
        (0.12, hook + 0.19 * px),
    ]
    path.moveTo(points[0][0] * px, points[0][1])
    for x, y in points[1:]:
        path.lineTo(x * px, y)
    path.closeSubpath()
    return PathBox(width, 0.0, size, path)
