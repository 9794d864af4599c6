"""The calculus panel and the network on the canvas: presets, values that follow, shares, and what lights up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from calculus_bench import click, derived, everything, labels, leave, lines, move_to, press, type_into
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.parse import parse
from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate as run
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.markup.write_text import write_text
from neurosim.panels.calculus import forms
from neurosim.panels.calculus.links import Link, symbols_of
from neurosim.panels.calculus.presets import presets
from neurosim.panels.calculus.question import Question, work_out
from neurosim.panels.calculus.values import Values
from neurosim.working.shares import shares
from samples import hidden_state, lecture_state

F = Fraction


def logistic_state() -> DocumentState:
    """Two inputs, one sigmoid, cross-entropy."""
    network = Network(
        (InputNode("x1", "hours"), InputNode("x2", "sleep"), Neuron("n", bias=F(-3), activation="sigmoid")),
        (Edge("w1", "x1", "n", F(1)), Edge("w2", "x2", "n", F(1, 2))),
        (Output("n", "pass"),),
    )
    columns = {"hours": Column((F(1), F(4))), "sleep": Column((F(6), F(3))), "pass": Column((F(0), F(1)))}
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy", learning_rate=F(1, 10)))


@pytest.fixture
def made(bench):
    found = bench("calculus", lecture_state())
    found.panel.resize(520, 1100)
    QApplication.processEvents()
    return found


def choose(made, name: str) -> None:
    """Open the menu of examples and take one."""
    panel = made.panel
    panel.input.menu.aboutToShow.emit()
    actions = {action.objectName(): action for action in all_actions(panel.input.menu)}
    actions[f"preset-{name}"].trigger()
    everything(panel)
    QApplication.processEvents()  # fields come and go with the symbols: everything finds its place


def all_actions(menu):
    for action in menu.actions():
        if action.menu() is not None:
            yield from all_actions(action.menu())
        else:
            yield action


def entry(made, kind: str):
    return next(one for one in made.panel.stepper.model.entries if one.kind == kind)


# -- slide 11 ----------------------------------------------------------------------------------------------------------


def test_slide_11_by_a_ends_with_the_share_of_the_row(made) -> None:
    choose(made, "squared_error_by_a")
    assert derived(made.panel) == [
        "∂/∂a((y − ax − b)²)",
        "2(y − ax − b)·∂/∂a(y − ax − b)",
        "2(y − ax − b)(−∂/∂a(ax))",
        "−2x(y − ax − b)",
        "−2x(y − f(x))",
    ]
    numbers = entry(made, "numbers")
    # Slide 12, first row: 1/2 [-4 (0 + 16/3)] = -32/3.
    assert numbers.label == "With the numbers of row 1"
    assert write_text(numbers.markup) == "= −2 · 2(0 − (−16/3)) = −64/3"
    assert numbers.verdict == "✓"
    assert numbers.check == "times 1/2 is −32/3, the row's share of the gradient"
    assert shares(made.session.snapshot).row(0).gradient["a"] == F(-32, 3)


def test_another_row_gives_the_other_share(made) -> None:
    choose(made, "squared_error_by_a")
    made.selection.select_rows({1})
    numbers = entry(made, "numbers")
    # Slide 12, second row: 1/2 [-8 (4 + 14/3)] = -104/3.
    assert write_text(numbers.markup) == "= −2 · 4(4 − (−14/3)) = −208/3"
    assert numbers.check == "times 1/2 is −104/3, the row's share of the gradient"
    choose(made, "squared_error_by_b")
    assert write_text(entry(made, "numbers").markup) == "= −2(4 − (−14/3)) = −52/3"
    assert entry(made, "numbers").check == "times 1/2 is −26/3, the row's share of the gradient"


def test_the_values_follow_the_network_in_the_same_frame(made) -> None:
    choose(made, "squared_error_by_a")
    fields = made.panel.fields
    assert [fields.field(name).value() for name in "ayxb"] == [F(1, 3), 0, 2, -6]
    made.document.edit("Set a", edits.set_parameter, "a", F(1))
    made.document.edit("Move", edits.move_row, 0, {"y": F(5)})
    made.frame()
    assert [fields.field(name).value() for name in "ayxb"] == [1, 5, 2, -6]
    assert made.panel.curves.picture.x == 1
    assert write_text(entry(made, "numbers").markup) == "= −2 · 2(5 − (−4)) = −36"
    made.session.full_step()
    made.frame()
    assert fields.field("a").value() == made.document.state.network.parameters["a"]


def test_the_reduction_decides_the_factor(made) -> None:
    made.document.edit("half", edits.set_reduction, "half_mean")
    made.frame()
    choose(made, "squared_error_by_a")
    assert entry(made, "numbers").check == "times 1/4 is −16/3, the row's share of the gradient"
    assert "half the mean over 2 rows" in entry(made, "numbers").why


def test_a_row_kept_for_testing_has_no_share(made) -> None:
    state = made.document.state
    made.document.reset(replace(state, dataset=replace(state.dataset, test_rows=(0,))))
    made.frame()
    choose(made, "squared_error_by_a")
    assert entry(made, "numbers").check == "Row 1 is kept for testing: it has no share of the gradient."


def test_an_own_value_stays_here_and_follows_again_on_demand(made) -> None:
    choose(made, "squared_error_by_a")
    panel = made.panel
    field, follow = panel.fields.field("b"), panel.findChild(QToolButton, "calculusFollow-b")
    assert follow.isChecked()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "-4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert made.document.state.network.parameters["n.bias"] == -6
    assert not follow.isChecked()
    assert entry(made, "numbers").check == "", "these are not the numbers of the network any more"
    made.document.edit("Set b", edits.set_parameter, "n.bias", F(-5))
    made.frame()
    assert field.value() == -4
    click(follow)
    assert field.value() == -5
    assert entry(made, "numbers").verdict == "✓"


def test_dragging_the_tangent_leaves_the_network_alone(made) -> None:
    choose(made, "squared_error_by_a")
    before = made.document.state
    made.drag(made.at(1 / 3, 256 / 9), made.at(3, 0))
    assert made.panel.fields.field("a").value() == 3
    assert made.document.state is before
    assert made.panel.curves.picture.slope == 0


# -- lighting up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "ref", "lit"), [(1, "a", {"a"}), (1, "n.bias", {"n.bias"}), (3, "x", {"x", "row:0"})]
)
def test_a_symbol_lights_up_what_it_stands_for(made, number: int, ref: str, lit: set[str]) -> None:
    choose(made, "squared_error_by_a")
    view = made.panel.stepper.view
    view.scrollTo(made.panel.stepper.model.index(number))
    QApplication.processEvents()
    move_to(view, view.places_of(number, ref)[0])
    assert made.selection.lit == lit
    leave(view)
    assert made.selection.lit == frozenset()


def test_the_symbols_in_the_fields_light_up_too(made) -> None:
    choose(made, "squared_error_by_a")
    label = made.panel.fields._cells["b"].label
    QTest.mouseMove(label, QPoint(8, round(label.baseline()) - 3))
    QApplication.processEvents()
    assert made.selection.lit == {"n.bias"}


def test_what_lights_up_on_the_graph_lights_up_in_the_formulas(made) -> None:
    choose(made, "squared_error_by_a")
    panel = made.panel
    made.selection.set_lit({"a"})
    assert panel.stepper.view.lit == {"a"}
    before = panel.stepper.view.viewport().grab().toImage()
    made.selection.set_lit({"x", "row:0"})
    assert panel.stepper.view.lit == {"x"}, "the target of the same row stays dark"
    assert panel.stepper.view.viewport().grab().toImage() != before
    made.selection.set_lit({"row:0"})
    assert panel.stepper.view.lit == {"row:0"}


# -- slide 15 ----------------------------------------------------------------------------------------------------------


def test_slide_15_the_factors_cancel_and_beside_it_they_do_not(made, bench) -> None:
    choose(made, "cross_entropy_by_z")
    found = derived(made.panel)
    assert found[0] == "d/dz(−y·ln(σ(z)) − (1 − y)·ln(1 − σ(z)))"
    assert "Cancel a common factor" in labels(made.panel)
    assert found[-1] == "σ(z) − y"
    beside = entry(made, "beside")
    assert write_text(beside.markup) == "−2(y − σ(z)) · σ(z)(1 − σ(z))"
    press(made.panel, Qt.Key.Key_End)
    assert made.panel.stepper.model.entries[made.panel.stepper.model.current].kind == "beside"
    press(made.panel, Qt.Key.Key_Return)
    assert made.panel.input.edit.text() == "(y - ŷ)^2"
    everything(made.panel)
    assert derived(made.panel)[-1] == "−2(y − σ(z))·σ(z)(1 − σ(z))"


def test_the_named_quantity_stays_while_its_name_is_used(made) -> None:
    choose(made, "cross_entropy_by_z")
    assert write_text(made.panel.input.reading.markup()).endswith(", with ŷ = σ(z)")
    panel = made.panel
    edit = panel.input.edit
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "yhat^2")  # on its way there it is y, and then y times h
    assert edit.text() == "yhat^2"
    everything(panel)
    assert lines(panel)[0] == "d/dz(σ(z)²)"
    assert derived(panel)[-1] == "2·σ(z)²(1 − σ(z))"
    type_into(panel, "yhat^2")  # from an empty line on
    everything(panel)
    assert derived(panel)[-1] == "2ŷ"


def test_a_logistic_neuron_has_its_own_presets(bench) -> None:
    made = bench("calculus", logistic_state())
    made.panel.resize(520, 1100)
    choose(made, "parameter_w1")
    assert derived(made.panel)[-1] == "x₁·σ(w₁x₁ + w₂x₂ + b) − x₁y"
    assert made.panel.fields.field("x_1").toolTip() == "input hours in row 1"
    share = shares(made.session.snapshot).row(0).gradient["w1"]
    assert entry(made, "numbers").verdict == "✓"
    assert made.display.text(share) in entry(made, "numbers").check


@pytest.mark.parametrize(
    "state", [lecture_state(), hidden_state(), logistic_state()], ids=["line", "hidden", "logistic"]
)
def test_every_parameter_s_result_is_its_share(state) -> None:
    """The derivation of algebra and the backward pass of the engine agree in every row."""
    snapshot = run(state.network, state.dataset, state.training)
    found = shares(snapshot)
    chosen = [one for one in presets(state.network, state.training) if one.question.share]
    assert {one.question.share for one in chosen} == set(snapshot.gradient)
    for preset in chosen:
        question = preset.question
        derivation = work_out(question)
        for row in (0, state.dataset.n_rows - 1):
            values = Values(question, snapshot)
            values.update(snapshot, row)
            assert all(values.follows(name) for name in question.free), question.free
            result = evaluate(derivation.result, values.point())
            expected = found.row(row).gradient[question.share]
            assert float(result * found.factor) == pytest.approx(float(expected), rel=1e-12, abs=1e-15), preset.name


# -- typed functions and the network -----------------------------------------------------------------------------------


def test_a_typed_parameter_begins_as_the_network_has_it(made) -> None:
    type_into(made.panel, "a x + b + c")
    fields = made.panel.fields
    assert [fields.field(name).value() for name in ("a", "b", "c", "x")] == [F(1, 3), -6, 1, 1]
    made.document.edit("Set a", edits.set_parameter, "a", F(7))
    made.frame()
    assert fields.field("a").value() == 7
    assert made.panel.inquiry.question.links == {
        "a": Link("parameter", "a"),
        "b": Link("parameter", "n.bias"),
    }


def test_a_hidden_panel_works_nothing_out(made) -> None:
    choose(made, "squared_error_by_a")
    made.panel.hide()
    seen = made.panel.inquiry.snapshot
    made.document.edit("Set a", edits.set_parameter, "a", F(7))
    made.frame()
    assert made.panel.inquiry.snapshot is seen
    made.panel.show()
    assert made.panel.fields.field("a").value() == 7


def test_a_parameter_that_is_deleted_no_longer_leads_the_value(made) -> None:
    choose(made, "squared_error_by_a")
    made.document.edit("Delete a", edits.delete, {"a"})
    made.frame()
    assert not made.panel.findChild(QToolButton, "calculusFollow-a").isVisible()
    assert made.panel.fields.field("a").value() == 1


# -- the forms of the network's functions ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_an_activation_is_written_as_the_engine_has_it(name: str) -> None:
    kind = ACTIVATIONS[name]
    at = np.array([-4.5, -2.75, -0.625, 0.375, 1.5, 3.25])
    question = Question(forms.ACTIVATIONS[name], parse(forms.ACTIVATIONS[name]), "z")
    derivation = work_out(question)
    values = [float(evaluate(question.function, {"z": F(z)})) for z in at]
    slopes = [float(evaluate(derivation.result, {"z": F(z)})) for z in at]
    assert values == pytest.approx(kind.curve(at), rel=1e-12, abs=1e-14)
    assert slopes == pytest.approx(kind.slope(at), rel=1e-11, abs=1e-14)
    short = [float(evaluate(parse(forms.SHORT[name]), {"z": F(z)})) for z in at]
    assert short == pytest.approx(values, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("name", sorted(set(LOSSES) - {"softmax_cross_entropy"}))
def test_a_loss_is_written_as_the_engine_has_it(name: str) -> None:
    kind = LOSSES[name]
    targets = {"hinge": [-1.0, 1.0, 1.0], "cross_entropy": [0.0, 1.0, 0.25]}.get(name, [0.5, -2.0, 3.0])
    z = np.array([[-0.4, 0.3, 1.8]])
    a = 1 / (1 + np.exp(-z)) if kind.from_logit else z
    prepared = kind.prepare(np.array([targets]))
    loss, slope = np.empty_like(z), np.empty_like(z)
    kind.row_loss(z, a, prepared, loss)
    kind.gradient(z, a, prepared, slope)
    slope *= kind.gradient_factor
    question = Question("", parse(forms.LOSSES[name]), "ŷ")
    result = work_out(question).result
    for column, y in enumerate(targets):
        point = {"y": F(y), "ŷ": float(a[0, column])}
        assert float(evaluate(question.function, point)) == pytest.approx(loss[0, column], rel=1e-12)
        by_output = float(evaluate(result, point))
        if kind.from_logit:
            by_output *= a[0, column] * (1 - a[0, column])
        assert by_output == pytest.approx(slope[0, column], rel=1e-11)


def test_softmax_is_derived_by_a_sum() -> None:
    function = parse(forms.softmax_loss(3))
    result = work_out(Question("", function, "z_1")).result
    point = {f"z_{i}": F(i, 2) for i in (1, 2, 3)} | {"y_1": F(0), "y_2": F(1), "y_3": F(0)}
    p = np.exp([0.5, 1.0, 1.5]) / np.exp([0.5, 1.0, 1.5]).sum()
    assert float(evaluate(result, point)) == pytest.approx(p[0] - 0, rel=1e-12)
    by_second = work_out(Question("", function, "z_2")).result
    assert float(evaluate(by_second, point)) == pytest.approx(p[1] - 1, rel=1e-12)


def test_every_quantity_has_a_symbol_of_its_own() -> None:
    for state in (lecture_state(), hidden_state(), logistic_state()):
        found = symbols_of(state.network)
        assert len(found.links) == len(found.names)
        assert {link for link in found.names if link.kind == "parameter"} == {
            Link("parameter", name) for name in state.network.parameters
        }
    names = symbols_of(lecture_state().network).names
    assert names[Link("parameter", "a")] == "a"
    assert names[Link("parameter", "n.bias")] == "b"
    assert names[Link("input", "x")] == "x"
