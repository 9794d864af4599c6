"""Every lesson that comes with the program: it is read, every page can be entered, every answer is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from neurosim.lessons.answers import check
from neurosim.lessons.asking import given_answer, question_of
from neurosim.lessons.checker import check_lesson
from neurosim.lessons.lesson_file import TEXT, load_lesson
from neurosim.lessons.library import folder_named, lesson_folders, panel_names
from neurosim.lessons.playing import state_at
from neurosim.lessons.printing import lesson_text
from neurosim.lessons.references import Live
from neurosim.panels import PANELS

FOLDERS = lesson_folders()


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def folder(request) -> Path:
    return request.param


def test_there_are_lessons_and_they_are_found_by_number() -> None:
    assert len(FOLDERS) >= 2
    assert folder_named("12") == next(folder for folder in FOLDERS if folder.name.startswith("12_"))


def test_nothing_is_wrong_with_it(folder) -> None:
    assert check_lesson(load_lesson(folder), str(folder / TEXT), panel_names()) == ()


def test_the_panels_are_known_without_loading_one() -> None:
    assert set(panel_names()) == set(PANELS)


def test_no_answer_is_given_before_it_is_typed_and_the_given_one_is_right(folder) -> None:
    lesson = load_lesson(folder)
    for index, page in enumerate(lesson.pages):
        for ask in page.questions:
            stage = next(number for number, blocks in enumerate(page.stages) if ask in blocks)
            question = question_of(ask, Live(state_at(lesson, index, stage).state))
            for part in question.fields or (question,):
                assert not check("", part).is_attempt
                assert check(given_answer(part), part).is_right


def test_it_can_be_read_as_text(folder) -> None:
    text = lesson_text(load_lesson(folder))
    assert "{" not in text
    assert "?\n" in text or "? " in text


def test_no_number_of_the_lecture_is_a_copy(folder) -> None:
    """Where a lesson tells the present loss or a weight, it names the live number instead of typing its digits."""
    assert "466/9" not in (folder / TEXT).read_text(encoding="utf-8")


def test_the_worked_step_says_the_lectures_numbers_in_order() -> None:
    text = lesson_text(load_lesson(folder_named("12"))).replace("−", "-")
    wanted = [
        "-16/3", "-14/3", "256/9", "676/9", "466/9", "-136/3", "-42/3", "83/45", "-83/15", "8149/2025 ~ 4.024",
        "-16", "-7", "13/10", "-13/20",
    ]  # fmt: skip
    place = 0
    for number in wanted:
        place = text.index(number, place)
