"""What a lesson can show by name is what the program has, and a name that it has not is told."""

from __future__ import annotations

import pytest

from neurosim import paths
from neurosim.document.json_format import load
from neurosim.lessons.checker import check_lesson
from neurosim.lessons.commands import ARRANGEMENTS, DERIVATIONS, CommandError, read_command
from neurosim.lessons.lesson_file import load_lesson, read_lesson
from neurosim.lessons.library import folder_named, lesson_folders, panel_names
from neurosim.main_window.layouts import LAYOUTS, LESSON_LAYOUTS
from neurosim.panels.calculus.presets import presets


def test_every_arrangement_that_a_lesson_may_name_is_one_of_the_window() -> None:
    assert set(ARRANGEMENTS) == LAYOUTS.keys() | LESSON_LAYOUTS.keys()
    assert not LAYOUTS.keys() & LESSON_LAYOUTS.keys()


def test_every_derivation_that_a_lesson_may_name_is_in_the_menu_of_calculus() -> None:
    state = load(paths.example("lecture"))
    assert set(DERIVATIONS) <= {preset.name for preset in presets(state.network, state.training)}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("arrange nonsense", "there is no arrangement nonsense"),
        ("derivation nonsense", "there is no derivation nonsense"),
        ("differentiate (x", "the function cannot be read"),
    ],
)
def test_a_name_that_the_program_has_not_is_told_with_its_line(command, said) -> None:
    source = (folder_named("13") / "lesson.md").read_text(encoding="utf-8")
    source = source.replace("do: arrange plot", f"do: {command}", 1)
    lesson = read_lesson(source, {}, "13")
    found = check_lesson(lesson, "lesson.md", panel_names())
    line = source.splitlines().index(f"do: {command}") + 1
    assert [fault.line for fault in found if said in str(fault)] == [line]


def test_next_rule_takes_a_number_of_lines() -> None:
    assert read_command("next rule 4").arguments == ("4",)
    with pytest.raises(CommandError, match="whole number"):
        read_command("next rule soon")


def test_the_right_answer_does_not_stand_first_as_a_rule() -> None:
    """Whoever always takes the first option learns nothing: it is the right one less than a third of the time."""
    first = total = 0
    for folder in lesson_folders():
        for page in load_lesson(folder).pages:
            for asked in (*page.questions, *page.predictions):
                if len(asked.choices) > 1:
                    right = asked.right if isinstance(asked.right, str) else asked.right[0]
                    total += 1
                    first += asked.choices[0].id == right
    assert total > 60
    assert first / total < 0.3


def test_the_derivations_of_the_lessons_are_told_line_by_line() -> None:
    """Slide 9 has five lines, the first of which is the task: the page reveals the other four, one rule each."""
    lesson = load_lesson(folder_named("09"))
    blocks = [block for stage in lesson.pages[0].stages for block in stage]
    verbs = [command.verb for block in blocks for command in getattr(block, "commands", ())]
    assert verbs == ["next rule"] * 4
