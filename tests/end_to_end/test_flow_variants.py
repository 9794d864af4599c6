"""Variants through the window: opened from the menu, compared, changed, adopted, saved and opened again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from neurosim import load, paths, save
from neurosim.document.variants import variants
from neurosim.engine.trainer import Trainer
from neurosim.panels.variants.readout import Readout
from neurosim.widgets.number_field import NumberField

F = Fraction


def click(hand, kind: type[QWidget], name: str) -> None:
    widget = hand.window.workspace.panels["variants"].findChild(kind, name)
    assert widget is not None, name
    assert widget.isEnabled(), widget.toolTip()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    hand.frame()


def sentence(hand) -> str:
    return hand.find(QLabel, "variantsSentence").text()


def test_two_learning_rates_from_the_menu_to_the_adopted_document(open_window, tmp_path) -> None:
    hand = open_window()
    window = hand.window
    window.book["compareVariants"].trigger()
    hand.frame()
    assert window.workspace.docks["variants"].in_front
    click(hand, QPushButton, "emptyStateButton")
    assert sentence(hand) == "Only the learning rate differs: 1/30 against 1/90."
    panel = window.workspace.panels["variants"]
    field = panel.findChild(NumberField, "variantRate-B")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1/11")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.frame()
    assert sentence(hand) == "Only the learning rate differs: 1/30 against 1/11."
    click(hand, QPushButton, "variantsStep")
    # By hand: one step from (1/3, -6) at 1/30 leads to the loss 8149/2025.
    assert float(window.session.variants.runs[0].now.loss) == pytest.approx(8149 / 2025, rel=1e-14)
    for _ in range(4):
        click(hand, QPushButton, "variantsStep")
    alone = Trainer(
        variants(window.document.state)[1].network,
        window.document.state.dataset,
        variants(window.document.state)[1].training,
    )
    alone.advance(5)
    assert window.session.variants.runs[1].now.loss == alone.loss
    click(hand, QToolButton, "variantAdopt-B")
    assert (window.document.state.training.step, window.document.state.training.learning_rate) == (5, F(1, 11))
    assert window.document.undo_text == "Adopt variant B"
    save(window.document.state, tmp_path / "two.neurosim")
    again = load(tmp_path / "two.neurosim")
    assert variants(again) == variants(window.document.state)
    other = open_window(tmp_path / "two.neurosim")
    other.window.book["compareVariants"].trigger()
    other.frame()
    assert sentence(other) == "Only the learning rate differs: 1/30 against 1/11."
    assert other.find(Readout, "variantState-A").text() == "step 0"


def test_the_variants_run_on_the_windows_own_frames(open_window, qtbot) -> None:
    hand = open_window(paths.example("xor"))
    window = hand.window
    window.book["compareVariants"].trigger()
    hand.frame()
    click(hand, QPushButton, "emptyStateButton")
    click(hand, QPushButton, "variantsRun")
    qtbot.waitUntil(lambda: window.session.variants.step > 100, timeout=20_000)
    click(hand, QPushButton, "variantsRun")
    assert not window.session.variants.running
    first, second = window.session.variants.runs
    assert first.now.step == second.now.step
    assert window.document.state.training.step == 0
    assert not window.document.visited


def test_moving_a_point_begins_the_comparison_anew(open_window) -> None:
    hand = open_window()
    window = hand.window
    window.workspace.open_panel("variants")
    hand.frame()
    click(hand, QPushButton, "emptyStateButton")
    click(hand, QPushButton, "variantsStep")
    assert window.session.variants.step == 1
    hand.drag_point((4, 4), (4, 2))
    hand.frame()
    assert window.session.variants.step == 0
    # The lecture after the drag to (4, 2): loss 328/9.
    assert window.session.variants.runs[0].now.loss == pytest.approx(328 / 9, rel=1e-14)
