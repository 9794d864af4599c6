"""Lessons in the real window: walked by the keyboard alone, checked, hinted, and kept in the file."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from neurosim import paths
from neurosim.document import edits
from neurosim.lessons.asking import given_answer
from neurosim.lessons.library import bundled_lesson, lesson_folders
from neurosim.main_window.lesson_dock.page_view import PageView
from neurosim.main_window.lesson_dock.predict_card import PredictCard
from neurosim.main_window.lesson_dock.question_card import QuestionCard
from neurosim.main_window.lesson_dock.said import Said
from neurosim.widgets.lesson.text_flow import TextFlow

MINUS = "−"
NAMES = [folder.name for folder in lesson_folders()]
MOST_KEYS = 600


def focused(hand) -> QWidget:
    widget = hand.window.focusWidget()
    assert widget is not None
    return widget


def key(hand, code, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(hand), code, modifier)
    hand.frame()


def tab_to(hand, name: str) -> None:
    for _ in range(80):
        if focused(hand).objectName() == name:
            return
        key(hand, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {name}; the keyboard is at {focused(hand).objectName()}")


def lesson_text(hand) -> str:
    """All that is read on the page on view."""
    view = hand.find(PageView, "lessonPage")
    labels = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    flows = [flow.accessibleName() for flow in view.findChildren(TextFlow) if flow.isVisible()]
    return " ".join((*labels, *flows)).replace(MINUS, "-")


def open_by_keys(hand, name: str) -> None:
    key(hand, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert hand.find(QDockWidget, "lessonDock").isVisible()
    tab_to(hand, f"lesson-{name}")
    key(hand, Qt.Key.Key_Space)
    assert hand.find(QWidget, "lessonPanel").isAncestorOf(focused(hand)), "the keyboard goes on where it was"


def card_of(widget: QWidget, kind: type[QWidget]):
    while not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget


def do_what_is_asked(hand, runner) -> None:
    """One thing, by keys, at the place where the keyboard is."""
    widget = focused(hand)
    name = widget.objectName()
    if name.startswith("predict-"):
        predict = card_of(widget, PredictCard).predict
        if predict.groups:
            groups = [group.id for group in predict.groups]
            for item in predict.choices:
                tab_to(hand, f"predict-{item.id}")
                key(hand, Qt.Key(Qt.Key.Key_1 + groups.index(item.group)))
        else:
            key(hand, Qt.Key.Key_Space)
            while focused(hand).objectName() != f"predict-{predict.right}":
                key(hand, Qt.Key.Key_Down)
        tab_to(hand, "predictButton")
        key(hand, Qt.Key.Key_Space)
    elif name.startswith("answer-") and not isinstance(widget, QLineEdit):
        card = card_of(widget, QuestionCard)
        if len(card.ask.right) > 1:
            stem = card.check_button.objectName().replace("checkButton", "answer")
            for choice in card.ask.choices:
                if choice.id in card.ask.right:
                    tab_to(hand, f"{stem}-{choice.id}")
                    key(hand, Qt.Key.Key_Space)
        else:
            key(hand, Qt.Key.Key_Space)
            while not focused(hand).objectName().endswith(f"-{card.ask.right[0]}"):
                key(hand, Qt.Key.Key_Down)
        tab_to(hand, card.check_button.objectName())
        key(hand, Qt.Key.Key_Space)
    elif isinstance(widget, QLineEdit):
        card = card_of(widget, QuestionCard)
        question = runner.question(card.ask)
        box = next(part for part in question.fields or (question,) if part.id == widget.property("box"))
        widget.selectAll()
        QTest.keyClicks(widget, given_answer(box))
        key(hand, Qt.Key.Key_Return)
    else:
        tab_to(hand, "lessonNext")
        key(hand, Qt.Key.Key_Space)


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_is_walked_by_the_keyboard_alone(hand, name) -> None:
    open_by_keys(hand, name)
    runner = hand.window.commands.lessons.runner
    assert runner.lesson is not None
    seen = set()
    for _ in range(MOST_KEYS):
        seen.add(runner.index)
        if not runner.can_next and all(piece.first_control() is None for piece in _pieces(hand)):
            break
        do_what_is_asked(hand, runner)
    lesson = runner.lesson
    assert seen == set(range(len(lesson.pages)))
    assert [index for index in range(len(lesson.pages)) if not runner.is_done(index)] == []
    assert runner.progress.missed == ()


def _pieces(hand):
    return hand.find(PageView, "lessonPage").pieces


@pytest.fixture
def at_page(hand):
    """The worked step on the page of that title."""

    def turn(title: str):
        lessons = hand.window.commands.lessons
        lessons.open_named(next(name for name in NAMES if name.startswith("12")))
        hand.frame()
        pages = lessons.runner.lesson.pages
        lessons.runner.go_to(next(i for i, page in enumerate(pages) if page.title == title))
        hand.frame()
        return lessons.runner

    return turn


def said(hand, name: str) -> str:
    found = hand.find(Said, name)
    return found.flow.accessibleName() if found.isVisible() else ""


def answer(hand, text: str, name: str = "answerField") -> None:
    field = hand.find(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)  # QTest has no key for the true minus
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.frame()


def test_your_turn_the_gradient_of_other_points(hand, at_page) -> None:
    """Usability task 6: every form of the right answer, each slip with its message, and what is no attempt."""
    runner = at_page("The last two lines")
    for text in ("-16", "-32/2", "-16.0", "(-32)/2", "−16"):
        answer(hand, text)
        assert runner.answer("g2_a").is_right, text
        hand.window.document.undo()
        hand.frame()
        assert hand.find(QLineEdit, "answerField").text() == ""
    answer(hand, "16")
    assert "sign" in said(hand, "answerFieldSaid")
    answer(hand, "-32")
    assert "mean" in said(hand, "answerFieldSaid")
    answer(hand, "-8")
    assert "r" in said(hand, "answerFieldSaid")
    tries = runner.answer("g2_a").tries
    answer(hand, "1//2")
    assert runner.answer("g2_a").tries == tries
    assert said(hand, "answerFieldSaid")
    answer(hand, "-16")
    answer(hand, "-7", "answerField-g2_b")
    assert runner.is_done(runner.index)


def test_how_an_answer_is_read_is_said_while_it_is_typed(hand, at_page) -> None:
    at_page("The last line")
    field = hand.find(QLineEdit, "answerField")
    QTest.keyClicks(field, "-14/2")
    assert hand.read("answerFieldReadAs") == "reads as -14/2 = -7"
    field.clear()
    QTest.keyClicks(field, "1/3")
    assert hand.read("answerFieldReadAs") == "reads as 1/3 ~ 0.3333"
    field.clear()
    QTest.keyClicks(field, "1//3")
    assert not hand.find(QLabel, "answerFieldReadAs").isVisible()


def test_nothing_that_is_asked_for_is_on_the_page_before_it_is_answered(hand, at_page) -> None:
    at_page("The whole step")
    text = lesson_text(hand)
    for number in ("-5/2", "-9/2", "13/10", "-13/20"):
        assert number not in text


def test_three_hints_at_once_are_one(hand, at_page) -> None:
    at_page("The last line")
    button = hand.find(QPushButton, "hintButton")
    for _ in range(3):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said(hand, "answerFieldHint1")
    assert not said(hand, "answerFieldHint2")
    answer(hand, "3")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said(hand, "answerFieldHint2")
    answer(hand, "4")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "-7" in said(hand, "answerFieldHint3").replace("minus ", "-")
    assert not button.isVisible()
    assert hand.find(QPushButton, "otherNumbers").isVisible()


def test_the_numbers_in_the_text_are_those_of_this_frame(hand, at_page) -> None:
    at_page("Two points and a line that misses them")
    assert "51.78" in lesson_text(hand)
    hand.drag_point((4, 4), (4, 2))
    assert "36.44" in lesson_text(hand)


def test_pointing_at_a_letter_lights_up_its_edge_and_the_other_way_round(hand, at_page) -> None:
    at_page("Two points and a line that misses them")
    view = hand.find(PageView, "lessonPage")
    flow = next(flow for flow in view.findChildren(TextFlow) if "The neuron computes" in flow.accessibleName())
    window, found = hand.window, set()
    for rect in flow.formula_rects():
        for x in range(int(rect.left()), int(rect.right()), 2):
            QTest.mouseMove(flow, QPoint(x, int(rect.center().y())))
            found |= window.selection.lit
    assert {"a", "n.bias"} <= found
    before = view.grab().toImage()
    QTest.mouseMove(view, QPoint(2, 2))
    window.selection.set_lit(())
    unlit = view.grab().toImage()
    window.selection.set_lit({"a"})
    hand.frame()
    assert view.grab().toImage() != unlit
    assert before.size() == unlit.size()


def test_my_version_is_one_click_away(hand) -> None:
    window = hand.window
    window.document.edit("Own", edits.set_weight, "a", Fraction(5, 7))
    window.commands.lessons.open_named(next(name for name in NAMES if name.startswith("12")))
    hand.frame()
    assert window.document.state.network.parameters["a"] == Fraction(1, 3)
    QTest.mouseClick(hand.find(QToolButton, "myVersion"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert window.document.state.network.parameters["a"] == Fraction(5, 7)
    QTest.mouseClick(hand.find(QPushButton, "lessonToPage"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert window.document.state.network.parameters["a"] == Fraction(1, 3)


def test_an_option_is_chosen_by_its_words_and_its_message_is_said(hand, at_page) -> None:
    runner = at_page("What the neuron predicts")
    for _ in range(3):
        runner.next()
        hand.frame()
    radio = hand.find(QRadioButton, "answer-bias")
    flow = next(flow for flow in radio.parentWidget().findChildren(TextFlow) if "makes up" in flow.accessibleName())
    QTest.mouseClick(flow, Qt.MouseButton.LeftButton)
    assert radio.isChecked()
    hand.click("checkButton")
    assert "What happens to the sum" in said(hand, "choiceSaid")
    assert not runner.answer("why_identity").is_right


def test_screen_readers_are_told_of_a_new_line_and_find_every_control_by_name(hand, at_page, monkeypatch) -> None:
    runner = at_page("What the neuron predicts")
    told = []
    monkeypatch.setattr("neurosim.main_window.lesson_dock.page_view.announce", lambda _source, text: told.append(text))
    runner.next()
    hand.frame()
    assert "y hat sub 1" in told[-1].replace("ŷ", "y hat ") or "sub 1" in told[-1]
    panel = hand.window.commands.lessons.panel
    for control in panel.findChildren(QWidget):
        if isinstance(control, QPushButton | QToolButton | QLineEdit | QRadioButton) and control.isVisible():
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.text(QAccessible.Text.Name), control.objectName()
            assert control.objectName()
            assert min(control.width(), control.height()) >= 24, control.objectName()


def assert_nothing_is_cut_off(hand, name: str) -> None:
    """Turn through every page of a lesson, with everything revealed, and measure its texts."""
    lessons = hand.window.commands.lessons
    lessons.open_named(name)
    view = hand.find(PageView, "lessonPage")
    for index in range(len(lessons.runner.lesson.pages)):
        lessons.runner.go_to(index)
        while not lessons.runner.at_last_stage:
            lessons.runner.next(anyway=True)
        for _ in range(8):  # heights follow widths, and the scroll bar both
            QApplication.processEvents()
        for flow in view.findChildren(TextFlow):
            if flow.isVisible():
                assert flow.height() >= flow.heightForWidth(flow.width()), (name, index, flow.accessibleName())
                assert flow.mapTo(view.viewport(), QPoint(flow.width(), 0)).x() <= view.viewport().width()
                right = max((rect.right() for rect in flow.formula_rects()), default=0.0)
                assert right <= flow.width() + 1, (name, index, flow.accessibleName())


@pytest.fixture
def only_lesson():
    """Closes all panels but the lesson: what is not there need not be painted."""

    def close(hand) -> None:
        for name, dock in hand.window.workspace.docks.items():
            dock.setVisible(name == "lesson")

    return close


def test_no_text_of_any_page_is_cut_off(hand, only_lesson) -> None:
    only_lesson(hand)
    for name in NAMES:
        assert_nothing_is_cut_off(hand, name)


@pytest.mark.parametrize(("size", "theme", "percent"), [((1920, 1080), "dark", 100), ((1920, 1080), "projector", 200)])
def test_no_text_is_cut_off_in_other_sizes(open_window, only_lesson, size, theme, percent) -> None:
    hand = open_window(size=size)
    only_lesson(hand)
    hand.window.appearance.set_theme(theme)
    hand.window.appearance.set_percent(percent)
    assert_nothing_is_cut_off(hand, next(name for name in NAMES if name.startswith("12")))


def test_a_lesson_of_ones_own_is_previewed_from_its_folder(hand, tmp_path) -> None:
    guide = (paths.resources().parent / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
    (tmp_path / "lesson.md").write_text(guide.split("````markdown\n")[1].split("````")[0], encoding="utf-8")
    hand.window.commands.lessons.open_folder(tmp_path)
    hand.frame()
    assert "The line misses both points" in lesson_text(hand)
    assert "51.78" in lesson_text(hand)
    hand.click("lessonNext")
    assert hand.window.session.walk.position == 3


def test_the_first_screen_offers_the_lessons_and_makes_room_for_the_inspector(hand) -> None:
    """The start page stands in front, the keyboard is on the graph, and what is selected brings the inspector."""
    docks = hand.window.workspace.docks
    assert docks["lesson"].in_front
    for name in ("lessonFirst", "lessonFree"):
        assert hand.find(QPushButton, name).isVisible()
    assert hand.window.focusWidget() is hand.window.graph
    hand.window.selection.select({"a"})
    hand.frame()
    assert docks["inspector"].in_front
    hand.window.selection.clear()
    hand.window.commands.lessons.show_list()
    hand.frame()
    hand.click("lessonFree")
    assert docks["inspector"].in_front


def test_a_lesson_that_was_left_goes_on_where_it_was(hand, at_page) -> None:
    runner = at_page("The gradient")
    runner.next()
    hand.frame()
    QTest.mouseClick(hand.find(QToolButton, "lessonClose"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert runner.lesson is None
    hand.click("lessonContinue")
    assert (runner.page.title, runner.stage) == ("The gradient", 1)
    assert hand.window.session.walk.position == 10


def test_the_list_of_pages_turns_to_any_of_them(hand, at_page) -> None:
    runner = at_page("The gradient")
    menu = hand.window.commands.lessons.panel.tools.pages_menu
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions() if action.objectName().startswith("lessonPage")]
    assert len(titles) == len(runner.lesson.pages)
    next(action for action in menu.actions() if action.objectName() == "lessonPage8").trigger()
    hand.frame()
    assert runner.index == 7
    assert hand.read("lessonCount") == "8 / 11"


def test_a_wrong_answer_lights_up_what_it_is_about(hand, at_page) -> None:
    at_page("The whole step")
    answer(hand, "3")
    assert "row:0" in hand.window.selection.lit
    answer(hand, "-5/2")
    answer(hand, "3", "answerField-s_r2")
    assert "row:1" in hand.window.selection.lit
    answer(hand, "-9/2", "answerField-s_r2")
    answer(hand, "3", "answerField-s_a")
    assert "a" in hand.window.selection.lit


def test_one_lesson_leads_to_the_next(hand) -> None:
    lessons = hand.window.commands.lessons
    lessons.open_named(NAMES[0])
    hand.frame()
    runner = lessons.runner
    runner.go_to(len(runner.lesson.pages) - 1)
    while not runner.at_last_stage:
        runner.next(anyway=True)
    hand.frame()
    button = hand.find(QPushButton, "lessonNext")
    assert (button.text(), button.isEnabled()) == ("Next lesson", True)
    hand.click("lessonNext")
    assert (runner.lesson.name, runner.index) == (NAMES[1], 0)
    lessons.open_named(NAMES[-1])
    runner.go_to(len(runner.lesson.pages) - 1)
    while not runner.at_last_stage:
        runner.next(anyway=True)
    hand.frame()
    assert (button.text(), button.isEnabled()) == ("Finish", True)


def test_a_page_that_goes_on_below_says_so_and_scrolls_on(hand, at_page, qtbot) -> None:
    hand.window.resize(1280, 720)
    at_page("The whole step")
    view, more = hand.find(PageView, "lessonPage"), hand.find(QPushButton, "lessonMore")
    bar = view.verticalScrollBar()
    bar.setValue(0)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and more.isVisible())
    assert more.height() >= 24
    assert view.viewport().geometry().contains(more.geometry())
    for _ in range(10):
        if more.isVisible():
            hand.click("lessonMore")
            hand.frame()
    assert not more.isVisible()
    assert bar.value() >= bar.maximum() - 28
    at_page("Which way will a move?")
    qtbot.waitUntil(lambda: bar.maximum() == 0)  # the longer page before is gone
    assert not more.isVisible()


def test_the_curves_beside_the_present_one_are_those_of_this_lesson(hand) -> None:
    window = hand.window
    others = lambda: [curve.name for curve in window.session.other_curves.newest()[0]]  # noqa: E731
    window.document.edit("Set a", edits.set_parameter, "a", Fraction(1))
    window.session.full_step()
    hand.frame()
    lessons = window.commands.lessons
    lessons.open_named("10_learning_rate")
    hand.frame()
    assert others() == []
    for page in (1, 2):
        lessons.runner.go_to(page)
        lessons.runner.next(anyway=True)
        hand.frame()
    assert others() == ["run 1: learning rate 1/100"]
    lessons.open_named("10_downhill")
    hand.frame()
    assert others() == []
    lessons.runner.close()
    hand.frame()
    assert others() == ["run 1: learning rate 1/30"]  # the learner's own


def test_the_panels_stand_as_before_when_a_lesson_is_left(hand) -> None:
    window = hand.window
    window.book["panel-values"].trigger()
    hand.frame()
    docks = window.workspace.docks
    before = {name for name, dock in docks.items() if not dock.isHidden()}
    lessons = window.commands.lessons
    lessons.open_named("10_downhill")
    hand.frame()
    lessons.open_named("13_before_after")
    hand.frame()
    assert docks["working"].isHidden()
    lessons.runner.close()
    hand.frame()
    assert {name for name, dock in docks.items() if not dock.isHidden()} == before
    assert docks["values"].in_front


def test_after_the_last_lesson_one_looks_back_and_goes_on(hand, at_page) -> None:
    """What was done in all lessons is counted, what was missed is offered with other numbers, and there is a way on."""
    lessons = hand.window.commands.lessons
    runner = at_page("The last line")
    answer(hand, "-8")
    answer(hand, "-7")
    assert not runner.progress.ended
    lessons.open_named(NAMES[-1])
    assert runner.progress.others["12_worked_step"].missed == ("gradient_one",)
    runner.go_to(len(runner.lesson.pages) - 1)
    hand.frame()
    assert runner.progress.ended
    hand.click("lessonNext")
    hand.frame()
    said = [label.text() for label in hand.find(QScrollArea, "lessonEnd").findChildren(QLabel)]
    assert "The end of the lecture" in said
    assert f"1 of {len(NAMES)}" in said
    assert any(text.startswith("1 of ") and text != f"1 of {len(NAMES)}" for text in said)
    worked = bundled_lesson("12_worked_step")
    page = next(index for index, page in enumerate(worked.pages) if page.title == "The last line")
    hand.click(f"endPage-12_worked_step-{page + 1}")
    hand.frame()
    assert (runner.lesson.name, runner.index) == ("12_worked_step", page)
    assert runner.progress.again is not None
    assert "15_logistic_gradient" in runner.progress.others
    lessons.open_named(NAMES[-1])
    hand.frame()
    assert (runner.index, runner.progress.ended) == (0, True)
    runner.go_to(len(runner.lesson.pages) - 1)
    hand.frame()
    hand.click("lessonNext")
    hand.click("endBack")
    hand.frame()
    assert hand.find(QPushButton, "lessonNext").isVisible()
    hand.click("lessonNext")
    hand.click("endFree")
    hand.frame()
    assert runner.lesson is None
    shown = hand.find(QPushButton, f"lesson-{NAMES[-1]}")
    assert shown.accessibleName().endswith("done")


def test_the_notes_for_teachers_are_seen_in_teacher_view_alone(hand, at_page) -> None:
    runner = at_page("Two points and a line that misses them")
    assert "Likely misconceptions" not in lesson_text(hand)
    hand.window.book["teacherView"].trigger()
    hand.frame()
    assert "Likely misconceptions" in lesson_text(hand)
    assert "one after the other" in lesson_text(hand)
    runner.go_to(3)
    hand.frame()
    assert hand.find(QPushButton, "lessonNext").isEnabled()
    hand.window.book["teacherView"].trigger()
    hand.frame()
    assert not hand.find(QPushButton, "lessonNext").isEnabled()
    runner.go_to(0)
    hand.frame()
    assert "Likely misconceptions" not in lesson_text(hand)


def test_a_page_with_another_network_shows_all_of_it(hand) -> None:
    lessons, graph = hand.window.commands.lessons, hand.window.graph
    lessons.open_named(next(name for name in NAMES if name.startswith("04")))
    pages = lessons.runner.lesson.pages
    for index in (*range(len(pages)), 0, 6):
        lessons.runner.go_to(index)
        for _ in range(3):
            hand.frame()
        seen = graph.mapToScene(graph.viewport().rect()).boundingRect()
        for item in graph.drawing.nodes.values():
            assert seen.contains(item.body().translated(item.pos())), (pages[index].title, item)


def test_the_box_that_is_written_in_is_seen_whole(hand, at_page) -> None:
    hand.window.resize(1280, 680)
    at_page("The last line")
    view, field = hand.find(PageView, "lessonPage"), hand.find(QLineEdit, "answerField")
    view.verticalScrollBar().setValue(0)
    field.setFocus()
    assert not view.viewport().rect().contains(field.mapTo(view.viewport(), field.rect().bottomLeft()))
    QTest.keyClicks(field, "1")
    hand.frame()
    box = field.rect().translated(field.mapTo(view, QPoint(0, 0)))
    assert view.viewport().geometry().contains(box)
    assert view.more.isHidden() or not view.more.geometry().intersects(box)


def test_a_hint_leaves_the_page_where_it_is_read(hand, at_page) -> None:
    hand.window.resize(1280, 720)
    at_page("The last line")
    view = hand.find(PageView, "lessonPage")
    bar = view.verticalScrollBar()
    hand.frame()
    bar.setValue(bar.maximum())
    read_at = bar.value()
    assert read_at > 0
    hand.click("hintButton")
    for _ in range(3):
        hand.frame()
    assert bar.value() >= read_at


def test_the_rules_are_read_without_a_neuron_that_nobody_speaks_of(open_window):
    hand = open_window(size=(1280, 720))
    window = hand.window
    for index in range(7):
        hand.turn_to("8", index)
        assert not window.graph.isVisible()
        assert window.workspace.docks["calculus"].isVisible() == (index in {0, 1, 6}), "where it gives nothing away"
    hand.turn_to("9", 0)
    assert window.graph.isVisible()
    hand.turn_to("8", 1)
    window.book["presentAction"].trigger()
    hand.frame()
    hand.turn_to("8", 3)
    assert not window.graph.isVisible()
    window.book["presentAction"].trigger()
    hand.frame()
    assert not window.graph.isVisible()
    window.book["lessonLeave"].trigger()
    hand.frame()
    assert window.graph.isVisible()


def test_a_missed_slope_comes_back_with_other_numbers(open_window):
    hand = open_window(size=(1280, 720))
    runner = hand.window.commands.lessons.runner
    hand.turn_to("9", 4)
    ask = next(block for block in runner.blocks if getattr(block, "id", "") == "slope_number")
    first = runner.question(ask).expected
    assert abs(first - 0.25) > 1e-6
    assert runner.has_other_numbers
    runner.other_numbers()
    hand.frame()
    again = next(block for block in runner.blocks if getattr(block, "id", "") == "slope_number")
    second = runner.question(again).expected
    assert second != first
    z = float(runner.live().value("z:n:1"))
    output = 1 / (1 + math.exp(-z))
    assert float(second) == pytest.approx(output * (1 - output))
