"""What was done in a lesson is counted, kept while another one is open, and survives the file."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from neurosim.document.json_format import dumps, loads
from neurosim.document.state import DocumentState
from neurosim.lessons.hands import Hand
from neurosim.lessons.library import bundled_lesson
from neurosim.lessons.progress import Answer, Progress, in_lesson, problem_in, progress_of, with_progress
from neurosim.lessons.question import Verdict
from neurosim.teaching.summary import Summary, gone_through, is_of_lecture, progress_in, summary, together

RIGHT, WRONG = Verdict("right"), Verdict("wrong")


@pytest.fixture
def lesson():
    return bundled_lesson("12_worked_step")


@pytest.fixture
def done(lesson):
    """Three of eight questions are right, one of them at the second try; one of two predictions came true."""
    answers = {
        "why_identity": Answer("identity", RIGHT, 1, first_right=True),
        "why_mean": Answer("mean", RIGHT, 2),
        "g1_b": Answer("-7", RIGHT, 1, first_right=True),
        "g2_a": Answer("-16", RIGHT, 1, first_right=True),
        "g2_b": Answer("8", WRONG, 1),
    }
    predictions = {"way_of_a": "up", "old_or_new": "new"}
    return Progress(
        name=lesson.name,
        page=9,
        reached=9,
        answers=MappingProxyType(answers),
        predictions=MappingProxyType(predictions),
        missed=("gradient_two",),
    )


def test_a_lesson_is_counted(lesson, done) -> None:
    found = summary(lesson, done)
    assert (found.questions, found.answered, found.at_once) == (8, 3, 2)
    assert (found.predictions, found.came_true) == (2, 1)
    titles = [lesson.pages[index].title for index in found.open_pages]
    assert titles == [
        "Two points and a line that misses them",
        "The gradient",
        "The update",
        "The last two lines",
        "The whole step",
    ]


def test_lessons_are_added_up() -> None:
    assert together([Summary(7, 3, 2, 2, 1), Summary(5, 5, 4, 3, 3)]) == Summary(12, 8, 6, 5, 4)
    assert together([]) == Summary()


def test_the_end_of_a_lesson_looks_back_on_the_whole_lecture(lesson, done) -> None:
    there = replace(in_lesson(done, "13_before_after"), ended=True)
    gone = gone_through(lesson, there)
    assert is_of_lecture(lesson)
    assert len(gone) == 16
    counted = {one.lesson.name: (one.found.answered, one.ended) for one in gone if one.found.answered or one.ended}
    assert counted == {"12_worked_step": (3, False), "13_before_after": (0, True)}


def test_the_end_of_a_lesson_of_ones_own_looks_back_on_itself(lesson, done) -> None:
    own = replace(lesson, name="my_own")
    gone = gone_through(own, replace(done, name="my_own"))
    assert not is_of_lecture(own)
    assert [(one.lesson.name, one.found.answered) for one in gone] == [("my_own", 3)]


def test_each_lesson_is_found_as_it_was_left(done) -> None:
    done = replace(done, hand=Hand(frozenset({"loss"})), own="{}")
    there = replace(in_lesson(done, "13_before_after"), page=2, ended=True)
    assert (there.name, there.answers, there.hand) == ("13_before_after", {}, done.hand)
    assert progress_in(there, "12_worked_step").answers == done.answers
    assert progress_in(there, "14_logistic") is None
    back = in_lesson(there, "12_worked_step")
    assert (back.page, back.answers, back.missed, back.hand) == (9, done.answers, done.missed, done.hand)
    assert set(back.others) == {"13_before_after"}
    again = in_lesson(back, "13_before_after")
    assert (again.page, again.ended) == (0, True)
    assert in_lesson(again, "13_before_after") is again


def test_it_is_kept_in_the_file(done) -> None:
    progress = replace(in_lesson(done, "13_before_after"), ended=True)
    read = progress_of(loads(dumps(with_progress(DocumentState(), progress))))
    assert read == progress
    assert read.others["12_worked_step"].answers["g2_b"].verdict.state == "wrong"


@pytest.mark.parametrize("others", [3, {"12_worked_step": 3}, {"12_worked_step": {"pages": 1}}])
def test_what_cannot_be_read_is_told(others) -> None:
    state = replace(DocumentState(), lesson=MappingProxyType({"name": "13_before_after", "others": others}))
    assert "cannot be used" in problem_in(state)
