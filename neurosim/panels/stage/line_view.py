"""The current line of the step, typeset as large as the back row needs it, under the names of the four phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.panels.stage.sizes import StageSizes, sizes_for, stage_font
from neurosim.panels.working.equation_layout import Block, lay_out
from neurosim.panels.working.measures import Measures
from neurosim.widgets.formula import Ink, Placed, paint_formulas
from neurosim.widgets.theme import theme
from neurosim.working.line import PHASES, Equation, Line, Phase

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
SMALLEST = 0.55
"""A line that is higher than its room is set smaller, down to this part of its size before its note goes."""
LEAST = 0.25
"""Without a note it may be still smaller: a formula is never cut."""
BESIDE, UNDER = 1.5, 0.4
"""Between formulas side by side, and between rows of them, in parts of their size."""


def fitting_font(font: QFont, text: str, room: QRectF) -> QFont:
    """*font*, or a smaller one, down to ``SMALLEST``, in which *text* has the height and width of *room*."""
    fitting, least = QFont(font), font.pixelSize() * SMALLEST
    while fitting.pixelSize() - 1 >= least:
        needed = QFontMetricsF(fitting).boundingRect(room, WRAP, text)
        if needed.height() <= room.height() and needed.width() <= room.width():
            break
        fitting.setPixelSize(fitting.pixelSize() - 1)
    return fitting


def _side_by_side(blocks: Sequence[Block], room: float, em: float) -> Block:
    """*blocks* from left to right, and on from the left again where room ends, with their first lines in line."""
    rows: list[list[tuple[float, Block]]] = [[]]
    x = widest = top = 0.0
    for block in blocks:
        if rows[-1] and x + block.width > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, block))
        widest = max(widest, x + block.width)
        x += block.width + BESIDE * em
    placed: list[Placed] = []
    for row in rows:
        first = max((block.placed[0].baseline for _, block in row if block.placed), default=0.0)
        end = top
        for left, block in row:
            down = top + first - (block.placed[0].baseline if block.placed else 0.0)
            placed += [Placed(one.formula, left + one.x, down + one.baseline) for one in block.placed]
            end = max(end, down + block.height)
        top = end + UNDER * em
    return Block(tuple(placed), widest, max(0.0, top - UNDER * em))


class LineView(QWidget):
    """Owns what is on show; everything is painted, nothing scrolls.

    Signals:
        pointed(refs): what the part of a formula under the pointer stands for.
    """

    pointed = Signal(object)

    def __init__(self, words: Mapping[Phase, str], row_words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stageLine")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._words, self._row_words = words, row_words
        self._line: Line | None = None
        self._place = ""
        self._resting = ""
        self._lit: frozenset[str] = frozenset()
        self._laid: tuple[object, tuple[Block, bool]] | None = None

    def show_line(self, line: Line | None, place: str, resting: str) -> None:
        """Show *line* with *place* ("line 9 of 15") at the right; *resting* stands there while there is no line."""
        if (line, place, resting) != (self._line, self._place, self._resting):
            self._line, self._place, self._resting = line, place, resting
            self._laid = None
            self.update()

    def set_lit(self, refs: frozenset[str]) -> None:
        """Light up the parts that stand for *refs*."""
        if refs != self._lit:
            self._lit = refs
            self.update()

    def sizeHint(self) -> QSize:
        """Some lines high."""
        sizes = self._sizes()
        return QSize(round(sizes.em * 12), round(sizes.em * 4))

    # -- painting --------------------------------------------------------------------------------------------------

    def _sizes(self) -> StageSizes:
        return sizes_for(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Phases, title, formulas, note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, colours = self._sizes(), theme()
        words = stage_font(sizes.words)
        room = QRectF(self.rect()).adjusted(sizes.gap, sizes.gap * 0.5, -sizes.gap, -sizes.gap * 0.5)
        top = self._paint_phases(painter, room, words) + sizes.gap
        painter.setFont(words)
        painter.setPen(colours.text)
        if self._line is None:
            self._paint_words(painter, QRectF(room.left(), top, room.width(), room.bottom() - top), self._resting)
            return
        title = self._title()
        box = painter.boundingRect(QRectF(room.left(), top, room.width(), room.height()), WRAP, title)
        painter.drawText(box, WRAP, title)
        top = box.bottom() + sizes.gap
        note = 0.0
        if self._line.note:
            note = painter.boundingRect(QRectF(0, 0, room.width(), room.height()), WRAP, self._line.note).height()
        block, noted = self._block(self._line.equations, QRectF(0, 0, room.width(), room.bottom() - top), note, sizes)
        ink = Ink(colours.text, self._lit)
        left = room.left()
        paint_formulas(painter, [Placed(row.formula, left + row.x, top + row.baseline) for row in block.placed], ink)
        if self._line.note and noted:
            painter.setPen(colours.text_muted)
            after = top + block.height + (sizes.gap if block.placed else 0.0)
            self._paint_words(painter, QRectF(room.left(), after, room.width(), room.bottom() - after), self._line.note)

    def _paint_words(self, painter: QPainter, room: QRectF, text: str) -> None:
        painter.setFont(fitting_font(painter.font(), text, room))
        painter.drawText(room, WRAP, text)

    def _paint_phases(self, painter: QPainter, room: QRectF, font: QFont) -> float:
        """The four names side by side, the current one strong with a bar under it; returns where they end."""
        colours = theme()
        current = self._line.phase if self._line is not None else None
        strong = stage_font(font.pixelSize(), QFont.Weight.DemiBold)
        metrics = QFontMetricsF(strong)
        x, line = room.left(), metrics.height()
        gap = metrics.horizontalAdvance("0") * 2
        for phase in PHASES:
            here = phase == current
            painter.setFont(strong if here else font)
            painter.setPen(colours.accent if here else colours.text_muted)
            width = metrics.horizontalAdvance(self._words[phase])
            box = QRectF(x, room.top(), width, line)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._words[phase])
            if here:
                painter.fillRect(QRectF(x, box.bottom(), width, colours.stroke(2.5)), colours.accent)
            x += width + gap
        painter.setFont(font)
        painter.setPen(colours.text_muted)
        rest = QRectF(x, room.top(), max(0.0, room.right() - x), line)
        painter.setFont(fitting_font(font, self._place, rest))
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._place)
        return room.top() + line + colours.stroke(2.5)

    def _title(self) -> str:
        line = self._line
        if line is None:
            return self._resting
        return line.title if line.row is None else f"{self._row_words.format(number=line.row + 1)}: {line.title}"

    def _block(
        self, equations: tuple[Equation, ...], room: QRectF, note: float, sizes: StageSizes
    ) -> tuple[Block, bool]:
        """The formulas in *room*, and whether a note so many pixels high stands under them."""
        width, whole = room.width(), max(0.0, room.height())
        key = (equations, width, whole, note, sizes)
        if self._laid is not None and self._laid[0] == key:
            return self._laid[1]
        size, height, noted = 1.0, max(0.0, whole - note), True
        block = self._fitting(equations, width, height, sizes.em)
        while block.height > height > 0 and size > LEAST:
            if size <= SMALLEST:
                height, noted = whole, False
            size = max(SMALLEST if noted else LEAST, size * 0.9)
            block = self._fitting(equations, width, height, sizes.em * size)
        self._laid = (key, (block, noted))
        return block, noted

    def _fitting(self, equations: tuple[Equation, ...], width: float, height: float, em: float) -> Block:
        """The formulas under one another, or where that is too high side by side."""
        block = self._set(equations, width, em)
        if block.height <= height or len(equations) < 2:
            return block
        beside = _side_by_side([self._set((equation,), width, em) for equation in equations], width, em)
        return beside if beside.height < block.height else block

    def _set(self, equations: tuple[Equation, ...], width: float, em: float) -> Block:
        if not equations:
            return Block((), 0.0, 0.0)
        usual = Measures.now()
        part = em / usual.em
        return lay_out(
            equations,
            width,
            replace(
                usual,
                em=em,
                indent=usual.indent * part,
                equals=usual.equals * part,
                gap=usual.gap * part,
                sign_gap=usual.sign_gap * part,
            ),
        )

    # -- pointing --------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """All that the line concerns is lit while the pointer is on it."""
        super().mouseMoveEvent(event)
        self.pointed.emit(self._line.refs if self._line is not None else frozenset())

    def leaveEvent(self, event: object) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.pointed.emit(frozenset())
