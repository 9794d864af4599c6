"""The working of features: formula, numbers, result, where the constants come from, and the way back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_text import write_text
from neurosim.working.features import constant_equations, feature_equation, inverse_equation
from neurosim.working.names import Names
from neurosim.working.raw_units import raw_equation
from neurosim.working.terms import NumberStyle
from neurosim.working.working import step_lines

X = (Fraction(2), Fraction(4))


def network_with(*features: Feature) -> Network:
    edges = tuple(Edge(f"w{i}", feature.id, "n", Fraction(i + 1)) for i, feature in enumerate(features))
    nodes = (InputNode("x", "x"), InputNode("k", "k"), *features, Neuron("n", bias=Fraction(1)))
    return Network(nodes, edges, (Output("n", "y"),))


DATA = Dataset({"x": Column(X), "y": Column((Fraction(0), Fraction(4)))}, texts={"k": ("red", "blue")})


@pytest.mark.parametrize(
    ("feature", "text"),
    [
        # mean 3 and deviation 1: everything stays a fraction
        (Feature("s", "standardise", ("x",)), "x′_1 = (x_1 − mean)/sd = (2 − 3)/1 = −1"),
        (Feature("m", "min_max", ("x",)), "x″_1 = (x_1 − min)/(max − min) = (2 − 2)/(4 − 2) = 0"),
        (Feature("q", "power", ("x",)), "x_1^2 = 2^2 = 4"),
        (Feature("q", "power", ("x",), (("exponent", Fraction(3)),), label="cube"), "cube_1 = x_1^3 = 2^3 = 8"),
        (
            Feature("t", "threshold", ("x",), (("cut", Fraction(3)),)),
            "[x_1 ≥ 3] = 1 if x_1 ≥ 3, else 0 = 1 if 2 ≥ 3, else 0 = 0",
        ),
        (
            Feature("r", "indicator", ("k",), (("class", "red"), ("other", Fraction(-1)))),
            "[k_1 = red] = 1 if k_1 = red, else −1 = 1 if red = red, else −1 = 1",
        ),
    ],
    ids=lambda value: value.transform if isinstance(value, Feature) else "",
)
def test_a_feature_is_written_in_symbols_numbers_and_result(feature: Feature, text: str) -> None:
    snapshot = evaluate(network_with(feature), DATA, TrainingSettings())
    found = feature_equation(snapshot, Names(snapshot.network, 2), feature, 0, NumberStyle())
    assert found is not None
    shown = write_text(found.markup).replace("²", "^2").replace("³", "^3").replace("₁", "_1")
    assert shown.replace("_1²", "_1^2") == text


def test_rounded_constants_are_written_as_decimals() -> None:
    feature = Feature("s", "standardise", ("x",))
    data = Dataset({"x": Column((Fraction(1), Fraction(2), Fraction(5))), "y": Column((Fraction(0),) * 3)})
    snapshot = evaluate(network_with(feature), data, TrainingSettings())
    found = feature_equation(snapshot, Names(snapshot.network, 1), feature, 2, NumberStyle())
    assert found is not None
    # mean 8/3, and the root of (25/9 + 4/9 + 49/9)/3 = 26/9 is 1.69967
    assert write_text(found.markup) == "x′ = (x − mean)/sd = (5 − ~2.66667)/~1.69967 ~ 1.37281"
    told = [
        write_text(one.markup)
        for one in constant_equations(snapshot, Names(snapshot.network, 3), feature, NumberStyle())
    ]
    assert told[0].endswith("= 8/3")
    assert told[1].endswith("~ 1.69967")


def test_the_way_back_and_raw_units() -> None:
    feature = Feature("s", "min_max", ("x",))
    snapshot = evaluate(network_with(feature), DATA, TrainingSettings())
    names = Names(snapshot.network, 1)
    found = inverse_equation(snapshot, names, feature, NumberStyle())
    assert found is not None
    assert write_text(found) == "x = 2 + 2 · x″"
    # n = 1 x'' + 1 = (x - 2)/2 + 1 = x/2
    raw = raw_equation(snapshot, "n", NumberStyle())
    assert raw is not None
    assert write_text(raw) == "ŷ = 1/2 · x"
    assert "frac" in write_latex(raw)


def test_the_lines_of_a_step_begin_with_the_features_of_each_row() -> None:
    features = (Feature("s", "standardise", ("x",)), Feature("q", "power", ("s",)))
    network = network_with(*features)
    working = step_lines(network, DATA, TrainingSettings(learning_rate=Fraction(1, 10)))
    titles = [line.title for line in working.lines]
    assert titles[0] == "Calculate x′ from the data"
    assert titles[1] == "Calculate x′² from the data"
    assert working.lines[0].refs >= {"s", "x", "wire:x.s", "row:0"}
    assert working.lines[0].opens
    assert not working.lines[1].opens
    assert [line.value for line in working.lines[0].details[:1]] == [Fraction(3)]
    assert working.problem is None
    # x' = -1 and 1, squares 1: y^ = x' + 2 + 1 = 2 and 4; loss ((2 - 0)^2 + 0)/2 = 2
    assert working.snapshot.loss == 2
    assert working.pending["w0"] == 1 - Fraction(1, 10) * (2 * 2 * -1) / 2


def test_classes_are_worked_out_to_probabilities() -> None:
    state = DocumentState(network_with(Feature("s", "standardise", ("x",))), DATA, TrainingSettings())
    state = edits.output_per_class(state, "k")
    working = step_lines(state.network, state.dataset, state.training)
    assert working.problem is None
    assert any("probabilities" in line.title for line in working.lines)


@pytest.mark.parametrize(
    ("transform", "settings", "value", "wanted"),
    [
        ("standardise", (), Fraction(3), Fraction(8)),  # mean 2, deviation 2: 2 + 2 * 3
        ("min_max", (), Fraction(1, 2), Fraction(2)),
        ("indicator", (("class", Fraction(4)),), Fraction(1), Fraction(4)),
        ("indicator", (("class", Fraction(4)),), Fraction(0), Fraction(0)),
    ],
)
def test_a_dragged_target_is_put_back_into_its_column(
    transform: str, settings: tuple[tuple[str, Fraction], ...], value: Fraction, wanted: Fraction
) -> None:
    state = DocumentState(network_with(Feature("s", "standardise", ("x",))), DATA, TrainingSettings())
    state = edits.set_target_transform(state, "n", transform, settings)
    column = state.network.outputs[0].target or ""
    assert edits.can_be_put_back(state, column)
    assert edits.move_row(state, 1, {column: value}).dataset.columns["y"][1] == wanted


def test_a_class_of_words_is_put_back() -> None:
    state = DocumentState(network_with(Feature("s", "standardise", ("x",))), DATA, TrainingSettings())
    state = edits.set_output_column(state, "n", "k")
    state = edits.set_target_transform(state, "n", "indicator", (("class", "blue"),))
    column = state.network.outputs[0].target or ""
    assert edits.move_row(state, 0, {column: Fraction(1)}).dataset.texts["k"] == ("blue", "blue")
    assert edits.move_row(state, 1, {column: Fraction(0)}).dataset.texts["k"] == ("red", "red")
    added = edits.add_row(state, {"x": Fraction(9), column: Fraction(1)})
    assert added.dataset.texts["k"] == ("red", "blue", "blue")
