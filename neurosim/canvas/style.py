"""Fonts, pens and cached words of the node graph, all in scene pixels (the view's zoom scales them).

For the last row of a class the words are larger in their graph: ``lettering`` is the factor, 1 at a desk.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from neurosim.widgets.fonts import math_font, ui_font
from neurosim.widgets.text_width import form
from neurosim.widgets.theme import Theme, mix

Horizontal = Literal["left", "centre", "right"]


class Face(NamedTuple):
    """A font of the node graph: family, height in scene pixels, weight, and how much of the
    larger lettering for a class it takes: 0 for a sign, less than 1 for what comes second."""

    family: Literal["ui", "math", "italic"]
    px: int
    weight: Literal[400, 500, 600] = 400
    share: float = 1.0


NAME = Face("ui", 13, 500)
VALUE = Face("ui", 14, 500)
CAPTION = Face("ui", 12, share=0.75)
CHIP = Face("ui", 14, 600)
CHIP_NAME = Face("italic", 16)
GRADIENT = Face("ui", 12, 600)
SIGMA = Face("math", 26, share=0.0)
SIGMA_LARGE = Face("math", 34, share=0.0)
NUMBER = re.compile("[ -~\u200a\u2212∂ŷ·]*[0-9↑↓]")
"""What numbers on the graph are made of, with what stands before them."""
ANY_NUMBER = "0"


class _Lettering:
    factor = 1.0


def lettering() -> float:
    """How many times larger words are than at a desk; what holds them grows with ``tall``."""
    return _Lettering.factor


def set_lettering(factor: float) -> None:
    """Write all words *factor* times as large from now on; who has laid anything out has to do it again."""
    if factor != _Lettering.factor:
        _Lettering.factor = factor
        for kept in (font, metrics, word, size, _number_size, _laid_out_size):
            kept.cache_clear()


def tall(length: float) -> float:
    """*length*, which is a height or a room of words, for words as large as they are now."""
    return length * _Lettering.factor


@lru_cache(maxsize=1024)
def name_face(name: str) -> Face:
    """The face of a symbol: italic as in a book, but upright with figures, which the italic face has in old style."""
    return Face("math", CHIP_NAME.px) if any(c.isdigit() for c in name) else CHIP_NAME


@cache
def font(face: Face) -> QFont:
    """The Qt font of *face*; the interface's own zoom is left to the view's transform."""
    made = ui_font(face.px, face.weight) if face.family == "ui" else math_font(face.px, face.family == "italic")
    made = QFont(made)
    made.setPixelSize(max(1, round(face.px * (1.0 + (_Lettering.factor - 1.0) * face.share))))
    return made


@cache
def metrics(face: Face) -> QFontMetricsF:
    """The font metrics of *face*."""
    return QFontMetricsF(font(face))


@lru_cache(maxsize=8192)
def size(text: str, face: Face) -> tuple[float, float]:
    """Width and height of *text* in *face*; of a number, those of any of its form."""
    of_form = _number_size(form(text), face) if face.family == "ui" else None
    return _laid_out_size(text, face) if of_form is None else of_form


@lru_cache(maxsize=2048)
def _number_size(text: str, face: Face) -> tuple[float, float] | None:
    """Width and height of numbers of the form *text*; ``None`` if they have to be laid out.

    Numbers are new in every frame, and need not be laid out for it: without marks and signs of other fonts, and without
    a last letter that leans over its end, they are as wide as their advance and as high as any of them.
    """
    if not NUMBER.fullmatch(text):
        return None
    return metrics(face).horizontalAdvance(text), _laid_out_size(ANY_NUMBER, face)[1]


@lru_cache(maxsize=2048)
def _laid_out_size(text: str, face: Face) -> tuple[float, float]:
    laid_out = _plain(text)
    laid_out.prepare(font=font(face))
    found = laid_out.size()
    return found.width(), found.height()


def width(text: str, face: Face) -> float:
    """How wide *text* is in *face*."""
    return size(text, face)[0] if text else 0.0


class Word(NamedTuple):
    """A text for one face: laid out when it is drawn first, so that a number that comes back is not laid out again."""

    laid_out: QStaticText
    font: QFont
    wide: float
    high: float


@lru_cache(maxsize=8192)
def word(text: str, face: Face) -> Word:
    """*text* in *face*; shared by all who write the same."""
    return Word(_plain(text), font(face), *size(text, face))


@cache
def _empty() -> QStaticText:
    made = QStaticText()
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _plain(text: str) -> QStaticText:
    """*text* as it stands, whatever it looks like; a copy, for to say so each time takes longer."""
    made = QStaticText(_empty())
    made.setText(text)
    return made


def elided(text: str, face: Face, room: float) -> str:
    """*text* cut with an ellipsis so that it fits into *room* pixels."""
    if width(text, face) <= room:
        return text
    return metrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room)


def write(
    painter: QPainter, text: str, face: Face, colour: QColor, at: QPointF, *, align: Horizontal = "centre"
) -> float:
    """Write *text* so that *at* is the left, middle or right of its vertical centre; returns how wide it is."""
    found, left = word(text, face), at.x()
    if align != "left":
        left -= found.wide / 2 if align == "centre" else found.wide
    put(painter, found, colour, left, at.y())
    return found.wide


def put(painter: QPainter, found: Word, colour: QColor, left: float, middle: float) -> None:
    """Write a word so that it begins at *left* and its vertical centre is at *middle*."""
    painter.setFont(found.font)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(left, middle - found.high / 2), found.laid_out)


def tint(of: Theme, colour: QColor, share: float) -> QColor:
    """The canvas with *share* of *colour* in it; shared: copy it before changing it."""
    return _tint(of.canvas.rgba(), colour.rgba(), share)


@lru_cache(maxsize=64)
def _tint(canvas: int, rgba: int, share: float) -> QColor:
    return mix(QColor.fromRgba(canvas), QColor.fromRgba(rgba), share)


def pen(colour: QColor, stroke: float, of: Theme, dashes: tuple[float, ...] = ()) -> QPen:
    """A round pen *stroke* scene pixels wide, widened by the theme for projectors; dashes in scene pixels.

    The pen is shared: copy it before changing it.
    """
    return _pen(colour.rgba(), stroke * of.stroke_scale, dashes)


def curve_pen(colour: QColor, stroke: float, of: Theme) -> QPen:
    """The same for a curve of many short pieces: round joins between them would take most of the time to draw it."""
    return _curve_pen(colour.rgba(), stroke * of.stroke_scale)


@lru_cache(maxsize=64)
def _curve_pen(rgba: int, wide: float) -> QPen:
    made = QPen(QColor.fromRgba(rgba), wide)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return made


@lru_cache(maxsize=2048)
def _pen(rgba: int, wide: float, dashes: tuple[float, ...]) -> QPen:
    made = QPen(QColor.fromRgba(rgba), wide)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        made.setDashPattern([length / wide for length in dashes])
    return made
