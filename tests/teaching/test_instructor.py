"""The instructor's hand: what is locked is refused with a sentence, what is hidden is not told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.json_format import dumps, loads
from neurosim.lessons.commands import CommandError
from neurosim.lessons.hands import Hand, HandError, hand_of, read_hand
from neurosim.lessons.library import bundled_lesson, folder_named
from neurosim.lessons.progress import progress_of
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.teaching.quick_prediction import quick_prediction
from neurosim.training.session import TrainingSession


@pytest.fixture
def runner(document, session):
    return LessonRunner(document, session)


def locked(*phrases: str) -> Hand:
    return hand_of((), phrases)


@pytest.mark.parametrize(
    ("phrase", "function", "arguments", "told"),
    [
        ("points", edits.move_row, (0, {"y": 1}), "points are locked"),
        ("points", edits.add_row, ({"x": 1, "y": 1},), "points are locked"),
        ("row 2", edits.move_row, (1, {"y": 2}), "Point 2 is locked"),
        ("row 2", edits.delete_rows, ([0],), "Point 2 is locked"),
        ("edge a", edits.set_weight, ("a", 2), "Weight a is locked"),
        ("bias n", edits.set_bias, ("n", 2), "bias of n is locked"),
        ("weights", edits.set_bias, ("n", 2), "weights and biases are locked"),
        ("graph", edits.set_activation, ("n", "sigmoid"), "graph is locked"),
        ("graph", edits.delete, (["x"],), "graph is locked"),
        ("rate", edits.set_learning_rate, (1,), "learning rate is locked"),
        ("training", edits.set_reduction, ("sum",), "locked"),
    ],
)
def test_what_is_locked_stays_and_says_why(runner, document, phrase, function, arguments, told) -> None:
    runner.set_hand(locked(phrase))
    before = dumps(document.state)
    with pytest.raises(EditError) as caught:
        document.edit("Try", function, *arguments)
    assert told in str(caught.value)
    assert dumps(document.state) == before


@pytest.mark.parametrize(
    ("phrase", "function", "arguments"),
    [
        ("row 2", edits.move_row, (0, {"y": 2})),
        ("edge a", edits.set_bias, ("n", 2)),
        ("graph", edits.set_weight, ("a", 2)),
        ("graph", edits.move_nodes, ({"x": (10.0, 0.0)},)),
        ("points", edits.set_learning_rate, (1,)),
    ],
)
def test_everything_else_is_free(runner, document, phrase, function, arguments) -> None:
    runner.set_hand(locked(phrase))
    before = dumps(document.state)
    document.edit("Try", function, *arguments)
    assert dumps(document.state) != before


def test_training_goes_on_with_locked_weights_and_rewind_leads_back(runner, document, session) -> None:
    runner.set_hand(locked("weights", "points"))
    session.full_step()
    assert document.state.network.parameters["a"] == Fraction(83, 45)
    session.rewind()
    assert document.state.network.parameters["a"] == Fraction(1, 3)


def test_in_teacher_view_nothing_is_locked(runner, document) -> None:
    runner.set_hand(locked("points"))
    runner.guard.teacher = True
    document.edit("Move", edits.move_row, 0, {"y": Fraction(1)})
    assert document.state.dataset.columns["y"][0] == 1


def test_a_lesson_may_change_what_it_has_locked(runner, document) -> None:
    lesson = bundled_lesson(folder_named("12").name)
    runner.set_hand(locked("points", "weights", "rate"))
    runner.open(lesson)
    runner.go_to(7)
    assert document.state.dataset.columns["x"][0] == 1
    runner.show_own()
    assert document.state.dataset.columns["x"][0] == 2


def test_hidden_and_locked_travel_with_the_file(runner, document, qtbot) -> None:
    runner.set_hand(hand_of(("loss", "answers"), ("row 2",)))
    other = Document(loads(dumps(document.state)))
    training = TrainingSession(other)
    LessonRunner(other, training)
    with pytest.raises(EditError, match="Point 2 is locked"):
        other.edit("Move", edits.move_row, 1, {"y": Fraction(1)})
    assert progress_of(other.state).hand.hides_reference("loss")
    training.close()


def test_hiding_and_locking_is_undone(runner, document) -> None:
    runner.set_hand(locked("points"))
    document.undo()
    document.edit("Move", edits.move_row, 0, {"y": Fraction(1)})
    assert not runner.hand


@pytest.mark.parametrize(
    ("reference", "phrase", "hidden"),
    [
        ("loss", "loss", True),
        ("start:loss", "loss", True),
        ("next:loss", "loss", True),
        ("square:1", "loss", True),
        ("gradient:a", "gradients", True),
        ("part:a:1", "gradients", True),
        ("edge:a", "edge a", True),
        ("edge:b", "edge a", False),
        ("bias:n", "bias n", True),
        ("data:x:1", "numbers", False),
        ("edge:a", "numbers", True),
        ("output:1", "loss", False),
    ],
)
def test_which_numbers_a_phrase_hides(reference, phrase, hidden) -> None:
    assert hand_of((phrase,), ()).hides_reference(reference) is hidden


@pytest.mark.parametrize("phrase", ["", "loses", "edge", "row", "panels data_plot"])
def test_what_names_nothing_is_refused(phrase) -> None:
    with pytest.raises(HandError, match="known are"):
        read_hand(phrase)


def test_what_cannot_be_hidden_or_locked_is_refused() -> None:
    with pytest.raises(HandError, match="cannot be hidden"):
        hand_of(("points",), ())
    with pytest.raises(HandError, match="cannot be locked"):
        hand_of((), ("loss",))


def test_the_third_hint_is_kept_back_where_answers_are_hidden(runner) -> None:
    lesson = bundled_lesson(folder_named("12").name)
    runner.open(lesson)
    runner.go_to(7)
    runner.set_hand(hand_of(("answers",), ()))
    ask = lesson.ask("gradient_one")
    box = ask.asked[0]
    for text in ("1", "2", "3"):
        runner.hint(box)
        runner.check(ask, {"g1_b": text})
    assert runner.hints_shown(box.id) == 2


@pytest.mark.parametrize(("rate", "right"), [("1/30", "down"), ("1/10", "up")])
def test_a_prediction_can_be_asked_about_any_document(runner, document, rate, right) -> None:
    document.edit("Rate", edits.set_learning_rate, Fraction(rate))
    lesson = quick_prediction(document.state, "  Where does   it go? ", 1)
    predict = lesson.pages[0].predictions[0]
    assert predict.right == right
    runner.open(lesson, carried=True)
    assert document.state.training.step == 0
    runner.next()
    assert document.state.training.step == 0
    runner.predict(predict.id, "down")
    runner.next()
    assert document.state.training.step == 1


def test_a_prediction_about_what_cannot_step_is_refused(document) -> None:
    document.edit("Delete", edits.delete, ["n"])
    with pytest.raises(CommandError):
        quick_prediction(document.state, "What?")
