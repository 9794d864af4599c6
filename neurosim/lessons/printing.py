"""A lesson as plain text, page by page, with the numbers of its own states: for the terminal and for reading over."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.lessons.asking import answers_of
from neurosim.lessons.lesson import Ask, Block, Lesson, Note, Page, Predict, Reveal
from neurosim.lessons.playing import entered, state_at
from neurosim.lessons.references import Live
from neurosim.lessons.saying import plain
from neurosim.lessons.text import Bullets, Display, Paragraph, Table
from neurosim.lessons.typeset import Typesetter
from neurosim.markup.write_text import write_text
from neurosim.numbers.format import format_number


def lesson_text(lesson: Lesson) -> str:
    """The whole lesson; every number is that of the moment at which a learner sees it."""
    lines = [f"{lesson.title} (slide {lesson.slide})", f"Goal: {lesson.goal}", f"Needs: {lesson.needs}"]
    for index, page in enumerate(lesson.pages):
        lines += ["", f"{index + 1}/{len(lesson.pages)}  {page.kind.capitalize()}: {page.title}"]
        lines += page_lines(lesson, index, page)
    return "\n".join(lines)


def page_lines(lesson: Lesson, index: int, page: Page) -> list[str]:
    """The lines of one page."""
    found: list[str] = []
    start = Live(entered(lesson, index).state)
    for stage, blocks in enumerate(page.stages):
        live = Live(state_at(lesson, index, stage).state, start=start)
        for block in blocks:
            found += [f"    {line}" for line in _block(block, Typesetter(live), live)]
    return found


def _block(block: Block, typesetter: Typesetter, live: Live) -> Iterator[str]:
    match block:
        case Paragraph(spans):
            yield plain(spans, typesetter)
        case Bullets(items, numbered):
            for number, item in enumerate(items, 1):
                yield f"{f'{number}.' if numbered else '-'} {plain(item, typesetter)}"
        case Table(head, rows):
            for row in (head, *rows):
                yield " | ".join(plain(cell, typesetter) for cell in row)
        case Display(lines):
            for line in lines:
                yield f"    {write_text(typesetter.formula(line))}"
        case Reveal(blocks, commands):
            for command in commands:
                yield f"[{command.text}]"
            for inner in blocks:
                yield from _block(inner, typesetter, live)
        case Note(blocks):
            for inner in blocks:
                yield from (f"(teacher) {line}" for line in _block(inner, typesetter, live))
        case Ask():
            yield f"? {plain(block.prompt, typesetter)}"
            for choice in block.choices:
                mark = "x" if choice.id in block.right else " "
                yield f"  [{mark}] {plain(choice.text, typesetter)}"
            yield from (f"  {line}" for line in _boxes(block, typesetter, live))
        case Predict():
            yield f"? {plain(block.prompt, typesetter)}"
            groups = {group.id: plain(group.text, typesetter) for group in block.groups}
            for choice in block.choices:
                mark = groups.get(choice.group, "x" if choice.id == block.right else " ")
                yield f"  [{mark}] {plain(choice.text, typesetter)}"
            yield f"  {plain(block.because, typesetter)}"


def _boxes(ask: Ask, typesetter: Typesetter, live: Live) -> Iterator[str]:
    values = answers_of(ask, live)
    for box in ask.boxes:
        label = plain(box.label, typesetter)
        value = values[box.id]
        answer = value if isinstance(value, str) else format_number(value)
        start = f"{label} = " if label else ""
        yield f"{start}{answer}" if box.given else f"{start}[ {answer} ]"
