"""How the ledger looks: squares with their areas, the bar on its scale, the cuts, and how long what is left is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from neurosim.panels._frame import nice_levels
from neurosim.panels._paint import line_pen
from neurosim.panels.area_ledger.places import Places, parts_of
from neurosim.panels.area_ledger.room import NUMBERS, SCALE
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import Theme, with_alpha

FILL, LIT_FILL, BAR_FILL, LIT_BAR_FILL, KEPT_FILL = 0.16, 0.36, 0.4, 0.66, 0.62
MOST_ABOVE = 10
"""For so many areas that do not fit into their pieces room is sought above them."""
CLOSEST_CUTS = 4.0
"""Cuts nearer to one another than so many pixels are not drawn one by one."""


@dataclass(frozen=True)
class Rows:
    """The rows that stand out: lit up by the pointer, of the working's current line, selected."""

    lit: frozenset[int]
    in_line: frozenset[int]
    selected: frozenset[int]


class Painter:
    """Paints one state of the ledger; *progress* goes from squares (0) over the sum (1) to the loss (2)."""

    def __init__(
        self, painter: QPainter, colours: Theme, places: Places, progress: float, *, row_numbers: bool = True
    ) -> None:
        """Paint *places* with *painter*; *row_numbers*: there is room for them."""
        self._row_numbers = row_numbers
        self._painter = painter
        self._colours = colours
        self._places = places
        self._ledger = places.ledger
        self._into_bar = min(progress, 1.0)
        self._cut = max(progress - 1.0, 0.0)
        self._small, self._strong = ui_font(11), ui_font(12, 600)
        self._line = colours.px(NUMBERS)
        self._rects = [places.rect(place, self._into_bar) for place in range(self._ledger.rows.size)]

    # -- pieces ----------------------------------------------------------------------------------------------------

    def paint_pieces(self, rows: Rows) -> None:
        """The squares or bars where they are now, those that stand out above the others."""
        painter, colours = self._painter, self._colours
        base = FILL if self._ledger.squares else BAR_FILL
        # Once the bar is cut, what it was made of steps back.
        base *= 1 - 0.55 * self._cut
        edge = with_alpha(colours.loss, 0.75 - 0.5 * self._cut)
        rects = self._rects
        # Upright edges need no smoothing, which would take ten times as long.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(edge, 1.0))
        painter.setBrush(with_alpha(colours.loss, base))
        painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, colours.stroke(1.5)))
        painter.drawLines(
            [QLineF(rect.bottomLeft(), rect.bottomRight() + QPointF(4, 0)) for rect in rects if rect.width() < 1]
        )
        self._paint_rest()
        for place, row in enumerate(self._ledger.rows.tolist()):
            if row in rows.lit:
                painter.setPen(QPen(colours.loss, colours.stroke(2.0)))
                painter.setBrush(with_alpha(colours.loss, LIT_FILL if self._ledger.squares else LIT_BAR_FILL))
                painter.drawRect(rects[place])
            elif row in rows.in_line:
                painter.setPen(QPen(colours.accent, colours.stroke(1.25), Qt.PenStyle.DotLine))
                painter.setBrush(with_alpha(colours.accent, 0.16))
                painter.drawRect(rects[place])
            if row in rows.selected:
                painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                grown = colours.stroke(2.0)
                painter.drawRect(rects[place].adjusted(-grown, -grown, grown, grown))

    def _paint_rest(self) -> None:
        if not self._ledger.n_rest or self._into_bar <= 0:
            return
        rest = self._places.rest
        strength = (0.75 - 0.5 * self._cut) * self._into_bar
        self._painter.setPen(QPen(with_alpha(self._colours.loss, strength), 1.0))
        brush = QBrush(with_alpha(self._colours.loss, strength * 0.6), Qt.BrushStyle.BDiagPattern)
        self._painter.setBrush(brush)
        self._painter.drawRect(rest)

    def paint_numbers(self, text_of: Callable[[int], str], first: frozenset[int], ceiling: float) -> None:
        """Each piece's area and the number of its row, where there is room; those of the rows *first* before all.

        Nothing is written above *ceiling*.
        """
        if 0 < self._into_bar < 1 or self._cut > 0:
            return
        rows, in_bar = self._ledger.rows.tolist(), self._into_bar == 1
        rects = self._rects
        order = sorted(range(len(rows)), key=lambda place: (rows[place] not in first, -self._ledger.losses[place]))
        # All figures are equally wide.
        lines, digit = dict[int, _Line](), self._width("0", self._small)
        taken: list[QRectF] = []
        for place in order:
            name, rect = self._ledger.name(place), rects[place]
            # On its own a piece has its row's number under it, in the bar above it: there the scale is below.
            top, width = rect.top() - self._line if in_bar else rect.bottom() + 2, 6.0
            width += self._width(name, self._small) if self._ledger.several else len(name) * digit
            if self._row_numbers and lines.setdefault(round(top), _Line()).takes(rect.center().x(), width):
                colour = self._colours.text if rows[place] in first else self._colours.text_muted
                box = QRectF(rect.center().x() - width / 2, top, width, self._line)
                self._text(box, name, self._small, colour)
                taken.append(box)
        self._paint_areas(text_of, order, [] if in_bar else taken, first, ceiling)

    def _paint_areas(
        self,
        text_of: Callable[[int], str],
        order: list[int],
        taken: list[QRectF],
        first: frozenset[int],
        ceiling: float,
    ) -> None:
        """Inside where there is room; of a piece on its own above it, if that hides nothing else."""
        places, colours, in_bar = self._places, self._colours, self._into_bar == 1
        font, tried, rects, rows = self._small if in_bar else self._strong, 0, self._rects, self._ledger.rows.tolist()
        for place in order:
            rect = rects[place]
            if rect.width() < self._line and (in_bar or tried >= MOST_ABOVE):
                continue
            text = text_of(place)
            width = self._width(text, font)
            # On a strong fill the colour of the loss could not be read.
            strong = not self._ledger.squares or rows[place] in first
            if width + 6 <= rect.width() and rect.height() >= self._line - 2:
                self._text(rect, text, font, colours.text if strong else colours.loss)
            elif not in_bar and tried < MOST_ABOVE:
                tried += 1
                box = QRectF(rect.center().x() - width / 2 - 2, rect.top() - self._line, width + 4, self._line - 1)
                box.moveLeft(min(max(box.left(), places.left - 4), places.right - box.width()))
                hides = any(box.intersects(other) for number, other in enumerate(rects) if number != place)
                if box.top() >= ceiling and not hides and not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    self._text(box, text, font, colours.loss)

    # -- bar -------------------------------------------------------------------------------------------------------

    def paint_scale(self, number: Callable[[float], str]) -> None:
        """Ticks with numbers under the bar, as far as there is room; ``number(value)`` writes one."""
        if self._into_bar <= 0:
            return
        painter, colours, places = self._painter, self._colours, self._places
        painter.setOpacity(self._into_bar)
        painter.setPen(QPen(colours.border, 1.0))
        floor = places.floor + 3
        painter.drawLine(QPointF(places.left, floor), QPointF(places.right, floor))
        end = (places.right - places.left) / places.scales.bar
        about = max(2, round((places.right - places.left) / (90 * colours.zoom)))
        line = _Line()
        for value in [0.0, *nice_levels(0.0, end * (1 + 1e-9), about)]:
            x = places.left + value * places.scales.bar
            painter.setPen(QPen(colours.border, 1.0))
            painter.drawLine(QPointF(x, floor), QPointF(x, floor + 4))
            text = number(value)
            if line.takes(x, self._width(text, self._small) + 8):
                self._text(QRectF(x - 60, floor + 4, 120, colours.px(SCALE) - 6), text, self._small, colours.text_muted)
        painter.setOpacity(1.0)

    def paint_total(self, text: str) -> None:
        """How long the whole bar is, as a measure above it."""
        if self._into_bar < 1:
            return
        places, colours = self._places, self._colours
        # Where there is no room for the rows' numbers there is none for two measures.
        if self._row_numbers or not self._cut:
            y = places.bar_top - colours.px(6) - (self._line if self._row_numbers else 0)
            self._paint_measure(places.left, places.end, y, text, colours.text_muted if self._cut else colours.loss)

    def paint_cuts(self, text: str) -> None:
        """The bar falls into equal parts; the one that is the loss is strong and measured."""
        if self._cut <= 0:
            return
        painter, colours, places = self._painter, self._colours, self._places
        count, part = parts_of(self._ledger), places.part
        kept = places.kept
        painter.setPen(QPen(colours.loss, colours.stroke(1.5)))
        painter.setBrush(with_alpha(colours.loss, KEPT_FILL * self._cut))
        painter.drawRect(QRectF(kept.left(), kept.top(), max(kept.width(), 1.5), kept.height()))
        reach = places.scales.thick * self._cut
        if part >= CLOSEST_CUTS * colours.zoom:
            cuts = places.left + part * np.arange(1, count)
            gap = min(colours.stroke(3.0), part / 3)
            painter.setPen(line_pen(colours.canvas, gap))
            lines = [QLineF(x, places.bar_top - 2, x, places.bar_top + reach + 2) for x in cuts[cuts < places.end]]
            painter.drawLines(lines)
        if self._ledger.reduction == "half_mean" and part >= CLOSEST_CUTS * colours.zoom:
            painter.setPen(line_pen(colours.canvas, colours.stroke(1.5), dashed=True))
            painter.drawLine(
                QPointF(kept.right(), places.bar_top - 2), QPointF(kept.right(), places.bar_top + reach + 2)
            )
        painter.setOpacity(self._cut)
        self._paint_measure(kept.left(), kept.right(), places.bar_top - colours.px(6), text, colours.loss)
        painter.setOpacity(1.0)

    def _paint_measure(self, left: float, right: float, y: float, text: str, colour: QColor) -> None:
        """A line from end to end with its length over it."""
        painter, colours, font = self._painter, self._colours, self._strong
        painter.setPen(QPen(colour, colours.stroke(1.0)))
        lines = [QLineF(left, y, right, y), QLineF(left, y - 3, left, y + 3)]
        if self._places.broken and right >= self._places.right:
            # It goes on: an arrow, no end.
            lines += [QLineF(right - 5, y - 3, right, y), QLineF(right - 5, y + 3, right, y)]
        else:
            lines.append(QLineF(right, y - 3, right, y + 3))
        painter.drawLines(lines)
        width, height = self._width(text, font), colours.px(NUMBERS)
        start = max((left + right) / 2 - width / 2, self._places.left)
        self._text(QRectF(start - 10, y - height - 1, width + 20, height), text, font, colour)

    def paint_break(self) -> None:
        """A zigzag through a bar that goes on beyond its scale."""
        painter, colours, places = self._painter, self._colours, self._places
        if self._into_bar < 1 or not places.broken:
            return
        x = places.right - colours.px(14)
        top, bottom = places.bar_top - 3, places.floor + 2
        steps = 6
        for shift in (0.0, colours.px(6)):
            points = [
                QPointF(
                    x + shift + (colours.px(3) if step % 2 else -colours.px(3)), top + (bottom - top) * step / steps
                )
                for step in range(steps + 1)
            ]
            painter.setPen(line_pen(colours.canvas, colours.stroke(3.0)))
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)

    # -- legend ----------------------------------------------------------------------------------------------------

    def paint_unit(self, unit: float, text: str) -> None:
        """At the right end what is one unit: a square of that area, or a bar of that height."""
        if self._into_bar > 0:
            return
        painter, colours, places = self._painter, self._colours, self._places
        side = places.scales.side
        height = side * (unit**0.5 if self._ledger.squares else unit)
        width = height if self._ledger.squares else colours.px(6)
        label = self._width(text, self._small)
        left = places.right - max(width, label) + (max(width, label) - width) / 2
        painter.setPen(QPen(colours.border, 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, places.floor - height, width, height))
        box = QRectF(left + width / 2 - label, places.floor + 2, 2 * label, colours.px(NUMBERS))
        self._text(box, text, self._small, colours.text_muted)

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _text(self, box: QRectF, text: str, font: QFont, colour: QColor) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)

    @staticmethod
    def _width(text: str, font: QFont) -> float:
        return QFontMetricsF(font).horizontalAdvance(text)


class _Line:
    """One line of words, of which none may run into another."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []

    def takes(self, middle: float, width: float) -> bool:
        """Whether there is room; then it is taken."""
        left, right = middle - width / 2, middle + width / 2
        if any(left < end and right > begin for begin, end in self._taken):
            return False
        self._taken.append((left, right))
        return True
