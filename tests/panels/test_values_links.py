"""The values table under a person's hands: a drag, selection and pointer both ways, copying, typing, keyboard."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from neurosim.document import edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.numbers.parse import parse_number
from neurosim.panels import PANELS, PanelContext
from neurosim.panels._table_marks import TableMarks
from neurosim.widgets.theme import apply_theme
from samples import hidden_state, lecture_state

F = Fraction
SHOWN, SPOKEN, TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
TITLES = ["x", "ŷ", "y", "ŷ − y", "loss", "loss/n", "∂L/∂a", "∂L/∂b"]


@pytest.fixture
def lecture(bench):
    return bench("values", lecture_state())


def titles(made) -> list[str]:
    model = made.panel.model
    return [model.headerData(i, Qt.Orientation.Horizontal, SHOWN) for i in range(model.columnCount())]


def cell(made, row: int, title: str, role=SHOWN):
    model = made.panel.model
    return model.data(model.index(row, titles(made).index(title)), role)


def shown(made, model=None) -> list[list[str]]:
    model = made.panel.model if model is None else model
    return [[model.data(model.index(r, c), SHOWN) for c in range(model.columnCount())] for r in range(model.rowCount())]


def place_of(made, row: int, title: str) -> QPoint:
    table = made.panel.table
    return table.visualRect(table.model().index(row, titles(made).index(title))).center()


def hover(widget: QWidget, place: QPoint) -> None:
    where = QPointF(widget.mapToGlobal(place))
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, QPointF(place), where, none, none, plain))


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def marks(made) -> TableMarks:
    return made.panel.table.marks


# -- numbers on the screen ---------------------------------------------------------------------------------------------


def test_the_lecture_is_shown_with_its_totals(lecture) -> None:
    assert titles(lecture) == TITLES
    assert shown(lecture) == [
        ["2", "−16/3", "0", "−16/3", "256/9", "128/9", "−32/3", "−16/3"],
        ["4", "−14/3", "4", "−26/3", "676/9", "338/9", "−104/3", "−26/3"],
    ]
    assert shown(lecture, lecture.panel.totals_model) == [["", "", "", "", "932/9", "466/9", "−136/3", "−14"]]


def test_names_are_those_that_are_looked_for(lecture) -> None:
    panel = lecture.panel
    assert panel.objectName() == "valuesPanel"
    assert panel.findChild(QWidget, "valuesTable") is panel.table
    assert panel.findChild(QWidget, "valuesTotals") is panel.totals
    for child in (*panel.findChildren(QComboBox), panel.table, panel.totals, panel.columns_button):
        assert child.accessibleName(), child.objectName()


def test_full_value_on_hover_and_words_for_screen_readers(lecture) -> None:
    assert cell(lecture, 1, "∂L/∂a", TIP) == "−104/3\n−104/3 ~ −34.67"
    assert cell(lecture, 1, "x", TIP) == "4"
    assert cell(lecture, 1, "∂L/∂a", SPOKEN).endswith("minus 104 over 3")
    assert cell(lecture, 1, "∂L/∂a", SPOKEN).startswith("2, ")
    totals = lecture.panel.totals_model
    assert "minus 136 over 3" in totals.data(totals.index(0, 6), SPOKEN)


def test_every_frame_of_a_drag_of_a_point_is_in_the_table(bench, qtbot) -> None:
    made = bench("data_plot", lecture_state())
    context = PanelContext(made.document, made.session, made.selection, made.display)
    table = PANELS["values"].create(context)
    qtbot.addWidget(table)
    table.resize(640, 220)
    with qtbot.waitExposed(table):
        table.show()
    model, totals = table.model, table.totals_model

    def texts() -> tuple[str, ...]:
        row = [model.data(model.index(1, column), SHOWN) for column in (2, 3, 5, 6, 7)]
        return (*row, *(totals.data(totals.index(0, column), SHOWN) for column in (5, 6, 7)))

    seen, pictures = [], set()
    made.press(made.at(4, 4))
    for y in (3, 2):
        made.move(made.at(4, y))
        made.frame()
        seen.append(texts())
        pictures.add(table.grab().toImage().constBits().tobytes())
    made.release(made.at(4, 2))
    # r = −14/3 − y; r²/2; 4r; r; under them (16/3)²/2 + r²/2; −32/3 + 4r; −16/3 + r.
    assert seen == [
        ("3", "−23/3", "529/18", "−92/3", "−23/3", "785/18", "−124/3", "−13"),
        ("2", "−20/3", "200/9", "−80/3", "−20/3", "328/9", "−112/3", "−12"),
    ]
    assert len(pictures) == 2


def test_the_view_writes_numbers_in_its_own_mode(lecture) -> None:
    box = lecture.panel.findChild(QComboBox, "valuesNumberModeBox")
    QTest.keyClick(box, Qt.Key.Key_End)
    assert cell(lecture, 1, "∂L/∂a") == "−104/3 ~ −34.67"
    assert lecture.display.mode == "exact"
    QTest.keyClick(box, Qt.Key.Key_Home)
    lecture.display.mode = "decimal"
    assert cell(lecture, 1, "∂L/∂a") == "~\u200a−34.67"
    lecture.display.decimal = ","
    assert cell(lecture, 1, "∂L/∂a") == "~\u200a−34,67"


def test_test_rows_say_what_they_are(bench) -> None:
    state = lecture_state()
    made = bench("values", replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    model = made.panel.model
    assert model.headerData(0, Qt.Orientation.Vertical, SHOWN) == "1 test"
    assert "no share" in model.headerData(0, Qt.Orientation.Vertical, TIP)
    assert cell(made, 0, "∂L/∂a") == "–"
    assert cell(made, 1, "∂L/∂a") == "−208/3"


def test_columns_are_chosen_by_groups(lecture) -> None:
    menu = lecture.panel.columns_button.menu_of_groups
    by_name = {action.objectName(): action for action in menu.actions()}
    by_name["columns-loss"].trigger()
    assert titles(lecture) == ["x", "ŷ", "y", "ŷ − y", "∂L/∂a", "∂L/∂b"]
    assert shown(lecture, lecture.panel.totals_model) == [["", "", "", "", "−136/3", "−14"]]
    assert lecture.panel.columns_button.text().endswith("6/8")
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(2)})
    lecture.frame()
    assert shown(lecture)[1] == ["4", "−14/3", "2", "−20/3", "−80/3", "−20/3"]
    by_name["columns-fit"].trigger()
    assert titles(lecture) == TITLES


# -- places ------------------------------------------------------------------------------------------------------------


def test_sums_stand_under_their_columns_wherever_one_scrolls(bench) -> None:
    made = bench("values", hidden_state(60))
    table, totals = made.panel.table, made.panel.totals
    assert table.verticalScrollBar().isVisible()
    assert totals.horizontalScrollBar().maximum() > 0

    def edges(view) -> list[int]:
        left = view.viewport().mapTo(made.panel, QPoint(0, 0)).x()
        return [left + view.columnViewportPosition(c) for c in range(view.model().columnCount())]

    assert edges(table) == edges(totals)
    totals.horizontalScrollBar().setValue(totals.horizontalScrollBar().maximum())
    assert edges(table) == edges(totals)
    assert edges(table)[0] < 0
    table.horizontalScrollBar().setValue(40)
    assert edges(table) == edges(totals)
    table.titles.resizeSection(0, 130)
    assert edges(table) == edges(totals)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    foot = totals.mapTo(made.panel, QPoint(0, totals.height())).y()
    assert foot <= made.panel.height()


def test_a_number_that_becomes_longer_gets_room(lecture) -> None:
    table, column = lecture.panel.table, TITLES.index("∂L/∂a")
    before = table.columnWidth(column)
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(123457, 997), "x": F(7, 13)})
    lecture.frame()
    needed = table.fontMetrics().horizontalAdvance(cell(lecture, 1, "∂L/∂a"))
    assert table.columnWidth(column) >= max(before, needed)
    assert lecture.panel.totals.columnWidth(column) == table.columnWidth(column)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_is_cut_off_at_twice_the_size(qapp, lecture, zoom) -> None:
    apply_theme(qapp, "light", zoom)
    lecture.panel.resize(1200, 500)
    lecture.frame()
    table, totals = lecture.panel.table, lecture.panel.totals
    for view in (table, totals):
        metrics = view.fontMetrics()
        assert view.rowHeight(0) >= metrics.height()
        for column in range(view.model().columnCount()):
            text = view.model().data(view.model().index(0, column), SHOWN)
            assert view.columnWidth(column) > metrics.horizontalAdvance(text)
    assert totals.viewport().height() >= totals.rowHeight(0) * totals.model().rowCount()


# -- selection and pointer ---------------------------------------------------------------------------------------------


def test_selecting_links_both_ways(lecture) -> None:
    table = lecture.panel.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place_of(lecture, 1, "∂L/∂a"))
    assert lecture.selection.rows == {1}
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        place_of(lecture, 0, "x"),
    )
    assert lecture.selection.rows == {0, 1}
    lecture.selection.select_rows({0})
    assert [i.row() for i in table.selectionModel().selectedRows()] == [0]
    assert marks(lecture).selected == {0}
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert lecture.selection.rows == {1}


def test_many_rows_are_selected_at_once(bench) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=100_000)
    made = bench("values", replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(x)})))
    made.panel.table.selectAll()
    assert len(made.selection.rows) == 100_000
    made.selection.select_rows(range(10, 99_000))
    assert made.panel.table.selectionModel().selection().count() == 1


def test_pointing_at_a_share_lights_row_and_parameter(lecture) -> None:
    viewport = lecture.panel.table.viewport()
    hover(viewport, place_of(lecture, 1, "∂L/∂a"))
    assert lecture.selection.lit == {"row:1", "a", "a.gradient"}
    assert (marks(lecture).lit_rows, marks(lecture).lit_columns) == ({1}, {TITLES.index("∂L/∂a")})
    hover(viewport, place_of(lecture, 0, "∂L/∂b"))
    assert lecture.selection.lit == {"row:0", "n.bias", "n.bias.gradient"}
    leave(viewport)
    assert lecture.selection.lit == frozenset()
    assert marks(lecture) == TableMarks()


def test_pointing_at_a_title_or_a_sum_lights_the_parameter(lecture) -> None:
    titles_, column = lecture.panel.table.titles, TITLES.index("∂L/∂b")
    place = QPoint(titles_.sectionViewportPosition(column) + 10, titles_.height() // 2)
    hover(titles_.viewport(), place)
    assert lecture.selection.lit == {"n.bias", "n.bias.gradient"}
    leave(titles_.viewport())
    totals = lecture.panel.totals
    hover(totals.viewport(), totals.visualRect(totals.model().index(0, TITLES.index("∂L/∂a"))).center())
    assert lecture.selection.lit == {"a", "a.gradient"}
    leave(totals.viewport())
    labels = lecture.panel.table.labels
    hover(labels.viewport(), QPoint(5, labels.sectionViewportPosition(1) + 5))
    assert lecture.selection.lit == {"row:1"}


def test_what_another_view_points_at_is_marked(lecture) -> None:
    before = lecture.panel.grab().toImage()
    lecture.selection.set_lit({"row:0", "a"})
    assert (marks(lecture).lit_rows, marks(lecture).lit_columns) == ({0}, {TITLES.index("∂L/∂a")})
    assert lecture.panel.grab().toImage() != before
    lecture.selection.set_lit({"n"})
    assert marks(lecture).lit_columns == {TITLES.index("ŷ")}


def test_the_current_line_keeps_its_rows_and_columns_marked(lecture) -> None:
    walk = lecture.session.walk

    def columns() -> set[str]:
        return {TITLES[column] for column in marks(lecture).line_columns}

    seen = []
    for _ in range(15):
        seen.append((sorted(marks(lecture).line_rows), columns()))
        lecture.session.step()
    assert seen[:4] == [([], set()), ([0], {"x"}), ([0], {"ŷ"}), ([0], {"ŷ"})]
    assert seen[7] == ([0, 1], {"y", "ŷ − y"})  # each prediction is compared with its target
    assert seen[9] == ([0, 1], {"y", "ŷ − y", "loss", "loss/n"})  # the mean of the squares
    assert seen[12:14] == [([0, 1], {"∂L/∂a"}), ([0, 1], {"∂L/∂b"})]
    assert seen[14] == ([], {"∂L/∂a", "∂L/∂b"})
    lecture.session.back()
    lecture.session.back()
    assert walk.position == 13
    lecture.selection.set_lit({"row:1"})
    assert marks(lecture).line_rows == {0, 1}
    walk.reset()
    assert marks(lecture).line_rows == frozenset()


def test_the_columns_of_the_current_line_come_into_view(bench) -> None:
    made = bench("values", hidden_state(60))
    table = made.panel.table
    made.panel.resize(320, 240)
    made.frame()
    walk = made.session.walk
    walk.set_unit("line")
    last = walk.count - 1
    walk.go_to(last - 1)  # step against the gradient: of all parameters
    made.frame()
    assert table.marks.line_columns & table.columns_in_sight()
    walk.go_to(9)  # the output's activation in the first row
    made.frame()
    assert table.marks.line_rows == {0}
    assert table.marks.line_columns <= table.columns_in_sight()


def test_another_document_shows_the_columns_that_fit(lecture) -> None:
    lecture.panel.choose_columns(frozenset({"data"}))
    assert titles(lecture) == ["x", "y"]
    lecture.document.reset(hidden_state())
    lecture.frame()
    assert not lecture.panel.model.chosen
    assert "ŷ" in titles(lecture)


# -- copying, typing, keys ---------------------------------------------------------------------------------------------


def clipboard() -> list[list[str]]:
    text = QGuiApplication.clipboard().text()
    assert text.endswith("\n")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def test_selected_rows_are_copied_in_full_and_read_back_exactly(lecture) -> None:
    lecture.document.edit("Move", edits.move_row, 1, {"y": F(1, 3)})
    lecture.frame()
    lecture.selection.select_rows({1})
    QTest.keyClick(lecture.panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, row = clipboard()
    assert header == ["row", *TITLES]
    # r = −14/3 − 1/3 = −5.
    assert row == ["2", "4", "-14/3", "1/3", "-5", "25", "25/2", "-20", "-5"]
    assert [parse_number(text, ".") for text in row[1:]] == [4, F(-14, 3), F(1, 3), -5, 25, F(25, 2), -20, -5]


def test_the_whole_table_is_copied_with_its_totals(lecture) -> None:
    menu = lecture.panel.menu_at(lecture.panel.table, place_of(lecture, 0, "x"))
    next(action for action in menu.actions() if action.objectName() == "copyTable").trigger()
    lines = clipboard()
    assert [line[0] for line in lines] == ["row", "1", "2", "Σ"]
    assert lines[-1] == ["Σ", "", "", "", "", "932/9", "466/9", "-136/3", "-14"]


def test_rounded_numbers_are_copied_with_all_their_digits(bench) -> None:
    made = bench("values", hidden_state())
    made.panel.copy_table()
    lines = clipboard()
    column = lines[0].index("∂L/∂w₃")
    share = [float(line[column]) for line in lines[1:-1]]
    assert sum(share) == pytest.approx(float(made.session.snapshot.gradient["w3"]), rel=1e-12)
    assert "~" not in QGuiApplication.clipboard().text()


def test_a_hundred_thousand_rows_are_copied_at_once(bench) -> None:
    x = np.arange(100_000.0)
    made = bench("values", replace(lecture_state(), dataset=Dataset({"x": Column(x), "y": Column(2 * x)})))
    made.panel.copy_table()
    lines = clipboard()
    assert len(lines) == 100_002
    assert lines[5][:4] == ["5", "4.0", repr(4 / 3 - 6), "8.0"]


def test_a_value_is_copied_by_the_menu(lecture) -> None:
    menu = lecture.panel.menu_at(lecture.panel.table, place_of(lecture, 1, "∂L/∂a"))
    next(action for action in menu.actions() if action.objectName() == "copyValue").trigger()
    assert QGuiApplication.clipboard().text() == "−104/3"
    assert lecture.selection.rows == {1}


def test_a_cell_takes_a_fraction_and_refuses_words_with_a_sentence(lecture) -> None:
    sentences = []
    lecture.session.message.connect(lambda notice: sentences.append(notice.text))
    model, y = lecture.panel.model, TITLES.index("y")
    edit = Qt.ItemDataRole.EditRole
    assert model.setData(model.index(1, y), "1/3", edit)
    assert lecture.row(1)["y"] == F(1, 3)
    assert not model.setData(model.index(1, y), "apple", edit)
    assert "apple" in sentences[0]
    assert lecture.row(1)["y"] == F(1, 3)
    assert not model.setData(model.index(1, y + 1), "1", edit)
    assert lecture.entries() == 1


def test_what_is_being_typed_outlives_the_frames_of_a_run(lecture) -> None:
    table, y = lecture.panel.table, TITLES.index("y")
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, y))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor.text() == "4"
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "7/2")
    lecture.session.full_step()
    lecture.frame()
    assert editor.text() == "7/2"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    lecture.frame()
    assert lecture.row(1)["y"] == F(7, 2)


def test_rows_are_added_and_deleted_by_keys(lecture) -> None:
    lecture.selection.select_rows({0})
    QTest.keyClick(lecture.panel.table, Qt.Key.Key_Insert)
    lecture.frame()
    assert lecture.row(1) == {"x": F(0), "y": F(0)}
    assert lecture.selection.rows == {1}
    QTest.keyClick(lecture.panel.table, Qt.Key.Key_Delete)
    lecture.frame()
    assert lecture.document.state.dataset.n_rows == 2
    assert lecture.row(1) == {"x": F(4), "y": F(4)}


def test_an_empty_table_says_what_to_do(bench) -> None:
    made = bench("values", replace(lecture_state(), dataset=Dataset({"x": Column(()), "y": Column(())})))
    assert not made.panel.table.isVisible()
    button = made.panel.findChild(QPushButton, "emptyStateButton")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made.frame()
    assert made.row(0) == {"x": F(0), "y": F(0)}
    assert made.panel.table.isVisible()
    assert shown(made)[0][0] == "0"


def test_the_menu_has_what_was_promised(lecture) -> None:
    menu = lecture.panel.menu_at(lecture.panel.table, place_of(lecture, 1, "y"))
    names = {action.objectName() for action in menu.actions() if action.objectName()}
    assert names >= {"copy", "copyTable", "addRow", "deleteRow"}
    next(action for action in menu.actions() if action.objectName() == "deleteRow").trigger()
    lecture.frame()
    assert lecture.document.state.dataset.n_rows == 1
