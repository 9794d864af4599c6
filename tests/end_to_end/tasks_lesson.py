"""Two usability tasks about lessons: the gradient of other points is typed, and a file is made for the class."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from story import MINUS, Story
from tasks_keyboard import _focus_is, _tab_to

from neurosim.lessons.hands import hand_of
from neurosim.main_window.lesson_dock.said import Said
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.lesson.text_flow import TextFlow

LESSON = "12_worked_step"
LAST_LINE, BOTH_PARTS, WHOLE_STEP = 7, 8, 9
"""Pages of the lesson, from 0."""
SLIPS = (("16", "opposite sign"), ("-8", "power rule"), ("-32", "gradient of the sum"))
"""What may be typed for -16, and what the message says."""
CLASS_FILE = "class.neurosim"
STEADY = 12
"""Looks at a place, a few milliseconds apart, after which it counts as at rest."""


def _runner(story: Story) -> LessonRunner:
    return story.window.commands.lessons.runner


def _said(story: Story, name: str = "answerFieldSaid") -> str:
    found = story.window.findChild(Said, name)
    return found.flow.accessibleName() if isinstance(found, Said) and found.isVisible() else ""


def _read(story: Story) -> str:
    """All that stands in the window, for eyes and for screen readers."""
    found = [label.text() for label in story.window.findChildren(QLabel) if label.isVisible()]
    found += [flow.accessibleName() for flow in story.window.findChildren(TextFlow) if flow.isVisible()]
    return " ".join(found).replace(MINUS, "-").replace("minus ", "-")


# -- task 6: the gradient of other points ----------------------------------------------------------------------------


def gradient_by_mouse(story: Story) -> None:
    """The lesson from the menu, its pages by skipping, each box clicked, and Check pressed."""
    story.choose("Lesson", "lesson-openMenu", f"openLesson-{LESSON}")
    _page_by_mouse(story, BOTH_PARTS)
    _gradient(story, _answer_by_mouse, "-32/2")
    _page_by_mouse(story, WHOLE_STEP)
    _carried_forward(story, _answer_by_mouse)


def gradient_by_keys(story: Story) -> None:
    """Ctrl+J, Tab to the lesson, its pages from the list of commands, and Enter after each answer."""
    story.robot.point_at(QPoint(1900, 1060))
    story.robot.keys("ctrl+j")
    _tab_to(story, lambda: _focus_is(f"lesson-{LESSON}"), "the lesson")
    story.robot.keys("space")
    _page_by_keys(story, BOTH_PARTS)
    _gradient(story, _answer_by_keys, "-16,0")
    _page_by_keys(story, WHOLE_STEP)
    _carried_forward(story, _answer_by_keys)


def _gradient(story: Story, answer: Callable[[Story, str, str], None], right: str) -> None:
    runner = _runner(story)
    story.wait(lambda: runner.index == BOTH_PARTS, "the page is on view")
    answer(story, "answerField", "")
    assert runner.answer("g2_a") is None, "nothing is no attempt"
    answer(story, "answerField", "1//2")
    story.wait(lambda: _said(story) != "", "it is said what cannot be read")
    unread = runner.answer("g2_a")
    assert unread is None or unread.tries == 0, "1//2 is no attempt"
    for text, words in SLIPS:
        answer(story, "answerField", text)
        story.wait(lambda w=words: w in _said(story), f"{text} is told: {words}, not {_said(story)}")
        assert "wrong" not in _said(story).lower()
        story.picture(f"said-{text}")
    tries = runner.answer("g2_a")
    assert tries is not None
    assert tries.tries == len(SLIPS)
    answer(story, "answerField", right)
    story.wait(lambda: runner.answer("g2_a").is_right, f"{right} is right")
    answer(story, "answerField-g2_b", "-7")
    story.wait(lambda: runner.is_done(BOTH_PARTS), "the page is done")
    story.picture("done")


def _carried_forward(story: Story, answer: Callable[[Story, str, str], None]) -> None:
    """A residual with the other sign; the gradient that follows from it, 5/2 - 3 · 9/2 = -11, is taken as it is."""
    runner = _runner(story)
    answer(story, "answerField", "5/2")
    story.wait(lambda: "sign" in _said(story), "the first residual is told its sign")
    answer(story, "answerField-s_r2", "-9/2")
    answer(story, "answerField-s_a", "-11")
    story.wait(lambda: "-11" in (runner.answer("s_a").text if runner.answer("s_a") else ""), "the gradient is judged")
    story.wait(
        lambda: "Consistent with your" in _said(story, "answerField-s_aSaid"),
        "it is judged from the learner's own residual",
    )
    assert runner.answer("s_a").is_right
    story.picture("carried")


def _page_by_mouse(story: Story, index: int) -> None:
    """Through the menu to the next page on which it is the learner's turn, until it is that page."""
    story.wait(lambda: _runner(story).lesson is not None, "the lesson opens")
    while (before := _runner(story).index) < index:
        story.choose("Lesson", "lessonSkip")
        story.wait(lambda was=before: _runner(story).index > was, "the page is turned")
    assert _runner(story).index == index


def _page_by_keys(story: Story, index: int) -> None:
    """The same from the list of commands."""
    story.wait(lambda: _runner(story).lesson is not None, "the lesson opens")
    while (before := _runner(story).index) < index:
        _command(story, "skip to your turn")
        story.wait(lambda was=before: _runner(story).index > was, "the page is turned")
    assert _runner(story).index == index


def _answer_by_mouse(story: Story, name: str, text: str) -> None:
    field = story.robot.find(QLineEdit, name)
    _into_view(story, field)
    story.robot.click(_steady(story, field))
    story.wait(field.hasFocus, f"{name} has the keyboard")
    story.robot.keys(["ctrl+a", "BackSpace"])
    if text:
        story.robot.write(text)
    check = story.robot.find(QWidget, "checkButton")
    _into_view(story, check)
    story.robot.click(_steady(story, check))


def _answer_by_keys(story: Story, name: str, text: str) -> None:
    _tab_to(story, lambda: _focus_is(name), name)
    story.robot.keys(["ctrl+a", "BackSpace"])
    if text:
        story.robot.write(text)
    story.robot.keys("Return")


def _into_view(story: Story, widget: QWidget) -> None:
    """Turn the wheel over the page until *widget* can be pointed at."""
    page = story.robot.find(QScrollArea, "lessonPage")
    assert isinstance(page, QScrollArea)
    for _ in range(40):
        top = widget.mapTo(page.viewport(), QPoint(0, 0)).y()
        if top >= 0 and top + widget.height() <= page.viewport().height():
            return
        story.robot.click(story.robot.place(page.viewport()), button=5 if top > 0 else 4)
    raise AssertionError(f"{widget.objectName()} does not come into view")


def _steady(story: Story, widget: QWidget) -> QPoint:
    """Where on the screen *widget* is, once a sentence that has just appeared has found its room."""
    places: list[QPoint] = []

    def stays() -> bool:
        places.append(story.robot.place(widget))
        return len(places) > STEADY and len(set(map(QPoint.toTuple, places[-STEADY:]))) == 1

    story.wait(stays, f"{widget.objectName()} stays where it is")
    return places[-1]


# -- task 10: a file for the class -----------------------------------------------------------------------------------


def make_the_class_file(story: Story) -> None:
    """By mouse: the points locked and the answers hidden in the sheet, and one file saved from the menu."""
    story.choose("Lesson", "lesson-openMenu", f"openLesson-{LESSON}")
    _page_by_mouse(story, LAST_LINE)
    story.choose("Lesson", "handDialog")
    dialog = _dialog(story)
    for name in ("lock-points", "hide-answers"):
        box = dialog.findChild(QCheckBox, name)
        assert isinstance(box, QCheckBox)
        story.robot.click(story.robot.place(box, QPoint(10, box.height() // 2)))
        story.wait(box.isChecked, f"{name} is ticked")
    story.picture("sheet")
    close = dialog.findChild(QDialogButtonBox)
    assert isinstance(close, QDialogButtonBox)
    story.robot.click(story.robot.place(close.button(QDialogButtonBox.StandardButton.Close)))
    story.wait(lambda: not dialog.isVisible(), "the sheet closes")
    _save(story, lambda: story.choose("Lesson", "saveForClass"))


def make_the_class_file_by_keys(story: Story) -> None:
    """By keyboard: the sheet and Save for the class are found by their names in the list of commands."""
    story.robot.point_at(QPoint(1900, 1060))
    story.robot.keys("ctrl+j")
    _tab_to(story, lambda: _focus_is(f"lesson-{LESSON}"), "the lesson")
    story.robot.keys("space")
    _page_by_keys(story, LAST_LINE)
    _command(story, "hide and lock")
    dialog = _dialog(story)
    for name in ("hide-answers", "lock-points"):
        _tab_to(story, lambda n=name: _focus_is(n), name)
        story.robot.keys("space")
        box = dialog.findChild(QCheckBox, name)
        assert isinstance(box, QCheckBox)
        story.wait(box.isChecked, f"{name} is ticked")
    story.robot.keys("Escape")
    story.wait(lambda: not dialog.isVisible(), "the sheet closes")
    _save(story, lambda: _command(story, "save for the class"))


def _dialog(story: Story) -> QDialog:
    story.wait(lambda: story.window.findChild(QDialog, "handDialog") is not None, "the sheet opens")
    dialog = story.window.findChild(QDialog, "handDialog")
    assert isinstance(dialog, QDialog)
    story.wait(dialog.isActiveWindow, "the sheet has the keyboard")
    return dialog


def _command(story: Story, words: str) -> None:
    story.robot.keys("ctrl+shift+p")
    story.wait(lambda: _focus_is("commandField"), "the list of commands opens")
    story.robot.write(words)
    story.robot.keys("Return")


def _save(story: Story, ask: Callable[[], None]) -> None:
    """Ask for the file's name and type it: the platform's dialog waits inside of *ask*, so a timer does the typing."""

    def typed() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isActiveWindow():
            timer.stop()
            story.robot.keys("ctrl+a")
            story.robot.write(str(Path(CLASS_FILE).resolve()))
            story.robot.keys("Return")

    timer = QTimer(interval=50)
    timer.timeout.connect(typed)
    timer.start()
    ask()
    story.wait(Path(CLASS_FILE).exists, "the file is written")
    story.wait(lambda: not story.window.document.modified, "nothing is left to save")
    assert _runner(story).progress.hand == hand_of(("answers",), ("points",))
    Path("hash.txt").write_text(story.state_hash(), encoding="utf-8")


def use_the_class_file(story: Story) -> None:
    """Elsewhere: the same state on the same page; the points stay and say why; the answer is nowhere to be read."""
    runner = _runner(story)
    assert story.state_hash() == Path("hash.txt").read_text(encoding="utf-8")
    assert (runner.index, runner.lesson.name if runner.lesson else "") == (LAST_LINE, LESSON)
    story.wait(story.plot.isVisible, "the data are on view")
    rows, bar = story.window.document.state.dataset, story.window.message_bar
    story.robot.drag(story.at(3, 5), story.at(3, 3))
    story.wait(lambda: bar.isVisible() and "locked" in bar.text(), "it is said that the points are locked")
    assert story.window.document.state.dataset == rows
    story.picture("locked")
    story.plot.setFocus()
    story.robot.keys(["n", "Down", "Down"])
    assert story.window.document.state.dataset == rows
    for text in ("1", "2", "3"):
        hint = story.robot.find(QWidget, "hintButton")
        if hint.isVisible():
            _into_view(story, hint)
            story.robot.click(_steady(story, hint))
        _answer_by_mouse(story, "answerField", text)
        story.wait(lambda t=text: _answered(runner) == t, "the try is kept")
    assert "multiply by" in _read(story), "the first two hints are there"
    assert "= -7" not in _read(story)
    story.picture("hints")


def _answered(runner: LessonRunner) -> str:
    answer = runner.answer("g1_b")
    return "" if answer is None else answer.text


STORIES = (gradient_by_mouse, gradient_by_keys)
CLASS = {
    "make_the_class_file": (make_the_class_file, ""),
    "make_the_class_file_by_keys": (make_the_class_file_by_keys, ""),
    "use_the_class_file": (use_the_class_file, CLASS_FILE),
}
"""Both halves of the task, each for a program of its own; with the document it opens, in the present folder."""
