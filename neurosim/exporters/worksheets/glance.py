"""The answers of all versions at a glance: a row for each version, for whoever corrects a pile of sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from neurosim.exporters.worksheets.content import Worksheets
from neurosim.lessons.question import Question
from neurosim.lessons.variants import Draft, Given
from neurosim.markup.build import EQUALS, number, number_of_text, words
from neurosim.markup.tree import Markup, Row, Symbol
from neurosim.numbers.format import HAIR_SPACE, format_number

ROWS = 15
"""Versions in one table: it stays on one page."""

NOTHING = words(" ")


def answer_tables(sheets: Worksheets) -> Iterator[tuple[str, tuple[Given, ...]]]:
    """For each exercise its title and its tables, with a column for each box that a version may have."""
    if not sheets.versions:
        return
    for place, variant in enumerate(sheets.versions[0].exercises):
        drafts = [version.exercises[place].draft for version in sheets.versions]
        columns = _columns(drafts)
        headings = (words("Version"), *(heading or NOTHING for heading in columns.values()))
        rows = [
            (Symbol(str(version.number), "number"), *_cells(draft, columns))
            for version, draft in zip(sheets.versions, drafts, strict=True)
        ]
        tables = tuple(Given(headings, tuple(rows[i : i + ROWS])) for i in range(0, len(rows), ROWS))
        yield variant.title, tables


def _columns(drafts: list[Draft]) -> dict[str, Markup | None]:
    """The heading of each box by its id, in the order of the longest exercise; ``None`` where versions differ in it."""
    found: dict[str, Markup | None] = {}
    for draft in sorted(drafts, key=lambda one: -len(one.labels)):
        for box, label in zip(draft.question.fields, draft.labels, strict=True):
            same = box.id not in found or found[box.id] == label
            found[box.id] = label if same else None
    return found


def _cells(draft: Draft, columns: Mapping[str, Markup | None]) -> Iterator[Markup]:
    boxes = {box.id: place for place, box in enumerate(draft.question.fields)}
    for name, heading in columns.items():
        if name not in boxes:
            yield NOTHING
            continue
        place = boxes[name]
        answer = _cell(draft.question.fields[place], draft.answers[place])
        yield answer if heading is not None else Row((draft.labels[place], EQUALS, answer))


def _cell(box: Question, answer: Markup) -> Markup:
    """The exact answer alone, or four digits; a formula as it is."""
    expected = box.expected
    if expected is None or isinstance(expected, str | tuple):
        return answer
    if isinstance(expected, Fraction):
        return number(expected)
    return number_of_text(format_number(expected, "decimal").lstrip(f"~{HAIR_SPACE}"))
