"""Lesson files: what is read, and every mistake told in one sentence with its line and a remedy."""

from __future__ import annotations

import pytest

from neurosim.lessons.faults import LessonError
from neurosim.lessons.lesson import Ask, Predict, Reveal, sorted_places
from neurosim.lessons.lesson_file import read_lesson
from neurosim.lessons.text import Bullets, Display, LiveNumber, Maths, Paragraph, Words
from neurosim.markup.write_text import write_text

GOOD = """\
---
title: A lesson
slide: 12
goal: To see one.
needs: nothing
---

```teacher
misconception: That it is hard.
ask: One?
ask: Two?
ask: Three?
leaves out: All else.
```

# Show: A page

```page
start: lecture
do: open panel working
hide: loss
lock: edge a
```

The loss is **now** {loss|both}, with $a = {edge:a}$.

$yhat_1 = {output:1}$
$yhat_2 = {output:2}$

- first
- second

```reveal
$r_1 = {residual:1}$
do: step line 3
```

```question rule
kind: choice
ask: Which rule?
- mean: The mean.
  > Yes.
- sum: The sum.
  > Look at
    n again.
right: mean
```

# Predict: Another

```predict way
ask: Up or down?
- up: Up.
- down: Down.
right: down
outcome: {loss}
do: step
because: It falls.
```

# Your turn: The last

```question grad
ask: The gradient?
answer: {gradient:a}
preferred: -136/3
hint: One.
hint: Two.
hint: Three.
```
"""


def lesson(text: str = GOOD):
    return read_lesson(text, {}, "90_test")


def faults(text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        read_lesson(text, {}, "90_test")
    return [str(fault) for fault in caught.value.faults]


def line_of(text: str, wanted: str) -> int:
    return text.splitlines().index(wanted) + 1


def test_pages_have_kind_title_and_settings() -> None:
    found = lesson()
    assert [(page.kind, page.title) for page in found.pages] == [
        ("show", "A page"),
        ("predict", "Another"),
        ("your turn", "The last"),
    ]
    first = found.pages[0]
    assert (first.start, first.hide, first.lock) == ("lecture", ("loss",), ("edge a",))
    assert [command.text for command in first.commands] == ["open panel working"]
    assert len(found.notes.ask) == 3


def test_text_becomes_words_formulas_and_live_numbers() -> None:
    paragraph, display, bullets, reveal, _ = lesson().pages[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert Words("now", bold=True) in paragraph.spans
    assert LiveNumber("loss", "both") in paragraph.spans
    assert [write_text(span.markup) for span in paragraph.spans if isinstance(span, Maths)] == ["a = {edge:a}"]
    assert isinstance(display, Display)
    assert [write_text(line) for line in display.lines] == ["ŷ₁ = {output:1}", "ŷ₂ = {output:2}"]
    assert bullets == Bullets(((Words("first"),), (Words("second"),)))
    assert isinstance(reveal, Reveal)
    assert [command.text for command in reveal.commands] == ["step line 3"]


def test_a_message_belongs_to_the_option_before_it() -> None:
    ask = lesson().ask("rule")
    assert isinstance(ask, Ask)
    assert [choice.message for choice in ask.choices] == [(Words("Yes."),), (Words("Look at n again."),)]
    assert ask.right == ("mean",)


def test_a_reveal_begins_a_stage_and_a_prediction_ends_one() -> None:
    show, predict, _ = lesson().pages
    assert [len(stage) for stage in show.stages] == [3, 2]
    assert [[type(block) for block in stage] for stage in predict.stages] == [[Predict], []]


def test_an_answer_that_is_a_reference_says_what_it_is_about() -> None:
    ask = lesson().ask("grad")
    assert ask.boxes[0].about == "gradient:a"
    assert len(ask.boxes[0].hints) == 3


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ("title: A lesson", "titel: A lesson", '"titel" is not known before the first page'),
        ("# Show: A page", "# A page", "does not say what kind of page"),
        ("start: lecture", "start: lectures", 'no document "lectures"'),
        ("do: open panel working", "do: open pannel working", 'no command "open pannel working"'),
        ("do: step line 3", "do: step line three four", 'should read "step line [N]"'),
        ("kind: choice", "kind: choise", 'no kind of question "choise"'),
        ("right: mean", "right: meen", '"meen" in "right:" is no option'),
        ("right: mean", "wright: mean", 'there is no "right:"'),
        ("- sum: The sum.", "- mean: The sum.", 'two options have the name "mean"'),
        ("answer: {gradient:a}", "answer: gradient a", "write it in braces"),
        ("answer: {gradient:a}", "answer: {gradient:a} +", "ends too early"),
        ("hint: Three.", "", "there are 2 hints"),
        ("```question grad", "```question way", 'the name "way" is used on line'),
        ("```question grad", "```question", "the question has no name"),
        ("```question grad", "```quesiton grad", 'no block "quesiton"'),
        ("The loss is **now** {loss|both}, with $a = {edge:a}$.", "It is {loss|binary}.", "no way to write a number"),
        ("The loss is **now** {loss|both}, with $a = {edge:a}$.", "It is $(a + b$.", 'a ")" is missing'),
        ("The loss is **now** {loss|both}, with $a = {edge:a}$.", "It is $loss + 1$.", "put words into quotes"),
        ("The loss is **now** {loss|both}, with $a = {edge:a}$.", "A [link](http://x.org).", "a link has no place"),
        ("The loss is **now** {loss|both}, with $a = {edge:a}$.", "## Smaller", "a heading inside a page"),
        ("because: It falls.", "becuase: It falls.", 'the prediction has no "because:"'),
        ("ask: Up or down?", "what is this", "is not understood"),
    ],
)
def test_each_mistake_is_told_with_its_line(line: str, instead: str, told: str) -> None:
    text = GOOD.replace(line, instead, 1)
    found = faults(text)
    assert any(told in sentence for sentence in found), found
    for sentence in found:
        place, _, rest = sentence.partition(": ")
        name, _, number = place.rpartition(":")
        assert name == "lesson.md"
        assert 1 <= int(number) <= len(text.splitlines())
        assert "; " in rest
        assert rest.endswith(".")


def test_the_line_is_that_of_the_mistake() -> None:
    text = GOOD.replace("right: mean", "right: meen", 1)
    assert faults(text)[0].startswith(f"lesson.md:{line_of(text, '```question rule')}: ")
    text = GOOD.replace("  > Yes.", "what?", 1)
    assert faults(text)[0].startswith(f"lesson.md:{line_of(text, 'what?')}: ")


def test_all_mistakes_are_told_at_once_in_order() -> None:
    text = GOOD.replace("hint: Three.", "").replace("right: mean", "right: meen").replace("slide: 12\n", "")
    found = faults(text)
    assert len(found) == 3
    lines = [int(sentence.split(":")[1]) for sentence in found]
    assert lines == sorted(lines)


def test_a_block_that_is_never_closed_is_told_where_it_opens() -> None:
    text = GOOD.rstrip().removesuffix("```")
    assert any(f"lesson.md:{line_of(text, '```question grad')}: the block is never closed" in f for f in faults(text))


SORTING = """\
```predict likeness
kind: sort
ask: Which is which?
group same: the same
group other: **another** one
- first: The first one. | same
  > It is.
- second: The second one. | other
because: So it is.
```
"""


def _sorting(text: str) -> str:
    start, _, _ = GOOD.partition("# Show: A page")
    return f"{start}# Predict: Sort\n\n```page\nstart: lecture\n```\n\nSort.\n\n{text}"


def test_a_prediction_by_sorting_knows_where_each_thing_belongs() -> None:
    lesson = read_lesson(_sorting(SORTING), {}, "90_test")
    (found,) = lesson.pages[0].predictions
    assert [(item.id, item.group) for item in found.choices] == [("first", "same"), ("second", "other")]
    assert [group.id for group in found.groups] == ["same", "other"]
    assert found.groups[1].text == (Words("another", bold=True), Words(" one"))
    assert found.right == "first=same, second=other"
    assert sorted_places(found.right) == {"first": "same", "second": "other"}
    assert found.choices[0].message == (Words("It is."),)


@pytest.mark.parametrize(
    ("right", "broken", "at", "words"),
    [
        ("one. | same", "one.", "- first", '"first" belongs to no group'),
        ("one. | other", "one. | elsewhere", "- second", 'there is no group "elsewhere"; groups are same, other'),
        ("group other", "group same", "group same: **", 'two groups have the name "same"'),
        ("group other: **another** one\n", "", "```predict", "there are 1 groups to sort into"),
        ("- second", "- first", "- first: The second", 'two things to sort have the name "first"'),
        ("kind: sort", "kind: pile", "```predict", 'there is no kind of prediction "pile"; known are choice, sort'),
        ("because: So", "right: first\nbecause: So", "right:", '"right:" has no place in a prediction'),
    ],
)
def test_each_mistake_in_a_sorting_is_told_with_its_line(right: str, broken: str, at: str, words: str) -> None:
    text = _sorting(SORTING.replace(right, broken, 1))
    with pytest.raises(LessonError) as caught:
        read_lesson(text, {}, "90_test")
    line = next(number for number, content in enumerate(text.splitlines(), 1) if content.startswith(at))
    assert any(fault.line == line and words in str(fault) for fault in caught.value.faults), caught.value.faults
