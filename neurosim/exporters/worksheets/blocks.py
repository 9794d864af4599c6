"""The pieces of a page: each knows how high it is at a width, and paints itself; lengths are in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from neurosim.exporters.worksheets.ink import (
    BLACK,
    FAINT,
    FORMULA,
    GREY,
    HAIR,
    RULE,
    SMALLEST_FORMULA,
    ascent,
    black,
    formula,
    line_height,
    text_width,
    write,
)
from neurosim.lessons.variants import Given
from neurosim.markup.tree import Markup
from neurosim.records import dataclass
from neurosim.widgets.formula import Formula

GAP = 20.0
"""Between formulas side by side."""

_CELL = 8.0
_LEAD = 6.0
WRITING = (44.0, 34.0)
"""The height of a line to write on where there are few and where there are many; a fraction by hand fits in."""

_MANY = 7


class Block(Protocol):
    """A piece of a page that is never divided."""

    def height(self, width: float) -> float:
        """How high it is at *width*."""

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""


@dataclass(frozen=True)
class Words:
    """Text that is broken into lines."""

    text: str
    points: int = 11
    bold: bool = False
    grey: bool = False

    def _lines(self, width: float) -> list[str]:
        found = [""]
        for word in self.text.split():
            longer = f"{found[-1]} {word}".strip()
            if found[-1] and text_width(longer, self.points, self.bold) > width:
                found.append(word)
            else:
                found[-1] = longer
        return found

    def height(self, width: float) -> float:
        """How high it is at *width*."""
        return len(self._lines(width)) * line_height(self.points, self.bold)

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""
        baseline = y + ascent(self.points, self.bold)
        for i, line in enumerate(self._lines(width)):
            place = baseline + i * line_height(self.points, self.bold)
            write(painter, x, place, line, self.points, bold=self.bold, colour=GREY if self.grey else BLACK)


@dataclass(frozen=True)
class Space:
    """Nothing, so high."""

    points: float

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at every width
        """How high it is at *width*."""
        return self.points

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint nothing."""


@dataclass(frozen=True)
class Formulas:
    """Formulas side by side, going on in the next line where there is no more room."""

    markups: tuple[Markup, ...]
    gap: float = GAP

    def _lines(self, width: float) -> list[list[Formula]]:
        lines: list[list[Formula]] = [[]]
        left = 0.0
        for markup in self.markups:
            found = formula(markup, width)
            if lines[-1] and left + found.width > width:
                lines.append([])
                left = 0.0
            lines[-1].append(found)
            left += found.width + self.gap
        return [line for line in lines if line]

    def height(self, width: float) -> float:
        """How high it is at *width*."""
        lines = self._lines(width)
        return sum(_ascent(line) + _descent(line) for line in lines) + _LEAD * max(0, len(lines) - 1)

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""
        for line in self._lines(width):
            baseline, left = y + _ascent(line), x
            for found in line:
                found.paint(painter, left, baseline, black())
                left += found.width + self.gap
            y = baseline + _descent(line) + _LEAD


def _ascent(line: Sequence[Formula]) -> float:
    return max(9.0, *(found.ascent for found in line))


def _descent(line: Sequence[Formula]) -> float:
    return max(3.0, *(found.descent for found in line))


@dataclass(frozen=True)
class Table:
    """A table of numbers with a line under its headings, as wide as it needs to be; smaller where that is too wide."""

    given: Given
    size: float = FORMULA

    def _widths(self) -> list[float]:
        rows = (self.given.headings, *self.given.rows)
        cell = _CELL * self.size / FORMULA
        return [
            max(formula(row[i], size=self.size).width for row in rows) + 2 * cell
            for i in range(len(self.given.headings))
        ]

    def _heights(self) -> list[float]:
        return [
            max(self.size, *(formula(cell, size=self.size).height for cell in row)) + 6.0
            for row in (self.given.headings, *self.given.rows)
        ]

    def width(self) -> float:
        """How wide it is."""
        return sum(self._widths())

    def within(self, width: float) -> Table:
        """The same, small enough for *width*."""
        found = self
        while found.width() > width and found.size > SMALLEST_FORMULA:
            found = Table(self.given, found.size - 0.5)
        return found

    def height(self, width: float) -> float:  # noqa: ARG002 - as wide as its numbers
        """How high it is at *width*."""
        return sum(self._heights())

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:  # noqa: ARG002
        """Paint it with its upper left corner at (*x*, *y*)."""
        widths, top = self._widths(), y
        for i, (row, height) in enumerate(zip((self.given.headings, *self.given.rows), self._heights(), strict=True)):
            left = x
            for cell, room in zip(row, widths, strict=True):
                found = formula(cell, size=self.size)
                baseline = top + (height + found.ascent - found.descent) / 2
                found.paint(painter, left + (room - found.width) / 2, baseline, black())
                left += room
            top += height
            if i == 0:
                _rule(painter, x, top, sum(widths))
        _upright(painter, x + widths[0], y, top - y)


@dataclass(frozen=True)
class Beside:
    """Blocks side by side: their widths are given, the last one takes what is left."""

    blocks: tuple[tuple[Block, float], ...]
    gap: float = 2 * GAP

    def height(self, width: float) -> float:  # noqa: ARG002 - each has a width of its own
        """How high it is at *width*."""
        return max(block.height(room) for block, room in self.blocks)

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:  # noqa: ARG002
        """Paint it with its upper left corner at (*x*, *y*)."""
        for block, room in self.blocks:
            block.paint(painter, x, y, room)
            x += room + self.gap


@dataclass(frozen=True)
class Answers:
    """A line to write on for each answer, the box for the result at its end."""

    labels: tuple[Markup, ...]
    box: float = 96.0

    @property
    def _line(self) -> float:
        return WRITING[len(self.labels) >= _MANY]

    def height(self, width: float) -> float:  # noqa: ARG002 - one line each
        """How high it is at *width*."""
        return self._line * len(self.labels)

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""
        widest = max(formula(label).width for label in self.labels)
        for label in self.labels:
            found = formula(label)
            baseline = y + self._line - 11.0
            found.paint(painter, x + widest - found.width, baseline, black())
            write(painter, x + widest + 6.0, baseline, "=", 11)
            left, right = x + widest + 20.0, x + width - self.box - 12.0
            _rule(painter, left, baseline + 3.0, right - left, faint=True)
            painter.setPen(QPen(RULE, HAIR))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(x + width - self.box, y + 4.0, self.box, self._line - 8.0))
            y += self._line


@dataclass(frozen=True)
class Worked:
    """One line of a solution: what is done at the left, the equations at the right."""

    title: str
    markups: tuple[Markup, ...]
    titles: float = 150.0

    def height(self, width: float) -> float:
        """How high it is at *width*."""
        return max(Words(self.title, 8).height(self.titles - 8.0), self._stack(width)) + 4.0

    def _stack(self, width: float) -> float:
        found = [formula(markup, width - self.titles, 10.0) for markup in self.markups]
        return sum(max(one.height, 11.0) for one in found) + 2.0 * (len(found) - 1)

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""
        Words(self.title, 8, grey=True).paint(painter, x, y + 1.0, self.titles - 8.0)
        top = y
        for markup in self.markups:
            found = formula(markup, width - self.titles, 10.0)
            found.paint(painter, x + self.titles, top + max(found.ascent, 8.0), black())
            top += max(found.height, 11.0) + 2.0


@dataclass(frozen=True)
class Line:
    """A thin line from margin to margin."""

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at every width
        """How high it is at *width*."""
        return 10.0

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        """Paint it with its upper left corner at (*x*, *y*)."""
        _rule(painter, x, y + 5.0, width)


def _rule(painter: QPainter, x: float, y: float, width: float, *, faint: bool = False) -> None:
    pen = QPen(FAINT if faint else RULE, HAIR)
    painter.setPen(pen)
    painter.drawLine(QLineF(x, y, x + width, y))


def _upright(painter: QPainter, x: float, y: float, height: float) -> None:
    painter.setPen(QPen(RULE, HAIR))
    painter.drawLine(QLineF(x, y, x, y + height))
