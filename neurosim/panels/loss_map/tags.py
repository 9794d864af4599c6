"""Where the labels of things on the map stand: beside them, clear of the dot, the arrow and one another."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from neurosim.panels._paint import ChipLines
from neurosim.panels.loss_map.numbers_on_lines import Box, is_free
from neurosim.panels.loss_map.picture import MapPicture
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

DOT_ROOM, CROSS_ROOM, ARROW_ROOM = 14.0, 11.0, 9.0
"""How far from their middle the dot, a cross or a ghost, and the arrow are to be kept clear, at 100 %."""
RIM_ARROW = 11.0
"""The length of an arrow at the rim."""
ARROW_STEP, MOST_ALONG = 15.0, 100
"""Pixels between two of the boxes that cover the arrow, and how many there are at most."""
GAP = 3.0
NOTE_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


@dataclass
class Labels:
    """What stands beside things on the map; empty where nothing does."""

    minimum: str = ""
    least: str = ""
    ghost: str = ""
    pending: str = ""
    dot_outside: str = ""
    minimum_outside: str = ""
    ghost_outside: str = ""


@dataclass(frozen=True)
class Tag:
    """A label and the rectangle of its text."""

    text: str
    box: QRectF


def _marks_on(picture: MapPicture, labels: Labels) -> list[Box]:
    """Boxes around the dot, the arrow, the ends of steps, the minima, the labels at the rim and the note."""
    zoom, dot = theme().zoom, picture.dot_place
    found = [_around(dot, DOT_ROOM * zoom)]
    ends = [picture.arrow_end] if picture.shows_step else []
    if picture.step_end is not None and not picture.is_straight:
        ends.append(picture.place_of(picture.step_end))
    for end in ends:
        if end is not None:
            count = min(max(2, int((end - dot).manhattanLength() / ARROW_STEP)), MOST_ALONG)
            found += [_around(dot + (end - dot) * (k / count), ARROW_ROOM * zoom) for k in range(1, count)]
            found.append(_around(end, CROSS_ROOM * zoom))
    for minimum in (picture.minimum, picture.least):
        if minimum is not None:
            found.append(_around(picture.place_of(minimum.place), CROSS_ROOM * zoom))
    found += [as_box(arrow.label.box) for arrow in at_rim(picture, labels)]
    note = note_box(picture)
    if note is not None:
        found.append(as_box(note))
    return found


def note_box(picture: MapPicture) -> QRectF | None:
    """The rectangle of the sentence at the foot of the map, in as many lines as it needs; ``None`` without one."""
    if not picture.note:
        return None
    room = QRectF(0, 0, picture.frame.width - 24, picture.frame.height)
    box = QFontMetricsF(ui_font(11)).boundingRect(room, NOTE_FLAGS, picture.note)
    box.moveTo(10.0, picture.frame.height - box.height() - 7)
    reach = DOT_ROOM * theme().zoom
    if box.adjusted(-reach, -reach, reach, reach).contains(picture.dot_place):
        box.moveTop(7.0)
    return box


@dataclass(frozen=True)
class AtRim:
    """An arrow at the rim that points to something out of view: its tip, its direction, and its label."""

    tip: QPointF
    along: QPointF
    size: float
    label: Tag


def at_rim(picture: MapPicture, labels: Labels) -> list[AtRim]:
    """The arrows to the dot, the end of its step and the minimum where they are out of view, the dot's first."""
    wanted = [(picture.dot_place, labels.dot_outside, RIM_ARROW)]
    if picture.step_end is not None and picture.is_inside(picture.dot_place):
        wanted.append((picture.place_of(picture.step_end), labels.ghost_outside, RIM_ARROW * 0.75))
    if picture.minimum is not None:
        wanted.append((picture.place_of(picture.minimum.place), labels.minimum_outside, RIM_ARROW * 0.75))
    zoom = theme().zoom
    return [
        _pointing(picture, place, text, size * zoom) for place, text, size in wanted if not picture.is_inside(place)
    ]


def _pointing(picture: MapPicture, place: QPointF, text: str, size: float) -> AtRim:
    zoom, frame = theme().zoom, picture.frame
    middle = QPointF(frame.width / 2, frame.height / 2)
    toward, edge = place - middle, 10.0 * zoom
    reach = min((middle.x() - edge) / max(abs(toward.x()), 1e-9), (middle.y() - edge) / max(abs(toward.y()), 1e-9))
    along = toward / math.hypot(toward.x(), toward.y())
    tip = middle + toward * reach
    metrics = QFontMetricsF(ui_font(11))
    wide, high = metrics.horizontalAdvance(text), metrics.height()
    behind = tip - along * (size + 7 * zoom)
    left = behind.x() - wide / 2 * (1 + along.x())
    top = behind.y() - high / 2 * (1 + along.y())
    left = min(max(left, 6.0), max(6.0, frame.width - wide - 6.0))
    top = min(max(top, 4.0), max(4.0, frame.height - high - 4.0))
    return AtRim(tip, along, size, Tag(text, QRectF(left, top, wide, high)))


def layout(picture: MapPicture, labels: Labels) -> tuple[list[Box], list[Tag]]:
    """Boxes around all that is on the map, and the labels of what is in view; without room there is none."""
    wanted: list[tuple[str, QPointF]] = []
    if picture.minimum is not None:
        wanted.append((labels.minimum, picture.place_of(picture.minimum.place)))
    if picture.least is not None:
        wanted.append((labels.least, picture.place_of(picture.least.place)))
    if picture.pending is not None:
        wanted.append((labels.pending, picture.place_of(picture.pending)))
    elif picture.shows_step and picture.step_end is not None:
        wanted.append((labels.ghost, picture.place_of(picture.step_end)))
    taken, found = _marks_on(picture, labels), []
    for text, place in wanted:
        if text and picture.is_inside(place):
            # Where there is no room for the numbers in brackets the name alone may find some.
            for words in dict.fromkeys((text, text.partition(" (")[0])):
                box = _free_box(words, place, picture, taken)
                if box is not None:
                    taken.append(as_box(box))
                    found.append(Tag(words, box))
                    break
    return taken, found


def card_spot(picture: MapPicture, taken: list[Box], near: QPointF, lines: ChipLines) -> QPointF:
    """Where ``draw_chip`` puts a card with *lines* so that it hides as little as can be of what is *taken*."""
    metrics, zoom = QFontMetricsF(ui_font(12, 500)), theme().zoom
    wide = max(metrics.horizontalAdvance(text) for text, _ in lines) + 16
    high = len(lines) * metrics.height() + 8
    away = DOT_ROOM * zoom
    taken = [*taken, _around(near, CROSS_ROOM * zoom)]
    right, bottom = picture.frame.width - wide - 2.0, picture.frame.height - high - 2.0
    spots = [
        (min(max(x, 2.0), max(2.0, right)), min(max(y, 2.0), max(2.0, bottom)))
        for x in (near.x() + away, near.x() - away - wide)
        for y in (near.y() - away - high, near.y() + away)
    ]
    # Where all four would hide something a corner of the plot may be free.
    spots += [(x, y) for y in (2.0, bottom) for x in (2.0, right)]

    def hides(spot: tuple[float, float]) -> int:
        box = (spot[0], spot[1], spot[0] + wide, spot[1] + high)
        return sum(1 for other in taken if not is_free(box, [other]))

    left, top = min(spots, key=hides)
    return QPointF(left - 14, top + high + 10)


def as_box(rect: QRectF) -> Box:
    """A rectangle as left, top, right and bottom, with a little room."""
    return rect.left() - GAP, rect.top() - GAP, rect.right() + GAP, rect.bottom() + GAP


def _free_box(text: str, place: QPointF, picture: MapPicture, taken: list[Box]) -> QRectF | None:
    """Beside *place*, above or below, wherever there is room first; away from the dot rather than towards it."""
    metrics = QFontMetricsF(ui_font(11))
    wide, high = metrics.horizontalAdvance(text), metrics.height()
    away = (CROSS_ROOM + 2 * GAP) * theme().zoom
    middle = place.y() - high / 2
    right, left = QPointF(place.x() + away, middle), QPointF(place.x() - away - wide, middle)
    above = QPointF(place.x() - wide / 2, place.y() - away - high)
    below = QPointF(place.x() - wide / 2, place.y() + away)
    toward = picture.dot_place.x() > place.x()
    corners = [
        QPointF(x, y)
        for y in (above.y() + high * 0.5, below.y() - high * 0.5)
        for x in ((left.x(), right.x()) if toward else (right.x(), left.x()))
    ]
    order = [left, right] if toward else [right, left]
    for corner in (*order, above, below, *corners):
        box = QRectF(corner.x(), corner.y(), wide, high)
        inside = box.left() >= 4 and box.right() <= picture.frame.width - 4
        inside = inside and box.top() >= 2 and box.bottom() <= picture.frame.height - 2
        if inside and is_free(as_box(box), taken):
            return box
    return None


def _around(place: QPointF, reach: float) -> Box:
    return place.x() - reach, place.y() - reach, place.x() + reach, place.y() + reach
