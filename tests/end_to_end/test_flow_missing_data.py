"""What the data lack is added where it is said to be missing, and messages end with the document they are about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QTableView

from neurosim.document import autosave, edits


def _second_input(hand):
    """An input more, connected, whose column the data lack."""
    hand.window.book["insertInput"].trigger()
    hand.window.document.edit("Connect", edits.connect, "x1", "n")
    hand.frame()


def test_the_button_beside_the_refusal_adds_the_column(hand):
    button = hand.find(QPushButton, "supplyDataButton")
    assert button.isHidden()
    assert not hand.window.book["supplyData"].isEnabled()
    _second_input(hand)
    assert button.isVisible()
    assert button.text() == "Add column x1"
    assert "x1" in hand.read("stepRefusalLabel")
    hand.click("supplyDataButton")
    hand.frame()
    assert list(hand.window.document.state.dataset.columns) == ["x", "y", "x1"]
    assert button.isHidden()
    assert hand.find(QPushButton, "fullStepButton").isEnabled()
    table = hand.find(QTableView, "valuesTable")
    assert table.isVisible()
    assert hand.window.focusWidget() is table
    assert "x1" in hand.window.message_bar.text()
    assert hand.window.document.undo_text == "Add column x1"


def test_an_empty_sheet_gets_columns_and_a_row(hand):
    window = hand.window
    window.book["newEmpty"].trigger()
    assert not window.book["supplyData"].isEnabled()
    window.book["insertInput"].trigger()
    window.book["insertNeuron-tanh"].trigger()
    network = window.document.state.network
    window.document.edit("Connect", edits.connect, network.inputs[0].id, network.neurons[0].id)
    window.selection.select({network.neurons[0].id})
    window.book["insertOutput"].trigger()
    hand.frame()
    assert window.book["supplyData"].text() == "Add columns x, y"
    window.book["supplyData"].trigger()
    hand.frame()
    assert window.document.state.dataset.row(0) == {"x": 0, "y": 0}
    assert hand.find(QPushButton, "fullStepButton").isEnabled()


def test_a_message_goes_with_its_document(hand):
    _second_input(hand)
    hand.click("supplyDataButton")
    assert hand.window.message_bar.text()
    hand.window.book["new"].trigger()
    hand.frame()
    assert not hand.window.message_bar.isVisible()


def test_the_offer_to_restore_comes_with_its_document(hand, tmp_path: Path, qtbot):
    path = tmp_path / "work.neurosim"
    hand.window.files.dialogs.path = path
    hand.window.book["saveAs"].trigger()
    lost = edits.move_row(hand.window.document.state, 1, {"y": 2})
    hand.window.book["new"].trigger()
    autosave.write(lost, path)
    assert hand.window.open_path(path)
    qtbot.waitUntil(lambda: "was not saved" in hand.window.message_bar.text())
