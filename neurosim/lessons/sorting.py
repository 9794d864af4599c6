"""Reads a prediction that is made by sorting: things, the groups to put them into, and where each belongs."""

from __future__ import annotations

from neurosim.lessons.faults import Faults
from neurosim.lessons.fields import Fields
from neurosim.lessons.lesson import Choice, Predict, sorted_text
from neurosim.lessons.markdown import read_spans

MOST_GROUPS = 9
"""Each group has a digit of the keyboard."""


def read_sorting(name: str, fields: Fields, line: int, faults: Faults) -> Predict:
    """The prediction whose block begins on *line*; its mistakes go to *faults*."""
    prompt = read_spans(fields.one("ask"), line, faults)
    because = read_spans(fields.one("because"), line, faults)
    groups = _groups(fields, line, faults)
    items = _items(fields, line, groups, faults)
    fields.finish()
    right = sorted_text({item.id: item.group for item in items})
    return Predict(name, prompt, items, right, because=because, line=line, groups=groups)


def _groups(fields: Fields, line: int, faults: Faults) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for entry in fields.all("group"):
        if not entry.name or not entry.value:
            faults.add(entry.line, "the group has no name or no words", 'write "group NAME: words"')
        elif any(group.id == entry.name for group in found):
            faults.add(entry.line, f'two groups have the name "{entry.name}"', "give each its own")
        else:
            found.append(Choice(entry.name, read_spans(entry.value, entry.line, faults), source=entry.value))
    if not 2 <= len(found) <= MOST_GROUPS:
        faults.add(
            line, f"there are {len(found)} groups to sort into", f"write 2 to {MOST_GROUPS} lines group NAME: words"
        )
    return tuple(found)


def _items(fields: Fields, line: int, groups: tuple[Choice, ...], faults: Faults) -> tuple[Choice, ...]:
    names = [group.id for group in groups]
    found: list[Choice] = []
    for entry, message in fields.with_messages():
        text, bar, group = entry.value.rpartition(" | ")
        group = group.strip()
        if not bar:
            faults.add(entry.line, f'"{entry.name}" belongs to no group', 'write "- NAME: words | group"')
        elif group not in names:
            faults.add(entry.line, f'there is no group "{group}"', f"groups are {', '.join(names)}")
        if any(item.id == entry.name for item in found):
            faults.add(entry.line, f'two things to sort have the name "{entry.name}"', "give each its own")
        said = read_spans(message.value, message.line, faults) if message is not None else ()
        found.append(Choice(entry.name, read_spans(text, entry.line, faults), said, text, group))
    if len(found) < 2:
        faults.add(line, "there is nothing to sort", 'write two or more lines "- NAME: words | group"')
    return tuple(found)
