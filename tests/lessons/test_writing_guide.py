"""The guide for authors: a lesson written from it alone works, and all that it lists is all that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from neurosim.cli.main import main
from neurosim.lessons.commands import FORMS
from neurosim.lessons.hands import KINDS as HANDS
from neurosim.lessons.references import _KINDS as REFERENCES
from neurosim.lessons.variants import KINDS as EXERCISES

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"````markdown\n(.*?)````", GUIDE, re.DOTALL)[0]


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "first"
    made.mkdir()
    (made / "lesson.md").write_text(EXAMPLE, encoding="utf-8")
    return made


def test_the_example_of_the_guide_is_a_lesson(folder, capsys) -> None:
    assert main(["lesson", "check", str(folder)]) == 0
    assert "4 pages, 2 questions" in capsys.readouterr().out


def test_its_pages_are_printed_with_their_numbers(folder, capsys) -> None:
    assert main(["lesson", "preview", str(folder), "--text"]) == 0
    said = capsys.readouterr().out.replace("−", "-")
    for text in ("Its loss is 466/9 ~ 51.78", "ŷ₁ = ax₁ + b = 1/3 · 2 + (-6) = -16/3", "[ -16/3 ]", "[x] falls."):
        assert text in said


def test_every_mistake_is_told_with_its_line_and_exit_code_2(folder, capsys) -> None:
    broken = EXAMPLE.replace("right: down", "right: up", 1).replace("{residual:1}\nhint", "{residual:9}\nhint", 1)
    broken = broken.replace("open panel working", "open panel wroking")
    (folder / "lesson.md").write_text(broken, encoding="utf-8")
    assert main(["lesson", "check", str(folder)]) == 2
    said = capsys.readouterr().err
    path = folder / "lesson.md"
    lines = broken.splitlines()
    for wanted, words in (
        ("```predict one_step", 'write "right: down"'),
        ("```question residual", "rows count from 1 to 2"),
        ("do: open panel wroking", "there is no panel wroking"),
    ):
        assert f"{path}:{lines.index(wanted) + 1}: " in said
        assert words in said


@pytest.mark.parametrize(
    ("written", "instead", "line_of", "said"),
    [
        ("do: step line 3\n```\n", "do: step line 3\n", "```reveal", "the block is not closed before line"),
        ("hint: A residual is the", "hint: A $residual is the", "hint: A $residual", 'a "$" without its partner'),
        ("Its loss is {loss|both}.", "Its loss is {loss|both.", "The neuron computes", 'a "{" without its "}"'),
        ("$a = {edge:a}$", "$a = {edge:q}$", "The neuron computes", "There is no edge q"),
        ("do: open panel working", "do: move row 7 x 1", "do: move row 7 x 1", "There is no row 7"),
        (
            "answer: {residual:1}",
            "answer: {residual:1}\nabout: residul:1",
            "```question residual",
            "about: There is no",
        ),
        ("kind: choice", "kind: choise", "```question why_b", "there is no kind of question"),
        ("needs: fractions\n---", "needs: fractions", "---", "the lines at the top are never closed"),
    ],
)
def test_a_mistake_is_told_once_and_where_it_was_made(folder, capsys, written, instead, line_of, said) -> None:
    assert EXAMPLE.count(written) == 1
    broken = EXAMPLE.replace(written, instead)
    (folder / "lesson.md").write_text(broken, encoding="utf-8")
    assert main(["lesson", "check", str(folder)]) == 2
    told = capsys.readouterr().err
    line = next(number for number, text in enumerate(broken.splitlines(), 1) if text.startswith(line_of))
    assert f"lesson.md:{line}: " in told
    assert said in told
    assert told.count("lesson.md:") == 1


def test_a_folder_that_is_none_is_told(tmp_path, capsys) -> None:
    assert main(["lesson", "check", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert main(["lesson", "check", str(tmp_path)]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_the_lessons_are_listed(capsys) -> None:
    assert main(["lesson", "list"]) == 0
    assert re.search(r"12_worked_step\s+slide 12-13\s+The worked step", capsys.readouterr().out)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.verb)
def test_every_command_stands_in_the_guide(form) -> None:
    assert f"`{form.verb}" in GUIDE or f", `{form.verb}" in GUIDE


@pytest.mark.parametrize("kind", [kind for kind in REFERENCES if kind != "start"])
def test_every_live_number_stands_in_the_guide(kind) -> None:
    assert re.search(rf"`{kind}[:`]", GUIDE)


@pytest.mark.parametrize("word", HANDS)
def test_everything_that_is_hidden_or_locked_stands_in_the_guide(word) -> None:
    table = GUIDE.split("## Hide and lock")[1]
    assert re.search(rf"`{word}[ `]", table)


def test_the_kinds_of_exercises_with_a_network_stand_in_the_guide() -> None:
    from neurosim.lessons.variants import make_variant

    for name in EXERCISES:
        if make_variant(name, 1).draft.state is not None:
            assert f"`{name}`" in GUIDE


def test_a_prediction_by_sorting_written_from_the_guide_works(folder, capsys) -> None:
    sorting = next(part for part in re.findall(r"````markdown\n(.*?)````", GUIDE, re.DOTALL) if "kind: sort" in part)
    page = f"# Predict: Sorted\n\n```page\nstart: lecture\n```\n\nBoth side by side.\n\n{sorting}\n"
    text = EXAMPLE.replace("# Predict: One step", f"{page}# Predict: One step", 1)
    (folder / "lesson.md").write_text(text, encoding="utf-8")
    assert main(["lesson", "check", str(folder)]) == 0
    assert main(["lesson", "preview", str(folder), "--text"]) == 0
    assert "[the same] What comes in is added up." in capsys.readouterr().out
    (folder / "lesson.md").write_text(text.replace("added up. | same", "added up. | equal"), encoding="utf-8")
    assert main(["lesson", "check", str(folder)]) == 2
    said = capsys.readouterr().err
    line = next(number for number, content in enumerate(text.splitlines(), 1) if content.startswith("- adding"))
    assert f":{line}: " in said
    assert 'there is no group "equal"' in said
