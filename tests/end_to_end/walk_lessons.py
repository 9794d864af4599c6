"""Walks through the lessons page by page in a real window, by the keyboard, and keeps what a learner would see.

    python tests/end_to_end/walk_lessons.py FOLDER                       all lessons at 1280 x 720
    python tests/end_to_end/walk_lessons.py FOLDER 01 05 --size 1920x1080 --theme dark --quick

Each prediction is made wrongly (``--guess right``: rightly); each box is given something unreadable, each known slip,
and at last the right answer, with the hints asked for in between. FOLDER then holds a picture of each page at each
stage (``01c-03-1-page.png``: lesson, page, lines revealed) and of each reply (``...-reply-02.png``), and for each
lesson a listing (``01_close_up.txt``) of what was read, typed, how that was taken, and what was said to it.
``--quick`` gives right answers alone. ``lesson_sheets.py`` puts the pictures on sheets.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDockWidget, QLineEdit, QWidget
from robot import Robot
from story import MINUS, Story
from tasks_keyboard import _focus_is, _put_the_pointer_away, _tab_to
from virtual_screen import virtual_screen

from neurosim.algebra.render_text import render_text
from neurosim.lessons.answers import check
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import formula_slips_in, slips_in
from neurosim.lessons.answers.slips import Slip
from neurosim.lessons.answers.typed_number import read_number
from neurosim.lessons.asking import given_answer
from neurosim.lessons.library import lesson_folders
from neurosim.lessons.question import Question
from neurosim.main_window.lesson_dock.page_view import PageView
from neurosim.main_window.lesson_dock.predict_card import PredictCard
from neurosim.main_window.lesson_dock.question_card import QuestionCard
from neurosim.main_window.lesson_dock.said import Said
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.lesson.text_flow import TextFlow

UNREADABLE = {"number": ("1//2", "two"), "expression": ("3x +", "x^^2")}
TYPED = str.maketrans({MINUS: "-", "·": "*", "²": "^2", "³": "^3"})
"""How signs are typed that the keyboard lacks."""
OF_DECIMALS = {"decimal_place", "digits_exchanged"}
WRONG = 2
"""Things that are sorted wrongly where guesses are wrong."""
MOST = 400
"""More things to do than a lesson asks."""
LOOKS = 25
"""Looks at the screen until it counts as never at rest."""


class Walk:
    """One lesson from its first page to its last."""

    def __init__(self, story: Story, name: str, folder: Path, *, quick: bool, guess: str) -> None:
        self.story = story
        self.name = name
        self.folder = folder
        self.quick = quick
        self.guess = guess
        self.robot: Robot = story.robot
        self.runner: LessonRunner = story.window.commands.lessons.runner
        self.lines: list[str] = []
        self.replies: set[tuple[int, str]] = set()
        self.tried: set[str] = set()
        self.met: set[tuple[int, int, int | None]] = set()

    # -- going -----------------------------------------------------------------------------------------------------

    def go(self) -> None:
        """Open the lesson as its user would, and do all that it asks."""
        self.robot.keys("ctrl+j")
        _tab_to(self.story, lambda: _focus_is(f"lesson-{self.name}"), self.name)
        self.robot.keys("space")
        self.story.wait(lambda: self.runner.lesson is not None, "the lesson opens")
        for _ in range(MOST):
            self._look()
            if not self.runner.can_next and self.view.first_control() is None:
                break
            self._do_what_is_asked()
        (self.folder / f"{self.name}.txt").write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        self._leave()

    def _leave(self) -> None:
        self.runner.close()
        document = self.story.window.document
        document.mark_saved(document.path)

    @property
    def view(self) -> PageView:
        """The page on view."""
        found = self.robot.find(QWidget, "lessonPage")
        assert isinstance(found, PageView)
        return found

    @property
    def place(self) -> str:
        """Lesson, page and stage, for names of pictures."""
        number, _, word = self.name.partition("_")
        return f"{number}{word[0]}-{self.runner.index + 1:02}-{self.runner.stage}"

    def _do_what_is_asked(self) -> None:
        widget = self._control()
        if widget is None:
            self._tab_to("lessonNext", self.robot.find(QWidget, "lessonNext"))
            before = (self.runner.index, self.runner.stage, self.runner.progress.again)
            self.robot.keys("space")
            self.story.wait(
                lambda: (self.runner.index, self.runner.stage, self.runner.progress.again) != before, "it goes on"
            )
        elif isinstance(card := _card_of(widget), PredictCard):
            self._predict(card)
        elif isinstance(widget, QLineEdit):
            self._fill(card, widget)
        else:
            self._choose(card)

    def _control(self) -> QWidget | None:
        found = self.view.first_control()
        if found is not None and not found.hasFocus():
            self._tab_to(found.objectName(), found)
        return found

    def _tab_to(self, name: str, widget: QWidget) -> None:
        if not widget.hasFocus():
            self.robot.keys("shift+Tab")
        _tab_to(self.story, widget.hasFocus, name)

    # -- predicting, choosing, typing ------------------------------------------------------------------------------

    def _predict(self, card: PredictCard) -> None:
        predict = card.predict
        if predict.groups:
            self._sort(card)
        else:
            self._foretell(card)
        button = card.commit_button
        self._tab_to("predictButton", button)
        self._picture("predicted")
        self.robot.keys("space")
        self.story.wait(lambda: predict.id in self.runner.progress.predictions, "the prediction is kept")
        self._note(f"predicts {self.runner.progress.predictions[predict.id]}")

    def _sort(self, card: PredictCard) -> None:
        """Each thing by the digit of its group; where guesses are wrong, the first two into another one."""
        groups = [group.id for group in card.predict.groups]
        for place, item in enumerate(card.predict.choices):
            number = groups.index(item.group)
            if self.guess == "wrong" and place < WRONG:
                number = (number + 1) % len(groups)
            widget = self.robot.find(QWidget, f"predict-{item.id}")
            self._tab_to(widget.objectName(), widget)
            self.robot.keys(str(number + 1))
            self.story.wait(lambda w=widget, n=number: groups[n] in _bin_of(w), f"{item.id} lies in its group")

    def _foretell(self, card: PredictCard) -> None:
        predict = card.predict
        wrong = [choice.id for choice in predict.choices if choice.id != predict.right]
        wanted = predict.right if self.guess == "right" else wrong[0]
        self._pick(f"predict-{wanted}")

    def _pick(self, name: str) -> None:
        """Go to the options with the keyboard and choose one of them with the arrows."""
        wanted = self.robot.find(QAbstractButton, name)
        assert isinstance(wanted, QAbstractButton)
        if isinstance(wanted, QCheckBox):
            self._tab_to(name, wanted)
            self.robot.keys("space")
            return
        options = wanted.parentWidget()
        assert options is not None
        inside = lambda: (held := QApplication.focusWidget()) is not None and options.isAncestorOf(held)  # noqa: E731
        if not inside():
            self.robot.keys("shift+Tab")
            _tab_to(self.story, inside, name)
        self.robot.keys("space")
        buttons = options.findChildren(QAbstractButton)
        for _ in buttons:
            QApplication.processEvents()
            if wanted.isChecked():
                return
            held = QApplication.focusWidget()
            assert held is not None
            self.robot.keys("Down" if held.y() < wanted.y() else "Up")
            self.story.wait(lambda h=held: QApplication.focusWidget() is not h, "the arrow chooses the next")
        assert wanted.isChecked(), f"the arrows do not lead to {name}"

    def _choose(self, card: QuestionCard) -> None:
        ask = card.ask
        stem = card.check_button.objectName().replace("checkButton", "answer")
        several = len(ask.right) > 1
        wrong = [(choice.id,) for choice in ask.choices if choice.id not in ask.right]
        if several:
            wrong += [ask.right[:1], tuple(choice.id for choice in ask.choices)]
        tries = [] if self.quick or ask.id in self.tried else wrong
        self.tried.add(ask.id)
        if tries:
            self._check(card)
            self._reply("choiceSaid", ask.id, "")
        for number, chosen in enumerate([*tries, ask.right]):
            if number in {1, 2, 3} and card.hint_button.isVisible():
                self._hint(card)
            for choice in ask.choices if several else ():
                box = self.robot.find(QCheckBox, f"{stem}-{choice.id}")
                assert isinstance(box, QCheckBox)
                if box.isChecked() != (choice.id in chosen):
                    self._pick(box.objectName())
                    self.story.wait(lambda b=box, on=choice.id in chosen: b.isChecked() == on, "it is ticked")
            if not several:
                self._pick(f"{stem}-{chosen[0]}")
            self._check(card)
            self._reply("choiceSaid", ask.id, ",".join(chosen))
        self.story.wait(card.is_done, f"{ask.right} is right")

    def _check(self, card: QuestionCard) -> None:
        self._tab_to("checkButton", card.check_button)
        self.robot.keys("space")
        QApplication.processEvents()

    def _fill(self, card: QuestionCard, field: QLineEdit) -> None:
        question = self.runner.question(card.ask)
        assert question is not None
        name = str(field.property("box"))
        box = next(part for part in question.fields or (question,) if part.id == name)
        tries = [] if self.quick or name in self.tried else [*UNREADABLE[box.kind], *slips_of(box)]
        self.tried.add(name)
        self.lines.append(f"  [{name}] {box.prompt} {box.label} = {given_answer(box)}")
        for number, text in enumerate(map(_on_keys, [*tries, given_answer(box)])):
            self._tab_to(field.objectName(), field)
            if number in {1, 3, 4} and tries and card.hint_button.isVisible():
                self._hint(card)
                self._tab_to(field.objectName(), field)
            self.robot.keys(["ctrl+a", "BackSpace"])
            self.robot.write(text)
            self.story.wait(lambda t=text: field.text() == t, f"{text} is typed")
            self.robot.keys("Return")
            self._reply(f"{field.objectName()}Said", name, text)
        answer = self.runner.answer(name)
        assert answer is not None, name
        assert answer.is_right, (name, answer)

    def _hint(self, card: QuestionCard) -> None:
        words = card.hint_button.text()
        before = dict(self.runner.progress.hints)
        self._tab_to("hintButton", card.hint_button)
        self.robot.keys("space")
        self.story.wait(lambda: dict(self.runner.progress.hints) != before, f"{words} is given")
        self._note(f"hint {words[-3:]}")
        self._picture(f"hint-{words[-3]}")

    # -- what is seen ----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Take a picture of what is new."""
        key = (self.runner.index, self.runner.stage, self.runner.progress.again)
        if key in self.met:
            return
        self.met.add(key)
        page = self.runner.page
        assert page is not None
        again = "" if key[2] is None else " (other numbers)"
        last = self.runner.at_last_stage
        self.lines.append(f"\n{self.place} {page.kind}: {page.title}{again}{'' if last else ' ...'}")
        self._picture("page" if key[2] is None else "other")
        self.lines += [f"  | {words}" for words in self._words()]
        self._room()

    def _words(self) -> Iterator[str]:
        for piece in self.view.pieces:
            for flow in piece.findChildren(TextFlow):
                if flow.isVisible():
                    yield flow.accessibleName()

    def _room(self) -> None:
        """How far the page reaches beyond its frame, and which panels are in sight."""
        bar = self.view.verticalScrollBar()
        docks = self.story.window.findChildren(QDockWidget)
        shown = sorted(dock.objectName().removesuffix("Dock") for dock in docks if not dock.visibleRegion().isEmpty())
        self.lines.append(f"  ({bar.maximum()} px below, from {bar.value()}; in sight: {', '.join(shown)})")

    def _reply(self, said: str, name: str, typed: str) -> None:
        """What is said to an answer, in the listing, and as a picture the first time on this page."""

        def told() -> bool:
            answer = self.runner.answer(name)
            return any(one.isVisible() for one in self._sentences("")) or (answer is not None and answer.text == typed)

        self.story.wait(told, f"{typed!r} is answered")
        self._rest()
        words = " ".join(one.flow.accessibleName() for one in self._sentences(said) if one.isVisible())
        answer = self.runner.answer(name)
        verdict = "right" if answer is not None and answer.is_right else "tries " + str(answer.tries if answer else 0)
        error = answer.verdict.error if answer is not None and answer.text == typed else None
        read = answer.verdict.read_as if answer is not None and answer.text == typed else ""
        self._note(f"{typed!r:24} {verdict:8} {error or '-':24} read {read!r}: {words}")
        if "wrong" in words.lower():
            self.lines.append("  !! says wrong")
        if (self.runner.index, words) not in self.replies:
            self.replies.add((self.runner.index, words))
            self._picture(f"reply-{len([1 for index, _ in self.replies if index == self.runner.index]):02}")

    def _sentences(self, start: str) -> list[Said]:
        """The widgets that say something to an answer; they are new ones where a page has been made anew."""
        return [one for one in self.view.findChildren(Said) if one.objectName().startswith(start)]

    def _note(self, words: str) -> None:
        self.lines.append(f"    {words}")

    def _picture(self, moment: str) -> None:
        self._rest().save(str(self.folder / f"{self.place}-{moment}.png"))

    def _rest(self) -> QImage:
        """The window once nothing on it moves any more."""
        before = self._grab()
        for _ in range(LOOKS):
            now = self._grab()
            if now == before:
                break
            before = now
        return before

    def _grab(self) -> QImage:
        for _ in range(3):
            QApplication.processEvents()
        window = self.story.window
        return window.screen().grabWindow(window.winId()).toImage()


def slips_of(box: Question) -> list[str]:
    """What may be typed for each known slip that does not happen to be right."""
    if box.kind == "expression":
        found = [render_text(slip.formula).text for slip in formula_slips_in(Case(box))]
    else:
        slips = slips_in(Case(box, read_number("12345")))
        found = [_as_typed(slip) for slip in slips]
    typed = [text.translate(TYPED) for text in dict.fromkeys(found)]
    return [text for text in typed if not check(text, box).is_right]


def _bin_of(card: QWidget) -> str:
    """The name of what a card of a sorting lies in."""
    above = card.parentWidget()
    return above.objectName() if above is not None else ""


def _as_typed(slip: Slip) -> str:
    """As a fraction, unless it is a slip of writing a decimal."""
    if isinstance(slip.value, Fraction) and slip.error not in OF_DECIMALS:
        return str(slip.value)
    return f"{float(slip.value):.5g}"


def _on_keys(text: str) -> str:
    """*text* with nothing in it that a keyboard lacks."""
    for sign, typed in ((MINUS, "-"), ("·", "*"), ("²", "^2"), ("³", "^3"), ("σ", "sigma"), ("ŷ", "yhat")):
        text = text.replace(sign, typed)
    return text


def _card_of(widget: QWidget) -> PredictCard | QuestionCard:
    found: QWidget | None = widget
    while not isinstance(found, PredictCard | QuestionCard):
        assert found is not None, widget.objectName()
        found = found.parentWidget()
    return found


# -- from outside --------------------------------------------------------------------------------------------------


def inside(arguments: argparse.Namespace) -> None:
    """On the virtual screen: one window, one lesson after the other."""
    width, height = map(int, arguments.size.split("x"))
    story = Story("walk", arguments.folder, QSize(width, height))
    QApplication.setCursorFlashTime(0)
    if arguments.theme:
        story.window.appearance.set_theme(arguments.theme)
    _put_the_pointer_away(story)
    for name in arguments.lessons:
        walk = Walk(story, name, arguments.folder, quick=arguments.quick, guess=arguments.guess)
        try:
            walk.go()
        except AssertionError:
            sys.stdout.write("\n".join(walk.lines[-12:]) + "\n")
            raise
        sys.stdout.write(f"{name}: {len(walk.met)} views, {len(walk.replies)} replies\n")
        sys.stdout.flush()
    story.window.document.mark_saved(Path("closed.neurosim"))
    story.window.close()


def main(words: list[str] | None = None) -> int:
    """Start a virtual screen and walk there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lessons", nargs="*", help="their numbers or names; all when none is named")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--theme", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--guess", choices=("wrong", "right"), default="wrong")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    arguments.folder = arguments.folder.resolve()
    named = [folder.name for folder in lesson_folders() if not arguments.lessons or _wanted(folder, arguments.lessons)]
    arguments.lessons = named
    if arguments.inside:
        inside(arguments)
        return 0
    width, height = map(int, arguments.size.split("x"))
    with virtual_screen(width + 60, height + 80) as screen, tempfile.TemporaryDirectory() as own:
        places = {"XDG_DATA_HOME": f"{own}/data", "XDG_CONFIG_HOME": f"{own}/config"}
        command = [
            sys.executable,
            str(Path(__file__).resolve()),
            *(words or sys.argv[1:]),
            "--inside",
        ]
        return subprocess.run(command, env={**screen, **places}, check=False).returncode


def _wanted(folder: Path, names: list[str]) -> bool:
    return any(folder.name == name or folder.name.startswith(f"{name}_") for name in names)


if __name__ == "__main__":
    sys.exit(main())
