"""Usability task 10: a file for the class, with points locked and the answer hidden, opened somewhere else."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QRadioButton, QWidget

from neurosim.document.json_format import dumps
from neurosim.lessons.hands import hand_of
from neurosim.lessons.library import folder_named
from neurosim.widgets.lesson.text_flow import TextFlow


def everything_read(window: QWidget) -> str:
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    texts += [flow.accessibleName() for flow in window.findChildren(TextFlow) if flow.isVisible()]
    return " ".join(texts).replace("−", "-").replace("minus ", "-")


def test_save_for_the_class_with_the_points_locked_and_the_answer_hidden(open_window, tmp_path) -> None:
    hand = open_window()
    lessons = hand.window.commands.lessons
    lessons.open_named(folder_named("12").name)
    lessons.runner.go_to(7)
    hand.frame()
    hand.window.book["handDialog"].trigger()
    dialog = hand.find(QDialog, "handDialog")
    for name in ("lock-points", "hide-answers"):
        dialog.findChild(QCheckBox, name).click()
    dialog.close()
    assert lessons.runner.progress.hand == hand_of(("answers",), ("points",))
    hand.window.files.dialogs.path = tmp_path / "class.neurosim"
    hand.window.book["saveForClass"].trigger()
    saved = dumps(hand.window.document.state)
    assert '"text": "---' in (tmp_path / "class.neurosim").read_text(encoding="utf-8")

    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        other = open_window(tmp_path / "class.neurosim")
        assert dumps(other.window.document.state) == saved
        runner = other.window.commands.lessons.runner
        assert (runner.index, runner.lesson.title) == (7, "The worked step")
        # From the first instant on, before anything is done.
        assert {"answers", "results", "loss", "gradients"} <= other.window.display.secrets
        assert "-16" not in everything_read(other.window.step_bar)
        rows = other.window.document.state.dataset
        other.drag_point((3, 5), (3, 2))
        assert other.window.document.state.dataset == rows
        assert any("points are locked" in message.text for message in other.window.message_bar.log.messages)
        plot = other.plot
        plot.setFocus()
        QTest.keyClick(plot, Qt.Key.Key_Down)
        other.frame()
        assert other.window.document.state.dataset == rows
        ask = runner.lesson.ask("gradient_one")
        for text in ("1", "2", "3"):
            other.click("hintButton")
            runner.check(ask, {"g1_b": text})
            other.frame()
        page = other.window.commands.lessons.panel
        assert "= -7" not in everything_read(page)
    finally:
        QLocale.setDefault(before)


def test_what_is_hidden_is_not_in_the_window_until_teacher_view(hand) -> None:
    window = hand.window
    runner = window.commands.lessons.runner
    assert "466/9" in everything_read(window)
    runner.set_hand(hand_of(("loss", "gradients", "edge a", "panel data_plot"), ()))
    hand.frame()
    for number in ("466/9", "51.78", "-136/3"):
        assert number not in everything_read(window)
    assert not window.workspace.docks["data_plot"].isVisible()
    assert not window.workspace.docks["loss_curve"].isVisible()
    chips = {chip.text for (name, _), chip in window.graph.drawing.chips.chips.items() if name == "a"}
    assert not any("1/3" in text for text in chips)
    window.book["teacherView"].trigger()
    hand.frame()
    assert "466/9" in everything_read(window)
    assert window.workspace.docks["data_plot"].isVisible()
    window.book["teacherView"].trigger()
    hand.frame()
    assert "466/9" not in everything_read(window)
    window.document.undo()
    hand.frame()
    assert "466/9" in everything_read(window)


def test_a_locked_control_cannot_be_used_and_comes_back(hand) -> None:
    runner = hand.window.commands.lessons.runner
    runner.set_hand(hand_of(("control run",), ("control fullStep",)))
    hand.frame()
    assert not hand.window.book["fullStep"].isEnabled()
    assert not hand.window.book["run"].isVisible()
    hand.window.session.step()
    hand.frame()
    assert not hand.window.book["fullStep"].isEnabled()
    runner.set_hand(hand_of((), ()))
    hand.frame()
    assert hand.window.book["fullStep"].isEnabled()
    assert hand.window.book["run"].isVisible()


def test_a_prediction_is_asked_in_the_middle_of_a_class(hand) -> None:
    hand.window.book["askPrediction"].trigger()
    dialog = hand.find(QDialog, "predictionDialog")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    hand.frame()
    runner = hand.window.commands.lessons.runner
    assert runner.lesson is not None
    assert not hand.find(QPushButton, "lessonNext").isEnabled()
    QTest.mouseClick(hand.find(QRadioButton, "predict-down"), Qt.MouseButton.LeftButton)
    hand.find(QRadioButton, "predict-down").setChecked(True)
    hand.click("predictButton")
    hand.click("lessonNext")
    assert hand.window.document.state.training.step == 1
    assert "You predicted" in everything_read(hand.window.commands.lessons.panel)


def test_what_an_exercise_asks_for_is_not_in_the_window_until_it_is_found(hand):
    """The whole step: gradient (-16, -7), loss 53/4, and a = 13/10, b = -13/20 afterwards."""
    window = hand.window
    lessons = window.commands.lessons
    lessons.open_named(folder_named("12").name)
    lessons.runner.go_to(9)
    hand.frame()
    told = everything_read(window)
    for number in ("-16", "53/4", "13/10", "-13/20", "-9/2"):
        assert number not in told, number
    assert not window.workspace.docks["working"].isVisible()
    chips = {name: chip.text for (name, kind), chip in window.graph.drawing.chips.chips.items() if kind == "weight"}
    assert "1/2" in chips["a"], "what it is worked out from stays"
    values = {"s_r1": "-5/2", "s_r2": "-9/2", "s_a": "-16", "s_b": "-7", "s_new_a": "13/10", "s_new_b": "-13/20"}
    lessons.runner.check(lessons.runner.lesson.ask("step_all"), values)
    hand.frame()
    assert lessons.runner.is_done(9)
    assert "53/4" in everything_read(window)
    assert window.workspace.docks["working"].isVisible()
    lessons.runner.go_to(8)
    hand.frame()
    assert "53/4" not in everything_read(window)
