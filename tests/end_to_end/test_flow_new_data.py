"""From the menu to data and from data to a file, in the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from neurosim.document.csv_table import read_table
from neurosim.engine.generators import GENERATORS


def test_new_data_are_drawn_trained_and_undone(open_window, hand) -> None:
    window = hand.window
    before = window.document.state
    window.book["newData"].trigger()
    hand.frame()
    window.commands.tables.making.dialog.choose("circles")
    hand.click("buildNewDataButton")
    assert window.document.state.dataset == GENERATORS["circles"].dataset()
    first = window.session.snapshot.loss
    window.book["fullStep"].trigger()
    hand.frame()
    assert window.session.snapshot.loss < first
    for _ in range(2):
        window.document.undo()
    assert window.document.state == before


def test_a_table_is_opened_changed_and_exported(hand, tmp_path) -> None:
    window = hand.window
    text = "x; y\r\n1,50;2\r\n2;NA\r\n3;+4\r\n"
    (tmp_path / "in.csv").write_bytes(text.encode())
    window.open_path(tmp_path / "in.csv")
    hand.frame()
    hand.click("buildNeuronButton")
    dataset = window.document.state.dataset
    assert (dataset.n_rows, len(dataset.aside)) == (2, 1)
    window.files.dialogs.path = tmp_path / "out.csv"
    window.book["exportData"].trigger()
    hand.frame()
    hand.click("exportButton")
    assert (tmp_path / "out.csv").read_bytes() == text.encode()
    assert not window.findChild(QWidget, "exportDataDialog").isVisible()
    window.files.dialogs.path = tmp_path / "none" / "out.csv"
    window.book["exportData"].trigger()
    hand.frame()
    hand.click("exportButton")
    assert "cannot be written" in window.message_bar.findChild(QLabel).text()
    assert window.findChild(QWidget, "exportDataDialog").isVisible()


def test_what_was_exported_opens_again(hand, tmp_path) -> None:
    window = hand.window
    window.files.dialogs.path = tmp_path / "lecture.csv"
    window.book["exportData"].trigger()
    hand.frame()
    hand.click("exportButton")
    assert read_table(tmp_path / "lecture.csv").whole().columns == window.document.state.dataset.columns
