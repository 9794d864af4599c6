"""The inspector: the page fits the selection, shows the present values, and every change is an edit with a name."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

from neurosim.document import edits
from neurosim.engine.activations import ACTIVATIONS
from neurosim.main_window.inspector.inspector import Inspector
from neurosim.main_window.inspector.section import InspectorContext
from neurosim.main_window.memory_table import MemoryTable
from neurosim.markup.write_text import write_text
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.number_field import NumberField

MINUS = "−"


@pytest.fixture
def inspector(editor, session, selection, display, qtbot):
    made = Inspector(InspectorContext(editor, session, selection, display))
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show()
    return made


def _text(inspector, name):
    return inspector.section.findChild(QLabel, name).text().replace(MINUS, "-")


def _formula(inspector, name):
    return write_text(inspector.section.findChild(FormulaLines, name).markup()).replace(MINUS, "-")


def _pick(inspector, name, data):
    box = inspector.section.findChild(QComboBox, name)
    index = box.findData(data)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_nothing_selected_says_what_there_is(inspector):
    assert inspector.section.title == "This network"
    assert _text(inspector, "networkSummary") == "1 input, 1 neuron, 1 output, 2 numbers to learn"
    assert "2 rows of x, y" in _text(inspector, "dataSummary")
    assert _text(inspector, "lossTitle") == "Mean squared error (MSE)"
    assert _formula(inspector, "lossFormula") == "L = 1/n Σᵢ₌₁ⁿ (ŷᵢ - yᵢ)²"


def test_penalties_stand_in_the_loss_that_is_shown(inspector, document, session):
    document.edit("Set L2", edits.set_regularisation, l2=Fraction(1, 2))
    session.advance()
    assert _formula(inspector, "lossFormula") == "L = 1/n Σᵢ₌₁ⁿ (ŷᵢ - yᵢ)² + λ₂/2 Σ w²"
    # l2/2 * w^2 = 1/4 * 1/9
    assert _text(inspector, "penaltyLabel") == "1/36"
    assert _text(inspector, "dataLossLabel") == "466/9"


def test_an_edge(inspector, selection, document, session):
    selection.select({"a"})
    assert inspector.section.title == "Weight a"
    assert _text(inspector, "edgeEnds") == "from x to f"
    assert _text(inspector, "weightGradientLabel") == "-136/3"
    inspector.section.findChild(NumberField, "weightField").committed.emit(Fraction(2))
    assert document.state.network.parameters["a"] == 2
    assert document.undo_text == "Set weight a"
    session.full_step()
    session.advance()
    # With a = 2, b = -6 both residuals are -2: gradient 1/2 * 2 * (-2 * 2 - 2 * 4) = -12, so a = 2 + 12/30.
    assert inspector.section.findChild(NumberField, "weightField").value() == Fraction(12, 5)


def test_a_neuron(inspector, selection, document, session):
    selection.select({"n"})
    assert inspector.section.title == "Neuron f"
    assert _text(inspector, "preActivationLabel") == "-16/3"
    assert _text(inspector, "biasGradientLabel") == "-14"
    selection.select_rows({1})
    assert _text(inspector, "activationLabel") == "-14/3"
    box = inspector.section.findChild(QComboBox, "activationBox")
    assert {box.itemData(i) for i in range(box.count())} == set(ACTIVATIONS)
    _pick(inspector, "activationBox", "relu")
    session.advance()
    assert document.state.network.node_by_id["n"].activation == "relu"
    assert _text(inspector, "activationLabel") == "0"
    name = inspector.section.findChild(QLineEdit, "nameField")
    name.setText("line")
    name.editingFinished.emit()
    session.advance()
    assert inspector.section.title == "Neuron line"
    while document.can_undo:
        document.undo()
    assert document.state == document.opened_state


def test_a_neuron_loses_and_gets_a_bias(inspector, selection, document, session):
    selection.select({"n"})
    inspector.section.findChild(QCheckBox, "hasBiasBox").click()
    session.advance()
    assert document.state.network.node_by_id["n"].bias is None
    assert not inspector.section.findChild(NumberField, "biasField").isEnabled()
    inspector.section.findChild(QCheckBox, "hasBiasBox").click()
    assert document.state.network.node_by_id["n"].bias == 0


def test_input_and_output_choose_columns(inspector, selection, document, session):
    document.edit("Add column", edits.add_column, "u", [Fraction(7), Fraction(8)])
    session.advance()
    selection.select({"x"})
    _pick(inspector, "columnBox", "u")
    session.advance()
    assert document.state.network.node_by_id["x"].column == "u"
    assert _text(inspector, "valueLabel") == "7"
    selection.select({"output:n"})
    assert _text(inspector, "targetLabel") == "0"
    _pick(inspector, "targetBox", "")
    assert document.state.network.outputs[0].column is None


def test_several_are_frozen_together(inspector, selection, document, session):
    selection.select({"a", "n"})
    assert inspector.section.title == "2 things selected"
    inspector.section.findChild(QCheckBox, "frozenBox").click()
    session.advance()
    assert not any(document.state.network.trainable.values())
    assert inspector.section.findChild(QCheckBox, "frozenBox").isChecked()
    document.undo()
    assert all(document.state.network.trainable.values())


def test_what_is_deleted_leaves_the_inspector(inspector, selection, document, session):
    selection.select({"a"})
    document.edit("Delete", edits.delete, ["a"])
    session.advance()
    assert inspector.section.title == "This network"


def test_a_refused_number_is_put_back(inspector, selection, editor, document, qtbot):
    selection.select({"a"})
    field = inspector.section.findChild(NumberField, "weightField")
    with qtbot.waitSignal(editor.refused):
        field.committed.emit(float("inf"))
    assert document.state == document.opened_state
    inspector.refresh()
    assert field.value() == Fraction(1, 3)


def test_another_decimal_sign_at_once(inspector, selection, display, document):
    document.edit("Set weight", edits.set_weight, "a", 0.125)
    selection.select({"a"})
    display.mode = "decimal"
    display.decimal = ","
    assert "0,125" in inspector.section.findChild(NumberField, "weightField").text()


def test_what_the_optimizer_remembers_of_a_parameter(inspector, document, selection, session):
    document.edit("Momentum", edits.set_optimizer, "sgd", {"momentum": Fraction(9, 10)})
    session.full_step()
    session.advance()
    selection.select({"a"})
    table = inspector.section.findChild(MemoryTable)
    assert table.texts() == [["", "velocity v"], ["a", f"{MINUS}136/3"]]
    session.full_step()
    session.advance()
    # v = 9/10 · (−136/3) + the new gradient −554/45 = −1836/45 − 554/45
    assert table.texts()[1] == ["a", f"{MINUS}478/9"]
    selection.select({"n"})
    table = inspector.section.findChild(MemoryTable)
    assert table.texts()[1][0] == "b"
    document.edit("Plain", edits.set_optimizer, "sgd")
    session.advance()
    assert table.isHidden()
