"""Checks a lesson as a whole: every page can be entered, every answer is reached, and the text keeps to its measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from neurosim.algebra.errors import ParseError
from neurosim.algebra.parse import parse
from neurosim.lessons.answers import check
from neurosim.lessons.asking import given_answer, question_of
from neurosim.lessons.commands import ARRANGEMENTS, DERIVATIONS, LEDGER, Command, CommandError
from neurosim.lessons.faults import Fault, Faults
from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.hands import HandError, hand_of
from neurosim.lessons.lesson import Ask, Block, Box, Lesson, Note, Page, Predict, Reveal
from neurosim.lessons.playing import entered, other_numbers, state_at
from neurosim.lessons.question import Question
from neurosim.lessons.references import Live
from neurosim.lessons.saying import words_in
from neurosim.lessons.text import Bullets, Display, LiveNumber, Maths, Paragraph, Spans, Table, Words, live_of
from neurosim.markup.tree import Symbol, walk
from neurosim.records import dataclass

WORDS_MOST = 60
"""Words of running text that a page may have besides its revealed lines, its questions and its formulas."""
LINE_MOST = 40
"""Words of a revealed line."""

_ABOUT = ("squares", "product", "share", "bend", "logarithm")
"""Quantities that a box can be about besides those that have a live number."""

_RECIPE = re.compile(r"\b(click|press|drag the)\b", re.IGNORECASE)


def check_lesson(lesson: Lesson, file: str, panels: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Every mistake that only shows when the lesson is played; none for a lesson that can be given.

    *panels* are the names of the panels that there are; without them panels are not checked.
    """
    faults = Faults(file)
    known = tuple(panels)
    for index, page in enumerate(lesson.pages):
        _check_kind(page, faults)
        _check_measure(page, faults)
        _check_hands(page, faults)
        if _check_stages(lesson, index, faults):
            _check_live(lesson, index, faults)
            _check_again(lesson, index, faults)
        if known:
            _check_panels(page, known, faults)
    _check_fading(lesson, faults)
    return tuple(
        sorted(set(faults.found), key=lambda fault: fault.place)
    )  # a page that goes on from another one meets its mistakes again


# -- what a page is for ----------------------------------------------------------------------------------------------


def _check_kind(page: Page, faults: Faults) -> None:
    reveals = any(isinstance(block, Reveal) for block in page.blocks)
    choices = any(ask.choices for ask in page.questions)
    if page.kind == "show" and reveals and not choices:
        faults.add(page.line, "a worked page without a why", "add a question of kind choice that asks for the rule")
    if page.kind == "predict" and not page.predictions:
        faults.add(page.line, "a Predict page without a prediction", "add a block ```predict NAME")
    if page.kind == "your turn" and not page.questions:
        faults.add(page.line, "a Your turn page that asks nothing", "add a block ```question NAME")
    if page.kind == "explore":
        text = " ".join(span.text for spans in _texts(page) for span in spans if isinstance(span, Words))
        asked = any(span.text.count("?") for spans in _texts(page, True) for span in spans if isinstance(span, Words))
        if not asked:
            faults.add(page.line, "an Explore page without a question", "ask one that can be found out by trying")
        recipe = _RECIPE.search(text)
        if recipe is not None:
            faults.add(page.line, f'"{recipe[0]}" on an Explore page', "ask what happens instead of saying what to do")


def _check_measure(page: Page, faults: Faults) -> None:
    running = sum(words_in(spans) for spans in _texts(page))
    if running > WORDS_MOST:
        faults.add(page.line, f"{running} words on one page", f"keep to {WORDS_MOST}, one idea a page")
    for block in page.blocks:
        if isinstance(block, Reveal):
            count = sum(words_in(spans) for inner in block.blocks for spans in _spans_of(inner))
            if count > LINE_MOST:
                faults.add(block.line, f"{count} words in one revealed line", f"keep to {LINE_MOST}")


def _texts(page: Page, questions: bool = False) -> Iterator[Spans]:
    for block in page.blocks:
        if isinstance(block, Ask | Predict):
            if questions:
                yield block.prompt
        elif not isinstance(block, Reveal | Note):
            yield from _spans_of(block)


def _spans_of(block: Block) -> Iterator[Spans]:
    """Every text that stands in a block."""
    match block:
        case Paragraph(spans):
            yield spans
        case Bullets(items):
            yield from items
        case Table(head, rows):
            yield from head
            for row in rows:
                yield from row
        case Display(lines):
            for line in lines:
                yield (Maths(line),)
        case Reveal() | Note():
            for inner in block.blocks:
                yield from _spans_of(inner)
        case Ask():
            yield from (block.prompt, block.why, *block.hints)
            for choice in block.choices:
                yield from (choice.text, choice.message)
            for box in block.boxes:
                yield from (box.label, *box.hints)
        case Predict():
            yield from (block.prompt, block.because)
            for choice in (*block.groups, *block.choices):
                yield from (choice.text, choice.message)


def _check_hands(page: Page, faults: Faults) -> None:
    for hide, lock in (*(((what,), ()) for what in page.hide), *(((), (what,)) for what in page.lock)):
        try:
            hand_of(hide, lock)
        except HandError as error:
            faults.add(page.line, str(error), "see the list in docs/writing-lessons.md")


def _check_panels(page: Page, known: tuple[str, ...], faults: Faults) -> None:
    plain = {name.replace("_", "") for name in known} | {"inspector", "lesson"}
    for command in _commands(page):
        if command.verb in {"open panel", "close panel"}:
            name = command.arguments[0]
            if name.lower().replace("_", "").replace("-", "") not in plain:
                faults.add(command.line, f"there is no panel {name}", f"there are {', '.join(sorted(known))}")
        elif command.verb == "differentiate":
            try:
                parse(" ".join(command.arguments))
            except ParseError as error:
                faults.add(command.line, f"the function cannot be read: {error}", "write it as it would be typed")
        elif command.verb == "arrange" and command.arguments[0] not in ARRANGEMENTS:
            faults.add(
                command.line,
                f"there is no arrangement {command.arguments[0]}",
                f"there are {', '.join(ARRANGEMENTS)}",
            )
        elif command.verb == "ledger" and command.arguments[0] not in LEDGER:
            faults.add(
                command.line, f"the ledger has no stage {command.arguments[0]}", f"there are {', '.join(LEDGER)}"
            )
        elif command.verb == "derivation" and command.arguments[0] not in DERIVATIONS:
            faults.add(
                command.line, f"there is no derivation {command.arguments[0]}", f"there are {', '.join(DERIVATIONS)}"
            )


# -- what a page does ------------------------------------------------------------------------------------------------


def _check_stages(lesson: Lesson, index: int, faults: Faults) -> bool:
    page = lesson.pages[index]
    if index == 0 and not page.start:
        faults.add(page.line, "the first page names no document", "add a block ```page with start: lecture")
        return False
    try:
        for stage in range(len(page.stages)):
            state_at(lesson, index, stage)
    except CommandError as error:
        faults.add(error.line or page.line, str(error), "see the list of commands in docs/writing-lessons.md")
        return False
    for command in _commands(page):
        _check_shown(lesson, index, command, faults)
    return True


def _commands(page: Page) -> Iterator[Command]:
    yield from page.commands
    for block in page.blocks:
        if isinstance(block, Reveal | Predict):
            yield from block.commands


def _check_shown(lesson: Lesson, index: int, command: Command, faults: Faults) -> None:
    """Whether what a command shows exists at the end of its page."""
    state = state_at(lesson, index, len(lesson.pages[index].stages)).state
    names: set[str] = set()
    if command.verb == "select row":
        names = {str(row + 1) for row in range(state.dataset.n_rows)}
    elif command.verb in {"select", "light"}:
        network = state.network
        names = {*network.node_by_id, *network.edge_by_id, *network.parameters, "loss"}
        names |= {f"row:{row + 1}" for row in range(state.dataset.n_rows)}
        names |= {f"output:{output.node}" for output in network.outputs}
    else:
        return
    for name in command.arguments:
        if name not in names:
            faults.add(command.line, f'"{command.text}" names {name}, which is not there', "name what the page shows")


# -- what a page says and asks ---------------------------------------------------------------------------------------


def _check_live(lesson: Lesson, index: int, faults: Faults) -> None:
    page = lesson.pages[index]
    start = Live(entered(lesson, index).state)
    for stage, blocks in enumerate(page.stages):
        live = Live(state_at(lesson, index, stage).state, start=start)
        for block in blocks:
            line = getattr(block, "line", page.line)
            boxes = {box.id for box in block.boxes} if isinstance(block, Ask) else set()
            for spans in _spans_of(block):
                _check_numbers(spans, live, boxes, _Place(lesson.source, line), faults)
            if isinstance(block, Ask):
                _check_ask(block, live, faults)
            elif isinstance(block, Predict):
                _check_prediction(block, live, Live(state_at(lesson, index, stage + 1).state, start=start), faults)


def _check_again(lesson: Lesson, index: int, faults: Faults) -> None:
    """Whether what the page asks can be asked on the other numbers that it comes back with."""
    page = lesson.pages[index]
    if not page.again:
        return
    given = other_numbers(page, 1)
    if given is None:
        faults.add(page.line, f'exercises of the kind "{page.again}" have no network', "name another kind")
        return
    for stage, blocks in enumerate(page.stages):
        try:
            live = Live(state_at(lesson, index, stage, given=given).state, start=Live(given))
            for block in blocks:
                if isinstance(block, Ask):
                    question_of(block, live)
        except (CommandError, FormulaError) as error:
            faults.add(page.line, f"with other numbers: {error}", "name a kind of exercise on the same network")


@dataclass(frozen=True)
class _Place:
    """Where a block begins in the lesson's file."""

    source: str
    line: int

    def of(self, reference: str) -> int:
        """The line from here on that names *reference*, or the block's own."""
        lines = self.source.splitlines()
        named = (at for at in range(self.line, len(lines) + 1) if f"{{{reference}" in lines[at - 1])
        return next(named, self.line)


def _check_numbers(spans: Spans, live: Live, boxes: set[str], place: _Place, faults: Faults) -> None:
    for reference in _references(spans):
        if reference in boxes:
            continue
        try:
            live.value(reference)
        except FormulaError as error:
            faults.add(place.of(reference), str(error), "write a reference of the list in docs/writing-lessons.md")


def _references(spans: Spans) -> Iterator[str]:
    for span in spans:
        if isinstance(span, LiveNumber):
            yield span.reference
        elif isinstance(span, Maths):
            for part in walk(span.markup):
                if isinstance(part, Symbol) and part.style == "number" and part.text.startswith("{"):
                    yield live_of(part.text).reference


def _check_ask(ask: Ask, live: Live, faults: Faults) -> None:
    try:
        question = question_of(ask, live)
    except FormulaError as error:
        faults.add(ask.line, str(error), "write an answer that has a value on this page")
        return
    for box in ask.boxes:
        if box.about not in {other.id for other in ask.boxes}:
            _check_about(box, live, faults)
    earlier: dict[str, Fraction | float] = {}
    lines = {box.id: box.line for box in ask.boxes}
    for part in question.fields or (question,):
        line = lines.get(part.id, ask.line)
        _check_answer(part, earlier, line, faults)
        if isinstance(part.expected, Fraction | float):
            earlier[part.id] = part.expected


def _check_about(box: Box, live: Live, faults: Faults) -> None:
    """Whether what a box is said to be about is anything: a quantity, or one that known errors know."""
    kind, _, rest = box.about.partition(":")
    if not box.about or kind in _ABOUT or (kind == "derivative" and rest):
        return
    try:
        live.value(box.about)
    except FormulaError as error:
        faults.add(box.line, f"about: {error}", "write a reference, or see docs/answers.md")


def _check_answer(question: Question, earlier: dict[str, Fraction | float], line: int, faults: Faults) -> None:
    if check("", question, earlier).is_attempt:
        faults.add(line, f'"{question.id}" takes an empty box for an answer', "ask for something that is typed")
    answer = given_answer(question)
    verdict = check(answer, question, earlier)
    if not verdict.is_right:
        said = verdict.message.rstrip(".") or verdict.state
        faults.add(line, f'the answer "{answer}" of "{question.id}" is not taken as right ({said})', "mend the answer")


def _check_prediction(predict: Predict, live: Live, after: Live, faults: Faults) -> None:
    if not predict.outcome:
        return
    found: Callable[[Live], Fraction | float] = lambda place: read_formula(predict.outcome).value(place.value)  # noqa: E731
    try:
        before, now = found(live), found(after)
    except FormulaError as error:
        faults.add(predict.line, str(error), "write an outcome that has a value on this page")
        return
    moved = "up" if now > before else "down" if now < before else "same"
    if predict.right in {"up", "down", "same"} and moved != predict.right:
        faults.add(
            predict.line,
            f'the prediction says "{predict.right}", but {predict.outcome} goes from {before} to {now}',
            f'write "right: {moved}" or mend the commands',
        )


def _check_fading(lesson: Lesson, faults: Faults) -> None:
    """Pages of one row: the blanks stand at the end, and there are never fewer than on the page before."""
    last: dict[str, int] = {}
    for page in lesson.pages:
        if not page.fades:
            continue
        boxes = [box for ask in page.questions for box in ask.boxes]
        blanks = sum(not box.given for box in boxes)
        if any(not box.given for box in boxes[: len(boxes) - blanks]):
            faults.add(page.line, "a blank stands before a line that is given", "leave the last lines blank first")
        if blanks < last.get(page.fades, 0):
            faults.add(page.line, f"{blanks} blanks after {last[page.fades]}", "let the blanks grow from page to page")
        last[page.fades] = blanks
