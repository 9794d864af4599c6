"""The pieces that are only read: paragraphs, lists, tables, formulas on lines of their own, and the teacher's notes."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.lessons.lesson import Note
from neurosim.lessons.text import Bullets, Display, Maths, Paragraph, Spans, Table
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.widgets.lesson.flow import BODY, CAPTION, DISPLAY, EMPHASIS
from neurosim.widgets.theme import theme

Readable = Paragraph | Bullets | Table | Display


class TextPiece(Piece):
    """One paragraph, list, table or group of formulas."""

    def __init__(self, block: Readable, context: LessonContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        match block:
            case Paragraph(spans):
                self.column.addWidget(self.text(spans))
            case Display(lines):
                self.column.setSpacing(theme().px(4))
                self.column.setContentsMargins(theme().px(8), theme().px(2), 0, theme().px(2))
                for line in lines:
                    self.column.addWidget(self.text((Maths(line),), DISPLAY))
            case Bullets(items, numbered):
                self._list(items, numbered)
            case Table(head, rows):
                self._table(head, rows)

    def _list(self, items: tuple[Spans, ...], numbered: bool) -> None:
        px = theme().px
        self.column.setSpacing(px(4))
        for number, item in enumerate(items, 1):
            row = QHBoxLayout()
            row.setSpacing(px(6))
            mark = QLabel(f"{number}." if numbered else "•", self)
            mark.setMinimumWidth(px(16))
            mark.setProperty("role", "muted")
            row.addWidget(mark)
            row.setAlignment(mark, mark.alignment())
            row.addWidget(self.text(item), 1)
            self.column.addLayout(row)

    def _table(self, head: tuple[Spans, ...], rows: tuple[tuple[Spans, ...], ...]) -> None:
        px = theme().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for column, cell in enumerate(head):
            grid.addWidget(self.text(cell, EMPHASIS), 0, column)
            grid.setColumnStretch(column, 1)
        rule = QFrame(self)
        rule.setProperty("role", "hairline")
        grid.addWidget(rule, 1, 0, 1, max(len(head), 1))
        for line, cells in enumerate(rows, 2):
            for column, cell in enumerate(cells):
                grid.addWidget(self.text(cell, BODY), line, column)
        self.column.addLayout(grid)


class NotePiece(Piece):
    """What only the teacher sees, in a frame that says so."""

    def __init__(self, block: Note, context: LessonContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setObjectName("teacherNote")
        px = theme().px
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(12), px(8), px(12), px(10))
        inside.setSpacing(px(6))
        title = QLabel(self.tr("For the teacher"), card)
        title.setProperty("role", "caption")
        inside.addWidget(title)
        for part in block.blocks:
            for spans in _lines(part):
                inside.addWidget(self.text(spans, CAPTION, parent=card))
        self.column.addWidget(card)


def _lines(block: Readable) -> tuple[Spans, ...]:
    match block:
        case Paragraph(spans):
            return (spans,)
        case Bullets(items):
            return items
        case Display(lines):
            return tuple((Maths(line),) for line in lines)
        case Table(head, rows):
            return (*(cell for cell in head), *(cell for row in rows for cell in row))
