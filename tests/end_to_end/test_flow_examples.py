"""The gallery of examples: each is shown before it is opened, and says of itself what is true."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from neurosim import paths
from neurosim.document.json_format import load
from neurosim.engine.evaluate import Evaluator
from neurosim.main_window.examples.catalogue import examples
from neurosim.main_window.examples.gallery import ExampleGallery

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def gallery(hand):
    QTest.keyClick(hand.window, Qt.Key.Key_X, CONTROL | SHIFT)
    return hand.window.findChild(ExampleGallery)


def test_every_document_is_in_the_catalogue_once():
    files = sorted((paths.resources() / "examples").glob("*.neurosim"))
    assert sorted(example.path for example in examples()) == files


def test_each_is_shown_with_what_is_in_it(gallery):
    for row, example in enumerate(examples()):
        gallery.list.setCurrentRow(row)
        state = load(example.path)
        said = gallery.findChild(QLabel, "exampleSaid").text()
        assert f"inputs: {len(state.network.inputs)} · neurons: {len(state.network.neurons)} (" in said
        assert f"rows: {state.dataset.n_rows} · " in said
        assert gallery.findChild(QLabel, "exampleAbout").text() == example.about
        assert gallery._network.network == state.network
        if state.dataset.n_rows > 1:
            assert gallery._data.n_marks == state.dataset.n_rows


def test_keys_choose_and_enter_opens(hand, gallery):
    before = hand.window.document.state
    names = [example.name for example in examples()]
    for _ in range(names.index("xor")):
        QTest.keyClick(gallery.list, Qt.Key.Key_Down)
    assert gallery.findChild(QLabel, "exampleTitle").text() == "Exclusive or"
    assert hand.window.document.state is before
    QTest.keyClick(gallery.list, Qt.Key.Key_Return)
    assert not gallery.isVisible()
    assert hand.window.document.state == load(paths.example("xor"))
    assert hand.window.document.path is None


def test_cancel_changes_nothing(hand, gallery):
    before = hand.window.document.state
    QTest.mouseClick(gallery.findChild(QPushButton, "cancelExample"), Qt.MouseButton.LeftButton)
    assert not gallery.isVisible()
    assert hand.window.document.state is before


def test_what_the_catalogue_claims_is_so():
    state = load(paths.example("four_points"))
    snapshot = Evaluator().evaluate(state.network, state.dataset, state.training)
    assert snapshot.loss == (0 + 2**2 + Fraction(5, 2) ** 2 + 3**2) / 4 == Fraction("4.8125")
    assert load(paths.example("food_trucks")).dataset.n_rows == 97
