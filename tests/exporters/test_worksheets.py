"""Worksheets read back: every version and number is there, no exercise is divided, the LaTeX is whole."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from neurosim.cli.main import main
from neurosim.exporters.worksheets.blocks import Space
from neurosim.exporters.worksheets.content import Worksheets, kinds_for, make_worksheets
from neurosim.exporters.worksheets.files import files_of
from neurosim.exporters.worksheets.glance import answer_tables
from neurosim.exporters.worksheets.latex import key_latex, sheets_latex
from neurosim.exporters.worksheets.pages import Part, paginate
from neurosim.exporters.worksheets.printing import key_pdf, sheets_pdf
from neurosim.lessons.library import bundled_lesson
from neurosim.lessons.variants import KINDS, make_variant
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number

VERSIONS = 6


def _sheets(kind: str) -> Worksheets:
    return make_worksheets(KINDS[kind].title, [kind], VERSIONS, 7)


def _pages(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def _digits(value: Number) -> list[str]:
    """What has to be on the page of a number: its numerator and denominator, or its rounded digits."""
    if isinstance(value, Fraction):
        below = [] if value.denominator == 1 else [str(value.denominator)]
        return [str(abs(value.numerator)), *below]
    return [format_number(abs(value), "decimal").lstrip("~\u200a")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_version_is_a_sheet_with_its_numbers(kind: str, qtbot: QtBot) -> None:
    sheets = _sheets(kind)
    pages = _pages(sheets_pdf(sheets))
    assert len(pages) == VERSIONS
    for version, page in zip(sheets.versions, pages, strict=True):
        (variant,) = version.exercises
        assert f"Version {version.number}" in page
        assert "Name" in page
        assert "Date" in page
        assert f"seed 7 · version {version.number} · {variant.code}" in page
        state = variant.draft.state
        for parameter in () if state is None else state.network.parameters.values():
            assert all(re.search(rf"(?<!\d){digits}(?!\d)", page) for digits in _digits(parameter)), (parameter, page)
    assert len({re.sub(r"[Vv]ersion \d+", "", page) for page in pages}) == VERSIONS


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_has_every_answer_and_no_exercise_is_divided(kind: str, qtbot: QtBot) -> None:
    sheets = _sheets(kind)
    pages = _pages(key_pdf(sheets))
    for version in sheets.versions:
        (variant,) = version.exercises
        (page,) = [page for page in pages if re.search(rf"Version {version.number}(?!\d)", page)]
        start = page.index(f"({variant.code})")
        end = re.search(rf"Version {version.number + 1}(?!\d)", page)
        own = page[start : end.start() if end is not None else len(page)]
        for line in variant.draft.lines:
            assert line.title.split()[-1] in own, "the last line is on the page of the first"
        for box in variant.draft.question.fields:
            if isinstance(box.expected, Fraction | float):
                assert all(digits in own for digits in _digits(box.expected)), (box.id, own)


def test_the_key_begins_with_all_answers_at_a_glance(qtbot: QtBot) -> None:
    sheets = make_worksheets("Neuron", ["worked_neuron"], 32, 7)
    ((title, tables),) = answer_tables(sheets)
    assert title == "A neuron with numbers"
    assert [len(table.rows) for table in tables] == [15, 15, 2]
    columns = [write_text(heading) for heading in tables[0].headings]
    assert columns == ["Version", "w₁x₁", "w₂x₂", "w₃x₃", "z", "f(z)"]
    rows = [row for table in tables for row in table.rows]
    for version, row in zip(sheets.versions, rows, strict=True):
        (variant,) = version.exercises
        wanted = [str(box.expected).replace("-", "−") for box in variant.draft.question.fields]
        assert [write_text(cell) for cell in row if write_text(cell)] == [str(version.number), *wanted]
    pages = _pages(key_pdf(sheets))
    assert "A neuron with numbers: answers" in pages[0]
    assert "Version 1 " not in pages[0].replace("Version w", "")


def test_a_column_whose_label_changes_says_so_in_each_cell() -> None:
    ((_, tables),) = answer_tables(make_worksheets("Chain", ["chain_rule"], 30, 7))
    assert [write_text(heading) for heading in tables[0].headings] == ["Version", "u(x)", "u′(x)", "f′(x)", ""]
    last = [write_text(row[-1]) for table in tables for row in table.rows]
    assert "f′(−1) = −1/4" in last
    assert "" in last


def test_the_sheets_are_vectors_and_text(qtbot: QtBot) -> None:
    reader = PdfReader(io.BytesIO(sheets_pdf(_sheets("gradient_step"))))
    for page in reader.pages:
        assert not page.images
        assert page.mediabox.width == pytest.approx(595, abs=1)
        assert page.mediabox.height == pytest.approx(842, abs=1)
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
        assert any("Inter" in name for name in names)
        assert any("KaTeX_Math" in name for name in names)
    assert reader.metadata is not None
    assert reader.metadata.title == "One step of gradient descent: worksheets"


def test_an_answer_is_not_on_the_sheet(qtbot: QtBot) -> None:
    """Of a step whose numbers are unlike those that are given."""
    variant = make_variant("gradient_step", 0)
    assert str(variant.draft.question.fields[4].expected) == "170/9"
    (page,) = _pages(sheets_pdf(make_worksheets("Step", ["gradient_step"], 1, 0)))
    assert "170" not in page


def test_groups_stay_together_and_begin_a_new_page_where_they_do_not_fit() -> None:
    groups = tuple((Space(size / 2), Space(size / 2)) for size in (300.0, 300.0, 500.0, 100.0, 650.0))
    pages = list(paginate([Part((Space(50.0),), groups, "foot"), Part((), groups[:1], "other")], 400.0, 700.0))
    sizes = [[sum(block.height(400.0) for block in group) for group in page.groups] for page in pages]
    assert sizes == [[300.0, 300.0], [500.0, 100.0], [650.0], [300.0]]
    assert [(page.number, page.of) for page in pages] == [(1, 3), (2, 3), (3, 3), (1, 1)]


def test_several_exercises_share_a_sheet_and_its_number(qtbot: QtBot) -> None:
    sheets = make_worksheets("Mixed", ["worked_neuron", "residuals", "gradient_step"], 2, 1)
    pages = _pages(sheets_pdf(sheets))
    first = [page for page in pages if "Version 1" in page]
    assert len(first) >= 2
    assert "1 A neuron with numbers" in first[0]
    assert f"page 2 of {len(first)}" in first[1]
    assert sum(page.count("3 One step of gradient descent") for page in first) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_latex_is_whole(kind: str) -> None:
    sheets = _sheets(kind)
    for text in (sheets_latex(sheets), key_latex(sheets)):
        assert text.isascii()
        assert _depth(text) == 0
        begun = re.findall(r"\\begin\{(\w+)\}", text)
        ended = re.findall(r"\\end\{(\w+)\}", text)
        assert sorted(begun) == sorted(ended)
        assert _nested(text)
        assert len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
        assert text.count(r"\left") - text.count(r"\leftarrow") - text.count(r"\leq") == text.count(r"\right")
        assert text.count(r"\begin{minipage}") == VERSIONS
    assert sheets_latex(sheets).count(r"\newpage") == VERSIONS - 1
    for version in sheets.versions:
        assert f"Version {version.number}" in sheets_latex(sheets)


def _depth(text: str) -> int:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    return depth


def _nested(text: str) -> bool:
    """Whether environments end in the order in which they began, the last first."""
    stack: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        if what == "begin":
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not installed")
def test_the_latex_can_be_set(tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / "key.tex").write_text(key_latex(_sheets(kind)))
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "key.tex"]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_the_same_seed_gives_the_same_sheets() -> None:
    assert key_latex(_sheets("residuals")) == key_latex(_sheets("residuals"))
    other = make_worksheets(KINDS["residuals"].title, ["residuals"], VERSIONS, 100)
    assert key_latex(other) != key_latex(_sheets("residuals"))


def test_a_lesson_has_the_exercises_of_its_slides() -> None:
    lesson = bundled_lesson("12")
    assert lesson is not None
    assert "gradient_step" in kinds_for(lesson)
    everything = {slide for kind in KINDS.values() for slide in range(1, 16) if _covers(kind.slides, slide)}
    assert everything == set(range(1, 16))


def _covers(slides: str, slide: int) -> bool:
    for part in slides.split(","):
        first, _, last = part.strip().partition("-")
        if int(first) <= slide <= int(last or first):
            return True
    return False


def test_the_command_writes_sheets_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot) -> None:
    folder = tmp_path / "class" / "monday"
    assert main(["worksheet", "worked_neuron", "--variants", "3", "--seed", "7", "--out", str(folder)]) == 0
    names = [f"worked_neuron-{ending}" for ending in ("sheets.pdf", "key.pdf", "sheets.tex", "key.tex")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert capsys.readouterr().out.splitlines() == [str(folder / name) for name in names]
    assert len(_pages((folder / names[0]).read_bytes())) == 3
    assert (folder / names[3]).read_text() == files_of(
        make_worksheets(KINDS["worked_neuron"].title, ["worked_neuron"], 3, 7)
    )["key.tex"].decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["worksheet", "nothing", "--out", "x"], "there is no such exercise or lesson; exercises are worked_neuron"),
        (["worksheet", "residuals", "--variants", "0", "--out", "x"], "from 1 to 500"),
        (["worksheet", "residuals"], "--out"),
        (["worksheet", "residuals", "--seed", "-1", "--out", "x"], "whole number"),
    ],
)
def test_bad_input_gets_one_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["worksheet", "residuals", "--out", str(tmp_path / "file" / "sheets")]) == 2
    assert "choose another place" in capsys.readouterr().err
