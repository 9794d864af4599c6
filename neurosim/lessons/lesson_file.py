"""Reads a lesson: the front matter, the pages by their headings, and the blocks on each by ``lessons.blocks``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from neurosim import paths
from neurosim.document.json_format import DocumentFormatError, loads
from neurosim.document.state import DocumentState
from neurosim.lessons.blocks import BlockReader
from neurosim.lessons.commands import Command, CommandError, read_command
from neurosim.lessons.faults import Fault, Faults, LessonError
from neurosim.lessons.fields import Fields, read_entries
from neurosim.lessons.lesson import PAGE_KINDS, Block, Lesson, Page, PageKind, TeacherNotes
from neurosim.lessons.markdown import read_blocks, read_spans
from neurosim.lessons.variants import KINDS

TEXT = paths.LESSON_TEXT
DOCUMENT = ".neurosim"
LARGEST = 1024 * 1024
"""Bytes of a lesson's text."""

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<kind>[\w-]*)\s*(?P<name>[\w-]*)\s*(?P<rest>.*)$")
_HEADING = re.compile(r"#(?!#)\s*(?P<title>.*)$")
_REQUIRED = ("title", "slide", "goal", "needs")


def load_lesson(folder: Path) -> Lesson:
    """The lesson in *folder*.

    Raises:
        LessonError: with every mistake in its text and its documents, each with its file and line.
    """
    path = folder / TEXT
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise LessonError([Fault(str(path), 0, "there is no such file", "name the folder of a lesson")]) from None
    except OSError as error:
        raise LessonError([Fault(str(path), 0, f"it cannot be read ({error.strerror})", "check it")]) from None
    if len(data) > LARGEST:
        raise LessonError([Fault(str(path), 0, "it is larger than 1 MiB", "divide the lesson")])
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError([Fault(str(path), line, "the text is not UTF-8", "save it as UTF-8")]) from None
    files: dict[str, str] = {}
    for document in sorted(folder.glob(f"*{DOCUMENT}")):
        files[document.stem] = document.read_text(encoding="utf-8", errors="replace")
    return read_lesson(source, files, folder.resolve().name, str(path))


def read_lesson(source: str, files: Mapping[str, str], name: str, file: str = TEXT) -> Lesson:
    """The lesson that *source* says, with the texts of its start documents by name.

    Raises:
        LessonError: with every mistake.
    """
    faults = Faults(file)
    documents = _documents(files, file, faults)
    reader = _Reader(source.splitlines(), documents, faults)
    lesson = reader.read(name, source, files)
    if faults.found or lesson is None:
        raise LessonError(faults.found)
    return lesson


def _documents(files: Mapping[str, str], file: str, faults: Faults) -> dict[str, DocumentState]:
    found: dict[str, DocumentState] = {}
    for name, text in files.items():
        shown = str(Path(file).parent / f"{name}{DOCUMENT}")
        try:
            found[name] = loads(text, shown)
        except DocumentFormatError as error:
            problem, _, remedy = str(error).removeprefix(f"{shown}: ").rstrip(".").rpartition("; ")
            faults.found.append(Fault(shown, 0, problem or remedy, remedy if problem else "save it again"))
    return found


def _bundled(name: str) -> DocumentState | None:
    """A document of the program's own examples."""
    path = paths.example(name)
    return loads(path.read_text(encoding="utf-8"), str(path)) if re.fullmatch(r"\w+", name) and path.exists() else None


class _Reader:
    """One walk over the lines."""

    def __init__(self, lines: list[str], documents: dict[str, DocumentState], faults: Faults) -> None:
        self._lines = lines
        self._documents = documents
        self._faults = faults
        self._at = 0
        self._blocks = BlockReader(faults)
        self._notes: TeacherNotes | None = None

    def read(self, name: str, source: str, files: Mapping[str, str]) -> Lesson | None:
        head = self._front_matter()
        pages = self._pages()
        if not pages:
            self._faults.add(1, "the lesson has no page", 'begin one with "# Show: Its title"')
        if self._notes is None:
            self._faults.add(1, "the lesson has no teacher's notes", "add a block ```teacher``` before the first page")
            return None
        return Lesson(
            name=name,
            title=head.get("title", ""),
            goal=head.get("goal", ""),
            slide=head.get("slide", ""),
            needs=head.get("needs", ""),
            pages=tuple(pages),
            notes=self._notes,
            documents=MappingProxyType(self._documents),
            source=source,
            files=MappingProxyType(dict(files)),
        )

    def _front_matter(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not self._lines or self._lines[0].strip() != "---":
            self._faults.add(1, "the lesson does not begin with ---", "write title, slide, goal, needs between two ---")
            return found
        closed = False
        for at, content in enumerate(self._lines[1:], 2):
            text = content.strip()
            self._at = at
            if text == "---":
                closed = True
                break
            if _begins(content):
                self._at -= 1
                break
            key, colon, value = (part.strip() for part in text.partition(":"))
            if text and (not colon or key not in _REQUIRED):
                self._faults.add(at, f'"{key}" is not known before the first page', f"known: {', '.join(_REQUIRED)}")
            elif text:
                found[key] = value
        if not closed:
            self._faults.add(1, "the lines at the top are never closed", "write --- below them")
        for key in _REQUIRED:
            if not found.get(key):
                self._faults.add(1, f'"{key}" is missing at the top', f'add a line "{key}: ..."')
        return found

    # -- pages -----------------------------------------------------------------------------------------------------

    def _pages(self) -> list[Page]:
        pages: list[Page] = []
        page: _Page | None = None
        text: list[str] = []
        first = self._at + 1
        while self._at < len(self._lines):
            line = self._lines[self._at]
            heading, fence = _HEADING.match(line), _FENCE.match(line)
            if heading is None and fence is None:
                text.append(line)
                self._at += 1
                continue
            self._text(text, first, page)
            text = []
            if heading is not None:
                if page is not None:
                    pages.append(page.done())
                page = self._begin(heading["title"], self._at + 1)
                self._at += 1
            elif fence is not None:
                self._fence(fence, page)
            first = self._at + 1
        self._text(text, first, page)
        if page is not None:
            pages.append(page.done())
        return pages

    def _begin(self, heading: str, line: int) -> _Page:
        word, colon, title = heading.partition(":")
        kind = next((known for known in PAGE_KINDS if known == word.strip().lower()), None)
        if kind is None or not colon or not title.strip():
            names = ", ".join(f"# {known.capitalize()}: ..." for known in PAGE_KINDS)
            self._faults.add(line, f'"# {heading}" does not say what kind of page it is', f"write one of {names}")
        return _Page(kind or "show", title.strip() or heading, line)

    def _text(self, lines: list[str], first: int, page: _Page | None) -> None:
        while lines and not lines[0].strip():
            lines, first = lines[1:], first + 1
        if not lines:
            return
        if page is None:
            self._faults.add(first, "text before the first page", 'begin a page with "# Show: Its title"')
            return
        page.blocks.extend(read_blocks("\n".join(lines), first, self._faults))

    def _fence(self, fence: re.Match[str], page: _Page | None) -> None:
        opened = self._at + 1
        inside: list[str] = []
        self._at += 1
        while self._at < len(self._lines) and self._lines[self._at].strip() != fence["fence"]:
            if _begins(self._lines[self._at]):
                break
            inside.append(self._lines[self._at])
            self._at += 1
        if self._at == len(self._lines):
            self._faults.add(opened, "the block is never closed", f"write {fence['fence']} on a line below it")
        elif _begins(self._lines[self._at]):
            before = f"the block is not closed before line {self._at + 1}"
            self._faults.add(opened, before, f"write {fence['fence']} on a line of its own at its end")
            self._at -= 1  # what begins there is read next
        self._at += 1
        kind, name = fence["kind"], fence["name"]
        if fence["rest"]:
            self._faults.add(opened, f'"{fence["rest"]}" behind the block\'s name', "write the kind and one name")
        if page is None:
            self._before(kind, inside, opened)
        elif kind == "page":
            self._page_block(page, inside, opened)
        else:
            block = self._blocks.read(kind, name, inside, opened)
            if block is not None:
                page.blocks.append(block)

    def _before(self, kind: str, inside: list[str], line: int) -> None:
        if kind != "teacher":
            self._faults.add(line, f'a block "{kind}" before the first page', "only teacher has a place there")
            return
        fields = Fields(read_entries(inside, line + 1, self._faults), "teacher's notes", line, self._faults)
        found = []
        for key, least in (("misconception", 1), ("ask", 3), ("leaves out", 1)):
            entries = fields.all(key)
            if len(entries) < least:
                need = f"{least} lines" if least > 1 else "a line"
                self._faults.add(line, f'the teacher\'s notes have too few "{key}:"', f'write {need} "{key}: ..."')
            found.append(tuple(read_spans(entry.value, entry.line, self._faults) for entry in entries))
        fields.finish()
        self._notes = TeacherNotes(*found)

    def _page_block(self, page: _Page, inside: list[str], line: int) -> None:
        fields = Fields(read_entries(inside, line + 1, self._faults), "page block", line, self._faults)
        page.start = fields.one("start", default="")
        if page.start and page.start not in self._documents:
            bundled = _bundled(page.start)
            if bundled is None:
                self._faults.add(
                    line,
                    f'there is no document "{page.start}"',
                    f"put {page.start}{DOCUMENT} into the folder or name an example such as lecture",
                )
            else:
                self._documents[page.start] = bundled
        page.hide, page.lock = fields.listed("hide"), fields.listed("lock")
        page.fades = fields.one("fades", default="")
        page.again = fields.one("again", default="")
        if page.again and page.again not in KINDS:
            self._faults.add(line, f'there is no kind of exercise "{page.again}"', f"known are {', '.join(KINDS)}")
        page.commands = read_commands(fields, "do")
        fields.finish()


def _begins(line: str) -> bool:
    """Whether a page or a block begins on *line*."""
    fence = _FENCE.match(line)
    return _HEADING.match(line) is not None or (fence is not None and bool(fence["kind"]))


def read_commands(fields: Fields, key: str) -> tuple[Command, ...]:
    """The commands of every entry with that key."""
    found = []
    for entry in fields.all(key):
        try:
            found.append(read_command(entry.value, entry.line))
        except CommandError as error:
            fields.faults.add(entry.line, str(error), "see the list of commands in docs/writing-lessons.md")
    return tuple(found)


class _Page:
    """A page while it is read."""

    def __init__(self, kind: PageKind, title: str, line: int) -> None:
        self.kind: PageKind = kind
        self.title = title
        self.line = line
        self.blocks: list[Block] = []
        self.start = ""
        self.commands: tuple[Command, ...] = ()
        self.hide: tuple[str, ...] = ()
        self.lock: tuple[str, ...] = ()
        self.fades = ""
        self.again = ""

    def done(self) -> Page:
        return Page(
            self.title, self.kind, tuple(self.blocks), self.start, self.commands, self.hide, self.lock, self.fades,
            self.line, self.again,
        )  # fmt: skip
