"""The export window: its preview is the file, its signs are those chosen, and faults are said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from neurosim.document import edits
from neurosim.document.csv_table import read_table
from neurosim.document.csv_writing import table_bytes
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import TableForm
from neurosim.main_window.export_data.dialog import ExportDialog

TEXT = 'x;"kind"\r\n1,50;a\r\n;b\r\n3;c\r\n'


@pytest.fixture
def show(document, qtbot):
    window = QWidget()
    qtbot.addWidget(window)

    def make(text: str | None = None) -> ExportDialog:
        if text is not None:
            document.reset(DocumentState(dataset=read_table(text, name="t").whole()))
        dialog = ExportDialog(document, window)
        dialog.show()
        return dialog

    return make


def choose(dialog: QWidget, name: str, index: int) -> None:
    box = dialog.findChild(QComboBox, name)
    box.setFocus()
    while box.currentIndex() < index:
        QTest.keyClick(box, Qt.Key.Key_Down)


def preview(dialog: ExportDialog) -> str:
    return dialog.findChild(QPlainTextEdit, "exportPreview").toPlainText()


def said(dialog: ExportDialog) -> str:
    return dialog.findChild(QLabel, "exportSaid").text()


def test_the_own_form_is_offered_first(show, document) -> None:
    dialog = show(TEXT)
    assert preview(dialog) == TEXT.replace("\r\n", "\n")
    assert dialog.findChild(QComboBox, "exportSeparator").currentText() == "As in the data (semicolon)"
    assert dialog.findChild(QComboBox, "exportDecimal").currentText() == "As in the data (comma)"
    assert "3 rows, 2 columns. 1 of them" in said(dialog)
    assert "exactly as it was read (UTF-8)" in said(dialog)
    assert table_bytes(document.state.dataset, dialog.form) == TEXT.encode()


@pytest.mark.parametrize(
    ("separator", "decimal", "first", "suffix"),
    [
        (1, 1, "1.5,a", ".csv"),
        (2, 0, "1,5;a", ".csv"),
        (3, 0, "1,5→\ta", ".tsv"),
        (4, 1, "1.5|a", ".csv"),
        (0, 1, "1.5;a", ".csv"),
        (1, 2, '"1,5",a', ".csv"),
    ],
)
def test_signs_are_chosen(show, separator, decimal, first, suffix) -> None:
    dialog = show(TEXT.replace("1,50", "1,5").replace('"', ""))
    choose(dialog, "exportSeparator", separator)
    choose(dialog, "exportDecimal", decimal)
    assert preview(dialog).splitlines()[1] == first
    assert dialog.suffix == suffix


def test_an_edit_is_seen_at_once(show, document) -> None:
    dialog = show()
    assert preview(dialog) == "x,y\n2,0\n4,4\n"
    document.edit("Move point", edits.move_row, 0, {"y": 7})
    assert preview(dialog) == "x,y\n2,7\n4,4\n"


def test_without_data_there_is_nothing_to_export(show, document) -> None:
    dialog = show()
    document.reset(DocumentState())
    assert not dialog.findChild(QPushButton, "exportButton").isEnabled()
    assert "no data" in said(dialog)


def test_the_button_asks_with_the_form(show, qtbot) -> None:
    dialog = show()
    choose(dialog, "exportSeparator", 3)
    with qtbot.waitSignal(dialog.asked) as asked:
        QTest.mouseClick(dialog.findChild(QPushButton, "exportButton"), Qt.MouseButton.LeftButton)
    assert asked.args == [TableForm(delimiter="\t")]


def test_long_data_show_their_first_lines(show, document) -> None:
    dialog = show("x,y\n" + "".join(f"{i},{i}\n" for i in range(30_000)))
    assert preview(dialog).splitlines() == ["x,y", "0,0", "1,1", "2,2", "3,3", "4,4"]
