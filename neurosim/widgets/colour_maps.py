"""Colours for maps: an even sequence for the loss, blue - canvas - orange for decisions, and one colour per class."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from neurosim.widgets.theme import Theme, ThemeName, load_theme

Floats = NDArray[np.float64]
ColourTable = NDArray[np.uint32]
"""Opaque colours as 0xffRRGGBB, evenly spaced over the values from 0 to 1."""

SEQUENCE = [
    "#00204D",
    "#00336F",
    "#39486B",
    "#575C6D",
    "#707173",
    "#8A8779",
    "#A69D75",
    "#C4B56C",
    "#E4CF5B",
    "#FFEA46",
]
"""Cividis: equal steps look equally large, also in grey and to colour-blind eyes; it never passes through purple."""
SEQUENCE_COVER = 0.85
DIVERGING_COVER = 0.58
"""How much of the canvas the strongest colour of a map covers; numbers and lines are read on top of it."""
STEPS = 256
MIDDLE = STEPS // 2
"""In the diverging table the colour of the middle; it has one colour more than STEPS so that there is one."""

_LIGHT_CLASSES = ("#009E73", "#8A6D00", "#4A5160")
_DARK_CLASSES = ("#3DD6A3", "#E6C84B", "#B3BAC7")
CLASS_COLOURS = 2 + len(_LIGHT_CLASSES)
"""So many classes have a colour of their own; further ones begin anew (and have other marks)."""


@cache
def sequence_table(name: ThemeName) -> ColourTable:
    """256 colours from the lowest value (dark) to the highest (bright) for the theme *name*."""
    canvas = load_theme(name).canvas
    anchors = _channels([QColor(colour) for colour in SEQUENCE])
    return _packed(_between(anchors, STEPS) * SEQUENCE_COVER + _channels([canvas]) * (1 - SEQUENCE_COVER))


@cache
def diverging_table(name: ThemeName) -> ColourTable:
    """257 colours for the theme *name*: class 0's at the ends below, the canvas in the middle, class 1's above."""
    found = load_theme(name)
    low, middle, high = _channels([found.negative, found.canvas, found.positive])
    ends = [middle + (end - middle) * DIVERGING_COVER for end in (low, high)]
    return _packed(_between(np.array([ends[0], middle, ends[1]]), STEPS + 1))


def class_colour(theme: Theme, index: int) -> QColor:
    """The colour of class *index* (0: ``negative``, 1: ``positive``, then others, none of them purple)."""
    place = index % CLASS_COLOURS
    if place < 2:
        return theme.positive if place else theme.negative
    return QColor((_DARK_CLASSES if theme.dark else _LIGHT_CLASSES)[place - 2])


def class_table(theme: Theme, count: int) -> ColourTable:
    """For each of *count* classes 64 colours, from the canvas to the class's own: index ``64 * class + part``."""
    canvas = _channels([theme.canvas])[0]
    ramps = []
    for index in range(count):
        end = canvas + (_channels([class_colour(theme, index)])[0] - canvas) * DIVERGING_COVER
        ramps.append(_between(np.array([canvas, end]), 64))
    return _packed(np.concatenate(ramps)) if ramps else np.empty(0, dtype=np.uint32)


def coloured(values: Floats, table: ColourTable) -> QImage:
    """An opaque picture of *values*, (rows, columns) from 0 to 1, first row at the top; beyond the ends clipped.

    NaN is painted like 0.
    """
    last = len(table) - 1
    with np.errstate(invalid="ignore"):
        index = (np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0) * last + 0.5).astype(np.intp)
    return indexed(np.clip(index, 0, last), table)


def indexed(index: NDArray[np.intp], table: ColourTable) -> QImage:
    """An opaque picture with the colours at the places *index*, (rows, columns), of a table."""
    pixels = np.ascontiguousarray(table[index])
    rows, columns = pixels.shape
    # The copy owns its pixels: the array may go.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def around(values: Floats, middle: float, low: float, high: float) -> NDArray[np.float64]:
    """*values* moved onto 0 to 1 so that *middle* is at 1/2, and the farther of *low* and *high* at its end.

    Both sides have the same scale: equally strong colours are equally far from the middle. With no distance at all
    everything is in the middle.
    """
    reach = max(middle - low, high - middle, 0.0)
    if not np.isfinite(reach) or reach <= 0:
        return np.full(values.shape, 0.5)
    with np.errstate(over="ignore"):
        return np.asarray((values - middle) / (2 * reach) + 0.5, dtype=np.float64)


def response_image(values: Floats, theme: Theme, *, middle: float, low: float, high: float) -> QImage:
    """A neuron's activation over a grid, (rows, columns), in the colours of decisions around *middle*."""
    return coloured(around(values, middle, low, high), diverging_table(theme.name))


def _channels(colours: Sequence[QColor]) -> NDArray[np.float64]:
    """(n, 3): red, green and blue from 0 to 255."""
    return np.array([(c.red(), c.green(), c.blue()) for c in colours], dtype=np.float64)


def _between(anchors: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """*count* colours evenly from the first anchor to the last."""
    at = np.linspace(0.0, len(anchors) - 1.0, count)
    along = np.arange(len(anchors), dtype=np.float64)
    return np.stack([np.interp(at, along, anchors[:, channel]) for channel in range(3)], axis=1)


def _packed(colours: NDArray[np.float64]) -> ColourTable:
    red, green, blue = np.rint(colours).astype(np.uint32).T
    found: ColourTable = (0xFF000000 | (red << 16) | (green << 8) | blue).astype(np.uint32)
    found.setflags(write=False)
    return found
