"""Data to begin with: what is seen is what is made, nothing changes before a button is pressed, and one undo undoes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QToolButton, QWidget

from neurosim.document import edits
from neurosim.document.bundled import bundled_sets
from neurosim.document.state import DocumentState
from neurosim.engine.generators import GENERATORS
from neurosim.main_window.new_data.controller import NewDataController
from neurosim.main_window.new_data.dialog import NewDataDialog
from neurosim.main_window.new_data.picture import MOST_MARKS
from neurosim.main_window.open_data.controller import OpenDataController
from neurosim.widgets.number_field import NumberField

F = Fraction


@pytest.fixture
def controller(editor, display, window):
    made = OpenDataController(editor, display, window)
    yield made
    made.close()


@pytest.fixture
def dialog(document, controller, display, window):
    making = NewDataController(document, controller, display, window)
    making.show()
    yield making.dialog
    making.close()


def click(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button.isEnabled(), button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def form(dialog: NewDataDialog) -> QWidget:
    return dialog.findChild(QWidget, "newDataSettings").currentWidget()


def type_in(dialog: NewDataDialog, name: str, text: str) -> None:
    field = form(dialog).findChild(NumberField, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def read(dialog: NewDataDialog, name: str) -> str:
    return dialog.findChild(QLabel, name).text()


@pytest.mark.parametrize("name", GENERATORS)
def test_each_kind_is_shown_as_it_will_be_made(dialog, name) -> None:
    dialog.choose(name)
    assert dialog.dataset == GENERATORS[name].dataset()
    assert read(dialog, "newDataTitle") == GENERATORS[name].title
    assert read(dialog, "newDataSource") == GENERATORS[name].dataset().source
    assert dialog.findChild(QWidget, "dataPicture").n_marks == dialog.dataset.n_rows


@pytest.mark.parametrize("found", bundled_sets(), ids=lambda found: found.name)
def test_each_real_set_shows_its_question_and_source(dialog, found) -> None:
    dialog.choose(found.name)
    assert dialog.bundled is found
    assert read(dialog, "newDataQuestion") == found.question
    assert found.source in read(dialog, "newDataSource")
    assert dialog.findChild(QWidget, "dataPicture").n_marks == dialog.dataset.n_rows


def test_fields_and_die_change_the_picture_and_nothing_else(dialog, document) -> None:
    before = document.state
    dialog.choose("moons")
    type_in(dialog, "setting-rows", "12")
    type_in(dialog, "setting-noise", "0.5")
    assert dialog.dataset == GENERATORS["moons"].dataset(12, F(1, 2), 0)
    QTest.mouseClick(form(dialog).findChild(QToolButton, "dataDice"), Qt.MouseButton.LeftButton)
    assert dialog.dataset == GENERATORS["moons"].dataset(12, F(1, 2), 1)
    assert form(dialog).findChild(NumberField, "setting-seed").value() == 1
    assert read(dialog, "newDataSource") == "moons, 12 rows, noise 0.5, seed 1"
    assert document.state is before


def test_what_is_no_size_is_not_taken(dialog) -> None:
    dialog.choose("moons")
    for text in ("0", "2.5", "2000000"):
        type_in(dialog, "setting-rows", text)
        assert dialog.dataset.n_rows == 100


def test_an_arrow_key_steps_the_noise(dialog) -> None:
    dialog.choose("line")
    field = form(dialog).findChild(NumberField, "setting-noise")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert dialog.dataset == GENERATORS["line"].dataset(21, F(1, 4), 0)


def test_a_gate_is_chosen_from_a_list(dialog, document) -> None:
    dialog.choose("gate")
    box = form(dialog).findChild(QComboBox, "setting-gate")
    box.setFocus()
    for _ in range(3):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert dialog.dataset.columns["y"].numbers == (0, 1, 1, 0)
    click(dialog, "buildNewDataButton")
    assert document.state.dataset.source == "gate, XOR"
    assert document.state.network.neurons[0].activation == "sigmoid"


def test_building_is_one_edit(dialog, document, controller, qtbot) -> None:
    before = document.state
    dialog.choose("moons")
    with qtbot.waitSignal(controller.built) as built:
        click(dialog, "buildNewDataButton")
    assert not dialog.isVisible()
    assert [node.column for node in document.state.network.inputs] == ["x1", "x2"]
    assert document.state.dataset == GENERATORS["moons"].dataset()
    assert "moons" in built.args[0]
    assert document.undo_text == "Fit a neuron to moons"
    document.undo()
    assert document.state == before


def test_three_clusters_get_a_neuron_each(dialog, document) -> None:
    dialog.choose("clusters")
    type_in(dialog, "setting-classes", "3")
    assert "a linear neuron for each of the 3 classes" in read(dialog, "newDataSaid")
    click(dialog, "buildNewDataButton")
    assert document.state.training.loss == "softmax_cross_entropy"
    assert len(document.state.network.neurons) == 3


def test_the_drawn_network_takes_data_with_its_columns(dialog, document) -> None:
    network = document.state.network
    dialog.choose("moons")
    button = dialog.findChild(QPushButton, "useNewDataButton")
    assert not button.isEnabled()
    assert "reads other columns: x" in button.toolTip()
    dialog.choose("line")
    click(dialog, "useNewDataButton")
    assert document.state.network == network
    assert document.state.dataset == GENERATORS["line"].dataset()


def test_an_empty_sheet_takes_any_data(dialog, document) -> None:
    document.reset(DocumentState())
    dialog.choose("moons")
    click(dialog, "useNewDataButton")
    assert document.state.dataset.n_rows == 100
    assert not document.state.network.nodes


def test_the_button_follows_the_network(dialog, document) -> None:
    dialog.choose("line")
    button = dialog.findChild(QPushButton, "useNewDataButton")
    assert button.isEnabled()
    document.edit("Rename", edits.rename_column, "x", "speed")
    assert not button.isEnabled()


def test_a_real_set_leads_to_its_columns(dialog, controller, document) -> None:
    dialog.choose("penguins")
    assert "2 of 344 rows have no value in a chosen column" in read(dialog, "newDataSaid")
    click(dialog, "buildNewDataButton")
    opened = controller.dialog
    assert (opened.inputs, opened.target) == (("flipper_length_mm",), "body_mass_g")
    assert read(opened, "questionLabel").endswith("?")
    click(opened, "buildNeuronButton")
    dataset = document.state.dataset
    assert (dataset.n_rows, len(dataset.aside)) == (342, 2)
    assert dataset.names[:3] == ("species", "island", "bill_length_mm")
    assert len(dataset.texts) == 3


def test_another_file_shows_no_question(dialog, controller, tmp_path) -> None:
    dialog.choose("penguins")
    click(dialog, "buildNewDataButton")
    (tmp_path / "own.csv").write_text("x,y\n1,2\n3,4\n")
    controller.open_path(tmp_path / "own.csv")
    assert controller.dialog.findChild(QLabel, "questionLabel") is None


def test_of_many_rows_some_are_shown(dialog) -> None:
    dialog.choose("spiral")
    type_in(dialog, "setting-rows", "100000")
    assert dialog.dataset.n_rows == 100_000
    assert dialog.findChild(QWidget, "dataPicture").n_marks == MOST_MARKS


def test_the_list_is_walked_with_keys_and_passes_over_headings(dialog) -> None:
    dialog.choose("gate")
    listed = dialog.findChild(QListWidget, "newDataList")
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    assert dialog.bundled is bundled_sets()[0]


def test_controls_have_names(dialog) -> None:
    for name in GENERATORS:
        dialog.choose(name)
        for control in form(dialog).findChildren(NumberField) + form(dialog).findChildren(QComboBox):
            assert control.accessibleName()
            assert control.toolTip()
