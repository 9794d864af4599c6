"""What the sheet of the working is made of: headings, lines, the lines that a line opens into, and sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from neurosim.records import dataclass
from neurosim.working.copying import PHASE_TITLES, line_speech
from neurosim.working.line import Line, Phase
from neurosim.working.working import Working

Key = tuple[object, ...]
"""What an item is called from one frame to the next, whatever its numbers are."""


@dataclass(frozen=True, eq=False, slots=True)
class Item:
    """One entry of the sheet.

    Attributes:
        kind: a phase's heading, a line, or a sentence.
        key: its identity; a line's is its place, so that it stays the same while numbers change.
        line: of a line.
        text: of a heading or a sentence.
        depth: how often it is opened from another line.
        number: the line of the step that it belongs to; 0 for what belongs to none.
        opened: whether the lines that it opens into are shown.
    """

    kind: Literal["heading", "line", "sentence"]
    key: Key
    line: Line | None = None
    text: str = ""
    depth: int = 0
    number: int = 0
    opened: bool = False

    @property
    def speech(self) -> str:
        """The item as it is read aloud."""
        return self.text if self.line is None else line_speech(self.line)


def items_of(
    working: Working,
    opened: Collection[Key],
    phase_titles: dict[Phase, str],
    lecture: Sequence[Line] = (),
    lecture_title: str = "",
) -> tuple[Item, ...]:
    """The sheet of a working: its phases with their lines, the lecture's form where it is wanted, and why not more."""
    found: list[Item] = []
    phase: Phase | None = None
    for line in working.lines:
        if line.phase != phase:
            phase = line.phase
            found.append(Item("heading", ("heading", phase), None, phase_titles.get(phase, PHASE_TITLES[phase])))
        found += _with_details(line, (line.number,), 0, line.number, opened)
    if lecture:
        found.append(Item("heading", ("heading", "lecture"), None, lecture_title))
        for i, line in enumerate(lecture):
            found += _with_details(line, ("lecture", i), 0, 0, opened)
    for i, sentence in enumerate(filter(None, (working.problem, working.rounded))):
        found.append(Item("sentence", ("sentence", i), None, sentence))
    return tuple(found)


def _with_details(line: Line, key: Key, depth: int, number: int, opened: Collection[Key]) -> Iterator[Item]:
    is_open = line.opens and key in opened
    yield Item("line", key, line, "", depth, number, is_open)
    if is_open:
        for i, detail in enumerate(line.details):
            yield from _with_details(detail, (*key, i), depth + 1, number, opened)
