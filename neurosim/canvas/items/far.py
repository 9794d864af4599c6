"""A graph seen from far away: fewer and larger things, so that a picture of the network is left, not specks."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from neurosim.canvas import style
from neurosim.widgets.theme import Theme

Side = Literal["left", "right", "both"]

FAR = 0.5
"""Below this zoom the numbers on edges cannot be read; nodes grow, and of their words the most telling one is left."""
MANY, FAR_WITH_MANY = 12, 1.0
"""With more weighted edges than the first their numbers stand in one another's way already below the second."""
LETTERS = 11.0
"""How high letters are on the screen, in pixels at 100 %."""
BEYOND = 54.0
"""So many pixels of the screen a word may be wider than its node: what there is beside a graph that is fitted."""
LEAST_GROWTH, MOST_GROWTH = 1.3, 2.2
"""By how much the circle of a neuron grows: at least this, and where its neighbours leave room, at most that."""
SHARE = 0.38
"""So much of the way to the nearest node the radius of a circle may take."""
CORNER = 14.0
TELLING = 0.15
"""Below this zoom nothing can be told from a picture in a neuron, either."""
THICKEST = 2.0
"""By how much strokes grow at most."""


def is_far(detail: float, below: float = FAR) -> bool:
    """Whether one scene pixel takes so few screen pixels; the larger letters for a class can be read for longer."""
    return detail * style.lettering() < below


def far_below(edges: int) -> float:
    """The zoom below which a network with so many weighted edges is seen from far away."""
    return FAR if edges <= MANY else FAR_WITH_MANY


def growth(radius: float, nearest: float) -> float:
    """By how much a circle grows whose nearest neighbour is *nearest* away."""
    return min(max(SHARE * nearest / radius, LEAST_GROWTH), MOST_GROWTH)


def letters(of: Theme, detail: float, body: QRectF) -> style.Face:
    """The face of words over *body*, as high on the screen as a caption, or as it; even sizes, so that few are kept."""
    return style.Face("ui", 2 * round(min(max(14.0, LETTERS * of.zoom / detail), 0.85 * body.height()) / 2), 500)


def strokes(detail: float) -> float:
    """By what strokes are multiplied so that they stay visible."""
    return min(max(FAR / max(detail, 1e-3), 1.0), THICKEST)


def room_for(text: str, body: QRectF, of: Theme, detail: float, grows: Side) -> tuple[str, QRectF]:
    """*text* as far as there is room for it in readable letters, and *body*, grown to that side, around it."""
    face, spare = letters(of, detail, body), BEYOND / detail
    air = 6.0 * of.zoom / detail
    shown = style.elided(text, face, body.width() + spare - 2 * air)
    more = max(0.0, style.width(shown, face) + 2 * air - body.width())
    left = {"left": more, "right": 0.0, "both": more / 2}[grows]
    return shown, body.adjusted(-left, 0.0, more - left, 0.0)


def draw_far_box(painter: QPainter, of: Theme, text: str, body: QRectF, detail: float, grows: Side) -> None:
    """A rounded box with *text* in letters that can be read, as wide as that takes."""
    shown, box = room_for(text, body, of, detail, grows)
    painter.setPen(style.pen(of.border, 1.75 * strokes(detail), of))
    painter.setBrush(of.raised)
    painter.drawRoundedRect(box, CORNER, CORNER)
    style.write(painter, shown, letters(of, detail, body), of.text, box.center())
