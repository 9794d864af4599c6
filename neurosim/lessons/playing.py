"""Where a page leads without a window: the state at each stage of each page, as the lesson itself brings it about."""

from __future__ import annotations

from dataclasses import replace

from neurosim.document.state import DocumentState
from neurosim.lessons.commands import Command, Place, carry_out
from neurosim.lessons.lesson import Lesson, Page, Predict, Reveal
from neurosim.lessons.variants import make_variant


def start_of(
    lesson: Lesson, index: int, before: DocumentState | None = None, given: DocumentState | None = None
) -> Place:
    """The state with which page *index* begins, before its own commands.

    A page that names no document goes on where the page before it ends. *before* lends what the lesson says nothing
    of: the view and the lesson part of a document. *given* stands in for the page's own document.
    """
    if given is not None:
        return Place(_with(before or DocumentState(), given))
    for at in range(index, -1, -1):
        name = lesson.pages[at].start
        if name or at == 0:
            base = before or DocumentState()
            found = lesson.documents.get(name)
            if found is not None:
                base = _with(base, found)
            place = Place(base)
            for passed in lesson.pages[at:index]:
                place = _through(lesson, passed, place, len(passed.stages))
            return place
    raise IndexError(f"there is no page {index}")


def _with(state: DocumentState, found: DocumentState) -> DocumentState:
    return replace(state, network=found.network, dataset=found.dataset, training=found.training)


def entered(
    lesson: Lesson, index: int, before: DocumentState | None = None, given: DocumentState | None = None
) -> Place:
    """The state in which a page is met, after its own commands: what ``start:`` speaks of.

    Raises:
        CommandError: a command cannot be carried out.
    """
    return _through(lesson, lesson.pages[index], start_of(lesson, index, before, given), 0)


def state_at(
    lesson: Lesson,
    index: int,
    stage: int = 0,
    before: DocumentState | None = None,
    given: DocumentState | None = None,
) -> Place:
    """The state at *stage* of page *index*: after everything that was revealed until then (0: on entering it).

    Raises:
        CommandError: a command cannot be carried out.
    """
    return _through(lesson, lesson.pages[index], start_of(lesson, index, before, given), stage + 1)


def _through(lesson: Lesson, page: Page, place: Place, stages: int) -> Place:
    for command in page.commands:
        place = carry_out(place, command, lesson.documents)
    for stage in range(min(stages, len(page.stages))):
        for command in commands_on(page, stage):
            place = carry_out(place, command, lesson.documents)
    return place


def commands_on(page: Page, stage: int) -> tuple[Command, ...]:
    """What the program does when *stage* of a page is revealed: what the prediction before it and its lines say."""
    stages = page.stages
    found: list[Command] = []
    if stage > 0:
        found += [command for block in stages[stage - 1] if isinstance(block, Predict) for command in block.commands]
    found += [command for block in stages[stage] if isinstance(block, Reveal) for command in block.commands]
    return tuple(found)


def other_numbers(page: Page, seed: int) -> DocumentState | None:
    """The document with which a page comes back: the same neuron on other, friendly numbers; ``None``: it does not."""
    return make_variant(page.again, seed).draft.state if page.again else None
