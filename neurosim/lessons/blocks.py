"""Reads the blocks of a page: question, worked, predict, reveal and teacher."""

from __future__ import annotations

import re
from collections.abc import Callable

from neurosim.algebra.errors import ParseError
from neurosim.algebra.parse import parse
from neurosim.lessons.commands import Command, CommandError, read_command
from neurosim.lessons.faults import Faults
from neurosim.lessons.fields import Entry, Fields, read_entries
from neurosim.lessons.formulas import FormulaError, read_formula
from neurosim.lessons.lesson import Ask, Block, Box, Choice, Note, Predict, Reveal
from neurosim.lessons.markdown import read_blocks, read_spans
from neurosim.lessons.question import Form, Kind, Rounding
from neurosim.lessons.sorting import read_sorting
from neurosim.lessons.text import Spans

_FORMS: tuple[Form, ...] = ("any", "fraction", "reduced", "decimal", "as_written")
_KINDS: tuple[Kind, ...] = ("number", "expression", "choice", "fields")
_ONE_REFERENCE = re.compile(r"\{([^{}]+)\}")
_DO = re.compile(r"do:\s+(.*)$")
HINTS = 3


class BlockReader:
    """Reads the blocks of one lesson and sees to it that no id is used twice."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._ids: dict[str, int] = {}
        self._kinds: dict[str, Callable[[str, list[str], int], Block | None]] = {
            "question": self._question,
            "worked": self._worked,
            "predict": self._predict,
            "reveal": self._reveal,
            "teacher": self._teacher,
        }

    def read(self, kind: str, name: str, lines: list[str], line: int) -> Block | None:
        """The block of that *kind* whose opening line is *line*; ``None`` after a mistake."""
        if kind not in self._kinds:
            known = ", ".join((*self._kinds, "page"))
            self._faults.add(line, f'there is no block "{kind}"', f"known are {known}")
            return None
        if kind in {"question", "worked", "predict"}:
            if not name:
                self._faults.add(line, f"the {kind} has no name", f"write ```{kind} NAME, unique in the lesson")
                return None
            self._claim(name, line)
        return self._kinds[kind](name, lines, line)

    def _claim(self, name: str, line: int) -> None:
        if name in self._ids:
            self._faults.add(line, f'the name "{name}" is used on line {self._ids[name]} already', "choose another")
        self._ids[name] = line

    def _spans(self, text: str, line: int) -> Spans:
        return read_spans(text, line, self._faults)

    # -- questions -------------------------------------------------------------------------------------------------

    def _question(self, name: str, lines: list[str], line: int) -> Ask:
        fields = self._fields(lines, "question", line)
        word = fields.one("kind", default="number")
        kind = next((known for known in _KINDS if known == word), None)
        if kind is None:
            self._faults.add(line, f'there is no kind of question "{word}"', f"known are {', '.join(_KINDS)}")
            return Ask(name, (), line=line)  # what else it says can only be judged when its kind is known
        prompt = self._spans(fields.one("ask"), line)
        why = self._spans(fields.one("why", default=""), line)
        if kind == "choice":
            choices, right = self._choices(fields, line)
            hints = self._hints(fields, "", line, needed=False)
            fields.finish()
            return Ask(name, prompt, (), choices, right, hints, why, line)
        if kind == "fields":
            boxes = tuple(
                self._box(entry.name, entry.value, entry.line, fields, "number") for entry in fields.all("box")
            )
            if not boxes:
                self._faults.add(line, "the question has no box", 'add lines "box NAME: label | formula"')
        else:
            answer = fields.one("answer")
            boxes = (self._box(name, f" | {answer}", line, fields, kind or "number", named=False),)
        fields.finish()
        return Ask(name, prompt, boxes, why=why, line=line)

    def _box(self, name: str, text: str, line: int, fields: Fields, kind: Kind, named: bool = True) -> Box:
        """A box; *named* ones are told apart by their names in the lines of the block."""
        own = name if named else ""
        if named:
            if name:
                self._claim(name, line)
            else:
                self._faults.add(line, "the box has no name", 'write "box NAME: label | formula"')
        label, bar, formula = text.rpartition(" | ")
        if not bar:
            self._faults.add(line, f'"{text}" has no answer', 'write "label | formula" with a bar between spaces')
        formula = formula.strip()
        self._check_formula(formula, kind, line)
        only = _ONE_REFERENCE.fullmatch(formula)
        form_name = fields.one("form", own, default="any")
        form = next((known for known in _FORMS if known == form_name.replace(" ", "_")), None)
        if form is None:
            self._faults.add(line, f'there is no form "{form_name}"', f"known are {', '.join(_FORMS)}")
        return Box(
            id=name,
            label=self._spans(label, line),
            formula=formula,
            kind=kind,
            hints=self._hints(fields, own, line, needed=True),
            form=form or "any",
            preferred=fields.one("preferred", own, default=""),
            about=fields.one("about", own, default=only[1] if only is not None else ""),
            rounding=self._rounding(fields.one("digits", own, default=""), line),
            line=line,
            where=self._where(fields, own),
        )

    def _where(self, fields: Fields, name: str) -> tuple[tuple[str, str], ...]:
        """What symbols of an expression stand for: lines ``where: ŷ = a x + b``."""
        found = []
        for entry in fields.all("where", name):
            symbol, sign, formula = (part.strip() for part in entry.value.partition("="))
            if not sign or not symbol or not formula:
                self._faults.add(
                    entry.line, f'"{entry.value}" says not what stands for what', "write where: z = a x + b"
                )
                continue
            try:
                parse(formula)
            except ParseError as error:
                self._faults.add(entry.line, str(error), "write a formula behind the =")
            found.append((symbol, formula))
        return tuple(found)

    def _check_formula(self, formula: str, kind: Kind, line: int) -> None:
        try:
            if kind == "expression":
                parse(formula)
            else:
                read_formula(formula)
        except (FormulaError, ParseError) as error:
            self._faults.add(line, str(error), "write numbers, + - * / ^ ( ) and references such as {loss}")

    def _rounding(self, text: str, line: int) -> Rounding:
        if not text:
            return Rounding()
        if not text.isdigit() or not 1 <= int(text) <= 15:
            self._faults.add(line, f'"{text}" is no number of digits', "write a whole number from 1 to 15")
            return Rounding()
        return Rounding(digits=int(text))

    def _hints(self, fields: Fields, name: str, line: int, needed: bool) -> tuple[Spans, ...]:
        entries = fields.all("hint", name)
        if len(entries) != HINTS and (needed or entries):
            of = f' of "{name}"' if name else ""
            self._faults.add(
                entries[0].line if entries else line,
                f"there are {len(entries)} hints{of}",
                "write three: what to look at, which rule or direction, the line worked out",
            )
        return tuple(self._spans(entry.value, entry.line) for entry in entries)

    def _choices(self, fields: Fields, line: int) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
        choices = []
        for entry, message in fields.with_messages():
            said = self._spans(message.value, message.line) if message is not None else ()
            choices.append(Choice(entry.name, self._spans(entry.value, entry.line), said, entry.value))
        ids = [choice.id for choice in choices]
        if len(choices) < 2:
            self._faults.add(line, "there is nothing to choose from", 'write two or more lines "- name: text"')
        for name in {name for name in ids if ids.count(name) > 1}:
            self._faults.add(line, f'two options have the name "{name}"', "give each its own")
        right = fields.listed("right")
        if not right:
            self._faults.add(line, 'there is no "right:"', "name the right option")
        for name in right:
            if name not in ids:
                self._faults.add(line, f'"{name}" in "right:" is no option', f"options are {', '.join(ids)}")
        return tuple(choices), right

    def _worked(self, name: str, lines: list[str], line: int) -> Ask:
        fields = self._fields(lines, "worked calculation", line)
        prompt = self._spans(fields.one("ask"), line)
        why = self._spans(fields.one("why", default=""), line)
        entries = fields.all("line")
        if not entries:
            self._faults.add(line, "the worked calculation has no line", 'add lines "line NAME: label | formula"')
        blanks = fields.one("blanks")
        count = len(entries) if blanks == "all" else int(blanks) if blanks.isdigit() else -1
        if not 0 <= count <= len(entries):
            self._faults.add(
                line, f'"{blanks}" is no number of blanks', f"write a number from 0 to {len(entries)}, or all"
            )
        boxes = []
        for index, entry in enumerate(entries):
            given = index < len(entries) - count
            if given:
                self._claim(entry.name, entry.line)
                boxes.append(self._given(entry, fields))
            else:
                boxes.append(self._box(entry.name, entry.value, entry.line, fields, "number"))
        fields.finish()
        return Ask(name, prompt, tuple(boxes), why=why, line=line)

    def _given(self, entry: Entry, fields: Fields) -> Box:
        """A line of a worked calculation that is shown; what belongs to its box has no use here."""
        label, _, formula = entry.value.rpartition(" | ")
        formula = formula.strip()
        self._check_formula(formula, "number", entry.line)
        fields.all("hint", entry.name)
        only = _ONE_REFERENCE.fullmatch(formula)
        about = fields.one("about", entry.name, default=only[1] if only is not None else "")
        return Box(entry.name, self._spans(label, entry.line), formula, about=about, given=True, line=entry.line)

    # -- the others ------------------------------------------------------------------------------------------------

    def _predict(self, name: str, lines: list[str], line: int) -> Predict:
        fields = self._fields(lines, "prediction", line)
        kind = fields.one("kind", default="choice")
        if kind == "sort":
            return read_sorting(name, fields, line, self._faults)
        if kind != "choice":
            self._faults.add(line, f'there is no kind of prediction "{kind}"', "known are choice, sort")
        prompt = self._spans(fields.one("ask"), line)
        outcome = fields.one("outcome", default="")
        if outcome:
            self._check_formula(outcome, "number", line)
        because = self._spans(fields.one("because"), line)
        commands = []
        for entry in fields.all("do"):
            commands += self._command(entry.value, entry.line)
        choices, right = self._choices(fields, line)
        if len(right) > 1:
            self._faults.add(line, 'a prediction has one "right:"', "name the option that comes true")
        fields.finish()
        return Predict(name, prompt, choices, "".join(right[:1]), outcome, tuple(commands), because, line)

    def _reveal(self, _name: str, lines: list[str], line: int) -> Reveal:
        commands: list[Command] = []
        text = []
        for number, content in enumerate(lines, line + 1):
            found = _DO.match(content)
            if found is not None:
                commands += self._command(found[1], number)
            text.append("" if found is not None else content)
        blocks = read_blocks("\n".join(text), line + 1, self._faults)
        if not blocks:
            self._faults.add(line, "the reveal says nothing", "write the line that appears")
        return Reveal(tuple(blocks), tuple(commands), line)

    def _teacher(self, _name: str, lines: list[str], line: int) -> Note:
        return Note(tuple(read_blocks("\n".join(lines), line + 1, self._faults)))

    def _command(self, text: str, line: int) -> list[Command]:
        try:
            return [read_command(text, line)]
        except CommandError as error:
            self._faults.add(line, str(error), "see the list of commands in docs/writing-lessons.md")
            return []

    def _fields(self, lines: list[str], what: str, line: int) -> Fields:
        return Fields(read_entries(lines, line + 1, self._faults), what, line, self._faults)
