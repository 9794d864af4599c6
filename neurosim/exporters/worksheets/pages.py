"""Pages of blocks: groups that stay together, a head and a foot on each page, written as vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QLineF, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from neurosim.exporters.worksheets.blocks import Block
from neurosim.exporters.worksheets.ink import GREY, HAIR, SQUARES, text_width, write
from neurosim.records import dataclass

DOTS = 1200
"""Dots per inch that places are rounded to."""

LEFT, TOP, BOTTOM = 56.0, 48.0, 44.0
PAPER = (595.0, 842.0)
"""Width and height of A4 in points."""

PRINTED = PAPER[0] - 2 * LEFT
"""Points from margin to margin."""

SQUARE = 5 * 72 / 25.4
"""Five millimetres."""

_FEWEST_ROWS = 4
_FOOT = 24.0
ROOM = PAPER[1] - TOP - BOTTOM - _FOOT
"""Points from the top margin to the foot."""

_BETWEEN = 18.0

Group = tuple[Block, ...]
"""Blocks that stay on one page."""


@dataclass(frozen=True)
class Part:
    """What begins on a page of its own.

    Attributes:
        head: the blocks at the top of each of its pages.
        groups: what is never divided, one group after another.
        foot: at the bottom left of each of its pages.
        squared: whether what is left of a page is squared paper to calculate on.
    """

    head: Group
    groups: tuple[Group, ...]
    foot: str
    squared: bool = False


@dataclass(frozen=True)
class Page:
    """One page: what stands on it, and its number among those of its part."""

    part: Part
    groups: tuple[Group, ...]
    number: int
    of: int


def paginate(parts: Sequence[Part], width: float = PRINTED, height: float = ROOM) -> Iterator[Page]:
    """The pages: a group that does not fit on what is left of a page begins the next one.

    Args:
        parts: each begins on a new page.
        width: of what is printed, in points.
        height: the same, without the foot.
    """
    for part in parts:
        room = height - _height(part.head, width)
        pages: list[list[Group]] = [[]]
        left = room
        for group in part.groups:
            needed = _height(group, width) + (_BETWEEN if pages[-1] else 0.0)
            if pages[-1] and needed > left:
                pages.append([])
                left, needed = room, _height(group, width)
            pages[-1].append(group)
            left -= needed
        for i, groups in enumerate(pages, start=1):
            yield Page(part, tuple(groups), i, len(pages))


def write_pdf(parts: Sequence[Part], title: str) -> bytes:
    """The pages as PDF on A4, all of them vectors and text.

    Needs a ``QGuiApplication``.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("neurosim")
    writer.setResolution(DOTS)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(DOTS / 72, DOTS / 72)
    for i, page in enumerate(paginate(parts)):
        if i:
            writer.newPage()
        paint_page(painter, page)
    painter.end()
    buffer.close()
    return bytes(data.data())


def paint_page(painter: QPainter, page: Page) -> None:
    """Paint a page whose upper left corner is where the painter's zero is, a point to the unit."""
    width, height = PRINTED, ROOM + _FOOT
    y = TOP
    for block in page.part.head:
        block.paint(painter, LEFT, y, width)
        y += block.height(width)
    for i, group in enumerate(page.groups):
        y += _BETWEEN if i else 0.0
        for block in group:
            block.paint(painter, LEFT, y, width)
            y += block.height(width)
    if page.part.squared:
        _squares(painter, LEFT, y + _BETWEEN, width, TOP + height - _FOOT - y - _BETWEEN)
    _foot(painter, page, width, TOP + height)


def _squares(painter: QPainter, x: float, y: float, width: float, height: float) -> None:
    """Squared paper, where there is room for four rows at least."""
    rows, columns = int(height / SQUARE), int(width / SQUARE)
    if rows < _FEWEST_ROWS:
        return
    painter.setPen(QPen(SQUARES, HAIR))
    for i in range(rows + 1):
        painter.drawLine(QLineF(x, y + i * SQUARE, x + columns * SQUARE, y + i * SQUARE))
    for i in range(columns + 1):
        painter.drawLine(QLineF(x + i * SQUARE, y, x + i * SQUARE, y + rows * SQUARE))


def _foot(painter: QPainter, page: Page, width: float, y: float) -> None:
    write(painter, LEFT, y, page.part.foot, 8, colour=GREY)
    if page.of > 1:
        text = f"page {page.number} of {page.of}"
        write(painter, LEFT + width - text_width(text, 8), y, text, 8, colour=GREY)


def _height(group: Group, width: float) -> float:
    return sum(block.height(width) for block in group)
