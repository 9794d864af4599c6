"""The list of terms: two columns that belong together line by line; pointing at a line lights up what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neurosim.panels.biology.terms import Term
from neurosim.widgets.theme import theme, theme_notifier, with_alpha


class TermRow(QFrame):
    """One line: artificial at the left, biological at the right, or with *broken* what breaks between them.

    Signals:
        pointed(bool): the pointer or the keyboard came to it, or left.
        stepped(int): an arrow key asks for the line above (-1) or below (1).
    """

    pointed = Signal(bool)
    stepped = Signal(int)

    def __init__(self, term: Term, parent: QWidget, *, broken: bool) -> None:
        super().__init__(parent)
        self.setObjectName(f"term-{term.name}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setMouseTracking(True)
        self.term = term
        self._broken = broken
        self._lit = False
        self._marked = False
        self._cells = {name: QLabel(self) for name in ("artificial", "value", "biological", "meaning")}
        self._grid = QGridLayout(self)
        for place, (name, label) in enumerate(self._cells.items()):
            label.setObjectName(f"termCell-{name}")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            if place % 2:
                label.setProperty("role", "caption")
            self._grid.addWidget(label, place % 2, 0 if place < 2 else 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self._restyle()
        self.show_term(term)
        theme_notifier().changed.connect(self._restyle)

    def show_term(self, term: Term) -> None:
        """Write other numbers."""
        self.term = term
        for name, label in self._cells.items():
            text = getattr(term, name)
            if label.text() != text:
                label.setText(text)
        between = self.tr("but") if self._broken else self.tr("corresponds to")
        said = f"{term.artificial} ({term.value}) {between} {term.biological} ({term.meaning})"
        if said != self.accessibleName():
            self.setAccessibleName(said)

    @property
    def lit(self) -> bool:
        """Whether it is lit up."""
        return self._lit

    def set_lit(self, lit: bool) -> None:
        """Light the line up, or not."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def set_marked(self, marked: bool) -> None:
        """Put a bar at the left edge, or take it away."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        """No longer."""
        super().leaveEvent(event)
        self.pointed.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard points as well."""
        super().focusInEvent(event)
        self.pointed.emit(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No longer."""
        super().focusOutEvent(event)
        self.pointed.emit(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft background when lit, a ring with the keyboard on it, and the sign between the columns."""
        super().paintEvent(event)
        colours, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().toRectF().adjusted(1, 1, -1, -1)
        if self._lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(with_alpha(colours.accent, 0.14))
            painter.drawRoundedRect(inner, px(6), px(6))
        if self._marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(QRectF(0, px(4), px(3), self.height() - 2 * px(4)), px(1), px(1))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, colours.stroke(2)))
            painter.drawRoundedRect(inner, px(6), px(6))
        self._paint_sign(painter)

    def _paint_sign(self, painter: QPainter) -> None:
        """A double arrow where terms correspond, struck through where the analogy breaks."""
        colours, px = theme(), theme().px
        left, right = self._cells["artificial"].geometry(), self._cells["biological"].geometry()
        middle = QPointF((left.right() + right.left()) / 2, left.top() + left.height() / 2)
        painter.setPen(QPen(colours.accent if self._lit else colours.border, colours.stroke(1.5)))
        reach, head = px(9), px(3)
        painter.drawLine(QPointF(middle.x() - reach, middle.y()), QPointF(middle.x() + reach, middle.y()))
        for side in (-1, 1):
            tip = QPointF(middle.x() + side * reach, middle.y())
            for up in (-1, 1):
                painter.drawLine(tip, QPointF(tip.x() - side * head, tip.y() + up * head))
        if self._broken:
            painter.setPen(QPen(colours.negative, colours.stroke(2.0)))
            painter.drawLine(
                QPointF(middle.x() - head, middle.y() + 2 * head), QPointF(middle.x() + head, middle.y() - 2 * head)
            )

    def _restyle(self) -> None:
        px = theme().px
        self._grid.setContentsMargins(px(8), px(4), px(8), px(4))
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(1, px(36))
        font = self._cells["artificial"].font()
        font.setWeight(font.Weight.DemiBold)
        for name in ("artificial", "biological"):
            self._cells[name].setFont(font)
        self.updateGeometry()


class TermList(QWidget):
    """Owns the lines under two titles; one Tab stop, arrow keys go from line to line.

    Signals:
        pointed(object): the ``Term`` that is pointed at, or ``None``.
    """

    pointed = Signal(object)

    def __init__(self, name: str, titles: tuple[str, str], parent: QWidget, *, broken: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(" / ".join(titles))
        self._broken = broken
        self._rows: list[TermRow] = []
        self._pointed: TermRow | None = None
        self._head = QGridLayout()
        for column, title in ((0, titles[0]), (2, titles[1])):
            label = QLabel(title, self)
            label.setProperty("role", "caption")
            label.setWordWrap(True)
            self._head.addWidget(label, 0, column)
            self._head.setColumnStretch(column, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        theme_notifier().changed.connect(self._restyle)
        self._restyle()

    @property
    def rows(self) -> Sequence[TermRow]:
        """The lines from top to bottom."""
        return tuple(self._rows)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Show these lines; those that were there stay as they are but for their texts."""
        for place, term in enumerate(terms):
            if place < len(self._rows):
                self._rows[place].show_term(term)
                continue
            row = TermRow(term, self, broken=self._broken)
            row.pointed.connect(lambda on, row=row: self._point(row, on))
            row.stepped.connect(lambda step, row=row: self._step(row, step))
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus if place else Qt.FocusPolicy.StrongFocus)
            self._rows.append(row)
            self._column.addWidget(row)

    def light(self, ids: frozenset[str]) -> None:
        """Light up the line that is pointed at; else those that are about any of *ids* on the graph."""
        for row in self._rows:
            about = self._pointed is None and bool(row.term.refs & ids) and row.term.name != "network"
            row.set_lit(row is self._pointed or about)

    def mark(self, ids: frozenset[str]) -> None:
        """Mark the lines that are about any of *ids*, which the current line of the working concerns."""
        for row in self._rows:
            row.set_marked(bool(row.term.refs & ids) and row.term.name != "network")

    def minimumSizeHint(self) -> QSize:
        """Narrow lines wrap."""
        narrowest = theme().px(200)
        return QSize(narrowest, max(self.heightForWidth(max(self.width(), narrowest)), 0))

    def _point(self, row: TermRow, on: bool) -> None:
        if on:
            self._pointed = row
        elif self._pointed is row and not row.hasFocus() and not row.underMouse():
            self._pointed = None
        elif not on and self._pointed is not row:
            return
        self.pointed.emit(self._pointed.term if self._pointed is not None else None)

    def _step(self, row: TermRow, step: int) -> None:
        at = self._rows.index(row) + step
        if 0 <= at < len(self._rows):
            self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)
            for other in self._rows:
                stop = other is self._rows[at]
                other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def _restyle(self) -> None:
        px = theme().px
        self._column.setContentsMargins(px(4), px(4), px(4), px(4))
        self._column.setSpacing(0)
        self._head.setContentsMargins(px(8), 0, px(8), px(2))
        self._head.setHorizontalSpacing(0)
        self._head.setColumnMinimumWidth(1, px(36))
