"""What an exercise with numbers of its own is: what is given, what is asked, and the lines that lead to it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from neurosim.document.state import DocumentState
from neurosim.lessons.question import Question
from neurosim.markup.tree import Markup
from neurosim.records import dataclass


@dataclass(frozen=True)
class SolutionLine:
    """One line of the solution.

    Attributes:
        title: what is done, in words.
        formulas: the equations, one under the other.
    """

    title: str
    formulas: tuple[Markup, ...]


@dataclass(frozen=True)
class Given:
    """A table that is given: headings, and rows of as many cells."""

    headings: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


@dataclass(frozen=True)
class Draft:
    """A variant as its kind makes it, before it has a name.

    Attributes:
        task: what is to be done, in one or two sentences.
        givens: formulas that are given.
        tables: tables that are given.
        state: the document to begin with; ``None`` of exercises without a network.
        question: of the kind ``fields``: one box for each answer.
        labels: what stands before each box.
        answers: what belongs into each box, the equations' right sides.
        lines: the solution.
    """

    task: str
    givens: tuple[Markup, ...]
    tables: tuple[Given, ...]
    state: DocumentState | None
    question: Question
    labels: tuple[Markup, ...]
    answers: tuple[Markup, ...]
    lines: tuple[SolutionLine, ...]


@dataclass(frozen=True)
class Variant:
    """An exercise, the same for the same kind and seed for ever.

    Attributes:
        kind: the name of its kind.
        seed: from which it was made.
        title: of its kind.
        draft: what it holds.
    """

    kind: str
    seed: int
    title: str
    draft: Draft

    @property
    def code(self) -> str:
        """What is printed on a sheet so that its key is found: ``gradient_step 7``."""
        return f"{self.kind} {self.seed}"


@dataclass(frozen=True)
class VariantKind:
    """A kind of exercise.

    Attributes:
        name: in commands and lesson files.
        title: over the exercise.
        help: one sentence on what is practised.
        slides: of the lecture, whose numbers it varies.
        attempt: one try with numbers drawn from a generator; ``None`` when they are not friendly.
        order: place in lists.
    """

    name: str
    title: str
    help: str
    slides: str
    attempt: Callable[[Random], Draft | None]
    order: int = 100
