"""The data table by real keys, clicks and the clipboard: what is typed stands there, and each deed is one undo."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.panels.data_table.cells import Chosen, sum_of

F = Fraction
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def state_of(words: dict[str, tuple[str, ...]] | None = None, **named) -> DocumentState:
    network = Network(
        (InputNode("x", "x"), Neuron("n", label="f", bias=F(0))), (Edge("a", "x", "n", F(1)),), (Output("n", "y"),)
    )
    columns = {name: Column(tuple(F(value) for value in values)) for name, values in named.items()}
    return DocumentState(network=network, dataset=Dataset(columns, texts=words or {}))


@pytest.fixture
def table(bench):
    """Four rows of x and y in a wide panel, with the keyboard in the first cell."""

    def build(state: DocumentState | None = None):
        made = bench("data_table", state or state_of(x=(1, 2, 3, 4), y=(2, 3, 5, 8)))
        made.panel.resize(640, 420)
        made.grid = made.panel.table
        made.grid.setFocus()
        if made.panel.model.names:
            made.grid.go_to(0, 0)
        made.frame()
        return made

    return build


def keys(made, *presses) -> None:
    """Press keys in the table, or in the field that is open in it; texts are typed."""
    for press in (part for deed in presses for part in (deed if isinstance(deed, str) else (deed,))):
        fields = [field for field in made.grid.findChildren(QLineEdit, "dataTableEdit") if field.isVisible()]
        target = fields[-1] if fields else made.grid
        if isinstance(press, str):
            QTest.keyClick(target, press)
        elif isinstance(press, tuple):
            QTest.keyClick(target, *press)
        else:
            QTest.keyClick(target, press)
        QApplication.sendPostedEvents(None, 0)
    made.frame()


def rows(made) -> list[list[object]]:
    data = made.document.state.dataset
    return [[data.cell(row, name) for name in data.names] for row in range(data.n_table_rows)]


def current(made) -> tuple[int, int]:
    return made.grid.currentIndex().row(), made.grid.currentIndex().column()


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def undone(made) -> list[str]:
    """Undo everything; the names of what was undone."""
    texts = []
    while made.document.can_undo:
        texts.append(made.document.undo_text)
        made.document.undo()
    made.frame()
    return texts


# -- typing --------------------------------------------------------------------------------------------------------


def test_what_is_typed_stands_there_and_enter_goes_on(table):
    made = table()
    keys(made, "1/3", KEY.Key_Return, "-0,5", KEY.Key_Return)
    assert [row[0] for row in rows(made)] == [F(1, 3), F(-1, 2), 3, 4]
    assert current(made) == (2, 0)
    assert undone(made) == ["Set x of row 2", "Set x of row 1"]


def test_tab_goes_right_and_enter_back_to_where_the_run_began(table):
    made = table()
    keys(made, "7", KEY.Key_Tab, "8", KEY.Key_Return)
    assert rows(made)[0] == [7, 8]
    assert current(made) == (1, 0)
    keys(made, (KEY.Key_Backtab, SHIFT))
    assert current(made) == (0, 1)


def test_ctrl_and_arrows_go_to_the_edges(table):
    made = table()
    keys(made, (KEY.Key_Down, CTRL), (KEY.Key_Right, CTRL))
    assert current(made) == (3, 1)
    keys(made, (KEY.Key_Down, CTRL))
    assert current(made) == (4, 1)
    keys(made, (KEY.Key_Home, CTRL), (KEY.Key_End, CTRL | SHIFT))
    assert made.panel.deeds.chosen() == Chosen((0, 1, 2, 3), (0, 1))
    keys(made, KEY.Key_Right, (KEY.Key_Down, CTRL | SHIFT))
    assert made.panel.deeds.chosen() == Chosen((0, 1, 2, 3), (1,))


def test_a_note_says_how_the_text_is_read_and_bad_text_stays(table):
    made = table()
    keys(made, "4/6")
    field = made.grid.findChild(QLineEdit, "dataTableEdit")
    assert field.note() == "reads as 2/3 ~ 0.6667"
    keys(made, "x", KEY.Key_Return)
    assert field.isVisible()
    assert "x" in field.note()
    assert rows(made)[0][0] == 1
    keys(made, KEY.Key_Escape)
    assert made.entries() == 0
    assert made.grid.hasFocus()


def test_f2_shows_every_digit_and_keeps_the_rest(table):
    made = table(state_of(x=(F(22, 7), 2), y=(0, 1)))
    keys(made, KEY.Key_F2)
    field = made.grid.findChild(QLineEdit, "dataTableEdit")
    assert field.text() == "22/7"
    keys(made, KEY.Key_End, "0", KEY.Key_Return)
    assert rows(made)[0][0] == F(22, 70)


def test_an_emptied_cell_sets_the_row_aside_and_typing_brings_it_back(table):
    made = table()
    keys(made, KEY.Key_Down, KEY.Key_Right, KEY.Key_Delete)
    assert made.document.state.dataset.n_rows == 3
    assert made.panel.model.row_label(1) == "aside"
    assert [made.panel.model.row_label(row) for row in range(5)] == ["1", "aside", "2", "3", "+"]
    assert "1 row is set aside, not trained on: y missing after row 1" in made.panel.foot.note.whole_text()
    assert made.panel.model.is_lacking(1, 1)
    keys(made, "3", KEY.Key_Return)
    assert rows(made) == [[1, 2], [2, 3], [3, 5], [4, 8]]
    assert "aside" not in made.panel.foot.note.whole_text()
    assert undone(made) == ["Set y of row (set aside)", "Clear 1 cell"]


def test_the_blank_row_makes_new_ones(table):
    made = table()
    made.grid.go_to(4, 0)
    keys(made, "5", KEY.Key_Tab)
    assert made.panel.model.is_aside(4)
    keys(made, "13", KEY.Key_Return, "6", KEY.Key_Tab, "21", KEY.Key_Return)
    assert rows(made)[4:] == [[5, 13], [6, 21]]
    assert made.document.state.dataset.aside == ()
    assert current(made) == (6, 0)


def test_words_are_typed_as_they_are(table):
    made = table(state_of({"who": ("ann", "bob")}, x=(1, 2), y=(3, 4)))
    made.grid.go_to(1, 2)
    keys(made, "1/2 b", KEY.Key_Return)
    assert made.document.state.dataset.texts["who"] == ("ann", "1/2 b")


# -- blocks --------------------------------------------------------------------------------------------------------


def test_paste_sort_and_undo_by_key(table):
    made = table()
    clip("9\t1\n7,5\t2\n8\t3")
    made.grid.go_to(2, 0)
    keys(made, (KEY.Key_V, CTRL))
    assert rows(made) == [[1, 2], [2, 3], [9, 1], [F(15, 2), 2], [8, 3]]
    assert made.panel.deeds.chosen() == Chosen((2, 3, 4), (0, 1))
    menu = made.panel.column_menu(0)
    menu.findChild(object, "sortDown").trigger()
    made.frame()
    assert [row[0] for row in rows(made)] == [9, 8, F(15, 2), 2, 1]
    assert made.panel.table.columns.marks.sorted_by == 0
    assert made.panel.table.columns.marks.descending
    assert undone(made) == ["Sort by x, descending", "Paste 6 cells"]
    assert made.panel.table.columns.marks.sorted_by == -1
    assert rows(made) == [[1, 2], [2, 3], [3, 5], [4, 8]]
    menu.close()


def test_a_bad_cell_is_named_and_nothing_changes(table):
    made = table()
    said = []
    made.session.message.connect(lambda notice: said.append(notice.text))
    clip("1\tmany\n2\t3")
    keys(made, (KEY.Key_V, CTRL))
    assert said == ['"many" is not a number (line 1 of the clipboard, column y). Nothing is pasted.']
    assert made.entries() == 0


def test_all_cells_go_out_and_come_back(table):
    start = state_of({"who": ('a "b"', "two\nlines", "")}, x=(F(1, 3), -2, F(5, 2)), y=(0, 1, 2))
    made = table(edits.clear_cells(start, [1], ["y"]))
    before = rows(made)
    keys(made, (KEY.Key_A, CTRL), (KEY.Key_C, CTRL))
    keys(made, KEY.Key_Delete)
    assert made.document.state.dataset.n_rows == 0
    keys(made, (KEY.Key_V, CTRL))
    assert rows(made) == before


def test_one_cell_is_pasted_into_all_that_are_selected(table):
    made = table()
    made.grid.select_block(1, 0, 2, 2)
    clip("1/2")
    keys(made, (KEY.Key_V, CTRL))
    assert rows(made) == [[1, 2], [F(1, 2), F(1, 2)], [F(1, 2), F(1, 2)], [4, 8]]
    assert undone(made) == ["Paste into 4 cells"]


def test_cut_fill_and_duplicate(table):
    made = table()
    made.grid.select_block(0, 1, 3, 1)
    keys(made, (KEY.Key_D, CTRL))
    assert [row[1] for row in rows(made)] == [2, 2, 2, 8]
    made.grid.go_to(1, 0)
    keys(made, (KEY.Key_D, CTRL))
    assert [row[0] for row in rows(made)] == [1, 2, 2, 3, 4]
    made.grid.select_block(0, 0, 1, 2)
    keys(made, (KEY.Key_X, CTRL))
    assert QGuiApplication.clipboard().text() == "1\t2\n"
    assert undone(made) == ["Cut 2 cells", "Duplicate row 2", "Fill 2 cells"]


def test_a_table_is_pasted_into_an_empty_document(table):
    made = table(DocumentState())
    clip("mass\tname\n1,5\tpear\n2\tplum")
    made.panel.take_keyboard()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_V, CTRL)
    made.frame()
    assert made.document.state.dataset.names == ("mass", "name")
    assert rows(made) == [[F(3, 2), "pear"], [2, "plum"]]


def test_the_sum_of_what_is_selected_is_exact():
    data = state_of(x=(F(1, 3), F(1, 6), 0), y=(1, 2, 3)).dataset
    assert sum_of(data, Chosen((0, 1), (0, 1))) == (4, F(7, 2))
    assert sum_of(data, Chosen()) is None


# -- rows, columns and their links ---------------------------------------------------------------------------------


def test_selection_goes_both_ways(table):
    made = table(edits.clear_cells(state_of(x=(1, 2, 3, 4), y=(2, 3, 5, 8)), [1], ["y"]))
    made.grid.select_block(1, 0, 2, 1)
    # table row 1 is set aside; table row 2 is the second complete one
    assert made.selection.rows == {1}
    made.selection.select_rows({0, 2})
    assert made.panel.deeds.chosen().rows == (0, 3)
    made.selection.set_lit({"row:1"})
    assert made.grid.rows.marks.lit_rows == {1}


def test_rows_are_deleted_and_marked_by_key(table):
    made = table()
    made.grid.select_block(1, 0, 2, 1)
    keys(made, (KEY.Key_T, CTRL))
    assert made.document.state.dataset.test_rows == (1, 2)
    assert made.panel.model.row_label(1) == "2 test"
    assert made.grid.viewport().x() >= made.grid.rows.geometry().right()
    keys(made, (KEY.Key_Delete, CTRL))
    assert rows(made) == [[1, 2], [4, 8]]
    assert current(made) == (1, 0)
    keys(made, KEY.Key_Insert)
    assert rows(made) == [[1, 2], [4, 8], [0, 0]]
    assert undone(made) == ["Add row", "Delete 2 rows", "Keep 2 rows for testing"]


def test_a_column_is_renamed_over_its_title(table):
    made = table()
    header = made.grid.columns
    middle = header.area_of(1).center() + QPoint(10, 0)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    field = made.panel.findChild(QLineEdit, "columnName")
    assert field.isVisible()
    QTest.keyClicks(field, "price")
    QTest.keyClick(field, KEY.Key_Return)
    made.frame()
    assert made.document.state.dataset.names == ("x", "price")
    assert made.document.state.network.outputs[0].column == "price"
    assert undone(made) == ["Rename y to price"]


def test_the_mark_in_a_title_opens_its_menu(table):
    made = table()
    header = made.grid.columns
    place = QPoint(header.area_of(1).left() + 12, 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
    assert "fitNeuron" in names
    assert "useTarget" not in names  # y is the target already
    next(action for action in menu.actions() if action.objectName() == "stopUsing").trigger()
    menu.close()
    made.frame()
    assert made.panel.model.roles["y"].words == "not used"
    assert undone(made) == ["Do not use y"]


def test_a_title_is_dragged_to_another_place(table):
    made = table()
    made.grid.columns.moveSection(0, 1)  # what Qt does at the end of such a drag
    made.frame()
    assert made.document.state.dataset.names == ("y", "x")
    assert [made.grid.columns.visualIndex(column) for column in range(2)] == [0, 1]
    assert undone(made) == ["Move column x"]


def test_a_column_is_added_and_named(table):
    made = table()
    made.panel.deeds.add_column()
    field = made.panel.findChild(QLineEdit, "columnName")
    QTest.keyClicks(field, "z")
    QTest.keyClick(field, KEY.Key_Return)
    made.frame()
    assert rows(made)[0] == [1, 0, 2]
    assert made.document.state.dataset.names == ("x", "z", "y")


def test_finding_a_row(table):
    made = table(state_of({"who": ("ann", "bob", "anna", "cleo")}, x=(1, 2, 3, 4), y=(2, 3, 5, 8)))
    keys(made, (KEY.Key_F, CTRL))
    field = made.panel.findChild(QLineEdit, "dataTableFind")
    assert field.isVisible()
    for text, place in (("5", (2, 1)), ("#4", (3, 0)), ("AN", (0, 2)), ("an", (2, 2))):
        field.setText(text)
        QTest.keyClick(field, KEY.Key_Return)
        assert current(made) == place
    QTest.keyClick(field, KEY.Key_Escape)
    assert made.grid.hasFocus()


# -- rows kept for testing -----------------------------------------------------------------------------------------


def test_a_drag_of_the_share_is_one_edit(table):
    made = table(state_of(x=range(10), y=range(10)))
    made.panel.show_testing()
    bar = made.panel.testing
    bar.share.setSliderDown(True)
    for percent in (10, 20, 30):
        bar.share.setSliderPosition(percent)
        made.frame()
    bar.share.setSliderDown(False)
    made.frame()
    assert len(made.document.state.dataset.test_rows) == 3
    assert bar.words.whole_text() == "Not trained on: 3 of 10 rows (30 %, shuffled with seed 0)."
    drawn = made.document.state.dataset.test_rows
    QTest.mouseClick(bar.shuffle, Qt.MouseButton.LeftButton)
    made.frame()
    assert made.document.state.dataset.test_rows != drawn
    made.panel.hands.mark([0, 1, 2, 3, 4], True)
    made.frame()
    assert bar.words.whole_text().endswith("marked by hand.")
    assert undone(made) == ["Keep 5 rows for testing", "Keep 30 % for testing", "Keep 30 % for testing"]


def test_keys_on_the_share_are_one_edit_until_let_go(table):
    made = table(state_of(x=range(10), y=range(10)))
    made.panel.show_testing()
    share = made.panel.testing.share
    share.setFocus()
    QTest.keyPress(share, KEY.Key_PageUp)
    QTest.keyPress(share, KEY.Key_PageUp)
    QTest.keyRelease(share, KEY.Key_PageUp)
    made.frame()
    assert len(made.document.state.dataset.test_rows) == 2
    assert made.entries() == 1


# -- size ----------------------------------------------------------------------------------------------------------


def test_a_hundred_thousand_rows_hold_no_cells(table):
    n = 100_000
    data = Dataset({"x": Column(np.arange(n) / 7), "y": Column(np.arange(n) % 5.0)})
    made = table(DocumentState(network=state_of(x=(1,), y=(1,)).network, dataset=data))
    asked = []
    ask = made.panel.model.cell_text
    made.panel.model.cell_text = lambda row, column: asked.append(row) or ask(row, column)
    keys(made, (KEY.Key_End, CTRL))
    made.grid.repaint()
    assert current(made) == (n - 1, 1)
    assert len(set(asked)) < 150
    keys(made, "42", KEY.Key_Return)
    assert made.document.state.dataset.columns["y"].floats[-1] == 42
    keys(made, (KEY.Key_A, CTRL))
    assert len(made.selection.rows) == n
    assert made.grid.blocks() == [QRect(0, 0, 2, n + 1)]
