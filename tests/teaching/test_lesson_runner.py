"""Leading through a lesson: pages and lines drive the program, answers are kept, the learner's work is never lost."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from neurosim import paths
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.json_format import dumps, load, loads
from neurosim.lessons.lesson_file import read_lesson
from neurosim.lessons.library import bundled_lesson, folder_named
from neurosim.lessons.progress import problem_in, progress_of
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.training.session import TrainingSession

A, B = "a", "n.bias"


class Clock:
    """The time as the tests want it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def runner(document, session, clock):
    return LessonRunner(document, session, now=clock)


@pytest.fixture
def worked():
    lesson = bundled_lesson(folder_named("12").name)
    assert lesson is not None
    return lesson


def value(document, name):
    return document.state.network.parameters[name]


def page_named(lesson, title):
    return next(index for index, page in enumerate(lesson.pages) if page.title == title)


def test_next_shows_the_lines_of_the_step_one_after_another(runner, worked, session) -> None:
    runner.open(worked)
    runner.next()
    assert (runner.index, runner.stage, session.walk.position) == (1, 0, 0)
    runner.next()
    assert (runner.index, runner.stage, session.walk.position) == (1, 1, 3)
    runner.next()
    assert session.walk.position == 6
    line = session.walk.line
    assert line is not None
    assert "row:1" in line.refs


def test_the_last_line_takes_the_step_and_back_takes_it_back(runner, worked, document) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The update"))
    runner.next()
    assert value(document, A) == Fraction(1, 3)
    runner.next()
    assert (value(document, A), value(document, B)) == (Fraction(83, 45), Fraction(-83, 15))
    assert runner.live().value("start:loss") == Fraction(466, 9)
    assert runner.live().value("loss") == Fraction(8149, 2025)
    runner.back()
    assert (value(document, A), value(document, B)) == (Fraction(1, 3), Fraction(-6))


def test_a_prediction_is_asked_for_before_the_page_goes_on_and_kept_beside_the_outcome(
    runner, worked, document, qtbot
) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "Which way will a move?"))
    with qtbot.waitSignal(runner.said) as said:
        runner.next()
    assert "Predict first" in said.args[0]
    assert (runner.stage, value(document, A)) == (0, Fraction(1, 3))
    runner.predict("way_of_a", "down")
    runner.next()
    assert value(document, A) == Fraction(83, 45)
    assert progress_of(document.state).predictions == {"way_of_a": "down"}
    predict = worked.pages[runner.index].predictions[0]
    assert runner.outcome(predict) == (Fraction(1, 3), Fraction(83, 45))
    runner.predict("way_of_a", "up")
    assert progress_of(document.state).predictions == {"way_of_a": "down"}


def test_a_teacher_may_go_on_without_a_prediction(runner, worked, document) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "Which way will a move?"))
    runner.next(anyway=True)
    assert value(document, A) == Fraction(83, 45)


def test_answers_are_judged_on_the_live_state_and_saved(runner, worked, document) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The last line"))
    ask = worked.ask("gradient_one")
    assert runner.given_values(ask)["g1_a"] == -16
    verdicts = runner.check(ask, {"g1_b": "-8"})
    assert not verdicts["g1_b"].is_right
    document.edit("Move", edits.move_row, 1, {"y": Fraction(7)})
    verdicts = runner.check(ask, {"g1_b": "-9"})
    assert verdicts["g1_b"].is_right
    again = loads(dumps(document.state))
    answer = progress_of(again).answers["g1_b"]
    assert (answer.text, answer.is_right, answer.tries, answer.first_right) == ("-9", True, 2, False)


def test_what_cannot_be_read_is_no_attempt(runner, worked) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The last line"))
    ask = worked.ask("gradient_one")
    for text in ("", "1//2"):
        runner.check(ask, {"g1_b": text})
    assert "g1_b" not in runner.progress.answers or runner.progress.answers["g1_b"].tries == 0
    assert runner.progress.missed == ()


@pytest.mark.parametrize(
    ("typed", "right", "word"),
    [
        ("-16", True, ""),
        ("-32/2", True, ""),
        ("-16.0", True, ""),
        ("16", False, "sign"),
        ("-8", False, "r^2"),
        ("-32", False, "mean"),
    ],
)
def test_the_known_slips_of_the_gradient_are_named(runner, worked, typed, right, word) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The last two lines"))
    verdict = runner.check(worked.ask("gradient_two"), {"g2_a": typed, "g2_b": "-7"})["g2_a"]
    assert verdict.is_right is right
    assert word in verdict.message.replace("²", "^2")
    assert "Wrong" not in verdict.message


def test_hints_come_one_after_a_try_or_ten_seconds(runner, worked, clock) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The last line"))
    ask = worked.ask("gradient_one")
    box = ask.asked[0]
    assert [runner.hint(box) for _ in range(3)] == [True, False, False]
    assert runner.hints_shown(box.id) == 1
    clock.now += 10.0
    assert runner.hint(box)
    runner.check(ask, {"g1_b": "3"})
    assert runner.hint(box)
    assert runner.hints_shown(box.id) == 3
    assert not runner.hint(box)
    assert runner.progress.missed == ("gradient_one",)


def test_the_own_work_is_kept_and_one_call_brings_it_back(runner, worked, document) -> None:
    document.edit("Own", edits.set_weight, "a", Fraction(5, 7))
    runner.open(worked)
    assert value(document, A) == Fraction(1, 3)
    runner.show_own()
    assert value(document, A) == Fraction(5, 7)
    document.edit("Own", edits.set_weight, "a", Fraction(6, 7))
    runner.show_lesson()
    assert value(document, A) == Fraction(1, 3)
    runner.close()
    assert value(document, A) == Fraction(6, 7)
    assert runner.lesson is None


def test_the_own_work_is_the_same_from_one_lesson_to_the_next(runner, worked, document) -> None:
    document.edit("Set a", edits.set_parameter, A, Fraction(7))
    runner.open(bundled_lesson("15_logistic_gradient"))
    runner.open(worked)
    runner.open(bundled_lesson("13_before_after"))
    runner.close()
    assert value(document, A) == 7
    document.edit("Set a", edits.set_parameter, A, Fraction(8))
    runner.resume()
    assert runner.lesson.name == "13_before_after"
    assert value(document, A) == Fraction(1, 3)
    runner.close()
    assert value(document, A) == 8


def test_what_a_learner_did_on_a_page_is_kept_when_the_page_is_turned(runner, worked, document) -> None:
    runner.open(worked)
    document.edit("Play", edits.set_weight, "a", 3)
    runner.next()
    assert value(document, A) == Fraction(1, 3)
    runner.show_own()
    assert value(document, A) == 3


def test_pages_and_answers_are_undone_like_everything_else(runner, worked, document) -> None:
    before = dumps(document.state)
    runner.open(worked)
    runner.next()
    runner.go_to(page_named(worked, "The last line"))
    runner.check(worked.ask("gradient_one"), {"g1_b": "-7"})
    assert runner.answer("g1_b").is_right
    document.undo()
    assert runner.answer("g1_b") is None
    document.undo()
    assert runner.index == 1
    while document.can_undo:
        document.undo()
    assert dumps(document.state) == before
    assert runner.lesson is None


def test_a_saved_document_opens_at_the_same_line(runner, worked, document, session, qtbot) -> None:
    runner.open(worked)
    runner.next()
    runner.next()
    text = dumps(document.state)
    other = Document(loads(text))
    training = TrainingSession(other)
    resumed = LessonRunner(other, training)
    assert resumed.lesson is not None
    assert (resumed.lesson.name, resumed.index, resumed.stage) == (worked.name, 1, 1)
    training.close()


def test_the_document_carries_a_lesson_that_is_nowhere_else(runner, document, qtbot) -> None:
    folder: Path = folder_named("12")
    source = (folder / "lesson.md").read_text(encoding="utf-8").replace("title: The worked step", "title: Mine")
    files = {"your_turn": (folder / "your_turn.neurosim").read_text(encoding="utf-8")}
    runner.open(read_lesson(source, files, "my_own"), carried=True)
    runner.go_to(7)
    other = Document(loads(dumps(document.state)))
    training = TrainingSession(other)
    resumed = LessonRunner(other, training)
    assert resumed.lesson is not None
    assert (resumed.lesson.title, resumed.index) == ("Mine", 7)
    training.close()


def test_a_missed_question_comes_back_at_the_end_with_other_numbers(runner, worked, document) -> None:
    runner.open(worked)
    place = page_named(worked, "The last line")
    runner.go_to(place)
    ask = worked.ask("gradient_one")
    runner.check(ask, {"g1_b": "7"})
    runner.check(ask, {"g1_b": "-7"})
    runner.go_to(len(worked.pages) - 1)
    before = document.state.dataset
    assert runner.can_next
    runner.next()
    assert runner.index == place
    assert document.state.dataset != before
    assert runner.answer("g1_b") is None
    expected = runner.question(ask).fields[0].expected
    runner.check(ask, {"g1_b": str(expected)})
    assert runner.progress.missed == ()
    runner.next()
    assert runner.index == len(worked.pages) - 1
    assert not runner.can_next


def test_other_numbers_are_friendly_and_not_the_same_twice(runner, worked, document) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The whole step"))
    seen = set()
    for _ in range(5):
        runner.other_numbers()
        question = runner.question(worked.ask("step_all"))
        values = tuple(field.expected for field in question.fields)
        assert all(isinstance(value, Fraction) and value.denominator <= 999 for value in values)
        seen.add(values)
    assert len(seen) == 5


def test_skip_to_your_turn(runner, worked) -> None:
    runner.open(worked)
    assert runner.can_skip
    runner.skip_to_turn()
    assert runner.page.kind == "your turn"


def test_a_lesson_part_that_makes_no_sense_is_told(qtbot) -> None:
    text = dumps(load(paths.example("lecture"))).replace('"lesson": null', '"lesson": {"page": "three"}')
    state = loads(text)
    assert '"page"' in (problem_in(state) or "")
    assert progress_of(state).name == ""


def test_a_document_whose_lesson_is_not_here_says_so(session, document, qtbot) -> None:
    text = dumps(load(paths.example("lecture"))).replace('"lesson": null', '"lesson": {"name": "77_gone"}')
    runner = LessonRunner(document, session)
    with qtbot.waitSignal(runner.said) as said:
        document.reset(loads(text))
    assert "77_gone" in said.args[0]
    assert runner.lesson is None


def test_skipping_is_offered_after_two_right_answers_at_the_first_try(runner, worked) -> None:
    runner.open(worked)
    runner.go_to(1)
    runner.check(worked.ask("why_identity"), {"why_identity": "identity"})
    assert not runner.offers_skip
    runner.go_to(2)
    runner.check(worked.ask("why_mean"), {"why_mean": "sum"})
    runner.check(worked.ask("why_mean"), {"why_mean": "mean"})
    assert not runner.offers_skip
    runner.go_to(4)
    runner.check(worked.ask("why_chain"), {"why_chain": "chain"})
    assert not runner.offers_skip
    runner.go_to(6)
    runner.check(worked.ask("why_minus"), {"why_minus": "uphill"})
    assert runner.offers_skip
    runner.skip_to_turn()
    assert runner.page.kind == "your turn"
    assert not runner.offers_skip


def test_what_was_right_stays_right_whatever_is_tried_later(runner, worked) -> None:
    runner.open(worked)
    runner.go_to(page_named(worked, "The last line"))
    ask = worked.ask("gradient_one")
    runner.check(ask, {"g1_b": "-7"})
    verdict = runner.check(ask, {"g1_b": "-8"})["g1_b"]
    assert not verdict.is_right
    assert (runner.answer("g1_b").text, runner.answer("g1_b").is_right, runner.answer("g1_b").tries) == ("-7", True, 2)
    assert runner.progress.missed == ()
