"""An item of the sheet laid out at a width: its texts, its formulas, and what each place stands for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QStaticText

from neurosim.panels.working.equation_layout import lay_out
from neurosim.panels.working.item import Item
from neurosim.panels.working.measures import TITLE, Measures
from neurosim.records import dataclass
from neurosim.widgets.formula import Ink, Placed, paint_formulas
from neurosim.widgets.text_width import text_width
from neurosim.widgets.theme import theme

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class ItemLayout:
    """Where everything of one item stands, from its own top left corner.

    Attributes:
        opener: the square that opens the line's details; empty when there are none.
        note: where the note stands.
    """

    item: Item
    of: Measures
    width: float
    height: float
    title: QRectF
    title_text: str
    opener: QRectF
    block: tuple[Placed, ...]
    note: QRectF

    def refs_at(self, point: QPointF) -> frozenset[str]:
        """What the term under a point stands for; beside the formulas, all that the line concerns."""
        line = self.item.line
        if line is None:
            return NONE
        for placed in self.block:
            x, y = point.x() - placed.x, point.y() - placed.baseline
            if 0 <= x <= placed.formula.width and -placed.formula.ascent <= y <= placed.formula.descent:
                found = placed.formula.refs_at(x, y)
                if found:
                    return found
        return line.refs if self.title.contains(point) else NONE

    def paint(self, painter: QPainter, ink: Ink) -> None:
        """Draw the item with its top left corner at the painter's origin."""
        if self.item.kind == "line":
            self._paint_line(painter, ink)
            return
        of, colours = self.of, theme()
        if self.item.kind == "heading":
            painter.setFont(of.heading)
            painter.setPen(colours.text)
            painter.drawStaticText(self.title.topLeft(), one_line(self.title_text))
        else:
            painter.setFont(of.title)
            painter.setPen(colours.text_muted)
            painter.drawText(self.title, WRAP, self.title_text)

    def _paint_line(self, painter: QPainter, ink: Ink) -> None:
        of, item, line = self.of, self.item, self.item.line
        if line is None:
            return
        colours = theme()
        painter.setFont(of.title)
        painter.setPen(colours.text_muted)
        if line.number:
            number = str(line.number)
            x = of.gutter - 12 * colours.zoom - text_width(number, TITLE)
            painter.drawStaticText(QPointF(x, self.title.top()), one_line(number))
        if self.title.height() > of.title_metrics.height():
            painter.drawText(self.title, WRAP, self.title_text)
        else:
            painter.drawStaticText(self.title.topLeft(), one_line(self.title_text))
        if line.opens:
            draw_opener(painter, self.opener, item.opened)
        paint_formulas(painter, self.block, ink)
        if line.note:
            painter.setPen(colours.text_muted)
            painter.drawText(self.note, WRAP, line.note)


@lru_cache(maxsize=512)
def one_line(text: str) -> QStaticText:
    """Words that are not wrapped; what Qt found out about them is kept while they are painted in one font."""
    words = QStaticText(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return words


def lay_out_item(item: Item, width: float, of: Measures, row_words: str) -> ItemLayout:
    """Lay *item* out; *row_words* is "row {number}" in the language of the interface."""
    nowhere = QRectF()
    if item.kind == "heading":
        high = of.heading_metrics.height()
        box = QRectF(of.edge, of.pad * 1.6, width - 2 * of.edge, high)
        return ItemLayout(item, of, width, high + 2.2 * of.pad, box, item.text, nowhere, (), nowhere)
    if item.line is None:
        box = _wrapped(item.text, of.edge, of.pad, width - 2 * of.edge, of)
        return ItemLayout(item, of, width, box.height() + 2 * of.pad, box, item.text, nowhere, (), nowhere)
    return _line(item, width, of, row_words)


def _line(item: Item, width: float, of: Measures, row_words: str) -> ItemLayout:
    line = item.line
    assert line is not None  # noqa: S101 - asked for lines only
    text = line.title if line.row is None else f"{row_words.format(number=line.row + 1)}: {line.title}"
    start = of.gutter + item.depth * of.indent
    if width >= of.wide:
        start += of.title_column + of.indent
    block = lay_out(line.equations, width - start - of.edge, of)
    first = block.placed[0].baseline if block.placed else None
    words = _lay_out_words(text, line.opens, line.note, item.depth, width, of, first, block.height)
    placed = tuple([Placed(row.formula, start, words.top + row.baseline) for row in block.placed])
    return ItemLayout(item, of, width, words.height, words.title, text, words.opener, placed, words.note)


@dataclass(frozen=True, eq=False, slots=True)
class _Words:
    """Where the words around the equations stand, and where these begin."""

    title: QRectF
    opener: QRectF
    note: QRectF
    top: float
    height: float


@lru_cache(maxsize=512)
def _lay_out_words(
    text: str, opens: bool, note: str, depth: int, width: float, of: Measures, first: float | None, high: float
) -> _Words:
    """Lay the words of a line out; they stay the same while its numbers change.

    Args:
        text: the title.
        first: the first equation's baseline, from the top of all; ``None`` without any.
        high: the height of all equations.
    """
    left = of.gutter + depth * of.indent
    beside = width >= of.wide
    title_room = (of.title_column if beside else width - left - of.edge) - (of.indent if opens else 0)
    title = _wrapped(text, left, of.pad, title_room, of)
    side = of.title_metrics.height()
    drawn = min(title.width(), text_width(text, TITLE))
    opener = QRectF(title.left() + drawn + 4, title.top(), side, side) if opens else QRectF()
    start = left + (of.title_column + of.indent if beside else 0.0)
    top = of.pad
    if beside:
        # The first equation's baseline and the title's are one.
        drop = max(0.0, (first or 0.0) - of.title_metrics.ascent())
        title.translate(0, drop)
        opener.translate(0, drop)
    else:
        top = title.bottom() + of.gap * 0.8
    bottom = max(title.bottom(), 0.0 if first is None else top + high)
    below = QRectF()
    if note:
        below = _wrapped(note, start, bottom + of.gap, width - start - of.edge, of)
        bottom = below.bottom()
    return _Words(title, opener, below, top, bottom + of.pad)


def draw_opener(painter: QPainter, box: QRectF, opened: bool) -> None:
    """A triangle that points to the right, or down when the details are shown."""
    side = box.width() * 0.28
    centre = box.center()
    corners = (
        [QPointF(-side, -side / 2), QPointF(side, -side / 2), QPointF(0, side * 0.7)]
        if opened
        else [QPointF(-side / 2, -side), QPointF(side * 0.7, 0), QPointF(-side / 2, side)]
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().accent)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))


def _wrapped(text: str, left: float, top: float, room: float, of: Measures) -> QRectF:
    """The box that a text takes when it is wrapped at *room*."""
    wide = text_width(text, TITLE)
    if wide <= room:
        return QRectF(left, top, room, of.title_metrics.height())
    box = of.title_metrics.boundingRect(QRectF(left, top, max(room, 1.0), 10_000), WRAP, text)
    return QRectF(left, top, room, box.height())
