"""The sheets and the key of a set of worksheets, laid out on pages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from neurosim.exporters.worksheets.blocks import Answers, Beside, Block, Formulas, Line, Space, Table, Words, Worked
from neurosim.exporters.worksheets.content import Version, Worksheets
from neurosim.exporters.worksheets.diagram import Diagram
from neurosim.exporters.worksheets.glance import answer_tables
from neurosim.exporters.worksheets.ink import HAIR, RULE, text_width, write
from neurosim.exporters.worksheets.pages import PRINTED, Group, Part, write_pdf
from neurosim.lessons.variants import Variant
from neurosim.markup.build import EQUALS
from neurosim.markup.tree import Markup, Row, Symbol
from neurosim.records import dataclass


def sheets_pdf(sheets: Worksheets) -> bytes:
    """What is handed out: each version begins on a page of its own. Needs a ``QGuiApplication``."""
    return write_pdf(sheet_parts(sheets), f"{sheets.title}: worksheets")


def key_pdf(sheets: Worksheets) -> bytes:
    """The key: every version's answers and how one comes to them. Needs a ``QGuiApplication``."""
    return write_pdf(key_parts(sheets), f"{sheets.title}: key")


def sheet_parts(sheets: Worksheets) -> list[Part]:
    """The sheets, before they are cut into pages."""
    return [
        Part(
            (_Head(sheets.title, version.number), Space(6.0)),
            _exercises(version),
            f"neurosim worksheet · seed {sheets.seed} · version {version.number} · {_codes(version)}",
            squared=True,
        )
        for version in sheets.versions
    ]


def key_parts(sheets: Worksheets) -> list[Part]:
    """The key, before it is cut into pages."""
    groups = tuple(
        _solution(version, variant, first=i == 0)
        for version in sheets.versions
        for i, variant in enumerate(version.exercises)
    )
    head: Group = (Words(f"{sheets.title}: key", 15, bold=True), Line())
    foot = f"neurosim worksheet key · seed {sheets.seed}"
    parts = [Part(head, tuple(_at_a_glance(sheets)), foot)] if len(sheets.versions) > 1 else []
    return [*parts, Part(head, groups, foot)]


def _at_a_glance(sheets: Worksheets) -> Iterator[Group]:
    for title, tables in answer_tables(sheets):
        for i, given in enumerate(tables):
            heading: Group = (Words(f"{title}: answers", 12, bold=True), Space(6.0)) if i == 0 else ()
            yield (*heading, Table(given).within(PRINTED))


def _codes(version: Version) -> str:
    return ", ".join(variant.code for variant in version.exercises)


def _exercises(version: Version) -> tuple[Group, ...]:
    """Each with its heading; a single one is named by the head of the sheet."""
    if len(version.exercises) == 1:
        return (_exercise("", version.exercises[0]),)
    return tuple(_exercise(f"{i}  {one.title}", one) for i, one in enumerate(version.exercises, start=1))


def _exercise(heading: str, variant: Variant) -> Group:
    draft = variant.draft
    blocks: list[Block] = [Words(heading, 13, bold=True), Space(4.0)] if heading else []
    blocks += [Words(draft.task), Space(8.0)]
    beside: list[tuple[Block, float]] = []
    if draft.state is not None:
        picture = Diagram(draft.state.network)
        beside.append((picture, picture.width()))
    for given in draft.tables:
        table = Table(given)
        beside.append((table, table.width()))
    blocks += [Formulas(draft.givens), Space(10.0)]
    if beside:
        blocks += [Beside(tuple(beside)), Space(10.0)]
    blocks.append(Answers(draft.labels))
    return tuple(blocks)


def _solution(version: Version, variant: Variant, *, first: bool) -> Group:
    draft = variant.draft
    equations = tuple(equation(label, answer) for label, answer in zip(draft.labels, draft.answers, strict=True))
    blocks: list[Block] = [Words(f"Version {version.number}", 12, bold=True), Space(4.0)] if first else []
    blocks += [Words(f"{variant.title} ({variant.code})", 10, bold=True), Space(6.0), Formulas(draft.givens)]
    blocks += [Space(8.0), Formulas(equations), Space(8.0)]
    blocks += [Worked(line.title, line.formulas) for line in draft.lines]
    return tuple(blocks)


def equation(label: Markup, answer: Markup) -> Markup:
    """``label = answer``; a rounded answer brings its own relation."""
    about = isinstance(answer, Symbol) and answer.text.startswith("~")
    if about:
        assert isinstance(answer, Symbol)  # noqa: S101 - asked in the line above
        return Row((label, Symbol("~", "relation"), Symbol(answer.text[1:], "number")))
    return Row((label, EQUALS, answer))


@dataclass(frozen=True)
class _Head:
    """The title, the version, and the lines for a name and a date."""

    title: str
    version: int

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at every width
        return 52.0

    def paint(self, painter: QPainter, x: float, y: float, width: float) -> None:
        write(painter, x, y + 14.0, self.title, 15, bold=True)
        version = f"Version {self.version}"
        write(painter, x + width - text_width(version, 15, bold=True), y + 14.0, version, 15, bold=True)
        middle = x + width * 0.68
        write(painter, x, y + 38.0, "Name", 10)
        write(painter, middle, y + 38.0, "Date", 10)
        painter.setPen(QPen(RULE, HAIR))
        painter.drawLine(QPointF(x + 34.0, y + 40.0), QPointF(middle - 24.0, y + 40.0))
        painter.drawLine(QPointF(middle + 30.0, y + 40.0), QPointF(x + width, y + 40.0))
