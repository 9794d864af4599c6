"""How the timeline looks: track, edits with their names, step numbers, lanes of other branches, and the handle."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from neurosim.panels._paint import draw_tag, line_pen
from neurosim.panels.timeline.geometry import MAIN, Geometry, LaneSpans, Spans
from neurosim.records import dataclass
from neurosim.training.lanes import grouped
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme

LABEL_ROOM = 64.0
"""Pixels from one step number to the next, at least, at 100 %."""

TICK_ROOM = 6.0
"""Pixels from one tick to the next, at least, at 100 %."""

NAME_ROOM = 30.0
"""An edit has its name written where there are so many pixels for it, at 100 %."""


APART = 1.5
"""Marks that are nearer to one another than so many pixels cannot be told apart: one stands for them."""


@dataclass(frozen=True)
class Rows:
    """The heights at which things stand, in pixels from the top of the widget; no names where there is no room."""

    names: float | None
    track: float
    numbers: float
    lanes: tuple[float, ...]
    more: float

    def row(self, number: int) -> float:
        """The height of the line of a row."""
        return self.track if number == MAIN else self.lanes[number]


def paint_rest(
    painter: QPainter,
    geometry: Geometry,
    numbers: Sequence[tuple[QRectF, str]],
    rows: Rows,
    colours: Theme,
    right: float,
    lit: int | None,
) -> None:
    """What stands still while the handle moves: ticks, *numbers*, edits and lanes; *lit* is the lane pointed at."""
    for number, found in enumerate(geometry.lanes):
        _paint_connection(painter, found, rows, number, colours)
    for number, found in enumerate(geometry.lanes):
        _paint_lane(painter, found, rows.lanes[number], colours, right, number == lit)
    _paint_ticks(painter, geometry.main, rows.track, colours)
    _paint_numbers(painter, numbers, colours)
    _paint_edits(painter, geometry.main, rows, colours, right)


def paint_line(painter: QPainter, spans: Spans, x: float, y: float, colours: Theme) -> None:
    """The track, stronger up to *x*, where the handle is."""
    painter.setPen(line_pen(colours.border, colours.stroke(2.0)))
    painter.drawLine(QPointF(spans.left, y), QPointF(spans.right, y))
    if x > spans.left:
        painter.setPen(line_pen(colours.accent, colours.stroke(4.0)))
        painter.drawLine(QPointF(spans.left, y), QPointF(x, y))


def paint_handle(painter: QPainter, x: float, rows: Rows, colours: Theme, focused: bool, held: bool) -> None:
    """The handle at *x*."""
    radius = colours.px(9 if held else 8)
    painter.setPen(QPen(colours.surface, colours.stroke(2.0)))
    painter.setBrush(colours.accent)
    painter.drawEllipse(QPointF(x, rows.track), radius, radius)
    if focused:
        painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, rows.track), radius + colours.px(3), radius + colours.px(3))


def paint_bubble(
    painter: QPainter,
    x: float,
    text: str,
    rows: Rows,
    colours: Theme,
    limits: tuple[float, float],
    waiting: bool,
    numbers: Sequence[QRectF] = (),
) -> None:
    """The step number under the handle; outlined only while it has not been reached; clear of the other *numbers*."""
    font = ui_font(12, 600)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + colours.px(12)
    left = min(max(x - width / 2, limits[0]), limits[1] - width)
    box = QRectF(left, rows.numbers - metrics.height() / 2 - 1, width, metrics.height() + 2)
    clear = box.adjusted(-colours.px(6), 0, colours.px(6), 0)
    for number in numbers:
        if number.intersects(clear):  # two numbers beside one another would be read as one
            painter.fillRect(number, colours.surface)
    painter.setPen(QPen(colours.accent, 1.0, Qt.PenStyle.DashLine if waiting else Qt.PenStyle.SolidLine))
    painter.setBrush(colours.surface if waiting else colours.accent)
    painter.drawRoundedRect(box, colours.px(6), colours.px(6))
    painter.setFont(font)
    painter.setPen(colours.text if waiting else colours.on_accent)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_more(painter: QPainter, x: float, rows: Rows, text: str, colours: Theme) -> None:
    """Words under the last lane, about those that there is no room for."""
    font = ui_font(11)
    painter.setFont(font)
    painter.setPen(colours.text_muted)
    painter.drawText(QPointF(x, rows.more + QFontMetricsF(font).ascent() / 2), text)


def _paint_ticks(painter: QPainter, spans: Spans, y: float, colours: Theme) -> None:
    """A tick for each place while they can be told apart, else one where each entry ends."""
    half = colours.px(4)
    painter.setPen(QPen(colours.border, 1.0))
    last = -math.inf
    for number, stretch in enumerate(spans.track.stretches):
        if stretch.entry.kind == "edit":
            continue
        begin, end = spans.starts[number], spans.starts[number + 1]
        apart = (end - begin) / stretch.places >= TICK_ROOM * colours.zoom
        for index in range(stretch.first, stretch.last + 1) if apart else (stretch.last,):
            x = spans.across(index)
            if x - last >= TICK_ROOM * colours.zoom:
                painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))
                last = x
    painter.drawLine(QPointF(spans.left, y - half), QPointF(spans.left, y + half))


def _paint_numbers(painter: QPainter, numbers: Sequence[tuple[QRectF, str]], colours: Theme) -> None:
    painter.setFont(ui_font(11))
    painter.setPen(colours.text_muted)
    for box, text in numbers:
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def placed_numbers(geometry: Geometry, rows: Rows, colours: Theme) -> list[tuple[QRectF, str]]:
    """The step numbers under the track, and where they stand."""
    spans = geometry.main
    metrics = QFontMetricsF(ui_font(11))
    found: list[tuple[QRectF, str]] = []
    every = nice_steps(LABEL_ROOM * colours.zoom / geometry.step)
    taken = -math.inf
    for index, step in numbered_places(spans, every):
        text, x = grouped(step), spans.across(index)
        half = metrics.horizontalAdvance(text) / 2
        if x - half >= taken:
            box = QRectF(x - half - 1, rows.numbers - metrics.height() / 2, 2 * half + 2, metrics.height())
            found.append((box, text))
            taken = x + half + colours.px(8)
    return found


def nice_steps(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is at least *least*."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10


def numbered_places(spans: Spans, every: int) -> list[tuple[int, int]]:
    """Index and step number of the places under which a number may stand: the start, and multiples of *every*."""
    track = spans.track
    step = track.root.state.training.step
    found = [(0, step)]
    for stretch in track.stretches:
        after = stretch.entry.state.training.step
        if not stretch.steps:
            if after < step:  # rewound: counting begins anew
                found.append((stretch.last, after))
        elif stretch.places == stretch.steps:
            first = after - stretch.steps
            found += [
                (stretch.first + number - first - 1, number)
                for number in range((first // every + 1) * every, after + 1, every)
            ]
        step = after
    found += [
        (track.last + number - step, number)
        for number in range((step // every + 1) * every, step + track.tail + 1, every)
    ]
    return found


def _paint_edits(painter: QPainter, spans: Spans, rows: Rows, colours: Theme, right: float) -> None:
    pairs = list(zip(spans.track.stretches, spans.starts[1:], strict=True))
    edits = [(stretch.entry.text, x) for stretch, x in pairs if stretch.entry.kind == "edit"]
    places = [x for _, x in edits]
    painter.setPen(QPen(colours.surface, 1.0))
    painter.setBrush(colours.text)
    _paint_diamonds(painter, places, rows.track, colours.px(5))
    if rows.names is None:
        return
    font = ui_font(11)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    free = -math.inf
    for number, (name, place) in enumerate(edits):
        x = place - colours.px(4)
        end = places[number + 1] - colours.px(12) if number + 1 < len(edits) else right
        if end <= x and number + 1 < len(edits):
            continue  # there is no room for any name
        wanted = metrics.horizontalAdvance(name)
        if number + 1 == len(edits) and x + wanted > right:
            x = max(free, right - wanted)
        room = end - x
        if x < free or room < min(NAME_ROOM * colours.zoom, wanted):
            continue
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(colours.text_muted)
        painter.drawText(QPointF(x, rows.names + metrics.ascent() / 2), text)
        painter.setPen(QPen(colours.border, 1.0))
        top = QPointF(place, rows.names + metrics.height() / 2)
        painter.drawLine(top, QPointF(place, rows.track - colours.px(7)))
        free = x + metrics.horizontalAdvance(text) + colours.px(8)


def _paint_connection(painter: QPainter, found: LaneSpans, rows: Rows, number: int, colours: Theme) -> None:
    x, above, below = found.spans.left, rows.row(found.fork_row), rows.lanes[number]
    bend = min(colours.px(10), max(2.0, found.spans.right - x))
    path = QPainterPath(QPointF(x, above))
    path.lineTo(x, below - bend)
    path.quadTo(x, below, x + bend, below)
    painter.setPen(line_pen(colours.border, colours.stroke(1.5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _paint_lane(painter: QPainter, found: LaneSpans, y: float, colours: Theme, right: float, lit: bool) -> None:
    spans = found.spans
    colour = colours.text if lit else colours.text_muted
    box = name_box(found, y, colours, right)
    metrics = QFontMetricsF(ui_font(11))
    text = metrics.elidedText(found.lane.name, Qt.TextElideMode.ElideRight, box.width())
    draw_tag(painter, colours, QPointF(box.left(), box.bottom() - metrics.descent()), text, colour, right=False)
    painter.setPen(line_pen(colour, colours.stroke(2.5 if lit else 1.5)))
    painter.drawLine(QPointF(min(spans.left + colours.px(9), spans.right), y), QPointF(spans.right, y))
    painter.setPen(QPen(colours.surface, 1.0))
    painter.setBrush(colour)
    pairs = zip(spans.track.stretches, spans.starts[1:], strict=True)
    _paint_diamonds(painter, [x for stretch, x in pairs if stretch.entry.kind == "edit"], y, colours.px(4))
    painter.drawEllipse(QPointF(spans.right, y), colours.px(4), colours.px(4))


def name_box(found: LaneSpans, y: float, colours: Theme, right: float) -> QRectF:
    """Where the name of a lane stands: beside its end where there is room, else over its line."""
    metrics = QFontMetricsF(ui_font(11))
    wanted = metrics.horizontalAdvance(found.lane.name) + 1
    spans, gap = found.spans, colours.px(12)
    if spans.right + gap + wanted <= right:
        return QRectF(spans.right + gap, y - metrics.height() / 2, wanted, metrics.height())
    left = max(colours.px(8), min(spans.left + gap, right - wanted))
    return QRectF(left, y - metrics.height() - colours.px(3), min(wanted, right - left), metrics.height())


def told_apart(places: Sequence[float]) -> list[float]:
    """Those of rising *places* (pixels) that are apart by ``APART``; a crowd is as dense with them as with all."""
    found: list[float] = []
    for x in places:
        if not found or x - found[-1] >= APART:
            found.append(x)
    return found


def _paint_diamonds(painter: QPainter, places: Sequence[float], y: float, half: float) -> None:
    diamond = QPolygonF([QPointF(0, y - half), QPointF(half, y), QPointF(0, y + half), QPointF(-half, y)])
    painter.save()
    at = 0.0
    for x in told_apart(places):
        painter.translate(x - at, 0.0)
        painter.drawPolygon(diamond)
        at = x
    painter.restore()
