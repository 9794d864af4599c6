"""Every exercise of every lesson, answered rightly in each form, wrongly in each known way, and unreadably."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from neurosim.algebra.render_text import render_text
from neurosim.lessons.answers import check
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import formula_slips_in, slips_in
from neurosim.lessons.answers.typed_number import read_number
from neurosim.lessons.asking import given_answer, question_of
from neurosim.lessons.lesson import Lesson, Predict
from neurosim.lessons.lesson_file import load_lesson
from neurosim.lessons.library import folder_named, lesson_folders
from neurosim.lessons.playing import state_at
from neurosim.lessons.printing import page_lines
from neurosim.lessons.question import Question
from neurosim.lessons.references import Live

FOLDERS = lesson_folders()
UNREADABLE = ("", "   ", "1//2", "(3", "3 +", "?")

OF_THE_TYPING = {"decimal_place", "digits_exchanged"}
"""Slips that depend on how the number is written, told of decimals alone; the tests of known errors have them."""

MISCONCEPTIONS = {
    "M1 the bias is a small correction": ("01 bias_up", "07 mute_bias", "14 bias_moves"),
    "M2 a weight is importance, whatever its sign and unit": ("01 sign_matters", "04 unit"),
    "M3 the gradient points at the minimum": ("10_downhill hits_bottom",),
    "M4 a larger step is faster": ("10_learning long_step", "10_learning come_back"),
    "M5 the new a belongs into the line for b": ("12 old_or_new",),
    "M6 the step has to shrink by hand": ("10_learning shrink", "10_downhill second_step"),
    "M7 a loss of 0 can always be reached": ("06 floor", "06 reach_zero"),
    "M8 the factor of the loss is a law": ("07 to_sum", "13 sum_gradient"),
    "M9 the best line goes through most points": ("06 through_points",),
    "M10 the activation is decoration": ("04 collapse", "04 bend"),
    "M11 the sigmoid's output is a decision": ("14 sure_wrong",),
    "M12 any loss will do for classification": ("15 which_bar", "15 change_loss"),
    "M13 only the outside is differentiated": ("08 outside_only",),
    "M14 moving data moves the weights": ("06 move_point", "10_downhill drag_point"),
    "M15 it works like the brain": ("05 below", "05 likeness"),
    "M16 the machine decides": ("04 what_changes",),
}
"""Each misconception, and the predictions, by lesson and name, in which it does not come true."""


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS], scope="module")
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return load_lesson(request.param)


def boxes(lesson: Lesson) -> Iterator[Question]:
    """Every box that is typed into, as it stands where the lesson asks it."""
    for index, page in enumerate(lesson.pages):
        for ask in page.questions:
            stage = next(number for number, blocks in enumerate(page.stages) if ask in blocks)
            question = question_of(ask, Live(state_at(lesson, index, stage).state))
            yield from (part for part in question.fields or (question,) if part.kind in {"number", "expression"})


def test_rightly_as_a_fraction_that_is_not_reduced_and_as_a_decimal(lesson: Lesson) -> None:
    for box in boxes(lesson):
        assert check(given_answer(box), box).is_right, box.id
        if isinstance(box.expected, Fraction):
            top, bottom = box.expected.numerator, box.expected.denominator
            for text in (f"{3 * top}/{3 * bottom}", f"{top}/{bottom}", f"({top})/({bottom})"):
                assert check(text, box).is_right, (box.id, text)
            decimal = f"{float(box.expected):.6f}"
            for text in (decimal, decimal.replace(".", ","), decimal.replace("-", "−")):
                assert check(text, box).is_right, (box.id, text)


def test_wrongly_in_each_known_way_it_is_told_what_happened(lesson: Lesson) -> None:
    for box in boxes(lesson):
        if box.kind == "number":
            for slip in slips_in(Case(box, read_number("12345"))):
                if slip.error in OF_THE_TYPING:
                    continue
                text = str(slip.value) if isinstance(slip.value, Fraction) else f"{float(slip.value):.5g}"
                verdict = check(text, box)
                if not verdict.is_right:  # a slip may give the right number by chance
                    assert (verdict.state, bool(verdict.error)) == ("wrong", True), (box.id, slip.error, text)
                    assert verdict.message.rstrip(")").endswith((".", "?"))
        else:
            for formula_slip in formula_slips_in(Case(box)):
                verdict = check(render_text(formula_slip.formula).text, box)
                if not verdict.is_right:
                    assert (verdict.state, bool(verdict.error)) == ("wrong", True), (box.id, formula_slip.error)


def test_most_boxes_know_the_slips_that_lead_past_them() -> None:
    """Of what is computed from a network or by a rule, at least one slip has a name."""
    found = {box.id: box for folder in FOLDERS for box in boxes(load_lesson(folder))}
    named = {
        name
        for name, box in found.items()
        if (
            {slip.error for slip in slips_in(Case(box, read_number("12345")))} - OF_THE_TYPING
            if box.kind == "number"
            else formula_slips_in(Case(box))
        )
    }
    assert len(found) == 60
    assert found.keys() - named <= {"the_bias", "weight_two"}, "a number that is read off leaves nothing to slip on"


def test_unreadably_it_is_no_attempt(lesson: Lesson) -> None:
    for box in boxes(lesson):
        for text in UNREADABLE:
            verdict = check(text, box)
            assert not verdict.is_attempt, (box.id, text)
            assert not verdict.is_right
            assert not verdict.error


def test_any_other_number_is_not_accused_of_a_slip(lesson: Lesson) -> None:
    for box in boxes(lesson):
        if box.kind == "number":
            verdict = check("104729/7919", box)  # two primes that come up nowhere
            assert (verdict.state, verdict.error) == ("wrong", None), box.id


def test_each_misconception_is_met_by_a_prediction() -> None:
    assert [name.split()[0] for name in MISCONCEPTIONS] == [f"M{number}" for number in range(1, 17)]
    for misconception, places in MISCONCEPTIONS.items():
        for place in places:
            start, name = place.split()
            lesson = load_lesson(_folder(start))
            found = [block for page in lesson.pages for block in page.predictions if block.id == name]
            assert len(found) == 1, (misconception, place)
            assert isinstance(found[0], Predict)
            assert len(found[0].choices) >= 2
            assert found[0].because


def test_the_right_option_is_not_the_first_one_as_a_rule() -> None:
    """Nobody should find it by its place."""
    first = []
    for folder in FOLDERS:
        for page in load_lesson(folder).pages:
            choices = [(ask.choices, ask.right) for ask in page.questions if len(ask.right) == 1]
            choices += [(found.choices, (found.right,)) for found in page.predictions if not found.groups]
            first += [options[0].id == right[0] for options, right in choices if options]
    assert len(first) > 60
    assert sum(first) < 0.4 * len(first)


def _folder(start: str) -> Path:
    return next(folder for folder in FOLDERS if folder.name.startswith(start))


def test_it_ends_by_asking_who_chose(lesson: Lesson) -> None:
    last = lesson.pages[-1]
    assert last.kind == "explore"
    text = " ".join(page_lines(lesson, len(lesson.pages) - 1, last))
    assert re.search(r"\b[Ww]ho\b[^.?]*\b(chose|choose|decide[sd]?)\b[^.?]*\?", text), text


def test_results_are_kept_from_every_exercise_that_asks_for_what_the_window_would_tell() -> None:
    """Where an answer is a number of the living neuron, the page hides results until it is found."""
    for folder in FOLDERS:
        for page in load_lesson(folder).pages:
            if page.kind == "your turn":
                formulas = [box.formula for ask in page.questions for box in ask.boxes if not box.given]
                told = any(
                    re.search(r"\{(z|value|output|residual|square|loss|gradient|part|next)\b", f) for f in formulas
                )
                assert not told or "results" in page.hide, (folder.name, page.title)


def test_the_table_of_this_file_names_lessons_by_their_number() -> None:
    assert folder_named("12").name.startswith("12_")
