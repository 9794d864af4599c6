"""Why a run diverged: numbers that a pencil finds again, sentences, and the way out; nothing is blocked meanwhile."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from neurosim.app import create_window
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.main_window.dialogs import Dialogs
from neurosim.main_window.divergence_sheet import DivergenceSheet
from neurosim.markup.write_text import write_text
from neurosim.training.growth import growth_of
from neurosim.training.session import TrainingSession
from neurosim.widgets.formula import FormulaView
from samples import hidden_state, lecture_state

LARGEST = 11 + math.sqrt(117)
"""The largest eigenvalue of the lecture's Hessian [[20, 6], [6, 2]]."""


def _by_hand(rate, steps):
    """Plain descent on the lecture's two points, in fractions: (a, b, loss) after each step."""
    a, b, found = Fraction(1, 3), Fraction(-6), []
    points = ((Fraction(2), Fraction(0)), (Fraction(4), Fraction(4)))
    for _ in range(steps + 1):
        residuals = [a * x + b - y for x, y in points]
        found.append((a, b, sum(r * r for r in residuals) / 2))
        slope_a = sum(2 * r * x for r, (x, _) in zip(residuals, points, strict=True)) / 2
        slope_b = sum(2 * r for r in residuals) / 2
        a, b = a - rate * slope_a, b - rate * slope_b
    return found


def _diverge(state):
    """A session that has run *state* until it stopped, and why."""
    session = TrainingSession(Document(state))
    stops, asked = [], []
    session.stopped.connect(stops.append)
    session.message.connect(asked.append)
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    session.close()
    return session, stops[-1], asked[-1]


@pytest.fixture
def growth(qapp):
    def of(state):
        session, stop, _ = _diverge(state)
        return growth_of(session.document.history.head, stop)

    return of


# -- the numbers -------------------------------------------------------------------------------------------------------


def test_the_steps_of_the_lecture_at_a_tenth(growth):
    found = growth(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    assert [step.step for step in found.steps] == list(range(43))
    for step, (a, b, loss) in zip(found.steps, _by_hand(Fraction(1, 10), 42), strict=True):
        assert float(step.loss) == pytest.approx(float(loss), rel=1e-11)
        assert float(step.parameters["a"]) == pytest.approx(float(a), rel=1e-10)
        assert float(step.parameters["n.bias"]) == pytest.approx(float(b), rel=1e-10)
    # the lecture's slide at a tenth: 51.78, 72.22, 100.76, ... and 1453.8 after ten steps
    assert found.steps[0].loss == Fraction(466, 9), "the start is exact"
    assert [round(float(found.steps[n].loss), 2) for n in (1, 2, 10)] == [72.22, 100.76, 1453.77]
    assert found.names[0] == "a", "the weight moved most"


def test_the_factor_is_one_minus_rate_times_curvature(growth):
    found = growth(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    assert found.factor == pytest.approx(1 - LARGEST / 10, rel=1e-12) == pytest.approx(-1.18167, abs=1e-5)
    for step in found.steps[1:]:
        assert step.factor == pytest.approx(1 - LARGEST / 10, rel=1e-9)
    # the eigenvector: (20 - t) u + 6 v = 0
    u, v = 6.0, LARGEST - 20
    length = math.hypot(u, v)
    assert found.direction.weights["a"] == pytest.approx(u / length, rel=1e-9)
    assert found.direction.weights["n.bias"] == pytest.approx(v / length, rel=1e-9)
    # the bottom is (2, -4): the start (1/3, -6) is that far from it along the eigenvector
    assert found.steps[0].distance == pytest.approx((u * (1 / 3 - 2) + v * (-6 + 4)) / length, rel=1e-9)


def test_the_row_with_the_largest_part_of_the_loss(growth):
    found = growth(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    a, b, _ = _by_hand(Fraction(1, 10), 42)[-1]
    first, second = (2 * a + b) ** 2, (4 * a + b - 4) ** 2
    assert found.row == 1
    assert found.row_share == pytest.approx(float(second / (first + second)), rel=1e-9)


def test_of_many_steps_the_first_and_the_last_are_told(growth):
    rate = Fraction(919, 10000)
    found = growth(edits.set_learning_rate(lecture_state(), rate))
    last = found.stop.step
    assert [step.step for step in found.steps] == [*range(12), *range(last - 23, last + 1)]
    assert found.left_out == last - 23 - 12
    assert found.steps[found.gap].factor is None, "the row above it is another one"
    # from the closed form: the distance along the eigenvector grows by 1 - rate * L in each step
    for step in found.steps:
        wanted = found.steps[0].distance * (1 - float(rate) * LARGEST) ** step.step
        assert step.distance == pytest.approx(wanted, rel=1e-8)


def test_elsewhere_the_length_of_the_steps_is_told(growth):
    state = edits.set_batch(edits.set_learning_rate(edits.set_optimizer(hidden_state(), "sgd"), Fraction(3)), None)
    found = growth(state)
    assert found.direction is None
    assert found.factor is None
    assert found.zones.estimate
    assert [step.distance for step in found.steps[:1]] == [None]
    for before, step in zip(found.steps, found.steps[1:], strict=False):
        moved = [float(step.parameters[n]) - float(before.parameters[n]) for n in step.parameters]
        assert step.distance == pytest.approx(math.sqrt(sum(m * m for m in moved)), rel=1e-12)


def test_mini_batches_have_no_factor_of_their_own(growth):
    found = growth(edits.set_batch(edits.set_learning_rate(lecture_state(), Fraction(1)), 1))
    assert found.direction is not None
    assert found.factor is None


def test_a_step_that_could_not_be_kept(growth):
    found = growth(edits.set_learning_rate(lecture_state(), Fraction(10**200)))
    assert not found.stop.kept
    assert (found.stop.step, found.stop.loss) == (1, math.inf)
    assert [step.step for step in found.steps] == [0]
    assert found.last.loss == Fraction(466, 9)


def test_steps_before_the_run_belong_to_it_but_not_those_before_an_edit(qapp):
    session = TrainingSession(Document(edits.set_learning_rate(lecture_state(), Fraction(1, 30))))
    session.full_step()
    session.document.edit("Rate", edits.set_learning_rate, Fraction(1, 10))
    session.full_step(2)
    stops = []
    session.stopped.connect(stops.append)
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    found = growth_of(session.document.history.head, stops[0])
    session.close()
    assert found.steps[0].step == 1
    assert found.steps[0].parameters == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}
    assert [step.step for step in found.steps] == list(range(1, stops[0].step + 1))
    assert found.steps[1].factor == pytest.approx(1 - LARGEST / 10, rel=1e-9)


# -- the sheet ---------------------------------------------------------------------------------------------------------


class Hand:
    """One window on a document that has diverged."""

    def __init__(self, window):
        self.window = window
        self.sheet = window.findChild(DivergenceSheet, "divergenceSheet")

    def frame(self):
        QApplication.processEvents()
        self.window.session.advance()
        QApplication.processEvents()

    def run(self, state):
        self.window.document.reset(state)
        self.window.session.set_speed("max")
        self.window.session.run()
        while self.window.session.running:
            self.window.session.advance()
        self.frame()

    def ask(self):
        for button in self.window.message_bar.findChildren(QPushButton):
            if button.text() == "Why?" and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                self.frame()
                return
        raise AssertionError("nothing to ask")

    def read(self, name):
        return self.sheet.findChild(QLabel, name).text()

    def press(self, words):
        button = next(b for b in self.sheet.findChildren(QPushButton) if b.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.frame()

    def cells(self, row):
        model = self.sheet.findChild(QTableView, "divergenceTable").model()
        return [model.data(model.index(row, column)) for column in range(model.columnCount())]


class Answers(Dialogs):
    """Lets go of what was done."""

    def ask_save_changes(self, _parent, _name):
        return "discard"


@pytest.fixture
def hand(qtbot):
    window = create_window()
    window.files.dialogs = Answers()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    made = Hand(window)
    made.run(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    yield made
    window.close()
    window.session.close()


def test_why_opens_the_sheet_with_the_reason(hand):
    assert hand.sheet.isHidden()
    hand.ask()
    assert hand.sheet.isVisible()
    assert hand.read("divergenceWhat").startswith("Step 42 took the loss to ~6.34022e7. At step 0 it was 466/9 ~ 51.78")
    assert "The weight x → f, a, moved most in it: from ~1954.88 to" in hand.read("divergenceTerm")
    assert "Row 2 (x 4, y 4) makes up ~77.7 % of the loss there." in hand.read("divergenceTerm")
    assert "λ ~21.8167" in hand.read("divergenceWhy")
    assert "(a, b) = (~0.957092, ~0.289784)" in hand.read("divergenceWhy")
    formula = write_text(hand.sheet.findChild(FormulaView, "divergenceFactor").markup())
    assert formula.replace(" ", "").replace("\u200a", "") == "1−η·λ=1−1/10·~21.8167=~−1.18167"
    # 1.1816654^2 = 1.3963331
    assert "~1.39633" in hand.read("divergenceFollows")
    assert "2/λ = ~0.0916731" in hand.read("divergenceFollows")
    assert hand.read("divergenceKept") == "Kept is the state after step 42, in which every number is finite."


def test_its_table_can_be_worked_out_with_a_pencil(hand):
    hand.ask()
    assert hand.cells(0) == ["0", "466/9", "1/3", "−6", "~\u200a−2.17472", "–"]
    assert hand.cells(1)[:4] == ["1", "~72.2178", "~4.86667", "~\u200a−4.6"]
    assert hand.cells(10)[1] == "~1453.77"
    assert {hand.cells(row)[5] for row in range(1, 43)} == {"~\u200a−1.18167"}
    table = hand.sheet.findChild(QTableView, "divergenceTable")
    for column in range(table.model().columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column), "nothing is cut off"


def test_the_sheet_is_inside_the_window_and_covers_no_button_of_the_step_bar(hand):
    hand.ask()
    bar = hand.window.step_bar
    assert hand.window.centralWidget().rect().contains(hand.sheet.geometry())
    assert hand.sheet.geometry().bottom() < bar.mapTo(hand.window.centralWidget(), QPoint(0, 0)).y()


def test_nothing_is_blocked_and_what_was_offered_ends_with_the_next_edit(hand):
    hand.ask()
    buttons = hand.sheet.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Undo", "Smaller step"]
    assert all(button.isEnabled() for button in buttons)
    hand.window.document.edit("Move point", edits.move_row, 0, {"y": Fraction(1)})
    hand.frame()
    assert hand.sheet.isVisible()
    assert not any(button.isEnabled() for button in buttons)
    assert hand.cells(0)[1] == "466/9", "the story stays as it was"
    hand.window.document.undo()
    assert all(button.isEnabled() for button in buttons)


def test_smaller_step_and_undo_from_the_sheet(hand):
    hand.ask()
    hand.press("Smaller step")
    assert hand.sheet.isHidden()
    state = hand.window.document.state
    assert state.network == lecture_state().network
    assert state.training.learning_rate < Fraction(91673, 10**6)
    assert hand.window.training_bar.slider.zone.kind in ("fast", "zigzag")
    hand.run(edits.set_learning_rate(lecture_state(), Fraction(1, 10)))
    hand.ask()
    hand.press("Undo")
    assert hand.window.document.state.network == lecture_state().network
    assert hand.window.document.state.training.learning_rate == Fraction(1, 10)


def test_esc_closes_it_and_the_focus_is_on_the_slider_then(hand, qtbot):
    hand.window.activateWindow()
    qtbot.waitUntil(hand.window.isActiveWindow)
    hand.ask()
    assert QApplication.focusWidget().text() == "Smaller step"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert hand.sheet.isHidden()
    assert QApplication.focusWidget() is hand.window.training_bar.slider


def test_another_document_takes_the_story_away(hand):
    hand.ask()
    hand.window.document.reset(lecture_state())
    assert hand.sheet.isHidden()


def test_the_table_is_copied_with_all_digits(hand):
    hand.ask()
    table = hand.sheet.findChild(QTableView, "divergenceTable")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["step", "loss", "a", "b", "distance", "factor"]
    assert lines[1].split("\t")[:4] == ["0", "466/9", "1/3", "-6"]
    assert len(lines) == 44
    assert float(lines[11].split("\t")[1]) == pytest.approx(float(_by_hand(Fraction(1, 10), 10)[-1][2]), rel=1e-12)


def test_a_gap_and_a_step_not_kept_have_their_rows(hand):
    hand.run(edits.set_learning_rate(lecture_state(), Fraction(919, 10000)))
    hand.ask()
    growth = hand.sheet.growth
    assert hand.cells(12)[:2] == ["", f"… {growth.left_out} more"]
    assert hand.cells(13)[0] == str(growth.steps[12].step)
    hand.run(edits.set_learning_rate(lecture_state(), Fraction(10**200)))
    hand.ask()
    assert hand.cells(1) == ["1", "too large", "–", "–", "–", "–"]
    assert hand.read("divergenceWhat").startswith("Step 1 would have taken the loss beyond")
    assert hand.read("divergenceKept").startswith("Kept is the state after step 0")


def test_where_the_curvature_is_an_estimate_it_says_so(hand):
    state = edits.set_batch(edits.set_learning_rate(edits.set_optimizer(hidden_state(), "sgd"), Fraction(3)), None)
    hand.run(state)
    hand.ask()
    assert "measured where the run ended" in hand.read("divergenceWhy")
    assert hand.sheet.findChild(FormulaView, "divergenceFactor").isHidden()
    model = hand.sheet.findChild(QTableView, "divergenceTable").model()
    titles = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert titles[0:2] + titles[-2:] == ["step", "loss", "step length", "factor"]
    assert titles[2] == "b(n)", "the parameter that moved most comes first"


def test_numbers_are_written_as_everywhere(hand):
    hand.ask()
    hand.window.display.decimal = ","
    hand.window.display.mode = "decimal"
    assert hand.cells(1)[1] == "~72,22"
    assert "λ ~21,82" in hand.read("divergenceWhy")
