"""What the sheet of the working is made of: headings, lines, the lines that a line opens into, and sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast, overload

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


def is_line(key: Key) -> bool:
    """Whether a line is called so, and not a heading or a sentence."""
    return key[0] not in ("heading", "sentence")


class Items(Sequence[Item]):
    """The entries of a sheet from top to bottom, each made when it is looked at: a frame shows a few of them.

    ``keys`` is the same object as before while nothing but numbers differs.
    """

    def __init__(self, keys: tuple[Key, ...], make: Callable[[int], Item]) -> None:
        """Entries called *keys*; ``make(place)`` makes one."""
        self.keys = keys
        self._make = make
        self._made: dict[int, Item] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self.keys))[place]]
        found = self._made.get(place)
        if found is None:
            row = range(len(self.keys))[place]
            found = self._made[row] = self._made.get(row) or self._make(row)
        return found


def items_of(
    working: Working,
    opened: Collection[Key],
    phase_titles: dict[Phase, str],
    lecture: Sequence[Line] = (),
    lecture_title: str = "",
) -> Items:
    """The sheet of a working: its phases with their lines, the lecture's form where it is wanted, and why not more."""
    sentences = [sentence for sentence in (working.problem, working.rounded) if sentence]
    if not opened and not lecture:
        keys = _closed(working.phases, len(sentences))
        return Items(keys, lambda place: _item_of(keys[place], working, phase_titles, sentences))
    found: list[Item] = []
    for key in _closed(working.phases, 0):
        item = _item_of(key, working, phase_titles, sentences)
        found += [item] if item.line is None else _with_details(item.line, key, 0, item.number, opened)
    if lecture:
        found.append(Item("heading", ("heading", "lecture"), None, lecture_title))
        for i, line in enumerate(lecture):
            found += _with_details(line, ("lecture", i), 0, 0, opened)
    found += [Item("sentence", ("sentence", i), None, sentence) for i, sentence in enumerate(sentences)]
    return Items(tuple([item.key for item in found]), found.__getitem__)


@lru_cache(maxsize=8)
def _closed(phases: tuple[Phase, ...], sentences: int) -> tuple[Key, ...]:
    """The keys of a sheet on which no line is opened."""
    found: list[Key] = []
    for number, phase in enumerate(phases, start=1):
        if number == 1 or phase != phases[number - 2]:
            found.append(("heading", phase))
        found.append((number,))
    return (*found, *(("sentence", i) for i in range(sentences)))


def _item_of(key: Key, working: Working, phase_titles: dict[Phase, str], sentences: Sequence[str]) -> Item:
    """The entry that is called *key* on a sheet on which no line is opened."""
    match key:
        case ("heading", phase):
            which_phase = cast("Phase", phase)
            return Item("heading", key, None, phase_titles.get(which_phase, PHASE_TITLES[which_phase]))
        case ("sentence", int(which)):
            return Item("sentence", key, None, sentences[which])
        case (int(number),):
            return Item("line", key, working.line(number), "", 0, number)
    raise ValueError(f"nothing is called {key}")


def _with_details(line: Line, key: Key, depth: int, number: int, opened: Collection[Key]) -> Iterator[Item]:
    is_open = line.opens and key in opened
    yield Item("line", key, line, "", depth, number, is_open)
    if is_open:
        for i, detail in enumerate(line.details):
            yield from _with_details(detail, (*key, i), depth + 1, number, opened)
