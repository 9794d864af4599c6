"""Rows: parts side by side with the room that stands between them, and the marks that cover some of them."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.markup.tree import Mark, Markup, Role, Row
from neurosim.widgets.formula.boxes import Box, Group, Span
from neurosim.widgets.formula.parameters import FRACTION_ROOM
from neurosim.widgets.formula.spacing import FRACTION, gap, settle

OUTLINED = frozenset({"boxed", "changed", "pending"})
PAD_BESIDE = 0.22
PAD_ABOVE = 0.15
"""Em between a part and the outline around it, to the sides and above and below."""
LEAST_ABOVE = 0.6
LEAST_BELOW = 0.1
"""Em that an outline reaches at least, so that those of x and y are of a size."""
BOX_GAP = 0.12
"""Em outside an outline, so that neighbours never touch."""


def row_box(markup: Row | Mark, em: float, script: bool, set_part: Callable[[Markup], Box]) -> Box:
    """The box of a row or of a marked part.

    Args:
        markup: what to set; rows and marks inside it are opened out, so that room does not depend on them.
        em: pixels.
        script: whether it is an exponent or an index, where signs stand close.
        set_part: sets what is neither row nor mark.
    """
    stream = _Stream()
    stream.take(markup, None)
    boxes = [set_part(part) for part, _ in stream.parts]
    if len(boxes) == 1 and not stream.marks:
        return boxes[0]
    line = _Line(boxes, em, script)
    marks = iter(stream.marks)
    step = next(marks, None)
    for place in range(len(boxes) + 1):
        # What ends here ends before the gap, what begins here begins after it.
        while step is not None and step[0] == place:
            if step[1] is None:
                line.close(place)
            else:
                line.open(place, step[1])
            step = next(marks, None)
        if place < len(boxes):
            line.put(place, stream.parts[place][1])
    return line.finished()


class _Stream:
    """A row with its inner rows and marks opened out: what stands beside what, and where marks begin and end."""

    def __init__(self) -> None:
        self.parts: list[tuple[Markup, Role | None]] = []
        self.marks: list[tuple[int, Mark | None]] = []

    def take(self, markup: Markup, role: Role | None) -> None:
        """Append *markup*; ``None`` in ``marks`` closes the newest open one."""
        match markup:
            case Row(parts):
                for part in parts:
                    self.take(part, role)
            case Mark(inside):
                self.marks.append((len(self.parts), markup))
                self.take(inside, markup.role or role)
                self.marks.append((len(self.parts), None))
            case _:
                self.parts.append((markup, role))


class _Line:
    """A row while it is put together from left to right."""

    def __init__(self, boxes: list[Box], em: float, script: bool) -> None:
        self._boxes = boxes
        self._em = em
        self._script = script
        self._firsts = [box.first for box in boxes]
        self._lasts = [box.last for box in boxes]
        settle(self._firsts, self._lasts)
        self._group = Group(0.0, 0.0, 0.0)
        self._open: list[Span] = []
        self._lean = 0.0  # how far the last letter leans out, while nothing stands after it
        self._spaced = 0
        self._padded = False

    def open(self, place: int, mark: Mark) -> None:
        """Begin a marked part before the box at *place*."""
        self._space(place)
        group = self._group
        span = Span(mark, group.width, self._em)
        if mark.emphasis in OUTLINED:
            self._padded = True
            span.x += BOX_GAP * self._em
            # A fraction brings room along: an outline keeps the same distance from all.
            begins = place < len(self._boxes) and self._firsts[place] == FRACTION
            group.width = span.x + (PAD_BESIDE - (FRACTION_ROOM if begins else 0.0)) * self._em
        self._open.append(span)
        group.spans.append(span)

    def close(self, place: int) -> None:
        """End the innermost open part before the box at *place*."""
        group, span = self._group, self._open.pop()
        span.end = group.width + self._lean
        if span.mark.emphasis in OUTLINED:
            ends = place > 0 and self._lasts[place - 1] == FRACTION
            span.end += (PAD_BESIDE - (FRACTION_ROOM if ends else 0.0)) * self._em
            span.height = (max(span.height / self._em, LEAST_ABOVE) + PAD_ABOVE) * self._em
            span.depth = (max(span.depth / self._em, LEAST_BELOW) + PAD_ABOVE) * self._em
            group.width = span.end + BOX_GAP * self._em
            self._lean = 0.0
        self._reach(span.height, span.depth)

    def put(self, place: int, role: Role | None) -> None:
        """Append the box at *place*."""
        self._space(place)
        group, box = self._group, self._boxes[place]
        group.put(box, group.width, 0.0, role)
        group.width += box.width
        if place == len(self._boxes) - 1:
            self._lean = box.italic
        else:
            group.width += box.italic
        self._reach(box.height, box.depth)

    def finished(self) -> Group:
        """The row."""
        group, boxes = self._group, self._boxes
        if boxes:
            group.first, group.last = self._firsts[0], self._lasts[-1]
            group.italic = self._lean
            group.tall = any(box.tall for box in boxes)
        if len(boxes) == 1 and not self._padded:
            only = boxes[0]
            group.skew, group.solid = only.skew, only.solid
            group.tail, group.tail_height = only.tail, only.tail_height
        return group

    def _space(self, place: int) -> None:
        """Leave the room before the box at *place*, once."""
        if place <= self._spaced or place >= len(self._boxes):
            return
        self._spaced = place
        self._group.width += gap(self._lasts[place - 1], self._firsts[place], script=self._script) * self._em

    def _reach(self, height: float, depth: float) -> None:
        """Make the row and the innermost open part as tall as what was just put there."""
        group = self._group
        group.height, group.depth = max(group.height, height), max(group.depth, depth)
        if self._open:
            span = self._open[-1]
            span.height, span.depth = max(span.height, height), max(span.depth, depth)
