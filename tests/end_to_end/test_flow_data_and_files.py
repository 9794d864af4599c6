"""Real tables and files in the whole window: open, choose, build, train, save, open again, drop, restore."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from neurosim.document import autosave, edits
from neurosim.document.json_format import load, save


def _line(rows=60, seed=3):
    """Food-truck-like data: one number from another, with noise; and its least-squares line by numpy."""
    random = np.random.default_rng(seed)
    x = np.round(random.uniform(5, 22, rows), 4)
    y = np.round(1.2 * x - 4 + random.normal(0, 3, rows), 4)
    slope, intercept = np.polyfit(x, y, 1)
    text = "population,profit\n" + "".join(f"{a},{b}\n" for a, b in zip(x, y, strict=True))
    return text, slope, intercept


def _exams(rows=80, seed=5):
    """Admission-like data: two unscaled exam scores and 0 or 1, not separable."""
    random = np.random.default_rng(seed)
    scores = np.round(random.uniform(30, 100, (rows, 2)), 3)
    admitted = (scores.sum(axis=1) + random.normal(0, 14, rows) > 130).astype(int)
    lines = [f"{a},{b},{c}\n" for (a, b), c in zip(scores, admitted, strict=True)]
    return "exam1,exam2,admitted\n" + "".join(lines), scores, admitted


def _newton(scores, admitted):
    """The maximum-likelihood logistic fit by Newton's method (Hastie et al., Elements, 4.4.1): weights, then bias."""
    design = np.column_stack([scores, np.ones(len(scores))])
    weights = np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        weights += np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design, design.T @ (admitted - p))
    p = 1 / (1 + np.exp(-design @ weights))
    return weights, float(-np.mean(admitted * np.log(p) + (1 - admitted) * np.log(1 - p)))


def _build(hand, path, quick=False):
    hand.window.open_path(path)
    dialog = hand.window.open_data.dialog
    if quick:
        dialog.findChild(QCheckBox, "quickOptimizerBox").click()
    QTest.mouseClick(dialog.findChild(QPushButton, "buildNeuronButton"), Qt.MouseButton.LeftButton)
    hand.frame()


def _train(hand, until, frames=600):
    hand.window.book["speed-max"].trigger()
    hand.click("runButton")
    for _ in range(frames):
        if not hand.window.session.running or until():
            break
        hand.window.session.advance(16)
    hand.window.session.pause()
    hand.frame()


def test_a_number_from_a_number_trains_to_the_least_squares_line(hand, tmp_path):
    text, slope, intercept = _line()
    path = tmp_path / "trucks.csv"
    path.write_text(text)
    _build(hand, path)
    state = hand.window.document.state
    assert (state.training.loss, state.network.neurons[0].activation) == ("squared_error", "identity")
    best = hand.window.document.state.network.parameters
    _train(hand, lambda: False)
    found = hand.window.document.state.network.parameters
    assert set(found) == set(best)
    assert found["w"] == pytest.approx(slope, rel=1e-3)
    assert found["n.bias"] == pytest.approx(intercept, rel=1e-2)
    rows = hand.plot.getPlotItem().vb.viewRange()
    assert rows[0][0] < 5.1
    assert rows[0][1] > 21.9


def test_yes_or_no_from_two_numbers_trains_to_the_likeliest_boundary(hand, tmp_path):
    text, scores, admitted = _exams()
    path = tmp_path / "exams.csv"
    path.write_text(text)
    weights, least = _newton(scores, admitted)
    hand.window.open_path(path)
    assert "crawl" in hand.window.open_data.dialog.findChild(QLabel, "warningLabel").text()
    hand.window.open_data.dialog.reject()
    _build(hand, path, quick=True)
    session = hand.window.session
    _train(hand, lambda: float(session.snapshot.loss) < least * 1.01, frames=2000)
    assert float(session.snapshot.loss) == pytest.approx(least, rel=0.02)
    found = session.snapshot.network.parameters
    assert found["w1"] > 0
    assert found["w2"] > 0
    assert np.sign(found["n.bias"]) == np.sign(weights[2])
    hand.window.document.undo()
    hand.window.document.undo()
    assert hand.window.document.state == hand.window.document.opened_state


def test_saved_closed_and_opened_again(open_window, tmp_path):
    path = tmp_path / "kept.neurosim"
    hand = open_window()
    hand.drag_point((4, 4), (4, 2))
    hand.click("fullStepButton")
    hand.window.files.dialogs.path = path
    hand.window.book["save"].trigger()
    assert not hand.window.isWindowModified()
    assert hand.window.windowTitle().startswith("kept")
    kept = hand.window.document.state
    again = open_window(path)
    assert again.window.document.state == kept
    assert again.read("stepCountLabel") == "1"
    assert again.read("lossLabel") == hand.read("lossLabel")
    again.click("rewindButton")
    assert again.window.document.state.network.parameters["a"] == Fraction(1, 3)


def test_closing_asks_once_and_stays_when_told_to(open_window):
    hand = open_window()
    hand.drag_point((4, 4), (4, 2))
    hand.window.files.dialogs.save_changes = "cancel"
    event = QCloseEvent()
    QApplication.sendEvent(hand.window, event)
    assert not event.isAccepted()
    assert hand.window.isVisible()


def test_a_dropped_document_is_opened_and_a_dropped_table_offered(open_window, tmp_path):
    hand = open_window()
    document = tmp_path / "one.neurosim"
    state = hand.window.document.state
    save(edits.set_weight(state, "a", Fraction(5)), document)
    table = tmp_path / "two.csv"
    table.write_text("x,y\n1,2\n2,3\n")
    for path in (document, table):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        place = QPointF(100, 100)
        held, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        target = hand.window.graph.viewport()
        enter = QDragEnterEvent(place.toPoint(), copy, data, held, none)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        drop = QDropEvent(place, copy, data, held, none)
        QApplication.sendEvent(target, drop)
        assert drop.isAccepted()
    assert hand.window.document.state.network.parameters["a"] == Fraction(5)
    assert hand.window.open_data.dialog.table.name == "two.csv"


def test_a_pasted_table_is_offered(hand):
    QGuiApplication.clipboard().setText("x\ty\n1\t2\n3\t4\n")
    hand.window.graph.setFocus()
    QTest.keyClick(hand.window.graph, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert hand.window.open_data.dialog.table.numeric == ("x", "y")


def test_a_bad_file_is_told_without_stopping_anyone(hand, tmp_path):
    bad = tmp_path / "bad.neurosim"
    bad.write_text('{"format": "neurosim", "version": 1')
    before = hand.window.document.state
    assert not hand.window.open_path(bad)
    assert "bad.neurosim" in hand.window.message_bar.text()
    assert QApplication.activeModalWidget() is None
    assert hand.window.document.state is before


def test_examples_and_recent_files_are_in_their_menus(open_window, tmp_path):
    hand = open_window()
    hand.window.menus["file/examples"].aboutToShow.emit()
    examples = [action.objectName() for action in hand.window.menus["file/examples"].actions()]
    assert "example-lecture" in examples
    path = tmp_path / "mine.neurosim"
    save(hand.window.document.state, path)
    hand.window.open_path(path)
    recent = hand.window.menus["file/recent"].actions()
    assert "mine.neurosim" in recent[0].text()
    hand.window.book["newEmpty"].trigger()
    recent = hand.window.menus["file/recent"].actions()
    recent[0].trigger()
    assert hand.window.document.path == path


def test_an_empty_sheet_says_what_to_do_and_does_not_step(hand):
    hand.window.book["newEmpty"].trigger()
    hand.frame()
    step = hand.find(QPushButton, "fullStepButton")
    refusal = hand.read("stepRefusalLabel")
    assert not step.isEnabled()
    assert refusal
    assert refusal in step.toolTip()


def test_work_is_kept_beside_the_document_and_offered_after_a_crash(open_window, tmp_path, qtbot):
    path = tmp_path / "work.neurosim"
    hand = open_window()
    lecture = hand.window.document.state
    save(lecture, path)
    lost = edits.move_row(lecture, 1, {"y": 2})
    autosave.write(lost, path)  # what a program that was killed leaves behind
    hand = open_window(path)
    qtbot.waitUntil(lambda: "was not saved" in hand.window.message_bar.text())
    assert QApplication.activeModalWidget() is None
    QTest.mouseClick(hand.find(QPushButton, "messageAction0"), Qt.MouseButton.LeftButton)
    hand.frame()
    assert hand.window.document.state == lost
    assert hand.window.isWindowModified()
    hand.window.document.undo()
    assert hand.window.document.state == lecture


def test_a_change_is_written_beside_the_document_and_gone_after_saving(open_window, tmp_path, qtbot):
    path = tmp_path / "work.neurosim"
    hand = open_window()
    save(hand.window.document.state, path)
    hand = open_window(path)
    hand.drag_point((4, 4), (4, 2))
    side = path.with_name(path.name + autosave.SUFFIX)
    qtbot.waitUntil(side.exists)
    assert load(side).dataset.columns["y"][1] == 2
    hand.window.book["save"].trigger()
    qtbot.waitUntil(lambda: not side.exists())
    assert load(path).dataset.columns["y"][1] == 2


def test_the_document_is_exported_as_a_program(hand, tmp_path):
    hand.window.files.dialogs.path = path = tmp_path / "mine.py"
    hand.drag_point((4, 4), (4, 2))
    hand.window.book["exportScript"].trigger()
    assert "mine.py" in hand.window.message_bar.text()
    ran = subprocess.run([sys.executable, "-I", str(path), "0"], capture_output=True, text=True, check=True)
    assert "step 0: loss 328/9 ~ 36.4444" in ran.stdout  # as on the screen after that drag
    hand.window.book["newEmpty"].trigger()
    hand.window.book["exportScript"].trigger()
    assert "no data yet" in hand.window.message_bar.text() or "neuron" in hand.window.message_bar.text()
