"""The lines inside a block of a lesson: ``key: value``, ``key name: value``, ``- option: text`` and ``> message``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from neurosim.lessons.faults import Faults
from neurosim.records import dataclass

_KEY = re.compile(r"(?P<key>[a-z]+(?: out)?)(?: (?P<name>[A-Za-z][\w-]*))?:(?:\s+(?P<value>.*))?$")
_OPTION = re.compile(r"- (?P<name>[A-Za-z][\w-]*):\s+(?P<value>.*)$")
OPTION, MESSAGE = "-", ">"


@dataclass
class Entry:
    """One line with what continues it: ``hint r1: Look at the point.`` has the key hint and the name r1."""

    key: str
    name: str
    value: str
    line: int


def read_entries(lines: Iterable[str], first: int, faults: Faults) -> list[Entry]:
    """The entries of a block whose first line is line *first* of the file; lines moved in by spaces continue."""
    found: list[Entry] = []
    for line, text in enumerate(lines, first):
        if not text.strip():
            continue
        if text.strip().startswith("> "):
            found.append(Entry(MESSAGE, "", text.strip()[2:].strip(), line))
            continue
        if text.startswith("  ") and found:
            found[-1].value = f"{found[-1].value} {text.strip()}".strip()
            continue
        option, key = _OPTION.match(text), _KEY.match(text)
        if option is not None:
            found.append(Entry(OPTION, option["name"], option["value"].strip(), line))
        elif key is not None:
            found.append(Entry(key["key"], key["name"] or "", (key["value"] or "").strip(), line))
        else:
            faults.add(
                line,
                f'"{_short(text)}" is not understood',
                "write key: value, - option: text, or move a continued line in by two spaces",
            )
    return found


class Fields:
    """The entries of one block, asked for by key; ``finish`` complains of those that nobody asked for."""

    def __init__(self, entries: list[Entry], block: str, line: int, faults: Faults) -> None:
        self._left = entries
        self._block = block
        self._known: list[str] = []
        self.line = line
        self.faults = faults

    def all(self, key: str, name: str | None = None) -> list[Entry]:
        """The entries with that key, and that name unless it is ``None``, in their order."""
        if key not in self._known:
            self._known.append(key)
        found = [entry for entry in self._left if entry.key == key and name in {None, entry.name}]
        self._left = [entry for entry in self._left if not any(entry is other for other in found)]
        return found

    def one(self, key: str, name: str = "", default: str | None = None) -> str:
        """The value of the only entry with that key; *default*, or a mistake where that is ``None``."""
        found = self.all(key, name)
        for entry in found[1:]:
            self.faults.add(entry.line, f'"{key}" stands twice in the {self._block}', "keep one of them")
        if found:
            return found[0].value
        if default is None:
            self.faults.add(self.line, f'the {self._block} has no "{key}:"', f'add a line "{key}: ..."')
            return ""
        return default

    def listed(self, key: str) -> tuple[str, ...]:
        """The parts of an entry that holds a list, parted by commas."""
        return tuple(part.strip() for part in self.one(key, default="").split(",") if part.strip())

    def with_messages(self) -> list[tuple[Entry, Entry | None]]:
        """Each option with the message that follows it."""
        found: list[tuple[Entry, Entry | None]] = []
        for entry in [*self._left]:
            if entry.key == OPTION:
                found.append((entry, None))
            elif entry.key == MESSAGE and found:
                found[-1] = (found[-1][0], entry)
            else:
                continue
            self._left = [other for other in self._left if other is not entry]
        return found

    def finish(self) -> None:
        """Complain of every entry that has no place here."""
        for entry in self._left:
            shown = f"{entry.key} {entry.name}".strip()
            what = "an option or a message" if entry.key in {OPTION, MESSAGE} else f'"{shown}:"'
            self.faults.add(
                entry.line, f"{what} has no place in a {self._block}", f"known here: {', '.join(self._known)}"
            )


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 50 else f"{text[:47]}..."
