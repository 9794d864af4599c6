"""A lesson as one frozen value: its pages, what stands on them, and what they ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from neurosim.document.state import DocumentState
from neurosim.lessons.commands import Command
from neurosim.lessons.question import Form, Kind, Rounding
from neurosim.lessons.text import Bullets, Display, Paragraph, Spans, Table
from neurosim.records import dataclass, field

PageKind = Literal["show", "predict", "your turn", "explore"]
PAGE_KINDS: tuple[PageKind, ...] = ("show", "predict", "your turn", "explore")


PLAIN_ROUNDING = Rounding()


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from, and what is said to whoever chooses it.

    Attributes:
        group: of something to be sorted, the group that it belongs to; what is said is then said to whoever puts it
            elsewhere.
    """

    id: str
    text: Spans
    message: Spans = ()
    source: str = ""
    group: str = ""


@dataclass(frozen=True)
class Box:
    """A place for one typed answer, or a line of a worked calculation that is given.

    Attributes:
        id: unique in its lesson.
        label: what stands before it.
        formula: the answer as a formula over the live state and earlier boxes; of an expression, its text.
        hints: up to three: what to look at; which direction or rule; the line worked out.
        given: whether it is shown instead of asked.
        where: of an expression, what its symbols stand for, so that an answer may use either.
    """

    id: str
    label: Spans
    formula: str
    kind: Kind = "number"
    hints: tuple[Spans, ...] = ()
    form: Form = "any"
    preferred: str = ""
    about: str = ""
    rounding: Rounding = PLAIN_ROUNDING
    given: bool = False
    line: int = 0
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ask:
    """A question: boxes, or options to choose from.

    Attributes:
        id: unique in its lesson.
        prompt: what is asked.
        boxes: of typed answers; one of them for a plain question.
        choices: of a choice, in the order shown.
        right: the ids of the right choices.
        hints: of a choice; those of typed answers belong to their boxes.
        why: shown once it is answered.
    """

    id: str
    prompt: Spans
    boxes: tuple[Box, ...] = ()
    choices: tuple[Choice, ...] = ()
    right: tuple[str, ...] = ()
    hints: tuple[Spans, ...] = ()
    why: Spans = ()
    line: int = 0

    @property
    def asked(self) -> tuple[Box, ...]:
        """The boxes that are to be filled in."""
        return tuple(box for box in self.boxes if not box.given)


@dataclass(frozen=True)
class Predict:
    """A prediction, committed before what follows is revealed.

    Attributes:
        choices: what can be predicted; where there are *groups*, what is to be sorted into them.
        right: the choice that comes true; of a sorting, as ``sorted_text`` writes it.
        groups: the groups to sort into; none for a plain choice.
        outcome: the live number that is shown beside the prediction once it is revealed; empty: none.
        commands: what happens on the reveal.
        because: the reason, shown with the outcome.
    """

    id: str
    prompt: Spans
    choices: tuple[Choice, ...] = ()
    right: str = ""
    outcome: str = ""
    commands: tuple[Command, ...] = ()
    because: Spans = ()
    line: int = 0
    groups: tuple[Choice, ...] = ()


def sorted_text(places: Mapping[str, str]) -> str:
    """A sorting as one text, as it is kept: ``adding=same, spikes=different``."""
    return ", ".join(f"{name}={group}" for name, group in places.items())


def sorted_places(text: str) -> Mapping[str, str]:
    """The group of each item by its name, from that text; what is no pair is passed over."""
    pairs = (part.strip().partition("=") for part in text.split(","))
    return MappingProxyType({name: group for name, sign, group in pairs if sign and name and group})


@dataclass(frozen=True)
class Reveal:
    """A line that appears when the learner goes on, and what the program does with it."""

    blocks: tuple[Paragraph | Bullets | Table | Display, ...]
    commands: tuple[Command, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Note:
    """What only the teacher sees."""

    blocks: tuple[Paragraph | Bullets | Table | Display, ...]


Block = Paragraph | Bullets | Table | Display | Reveal | Ask | Predict | Note


@dataclass(frozen=True)
class Page:
    """One idea.

    Attributes:
        title: of the page.
        kind: what the learner does here.
        blocks: from top to bottom.
        start: the document that it begins with; empty: it goes on from the page before.
        commands: what is done when it is entered.
        hide, lock: what the learner may not see or not change here, see ``neurosim.lessons.hands``.
        again: the kind of exercise whose numbers the page takes when it comes back with others; empty: it does not.
        fades: the name of a row of pages whose blanks grow from the end; empty: none.
        line: where it begins in the file.
    """

    title: str
    kind: PageKind
    blocks: tuple[Block, ...]
    start: str = ""
    commands: tuple[Command, ...] = ()
    hide: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    fades: str = ""
    line: int = 0
    again: str = ""

    @property
    def stages(self) -> tuple[tuple[Block, ...], ...]:
        """The blocks by the moment at which they are revealed: a reveal begins one, a prediction ends one."""
        found: list[list[Block]] = [[]]
        for block in self.blocks:
            if isinstance(block, Reveal) and found[-1]:
                found.append([])
            found[-1].append(block)
            if isinstance(block, Predict):
                found.append([])
        if len(found) > 1 and not found[-1]:
            found[-1] = []  # what a prediction reveals at the foot of a page is its outcome alone
        return tuple(map(tuple, found))

    @property
    def questions(self) -> tuple[Ask, ...]:
        """What is asked on the page."""
        return tuple(block for block in self.blocks if isinstance(block, Ask))

    @property
    def predictions(self) -> tuple[Predict, ...]:
        """What is to be predicted on the page."""
        return tuple(block for block in self.blocks if isinstance(block, Predict))


@dataclass(frozen=True)
class TeacherNotes:
    """What a teacher should know: likely misconceptions, questions to ask, and what the model leaves out."""

    misconceptions: tuple[Spans, ...]
    ask: tuple[Spans, ...]
    leaves_out: tuple[Spans, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson as it was read.

    Attributes:
        name: the folder's name, such as ``12_worked_step``.
        title, goal: in a line each.
        slide: the slides of the lecture that it plays, such as ``12`` or ``7-8``.
        needs: what a learner has to know before.
        documents: the start documents by the name used in the text.
        source: the text of ``lesson.md``; ``files``: the start documents' texts, so that a document can carry both.
    """

    name: str
    title: str
    goal: str
    slide: str
    needs: str
    pages: tuple[Page, ...]
    notes: TeacherNotes
    documents: Mapping[str, DocumentState] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def asks(self) -> Iterator[tuple[int, Ask]]:
        """Every question with the index of its page."""
        for index, page in enumerate(self.pages):
            for ask in page.questions:
                yield index, ask

    def ask(self, identifier: str) -> Ask | None:
        """The question with that id."""
        return next((ask for _, ask in self.asks() if ask.id == identifier), None)
