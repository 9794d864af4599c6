"""The badge beside the gradient: checked, wrong, nothing to say, or waiting, and never about an older state."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableView, QToolButton

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.panels import _gradient_badge as badge_module
from neurosim.panels._gradient_badge import LOOKS, GradientBadge
from neurosim.panels._gradient_sheet import GradientSheet
from neurosim.panels.headline import HeadlineNumbers
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme
from samples import hidden_state, lecture_state


class Stand:
    """The headline numbers in a window of their own, on a document."""

    def __init__(self, state: DocumentState) -> None:
        self.document = Document(state)
        self.session = TrainingSession(self.document)
        self.display = Display()
        self.window = QMainWindow()
        self.window.resize(1000, 600)
        self.headline = HeadlineNumbers(self.session, self.display)
        self.headline.setProperty("role", "bar")
        self.window.setStatusBar(None)
        self.window.setCentralWidget(self.headline)

    @property
    def badge(self) -> GradientBadge:
        return self.window.findChild(GradientBadge, "gradientCheckBadge")

    @property
    def sheet(self) -> GradientSheet:
        return self.window.findChild(GradientSheet, "gradientCheckSheet")

    def edit(self, function, *arguments) -> None:
        self.document.edit("Edit", function, *arguments)
        self.frame()

    def frame(self) -> None:
        self.session.advance()

    def cells(self) -> list[list[str]]:
        model = self.window.findChild(QTableView, "gradientCheckTable").model()
        rows = range(model.rowCount())
        return [[str(model.index(r, c).data()).replace("−", "-") for c in range(model.columnCount())] for r in rows]


@pytest.fixture
def stand(qtbot):
    made: list[Stand] = []

    def build(state: DocumentState) -> Stand:
        found = Stand(state)
        qtbot.addWidget(found.window)
        with qtbot.waitExposed(found.window):
            found.window.show()
        found.frame()
        made.append(found)
        return found

    yield build
    for one in made:
        one.session.close()


def kinked() -> DocumentState:
    """A neuron that stands exactly on the kink of its ReLU in every row."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", Fraction(0), activation="relu")),
        (Edge("a", "x", "n", Fraction(0)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(1), Fraction(2))), "y": Column((Fraction(1), Fraction(3)))})
    return DocumentState(network, dataset, TrainingSettings())


def broad(rows: int = 20_000) -> DocumentState:
    """Too many products to be checked with every frame."""
    rng = np.random.default_rng(1)
    inputs = tuple(InputNode(f"x{i}", f"x{i}") for i in range(40))
    network = Network(
        (*inputs, Neuron("n", "f", Fraction(0))),
        tuple(Edge(f"w{i}", f"x{i}", "n", float(rng.normal())) for i in range(40)),
        (Output("n", "y"),),
    )
    columns = {f"x{i}": Column(rng.normal(size=rows)) for i in range(40)}
    return DocumentState(network, Dataset(columns | {"y": Column(rng.normal(size=rows))}), TrainingSettings())


# -- verdicts ------------------------------------------------------------------------------------------------------


def test_a_right_gradient_has_a_tick_and_a_word(stand):
    badge = stand(lecture_state()).badge
    assert badge.state == "checked"
    assert badge.text().strip() == "checked"
    assert badge.accessibleName() == "Gradient check: checked"
    assert "All 2 derivatives agree" in badge.accessibleDescription()
    assert min(badge.width(), badge.height()) >= 24
    assert badge.width() >= badge.sizeHint().width()


def test_every_state_has_a_shape_of_its_own():
    assert len({look.picture for look in LOOKS.values()}) == len(LOOKS)


def test_a_kink_turns_it_into_a_cross_and_says_so(stand):
    found = stand(kinked())
    assert found.badge.state == "wrong"
    assert found.badge.text().strip() == "2 differ"
    assert "f meets the kink of ReLU, z = 0, in row 1" in found.badge.sentence
    found.edit(edits.set_bias, "n", Fraction(1, 2))
    assert found.badge.state == "checked"
    found.document.undo()
    found.frame()
    assert found.badge.state == "wrong"


def test_a_wrong_derivative_is_named(stand, monkeypatch):
    right = ACTIVATIONS["sigmoid"]

    def doubled(z, a, out):
        right.derivative(z, a, out)
        np.multiply(out, 2.0, out)

    patched = MappingProxyType({**ACTIVATIONS, "sigmoid": replace(right, derivative=doubled)})
    monkeypatch.setattr("neurosim.engine.passes.ACTIVATIONS", patched)
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", activation="sigmoid")),
        (Edge("a", "x", "n", 0.5),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(1),)), "y": Column((Fraction(1),))})
    found = stand(DocumentState(network, dataset, TrainingSettings()))
    assert found.badge.state == "wrong"
    assert found.badge.text().strip() in ("a differs", "2 differ")
    assert "no kink lies nearby" in found.badge.sentence


def test_without_a_loss_there_is_nothing_to_check(stand):
    found = stand(lecture_state())
    found.edit(edits.set_output_column, "n", None)
    assert found.badge.state == "open"
    assert found.badge.summary is not None
    assert found.badge.summary.agrees is None
    assert "no loss" in found.badge.sentence
    assert found.badge.text().strip() == "not checked"


def test_it_follows_every_frame_of_a_run(stand, qtbot):
    found = stand(hidden_state())
    verdicts = []
    found.badge.judged.connect(lambda: verdicts.append((found.badge.state, found.badge.snapshot)))
    found.session.run()
    for _ in range(5):
        found.session.advance(300)
        assert found.badge.snapshot is found.session.snapshot
    found.session.pause()
    assert {state for state, _ in verdicts} == {"checked"}


def test_moving_a_node_needs_no_other_verdict(stand):
    found = stand(lecture_state())
    verdicts = []
    found.badge.judged.connect(lambda: verdicts.append(found.badge.state))
    found.edit(edits.set_positions, {"n": (100.0, 100.0)})
    assert verdicts == []
    found.edit(edits.move_row, 0, {"y": Fraction(1)})
    assert verdicts == ["checked"]


# -- what takes longer ----------------------------------------------------------------------------------------------


def test_a_slower_check_waits_until_nothing_moves_and_says_so(stand, qtbot, monkeypatch):
    found = stand(lecture_state())
    monkeypatch.setattr(badge_module, "AT_ONCE", -1.0)
    for y in range(1, 4):
        found.edit(edits.move_row, 0, {"y": Fraction(y)})
        assert found.badge.state == "waiting"
        assert found.badge.summary is None
        assert found.badge.text().strip() == "checking…"
    qtbot.waitUntil(lambda: found.badge.state == "checked")
    assert found.badge.snapshot is found.session.snapshot
    assert found.badge.summary.parameters[0].gradient == found.session.snapshot.gradient["a"]


def test_a_large_network_is_checked_on_demand_in_a_thread(stand, qtbot):
    found = stand(broad())
    badge = found.badge
    assert badge.state == "unchecked"
    assert "press to check" in badge.sentence
    threads = threading.active_count()
    qtbot.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert badge.state == "waiting"
    assert threading.active_count() > threads
    qtbot.waitUntil(lambda: badge.state == "checked", timeout=20_000)
    assert len(badge.summary.parameters) == 41
    assert threading.active_count() == threads
    found.edit(edits.set_bias, "n", Fraction(1))
    assert badge.state == "unchecked"
    assert badge.summary is None


def test_a_result_that_comes_too_late_is_not_shown(stand, qtbot):
    found = stand(broad())
    found.badge.check_now()
    found.edit(edits.set_bias, "n", Fraction(1))
    assert found.badge.state == "unchecked"
    seen = []
    found.badge.judged.connect(lambda: seen.append((found.badge.state, found.badge.summary)))
    found.badge.check_now()
    qtbot.waitUntil(lambda: found.badge.state == "checked", timeout=20_000)
    assert [state for state, _ in seen] == ["waiting", "checked"]
    assert found.badge.summary.parameters[-1].gradient == found.session.snapshot.gradient["n.bias"]


# -- the numbers ---------------------------------------------------------------------------------------------------


def test_the_numbers_are_a_click_away_and_live(stand, qtbot):
    found = stand(lecture_state())
    qtbot.mouseClick(found.badge, Qt.MouseButton.LeftButton)
    assert found.sheet.isVisible()
    first, second = found.cells()
    assert first[:3] == ["a", "-136/3", "~\u200a-45.33333333"]
    assert second[:3] == ["b", "-14", "~\u200a-14"]
    assert (first[4], first[5]) == ("~1e-6", "✓ agrees")
    assert found.sheet.findChild(QLabel, "gradientCheckVerdict").text().startswith("All 2 derivatives agree")
    found.edit(edits.move_row, 1, {"y": Fraction(2)})
    # Residuals -16/3 and -20/3: -16/3 * 2 - 20/3 * 4 = -112/3 and -12.
    assert [row[1] for row in found.cells()] == ["-112/3", "-12"]
    assert found.cells()[0][2] == "~\u200a-37.33333333"
    qtbot.mouseClick(found.badge, Qt.MouseButton.LeftButton)
    assert not found.sheet.isVisible()


def test_enter_opens_and_escape_closes_the_numbers(stand, qtbot):
    found = stand(lecture_state())
    found.badge.setFocus()
    qtbot.keyClick(found.badge, Qt.Key.Key_Return)
    assert found.sheet.isVisible()
    close = found.sheet.findChild(QToolButton, "gradientCheckSheetClose")
    assert QApplication.focusWidget() is close or found.window.focusWidget() is close
    qtbot.keyClick(close, Qt.Key.Key_Escape)
    assert not found.sheet.isVisible()
    assert found.window.focusWidget() is found.badge


def test_wrong_ones_are_marked_in_words(stand, qtbot):
    found = stand(kinked())
    qtbot.mouseClick(found.badge, Qt.MouseButton.LeftButton)
    assert [row[5] for row in found.cells()] == ["✗ differs", "✗ differs"]


def test_numbers_of_an_older_state_are_dimmed_or_gone(stand, qtbot, monkeypatch):
    found = stand(lecture_state())
    qtbot.mouseClick(found.badge, Qt.MouseButton.LeftButton)
    monkeypatch.setattr(badge_module, "AT_ONCE", -1.0)
    found.edit(edits.move_row, 0, {"y": Fraction(5)})
    assert [row[5] for row in found.cells()] == ["checking…", "checking…"]
    assert found.sheet.model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) == theme().disabled
    qtbot.waitUntil(lambda: not found.sheet.model.stale)
    assert found.cells()[0][5] == "✓ agrees"
    assert found.cells()[0][1] == str(found.session.snapshot.gradient["a"])
    found.edit(edits.set_output_column, "n", None)
    assert found.cells() == []


def test_the_tooltips_of_the_headline_say_why_numbers_are_rounded(stand):
    found = stand(lecture_state())
    loss, gradient = (found.headline.findChild(QLabel, name) for name in ("lossLabel", "gradientLabel"))
    assert "rounded" not in loss.toolTip()
    assert loss.toolTip() == "Mean squared error (MSE): 466/9"
    found.edit(edits.set_activation, "n", "tanh")
    assert "Tanh takes fractions to irrational numbers" in loss.toolTip()
    assert "Tanh takes fractions to irrational numbers" in gradient.toolTip()
    assert repr(float(found.session.snapshot.loss)) in loss.toolTip()


def test_the_length_of_a_gradient_whose_squares_are_too_large_for_float64(stand):
    """ŷ = 10¹⁵⁰ · 1000, so ∂L/∂wᵢ = 2 · 10¹⁵³ · xᵢ, and the xᵢ have the length 1000 · √(1 + 4 + 4 + 16) = 5000."""
    inputs = {"x1": 1000, "x2": 2000, "x3": 2000, "x4": 4000}
    nodes = (*(InputNode(name, name) for name in inputs), Neuron("n", bias=None))
    weights = (Fraction(10) ** 150, Fraction(0), Fraction(0), Fraction(0))
    edges = tuple(Edge(f"w{i}", name, "n", w) for i, (name, w) in enumerate(zip(inputs, weights, strict=True), 1))
    columns = {name: Column((Fraction(x),)) for name, x in inputs.items()} | {"y": Column((Fraction(0),))}
    found = stand(DocumentState(Network(nodes, edges, (Output("n", "y"),)), Dataset(columns), TrainingSettings()))
    assert "‖∇L‖  ~1e157" in found.headline.findChild(QLabel, "gradientLabel").text()


@pytest.mark.parametrize("method", ["perceptron_rule", "closed_form", "random_search"])
def test_a_method_that_follows_no_gradient_has_nothing_to_check(stand, method: str) -> None:
    found = stand(lecture_state())
    found.edit(edits.set_method, method)
    assert found.badge.state == "open"
    assert "follows no gradient" in found.badge.sentence
    found.badge.click()
    found.edit(edits.set_method, "finite_difference")
    assert found.badge.state == "checked"
