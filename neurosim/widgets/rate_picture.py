"""How the learning-rate slider looks: the names of the zones over a track on which each has its own texture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from neurosim.engine.rate_zones import Kind, RateZones, Zone
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.rate_scale import RateScale
from neurosim.widgets.rate_words import no_zones, zone_name
from neurosim.widgets.theme import mix, theme, with_alpha

EDGE = 8
"""Left and right of the track, so that half a handle has room."""
TRACK, FOOT = 8, 7
"""Height of the track, and what is free below it."""
GAP = 6
"""Between two names."""


def track_of(widget: QWidget) -> QRectF:
    """The track in *widget*, in pixels."""
    px = theme().px
    top = widget.height() - px(FOOT) - px(TRACK)
    return QRectF(px(EDGE), top, widget.width() - 2 * px(EDGE), px(TRACK))


def paint_slider(
    painter: QPainter, widget: QWidget, scale: RateScale, zones: RateZones | None, rate: float, *, focused: bool
) -> None:
    """Paint everything: *rate* is where the handle stands on *scale*."""
    track = track_of(widget)
    zone = zones.of(rate) if zones is not None else None
    spans = _spans(track, scale, zones)
    _paint_track(painter, track, spans)
    if zones is not None and spans:
        _paint_names(painter, QRectF(0, 0, widget.width(), track.top()), spans, zone, zones.estimate)
    elif zones is not None:
        _paint_note(painter, QRectF(0, 0, widget.width(), track.top()))
    middle = QPointF(track.left() + scale.position(rate) * track.width(), track.center().y())
    _paint_handle(painter, middle, zone, focused=focused)


def _spans(track: QRectF, scale: RateScale, zones: RateZones | None) -> list[tuple[Zone, float, float]]:
    """The zones in sight with their left and right pixels."""
    found = []
    for zone in zones.zones if zones is not None else ():
        left = track.left() + scale.position(zone.low) * track.width()
        right = track.left() + scale.position(zone.high) * track.width()
        if right > left:
            found.append((zone, left, right))
    return found


def _fill(kind: Kind) -> QColor:
    colours = theme()
    if kind == "slow":
        return with_alpha(colours.border, 0.18)
    if kind == "fast":
        return with_alpha(colours.right, 0.55)
    if kind == "zigzag":
        return with_alpha(mix(colours.right, colours.negative, 0.6), 0.38)
    return with_alpha(colours.negative, 0.38)


def _paint_track(painter: QPainter, track: QRectF, spans: list[tuple[Zone, float, float]]) -> None:
    colours = theme()
    corner = track.height() / 2
    outline = QPainterPath()
    outline.addRoundedRect(track, corner, corner)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(track, colours.raised)
    for zone, left, right in spans:
        part = QRectF(left, track.top(), right - left, track.height())
        painter.fillRect(part, _fill(zone.kind))
        _paint_texture(painter, zone.kind, part)
    painter.setPen(QPen(colours.text_muted, colours.stroke(1.0)))
    for _, left, _right in spans[1:]:
        painter.drawLine(QPointF(left, track.top()), QPointF(left, track.bottom()))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.border, 1.0))
    painter.drawPath(outline)


def _paint_texture(painter: QPainter, kind: Kind, part: QRectF) -> None:
    """Dots for small steps, nothing where all is well, a zigzag line, and hatching where it explodes."""
    colours, px = theme(), theme().px
    middle = part.center().y()
    if kind == "slow":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text_muted)
        x = part.right() - px(3)
        while x > part.left():
            painter.drawEllipse(QPointF(x, middle), colours.stroke(0.9), colours.stroke(0.9))
            x -= px(5)
    elif kind == "zigzag":
        painter.setPen(QPen(colours.text_muted, colours.stroke(1.2)))
        step, high = px(3), part.height() / 2 - px(2)
        points, up, x = [], True, part.left()
        while x < part.right() + step:
            points.append(QPointF(x, middle - high if up else middle + high))
            x, up = x + step, not up
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        painter.drawPolyline(QPolygonF(points))
        painter.restore()
    elif kind == "explodes":
        painter.setPen(QPen(colours.negative, colours.stroke(1.4)))
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        x = part.left()
        while x < part.right() + part.height():
            painter.drawLine(QPointF(x, part.top()), QPointF(x - part.height(), part.bottom()))
            x += px(5)
        painter.restore()


def _paint_names(
    painter: QPainter, room: QRectF, spans: list[tuple[Zone, float, float]], current: Zone | None, estimate: bool
) -> None:
    """The name of each zone over it, moved aside where two would meet; only the current one where all have no room."""
    colours, px = theme(), theme().px
    plain, strong = ui_font(11), ui_font(11, 600)
    left = 0.0
    if estimate:
        painter.setFont(plain)
        painter.setPen(colours.text_muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, "~")
        left = QFontMetricsF(plain).horizontalAdvance("~") + px(3)
    names = [(zone, zone_name(zone.kind), (start + end) / 2) for zone, start, end in spans]
    # every name is given the room of the strong one, so that none moves when the handle passes a boundary
    widths = [QFontMetricsF(strong).horizontalAdvance(name) for _, name, _ in names]
    if sum(widths) + px(GAP) * (len(widths) - 1) > room.width() - left:
        kept = [place for place, (zone, _, _) in enumerate(names) if zone == current]
        names, widths = [names[place] for place in kept], [widths[place] for place in kept]
    places = _side_by_side([middle for _, _, middle in names], widths, left, room.width(), px(GAP))
    for (zone, name, _), x, width in zip(names, places, widths, strict=True):
        here = zone == current
        painter.setFont(strong if here else plain)
        alarm = here and zone.kind == "explodes"
        painter.setPen(colours.negative_text if alarm else colours.text if here else colours.text_muted)
        painter.drawText(QRectF(x, room.top(), width, room.height()), Qt.AlignmentFlag.AlignHCenter, name)


def _side_by_side(middles: list[float], widths: list[float], left: float, right: float, gap: float) -> list[float]:
    """Left ends of things that would stand around *middles*, in that order, without overlap, from *left* to *right*."""
    places = [middle - width / 2 for middle, width in zip(middles, widths, strict=True)]
    edge = left
    for at, width in enumerate(widths):
        places[at] = max(places[at], edge)
        edge = places[at] + width + gap
    edge = right
    for at in reversed(range(len(widths))):
        places[at] = min(places[at], edge - widths[at])
        edge = places[at] - gap
    return places


def _paint_note(painter: QPainter, room: QRectF) -> None:
    """Where there are no zones, that there are none; why, is said on hover and in the status bar."""
    painter.setFont(ui_font(11))
    painter.setPen(theme().text_muted)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, no_zones())


def _paint_handle(painter: QPainter, middle: QPointF, zone: Zone | None, *, focused: bool) -> None:
    colours, px = theme(), theme().px
    width, height = px(10), px(16)
    body = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
        ring = px(2)
        painter.drawRoundedRect(body.adjusted(-ring, -ring, ring, ring), px(5), px(5))
    alarm = zone is not None and zone.kind == "explodes"
    painter.setPen(QPen(colours.negative if alarm else colours.text, colours.stroke(1.5)))
    painter.setBrush(colours.raised)
    painter.drawRoundedRect(body, px(3), px(3))
    half = px(3)
    painter.drawLine(QPointF(middle.x(), middle.y() - half), QPointF(middle.x(), middle.y() + half))
